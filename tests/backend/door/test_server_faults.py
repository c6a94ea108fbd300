"""The real program under load while its children or itself are killed: what it answered is there afterwards."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx
import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from tests.backend.door.test_server import ROOT, free_port, start
from tests.backend.fakes import png

PARTS = {"file": ("a.png", png(width=400, height=300), "image/png")}


class Server:
    """`python -m backend` with one small checkpoint, over and over on the same data."""

    def __init__(self, root: Path) -> None:
        self.successes_s: list[float] = []
        self.client: httpx.Client
        self.data, self.temporary, self._checkpoints = root / "data", root / "tmp", root / "checkpoints"
        for folder in (self.temporary, self._checkpoints):
            folder.mkdir()
        for name in ("no_gmm", "shared"):
            (self._checkpoints / name).symlink_to(CHECKPOINTS_FOLDER / name)

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        self.port = free_port()
        self.process = start(
            self.data,
            ROOT / "frontend",
            self.port,
            CENIQA_CHECKPOINTS_DIR=str(self._checkpoints),
            CENIQA_BODY_TIMEOUT_S="60",
            TMPDIR=str(self.temporary),
        )
        try:
            with httpx.Client(timeout=60) as self.client:  # one: making its TLS context costs more than an upload
                self._wait_until_ready()
                yield self.process
        finally:
            self.process.kill()
            self.process.communicate()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def upload(self) -> str | None:
        """The id of a new analysis; `None` where the service refused or was gone."""
        try:
            answer = self.client.post(self.url("/api/v1/analyses"), files=PARTS)
        except httpx.TransportError:
            return None
        if answer.status_code != 201:
            return None
        self.successes_s.append(time.monotonic())
        return str(answer.json()["id"])

    def children(self) -> list[int]:
        """Pids of the decode children, without the helper that outlives them."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in listed if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]

    def wait_until_all_is_read(self) -> None:
        """Until no connection to the server waits to be accepted, and the kernel holds no byte for it."""
        deadline = time.monotonic() + 30
        while _unread(self.port) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert _unread(self.port) == 0

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.client.get(self.url("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        pytest.fail("the server was not ready within 90 s")


@contextmanager
def sent_upload(port: int) -> Iterator[socket.socket]:
    """A connection on which a whole upload was sent, and nothing read."""
    request = httpx.Request("POST", f"http://127.0.0.1:{port}/api/v1/analyses", files=PARTS)
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        whole = f"POST /api/v1/analyses HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode() + request.read()
        connection.sendall(whole)
        yield connection


def status_of(connection: socket.socket) -> int:
    return int((connection.recv(65536).split() or [b"", b"0"])[1])


def _unread(port: int) -> int:
    # A listening socket's receive queue is of connections, another's of bytes.
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(int(entry[4].split(":")[1], 16) for entry in sockets if entry[1].endswith(f":{port:04X}"))


def pictures(server: Server) -> list[Path]:
    return [path for path in (server.data / "pictures").rglob("*") if path.is_file()]


def rows(server: Server) -> int:
    with closing(sqlite3.connect(server.data / "ceniqa.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM analyses").fetchone()[0])


def test_whoever_is_killed_what_was_answered_is_there(tmp_path: Path) -> None:
    server = Server(tmp_path)
    answered: list[Future[str | None]] = []
    with server.running() as process, ThreadPoolExecutor(4) as clients:
        answered += [clients.submit(server.upload) for _ in range(24)]
        time.sleep(0.3)
        killed = server.children()
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        killed_s = time.monotonic()
        wait(answered)
        assert min(success_s for success_s in server.successes_s if success_s > killed_s) - killed_s < 5
        assert len(killed) >= 3  # two decode, one encodes
        assert list(server.temporary.rglob("*")) == []
        answered += [clients.submit(server.upload) for _ in range(8)]
        time.sleep(0.4)
        process.kill()
    ids = [analysis_id for future in answered if (analysis_id := future.result()) is not None]
    assert ids
    (server.data / "pictures" / "00").mkdir(parents=True, exist_ok=True)
    (server.data / "pictures" / "00" / f"{'0' * 32}.picture.tmp").write_bytes(b"half")
    with ExitStack() as uploads, server.running() as process:
        assert [path for path in pictures(server) if path.suffix == ".tmp"] == []
        for analysis_id in ids:
            assert server.client.get(server.url(f"/api/v1/analyses/{analysis_id}")).status_code == 200
            picture = server.client.get(server.url(f"/api/v1/analyses/{analysis_id}/picture"))
            assert (picture.status_code, len(picture.content)) > (200, 1000) or picture.status_code == 404
        before = rows(server)
        sent = [uploads.enter_context(sent_upload(server.port)) for _ in range(6)]
        server.wait_until_all_is_read()
        since = time.monotonic()
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert [status_of(upload) for upload in sent] == [201] * 6
        process.communicate(timeout=25)
        assert time.monotonic() - since < 20
    assert rows(server) == before + 6
    kept = {path.stem for path in pictures(server)}
    assert len(kept) >= 6
    assert all(len(list(path.parent.glob(f"{path.stem}.*"))) == 2 for path in pictures(server))
