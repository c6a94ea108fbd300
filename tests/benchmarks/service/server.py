"""The real program with what a scenario asks of it: its memory, its descriptors, its gauges."""

from __future__ import annotations

import os
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from tests.program import Program

_SAMPLE_S: Final = 0.05


class Server(Program):
    """The program on a machine that tells what a process takes."""

    def gauge(self, name: str) -> float:
        """A metric without labels, as it is now."""
        text = httpx.get(f"{self.origin}/metrics", timeout=30).text
        return next(float(line.split()[1]) for line in text.splitlines() if line.startswith(f"{name} "))

    def wait_until_written(self) -> None:
        """Until no picture waits to be kept, for a minute at most."""
        deadline = time.monotonic() + 60
        while self.gauge("ceniqa_pending_pictures_bytes") > 0 and time.monotonic() < deadline:
            time.sleep(0.1)

    def tree_bytes(self) -> int:
        """Proportional resident memory of the process and its children: shared pages count once."""
        return sum(_pss_bytes(pid) for pid in (self.pid, *self.children()))

    def open_files(self) -> int:
        """Descriptors that the process holds."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def cpu_s(self) -> float:
        """CPU time of the process and its children so far, in seconds."""
        return sum(_cpu_s(pid) for pid in (self.pid, *self.children()))

    @contextmanager
    def watching_memory(self) -> Iterator[Peak]:
        """The largest `tree_bytes` while inside."""
        peak, over = Peak(), threading.Event()

        def sample() -> None:
            while not over.wait(_SAMPLE_S):
                peak.bytes = max(peak.bytes, self.tree_bytes())

        thread = threading.Thread(target=sample)
        thread.start()
        try:
            yield peak
        finally:
            over.set()
            thread.join()


class Peak:
    """The largest memory seen."""

    bytes = 0


@contextmanager
def serving(**environment: str) -> Iterator[Server]:
    """A running server with a data folder that is thrown away."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder) / "data", CENIQA_LOG_FORMAT="json", **environment) as server,
    ):
        yield server


@contextmanager
def origin_of(given: str | None) -> Iterator[str]:
    """The address of a server that runs already, or of one of our own."""
    if given is not None:
        yield given
        return
    with serving() as server:
        yield server.origin


def leftovers(data_dir: Path) -> list[str]:
    """Half-written things in a data folder."""
    return sorted(path.relative_to(data_dir).as_posix() for path in data_dir.rglob("*.tmp"))


def _pss_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def more_descriptors() -> None:
    """As many descriptors as this process may have: five hundred clients need more than the usual soft limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
