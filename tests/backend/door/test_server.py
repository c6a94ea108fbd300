"""The real program over real sockets: `python -m backend` in a process of its own."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from backend.door.security import SECURITY_HEADERS
from tests.places import FRONTEND, ROOT
from tests.program import Program, established, unread
from tests.waiting import HANG_S, wait_until

LARGE_BYTES = 20_000_000
HEADER_TIMEOUT_S = 4.0
BODY_TIMEOUT_S = 4.0
HEAD = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = b"POST /api/v1/analyses HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"


def program(data_dir: Path, frontend_dir: Path, **environment: str) -> Program:
    """The program without checkpoints, and with little patience."""
    return Program(
        data_dir,
        until="/livez",
        CENIQA_CHECKPOINTS_DIR=str(data_dir / "no-checkpoints"),
        CENIQA_FRONTEND_DIR=str(frontend_dir),
        CENIQA_LOG_FORMAT="json",
        CENIQA_HEADER_TIMEOUT_S=str(HEADER_TIMEOUT_S),
        CENIQA_BODY_TIMEOUT_S=str(BODY_TIMEOUT_S),
        **environment,
    )


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    root = tmp_path_factory.mktemp("server")
    for name, content in {
        "templates/score.html": "{{ static_url('large.txt') }}",
        "templates/error.html": "{{ page.status }}",
        "locale/zh_Hans/LC_MESSAGES/pages.po": "",
        "locale/zh_Hans/LC_MESSAGES/scripts.po": "",
        "static/samples/samples.json": "[]",
        "static/large.txt": "x" * LARGE_BYTES,
    }.items():
        path = root / "frontend" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    with program(root / "data", root / "frontend") as running:
        yield running.port


@pytest.fixture(scope="module")
def large_file(port: int) -> str:
    """The address of more than fits between a server and a client that takes nothing."""
    page = httpx.get(f"http://127.0.0.1:{port}/", timeout=HANG_S).text
    return page.strip()


def wait_until_closed(connection: socket.socket) -> None:
    connection.settimeout(HANG_S)
    with suppress(ConnectionResetError):
        while connection.recv(4096):
            continue


def test_without_checkpoints_it_lives_and_says_that_it_is_not_ready(port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    assert httpx.get(f"{base}/livez", timeout=HANG_S).json() == {"status": "live"}
    answer = httpx.get(f"{base}/readyz", timeout=HANG_S)
    assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
    assert "server" not in answer.headers


BEGUN = {
    "nothing": b"",
    "a request line": b"GET /livez HTT",
    "headers": HEAD + b"X-A: ",
    "a blank line": b"\r\n",
    "a body": b"POST /api/v1/analyses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
    b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x",
}


def test_what_does_not_arrive_closes_its_connection_only_and_not_before_its_time(port: int) -> None:
    begun_s = time.monotonic()
    with ExitStack() as connections:
        slow = [connections.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in BEGUN]
        for connection, begun in zip(slow, BEGUN.values(), strict=True):
            connection.sendall(begun)
        assert httpx.get(f"http://127.0.0.1:{port}/livez", timeout=HANG_S).status_code == 200
        for connection in slow:
            wait_until_closed(connection)
            assert time.monotonic() - begun_s > min(HEADER_TIMEOUT_S, BODY_TIMEOUT_S) - 0.2


def exchange(port: int, *pieces: bytes) -> tuple[bytes, int]:
    """What the server sends until it closes the connection, and how many bytes it let be sent until then."""
    received, sent_bytes = b"", 0
    with (
        socket.create_connection(("127.0.0.1", port), timeout=HANG_S) as client,
        suppress(BrokenPipeError, ConnectionResetError),
    ):
        client.sendall(pieces[0])
        wait_until(lambda: unread(port) == 0)  # so that the server reads it alone
        for piece in pieces[1:]:
            client.sendall(piece)
            sent_bytes += len(piece)
        while data := client.recv(65536):
            received += data
    return received, sent_bytes


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (b"not HTTP at all\r\n\r\n", 400, "malformed-request"),
        (
            b"GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            400,
            "malformed-request",
        ),
        (b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Bad: a\x01\r\n\r\n", 400, "malformed-request"),
        (b"GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: other\r\nConnection: close\r\n\r\n", 400, "foreign-host"),
        (b"GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "foreign-host"),
        (
            b"GET http://evil.example/livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            400,
            "foreign-host",
        ),
        (b"GET http://evil.example:80/livez HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "foreign-host"),
        (CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n", 400, "malformed-request"),
        (CHUNKED + b"3\r\nabcdef\r\n0\r\n\r\n", 400, "malformed-request"),
    ],
)
def test_what_is_no_request_is_refused_in_the_services_own_shape(
    port: int, request_: bytes, status: int, code: str
) -> None:
    answer, _ = exchange(port, request_[: len(HEAD)], request_[len(HEAD) :])
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    assert lines[0].split()[1] == str(status)
    assert {name: headers[name.lower()] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert (headers["content-type"], headers["cache-control"]) == ("application/problem+json", "no-store")
    assert (json.loads(body)["code"], json.loads(body)["request_id"]) == (code, headers["x-request-id"])


def test_an_absolute_address_of_ours_is_answered_whatever_the_header_says(port: int) -> None:
    request = b"GET http://localhost/livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert exchange(port, request)[0].startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        (HEAD, b"X-A: " + b"a" * 1000 + b"\r\n"),
        (HEAD + b"X-A: ", b"a" * 1000),
        (CHUNKED, b"1;xxxxxx\r\na\r\n"),
    ],
    ids=["many headers", "one header", "framing of chunks"],
)
def test_what_never_becomes_a_request_does_not_fill_the_memory(port: int, begin: bytes, again: bytes) -> None:
    _, sent_bytes = exchange(port, begin, *[again * (1_000_000 // len(again))] * 100)
    assert sent_bytes < 30_000_000


def is_held_open(port: int, client: socket.socket) -> bool:
    """Whether the server still has its end of a client's connection open, whatever the client has taken of it."""
    ends = f":{port:04X}", f":{client.getsockname()[1]:04X}"
    return any(one.endswith(ends[0]) and other.endswith(ends[1]) for one, other in established())


def test_an_answer_that_nobody_takes_closes_its_connection(port: int, large_file: str) -> None:
    request = f"GET {large_file} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", port))
        slow.sendall(request)
        wait_until(lambda: not is_held_open(port, slow))
        slow.settimeout(HANG_S)
        received = 0
        with suppress(ConnectionResetError):
            while data := slow.recv(65536):
                received += len(data)
    assert received < LARGE_BYTES


def refusal(data_dir: Path, frontend_dir: Path, **environment: str) -> str:
    """What the program says that does not start."""
    refused = program(data_dir, frontend_dir, **environment)
    refused.launch()
    assert refused.wait() == 2
    assert "Traceback" not in refused.log_text()
    return refused.log_text()


def test_an_open_bind_address_without_a_token_does_not_start(tmp_path: Path) -> None:
    assert "without a token" in refusal(tmp_path / "data", tmp_path, HOST="0.0.0.0")


def test_a_device_that_does_not_exist_does_not_start(tmp_path: Path) -> None:
    complaint = refusal(tmp_path / "data", tmp_path, CENIQA_DEVICE="foo")
    assert "got device 'foo', expected auto, cpu, cuda or cuda:N" in complaint


def test_a_damaged_database_does_not_start_and_says_what_to_do(tmp_path: Path) -> None:
    damaged = tmp_path / "data" / "ceniqa.sqlite3"
    damaged.parent.mkdir()
    damaged.write_bytes(b"SQLite, or so it was" * 1000)
    complaint = refusal(tmp_path / "data", FRONTEND)
    assert re.fullmatch(r"CENIQA Studio does not start: the database .*restore its backup.*\n", complaint)
    assert damaged.read_bytes() == b"SQLite, or so it was" * 1000


def health_check() -> list[str]:
    """The image's health check, run by this interpreter."""
    _, check = (ROOT / "Dockerfile").read_text().split("HEALTHCHECK", 1)
    command: list[str] = json.loads(re.search(r"CMD (\[.*\])", check)[1])  # type: ignore[index]
    return [sys.executable, *command[1:]]


@pytest.mark.parametrize("variable", ["PORT", "CENIQA_PORT"])
def test_the_health_check_asks_the_port_that_is_set(variable: str) -> None:
    asked: list[str] = []

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Ready) as server:
        Thread(target=server.handle_request).start()
        environment = {"PORT": "1", variable: str(server.server_port)}
        subprocess.run(health_check(), env=environment, check=True, timeout=HANG_S)
    assert asked == ["/readyz"]
