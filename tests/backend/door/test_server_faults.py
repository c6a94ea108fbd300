"""The real program under load while its children or itself are killed: what it answered is there afterwards."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from tests.backend.fakes import png
from tests.program import Program, unread
from tests.waiting import HANG_S, wait_until

PARTS = {"file": ("a.png", png(width=400, height=300), "image/png")}


class Server(Program):
    """The program with one small checkpoint, over and over on the same data."""

    def __init__(self, root: Path) -> None:
        self.num_successes = 0
        self.temporary, checkpoints = root / "tmp", root / "checkpoints"
        for folder in (self.temporary, checkpoints):
            folder.mkdir()
        for name in ("no_gmm", "shared"):
            (checkpoints / name).symlink_to(CHECKPOINTS_FOLDER / name)
        super().__init__(
            root / "data",
            CENIQA_CHECKPOINTS_DIR=str(checkpoints),
            CENIQA_BODY_TIMEOUT_S="60",
            TMPDIR=str(self.temporary),
        )
        self.client: httpx.Client

    def __enter__(self) -> Self:
        self.client = httpx.Client(
            base_url=self.origin, timeout=HANG_S
        )  # one: its TLS context costs more than an upload
        return super().__enter__()

    def __exit__(self, *raised: Any) -> None:
        self.client.close()
        super().__exit__(*raised)

    def upload(self) -> str | None:
        """The id of a new analysis; `None` where the service refused or was gone."""
        try:
            answer = self.client.post("/api/v1/analyses", files=PARTS)
        except httpx.TransportError:
            return None
        if answer.status_code != 201:
            return None
        self.num_successes += 1
        return str(answer.json()["id"])


@contextmanager
def sent_upload(port: int) -> Iterator[socket.socket]:
    """A connection on which a whole upload was sent, and nothing read."""
    request = httpx.Request("POST", f"http://127.0.0.1:{port}/api/v1/analyses", files=PARTS)
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    with socket.create_connection(("127.0.0.1", port), timeout=HANG_S) as connection:
        whole = f"POST /api/v1/analyses HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode() + request.read()
        connection.sendall(whole)
        yield connection


def status_of(connection: socket.socket) -> int:
    return int((connection.recv(65536).split() or [b"", b"0"])[1])


def pictures(server: Server) -> list[Path]:
    return [path for path in (server.data_dir / "pictures").rglob("*") if path.is_file()]


def rows(server: Server) -> int:
    with closing(sqlite3.connect(server.data_dir / "ceniqa.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM analyses").fetchone()[0])


def test_whoever_is_killed_what_was_answered_is_there(tmp_path: Path) -> None:
    server = Server(tmp_path)
    answered: list[Future[str | None]] = []
    with server, ThreadPoolExecutor(4) as clients:
        answered += [clients.submit(server.upload) for _ in range(24)]
        wait_until(lambda: server.num_successes > 0 and len(server.decode_children()) == 3)  # two decode, one encodes
        for pid in server.decode_children():
            os.kill(pid, signal.SIGKILL)
        wait(answered)
        before_kill = server.num_successes
        answered += [clients.submit(server.upload) for _ in range(8)]
        wait_until(lambda: server.num_successes > before_kill)
        assert list(server.temporary.rglob("*")) == []
        server.kill()
    ids = [analysis_id for future in answered if (analysis_id := future.result()) is not None]
    (server.data_dir / "pictures" / "00").mkdir(parents=True, exist_ok=True)
    (server.data_dir / "pictures" / "00" / f"{'0' * 32}.picture.tmp").write_bytes(b"half")
    with ExitStack() as uploads, server:
        assert [path for path in pictures(server) if path.suffix == ".tmp"] == []
        for analysis_id in ids:
            assert server.client.get(f"/api/v1/analyses/{analysis_id}").status_code == 200
            picture = server.client.get(f"/api/v1/analyses/{analysis_id}/picture")
            assert (picture.status_code, len(picture.content)) > (200, 1000) or picture.status_code == 404
        before = rows(server)
        sent = [uploads.enter_context(sent_upload(server.port)) for _ in range(6)]
        wait_until(lambda: unread(server.port) == 0)
        server.signal(signal.SIGTERM)
        wait_until(lambda: not server.is_well("/livez"))
        server.signal(signal.SIGTERM)
        assert [status_of(upload) for upload in sent] == [201] * 6
        server.wait()
    assert rows(server) == before + 6
    kept = {path.stem for path in pictures(server)}
    assert len(kept) >= 6
    assert all(len(list(path.parent.glob(f"{path.stem}.*"))) == 2 for path in pictures(server))
