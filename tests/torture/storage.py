"""A full disk, a locked, broken or read-only database: said clearly, survived, and over when the cause is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.server import Server, serving
from tests.torture.overload import UPLOADS
from tests.torture.promises import Finding, Findings, at_most, none_of

DISK_MIB = 24
MIB = 2**20
DATABASE = "ceniqa.sqlite3"
START_REFUSED = 2


def run() -> Findings:
    """Each fault on a data folder of its own."""
    yield from _locked()
    yield from _corrupt()
    if os.geteuid() == 0:
        yield from _full_disk()
        yield from _read_only()
    else:
        yield Finding("Full disk and read-only folder", "not tried: mounting a small disk needs root", kept=False)


def _upload(origin: str) -> httpx.Response:
    return httpx.post(origin + UPLOADS, files={"file": ("p.jpg", photograph())}, timeout=60)


def _locked() -> Findings:
    with serving() as server:
        with closing(sqlite3.connect(server.data_dir / DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            began_s = time.monotonic()
            answer = _upload(server.origin)
            waited_s = time.monotonic() - began_s
            other.execute("ROLLBACK")
        yield Finding("Upload while the database is locked: 503", f"{answer.status_code}", answer.status_code == 503)
        yield at_most("Answered after", waited_s, 10, "s")
        yield none_of("Uploads refused once it is free", int(_upload(server.origin).status_code != 201), 1)


def _corrupt() -> Findings:
    with serving() as server:
        _upload(server.origin)
        server.stop()
        path = server.data_dir / DATABASE
        path.write_bytes(b"not a database" * 1000)
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        yield _start_refused(server, "Start with a corrupt database")
        kept = path.read_bytes().startswith(b"not a database")
        yield Finding("The corrupt file is left as it was", "kept" if kept else "gone", kept)


def _read_only() -> Findings:
    with _small_disk() as folder, serving_in(folder) as server:
        _upload(server.origin)
        server.stop()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield _start_refused(server, "Start with a read-only data folder")


def _start_refused(server: Server, name: str) -> Finding:
    server.launch()
    status = server.wait()
    last_line = (server.log_text().splitlines() or [""])[-1]
    sound = status == START_REFUSED and "Traceback" not in last_line
    return Finding(f"{name}: refused with a sentence", f"exit {status}: {last_line[:90]}", sound)


def _full_disk() -> Findings:
    with _small_disk() as folder, serving_in(folder) as server:
        filler = folder / "filler"
        _upload(server.origin)
        with filler.open("wb") as file:
            file.write(bytes(_free_bytes(folder) - MIB // 2))
        statuses = [_upload(server.origin).status_code for _ in range(20)]
        other = [status for status in statuses if status not in {201, 503}]
        yield none_of("Answers on a full disk other than 201 and 503", len(other), len(statuses))
        yield Finding("Full disk noticed", f"{statuses.count(503)} of {len(statuses)} refused", 503 in statuses)
        known = httpx.get(server.origin + UPLOADS, timeout=30)
        yield Finding("Reads on a full disk", f"{known.status_code}", known.status_code == 200)
        filler.unlink()
        yield none_of("Uploads refused once there is room", int(_upload(server.origin).status_code != 201), 1)


def _free_bytes(folder: Path) -> int:
    facts = os.statvfs(folder)
    return facts.f_bavail * facts.f_frsize


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def serving_in(folder: Path) -> Iterator[Server]:
    """A running server whose data folder lies in a folder that is there already, and its log elsewhere."""
    with tempfile.TemporaryDirectory() as log_folder, Server(folder / "data", log=Path(log_folder) / "log") as server:
        yield server
