"""What the addresses of the table of pages name: a photograph, a batch and a study that a running studio has made."""

from __future__ import annotations

import io

import httpx
from PIL import Image, ImageFilter

from backend.pages.table import PageRow
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


def made_study(server: str) -> str:
    """Id of a study of six copies of a photograph, each more blurred than the one before, with their labels."""
    files: list[tuple[str, tuple[str, bytes]]] = []
    with Image.open(PHOTOGRAPH) as photograph:
        small = photograph.convert("RGB").resize((160, 120))
    for number in range(6):
        buffer = io.BytesIO()
        small.filter(ImageFilter.GaussianBlur(number)).save(buffer, "PNG")
        files.append(("files", (f"blur{number}.png", buffer.getvalue())))
    rows = "".join(f"blur{number}.png,{90 - 13 * number}\n" for number in range(6))
    files.append(("labels", ("scores.csv", f"image,mos\n{rows}".encode())))
    asked = {"name": "Blur", "checkpoints": "moe,no_gmm", "low": "0", "high": "100"}
    study = httpx.post(f"{server}/api/v1/studies", files=files, data=asked, timeout=HANG_S).raise_for_status().json()
    with httpx.stream("GET", server + study["links"]["events"], timeout=HANG_S) as events:
        events.read()  # which ends with the study
    return str(study["id"])


def address_of(row: PageRow, server: str) -> str:
    """The address of a page at work; only what it names is made."""
    made = {"analysis": scored_photograph, "batch": scored_batch, "study": made_study}
    named = {name: make(server) for name, make in made.items() if f"{{{name}}}" in row.example}
    return row.example.format(**named)
