"""`python -m backend` in a process of its own: started on a free port, waited for, ended, its log read."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.places import ROOT

HANG_S: Final = 180.0
"""How long a start or an end may take before it counts as one that never comes."""
_POLL_S: Final = 0.1


class Program:
    """`python -m backend` with a data folder and further settings; runs inside a `with`, and can be started again."""

    def __init__(self, data_dir: Path, *, log: Path | None = None, until: str = "/readyz", **environment: str) -> None:
        self.data_dir = data_dir
        self.log = log or data_dir.parent / "server.log"
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._until = until
        self._environment = {"PORT": str(self.port), "CENIQA_DATA_DIR": str(data_dir), **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.is_running:
            self.stop()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._running().pid

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the program and wait until it answers."""
        self.launch()
        self._wait_until_ready()

    def launch(self) -> None:
        """Start the program and wait for nothing."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "backend"]
            environment = {**os.environ, **self._environment}
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def is_well(self, path: str) -> bool:
        """Whether a GET is answered with 200 within two seconds."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        self._running().send_signal(number)

    def stop(self) -> float:
        """SIGTERM; the seconds until it ended. One that does not end is killed, and an error."""
        began_s = time.monotonic()
        self.signal(signal.SIGTERM)
        self.wait()
        return time.monotonic() - began_s

    def wait(self) -> int:
        """The exit status, once it has ended; one that does not end is killed, and an error."""
        try:
            return self._running().wait(timeout=HANG_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise TimeoutError(f"got no end after {HANG_S:g} s; the log ends: {self.log_text()[-2000:]}") from None

    def kill(self) -> None:
        """`kill -9` to it and its children, and wait until it is gone."""
        process, children = self._running(), self.children()
        process.kill()
        process.wait()
        for child in children:  # a container's init would end them; here nobody does
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

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

    def log_text(self) -> str:
        """What it has logged since it was made."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "started"
        return self._process

    def _wait_until_ready(self) -> None:
        deadline_s = time.monotonic() + HANG_S
        while not self.is_well(self._until):
            if not self.is_running:
                raise RuntimeError(f"the program ended; its log ends: {self.log_text()[-2000:]}")
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"not ready after {HANG_S:g} s; its log ends: {self.log_text()[-2000:]}")
            time.sleep(_POLL_S)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unread(port: int) -> int:
    """Connections to the server that wait to be accepted, and bytes for it that the kernel holds."""
    # A listening socket's receive queue is of connections, another's of bytes.
    return sum(int(entry[4].split(":")[1], 16) for entry in _sockets() if entry[1].endswith(f":{port:04X}"))


def established() -> list[tuple[str, str]]:
    """Both addresses of every end of a connection that is open, in the kernel's hexadecimal."""
    return [(entry[1], entry[2]) for entry in _sockets() if entry[3] == "01"]


def _sockets() -> list[list[str]]:
    return [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]


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
