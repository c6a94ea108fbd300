"""`kill -9` and SIGTERM in the middle of work: what comes back, how soon, and what is lost."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from models.images import ImageError, decode
from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.load import LOST, Answers, closed_loop, upload_request
from tests.benchmarks.service.server import Server, leftovers, serving
from tests.torture.overload import REFUSED, SERVED, UPLOADS
from tests.torture.promises import Findings, at_most, none_of

ROUNDS = 5
BATCH_PICTURES = 150
CRASHED = 422
"""What a picture gets whose decode child was killed."""


def run() -> Findings:
    """Children, the server with a batch and uploads under way, and an orderly end."""
    with serving() as server:
        yield from _children_killed(server)
        yield from _drained(server)
    with serving() as server:
        yield from _server_killed(server)


class _Load(threading.Thread):
    """Uploads from eight clients, for so many seconds, beside what a scenario does."""

    def __init__(self, server: Server, *, seconds: float) -> None:
        super().__init__()
        self._server, self._seconds = server, seconds
        self.answers = Answers([], seconds=seconds)

    def run(self) -> None:
        """Load until the end."""
        request = upload_request(self._server.origin, UPLOADS, photograph())
        self.answers = closed_loop(self._server.origin, [request], clients=8, seconds=self._seconds)


@contextmanager
def _loaded(server: Server, *, seconds: float) -> Iterator[_Load]:
    load = _Load(server, seconds=seconds)
    load.start()
    time.sleep(1.5)
    yield load
    load.join()


def _children_killed(server: Server) -> Findings:
    killed_s = []
    with _loaded(server, seconds=6.0 * ROUNDS) as load:
        for _ in range(ROUNDS):
            for pid in server.decode_children():
                os.kill(pid, signal.SIGKILL)
            killed_s.append(time.perf_counter())
            time.sleep(5)
    answers = load.answers
    waits_s = [_next_success_s(answers, since_s=moment) for moment in killed_s]
    allowed = answers.of(SERVED, CRASHED, *REFUSED)
    yield at_most("Next success after kill -9 of all decode children, worst of 5", max(waits_s), 5, "s")
    yield none_of("Answers meanwhile other than 201, 422 and 503", len(answers) - len(allowed), len(answers))
    yield at_most("Longest answer meanwhile", max(answer.seconds for answer in answers), 10, "s")
    server.wait_until_written()
    yield none_of("Half-written files after it", len(leftovers(server.data_dir)), len(answers))


def _next_success_s(answers: Answers, *, since_s: float) -> float:
    ends = (a.began_s + a.seconds for a in answers.of(SERVED) if a.began_s >= since_s)
    return min(ends, default=float("inf")) - since_s


def _drained(server: Server) -> Findings:
    with _loaded(server, seconds=4.0) as load:
        told_s = time.perf_counter()
        took_s = server.stop()
    accepted = [answer for answer in load.answers if answer.began_s < told_s - 0.1]
    yield at_most("SIGTERM under load, until the end", took_s, 20, "s")
    yield none_of("Requests accepted before SIGTERM and lost", sum(a.status == LOST for a in accepted), len(accepted))
    server.start()


def _server_killed(server: Server) -> Findings:
    with httpx.Client(base_url=server.origin, timeout=60) as client:
        job = client.post("/api/v1/jobs", files={"archive": ("b.zip", _archive(), "application/zip")})
        job.raise_for_status()
        address = job.headers["location"]
        with _loaded(server, seconds=3.0):
            analyses = [client.post(UPLOADS, files={"file": ("p.jpg", photograph())}).json()["id"] for _ in range(10)]
        before = client.get(address).json()
    server.kill()
    killed_s = time.monotonic()
    server.start()
    with httpx.Client(base_url=server.origin, timeout=60) as client:
        yield at_most("Ready again after kill -9 of the server", time.monotonic() - killed_s, 30, "s")
        answers = [client.get(f"{UPLOADS}/{name}") for name in analyses]
        yield none_of("Answered uploads unknown after it", sum(a.status_code != 200 for a in answers), len(answers))
        yield none_of("Kept pictures that do not decode", _broken_pictures(client), 10)
        yield none_of("Half-written files after it", len(leftovers(server.data_dir)), len(analyses))
        yield from _batch_went_on(client, address, before)


def _broken_pictures(client: httpx.Client) -> int:
    newest = client.get(UPLOADS, params={"limit": 100}).json()["items"]
    pictures = [client.get(item["links"]["picture"]) for item in newest]
    return sum(answer.status_code != 404 and not _decodes(answer.content) for answer in pictures)


def _decodes(data: bytes) -> bool:
    try:
        decode(data)
    except ImageError:
        return False
    return True


def _batch_went_on(client: httpx.Client, address: str, before: dict[str, int]) -> Findings:
    yield none_of("Batch was over before the kill", int(before["finished"] == before["total"]), before["total"])
    deadline = time.monotonic() + 120
    while (job := client.get(address).json())["state"] not in {"done", "cancelled"} and time.monotonic() < deadline:
        time.sleep(0.2)
    lines = client.get(f"{address}/results", params={"format": "jsonl"}).text.splitlines()
    missing = BATCH_PICTURES - job["scored"]
    yield none_of(f"Of {BATCH_PICTURES} pictures, not scored after the restart", missing, BATCH_PICTURES)
    yield none_of("Pictures scored twice or never", abs(BATCH_PICTURES - len(lines)), BATCH_PICTURES)


def _archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(BATCH_PICTURES):
            archive.writestr(f"picture-{number}.jpg", photograph())
    return buffer.getvalue()
