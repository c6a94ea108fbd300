"""The real program in a process of its own, with what a scenario does to it: kill, drain, starve, watch."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

ROOT: Final = Path(__file__).resolve().parents[2]
_START_S: Final = 120.0
_SAMPLE_S: Final = 0.05


class Server:
    """`python -m backend` on a free port of this machine with a data folder; start it before use."""

    def __init__(self, data_dir: Path, *, log_dir: Path | None = None, **environment: str) -> None:
        self.data_dir = data_dir
        self._log = (log_dir or data_dir.parent) / "server.log"
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None, "started"
        return self._process.pid

    def start(self, *, wait: bool = True) -> None:
        """Start the program and, unless told otherwise, wait until it is ready."""
        variables = {
            **os.environ,
            "PORT": str(self.port),
            "CENIQA_DATA_DIR": str(self.data_dir),
            "CENIQA_LOG_FORMAT": "json",
            **self._environment,
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "backend"], cwd=ROOT, env=variables, stderr=log, stdout=log
            )
        if wait:
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Raise `TimeoutError` where it does not say so in time, `RuntimeError` where it ended."""
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {self._last_line()}")
            if self.asks_well("/readyz"):
                return
            time.sleep(0.05)
        raise TimeoutError(f"got no ready server after {_START_S:g} s")

    def wait_until_ended(self) -> tuple[int, str]:
        """Exit status and last line of the log of a server that ends by itself; raises where it does not."""
        assert self._process is not None, "started"
        return self._process.wait(timeout=_START_S), self._last_line()

    def asks_well(self, path: str) -> bool:
        """Whether a GET is answered with 200 within two seconds."""
        try:
            return httpx.get(self.origin + path, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def gauge(self, name: str) -> float:
        """A metric without labels, as it is now."""
        text = httpx.get(f"{self.origin}/metrics", timeout=30).text
        return next(float(line.split()[1]) for line in text.splitlines() if line.startswith(f"{name} "))

    def wait_until_written(self) -> None:
        """Until no picture waits to be kept, for a minute at most."""
        deadline = time.monotonic() + 60
        while self.gauge("ceniqa_pending_pictures_bytes") > 0 and time.monotonic() < deadline:
            time.sleep(0.1)

    def _last_line(self) -> str:
        return (self._log.read_text(encoding="utf-8").strip().splitlines() or [""])[-1]

    def kill(self) -> None:
        """`kill -9`, and wait until it is gone."""
        assert self._process is not None, "started"
        children = self.children()
        self._process.kill()
        self._process.wait()
        for child in children:  # a container's init would end them; here nobody does
            _kill(child)

    def stop(self) -> float:
        """SIGTERM; returns the seconds that it took to end. A server that does not end in a minute is killed."""
        assert self._process is not None, "started"
        began_s = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()
        return time.monotonic() - began_s

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def children(self) -> list[int]:
        """Ids of the processes that it started, theirs included."""
        found, parents = [], [self.pid]
        while parents:
            below = _children_of(parents.pop())
            found += below
            parents += below
        return found

    def decode_children(self) -> list[int]:
        """Ids of its children that run Python code of ours, not multiprocessing's resource tracker."""
        return [pid for pid in self.children() if "spawn_main" in _command(pid)]

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
def serving(*, ready: bool = True, **environment: str) -> Iterator[Server]:
    """A running server with a data folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", **environment)
        server.start(wait=ready)
        try:
            yield server
        finally:
            if server.is_running:
                server.stop()


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


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _children_of(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


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
