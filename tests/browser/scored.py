"""What the addresses of the table of pages name: a photograph and a batch that a running studio has scored."""

from __future__ import annotations

import httpx

from tests.places import PHOTOGRAPH
from tests.waiting import HANG_S


def scored_photograph(server: str) -> str:
    """Id of the analysis of a photograph."""
    files = {"file": (PHOTOGRAPH.name, PHOTOGRAPH.read_bytes())}
    answer = httpx.post(f"{server}/api/v1/analyses", files=files, timeout=HANG_S).raise_for_status()
    return str(answer.json()["id"])


def scored_batch(server: str) -> str:
    """Id of a finished batch of a photograph and something that is none."""
    files = [("files", (PHOTOGRAPH.name, PHOTOGRAPH.read_bytes())), ("files", ("none.jpg", b"none"))]
    job = httpx.post(f"{server}/api/v1/jobs", files=files, timeout=HANG_S).raise_for_status().json()
    with httpx.stream("GET", server + job["links"]["events"], timeout=HANG_S) as events:
        events.read()  # which ends with the batch
    return str(job["id"])
