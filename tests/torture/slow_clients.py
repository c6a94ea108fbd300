"""Five hundred clients that send half a request, then a byte now and then: closed in time, while others are served."""

from __future__ import annotations

import socket
import threading
import time
from urllib.parse import urlsplit

from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.load import Answers, closed_loop, median_s, upload_request
from tests.benchmarks.service.server import Server, more_descriptors, serving
from tests.torture.overload import SERVED, UPLOADS, WARM_UP_S
from tests.torture.promises import Findings, at_least, at_most, none_of

SLOW_CLIENTS = 500
HEADERS_LIMIT_S, BODY_LIMIT_S = 15.0, 60.0
GRACE_S = 2.0
TRICKLE_EVERY_S = 1.0
HALF_HEADERS = b"POST /api/v1/analyses HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Filler: a"
HALF_BODY = (
    b"POST /api/v1/analyses HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n"
    b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
)


class SlowClients(threading.Thread):
    """Connections that all send the same beginning; half of them go on with a byte a second, the others wait."""

    def __init__(self, server: Server, begun: bytes, *, until_s: float) -> None:
        super().__init__()
        address = urlsplit(server.origin)
        self._address = (address.hostname, address.port)
        self._begun, self._until_s = begun, until_s
        self.open_s: list[float] = []
        self.still_open = 0

    def run(self) -> None:
        """Connect, send, trickle; notes for how long each connection was open."""
        began_s = time.monotonic()
        clients = [socket.create_connection(self._address) for _ in range(SLOW_CLIENTS)]
        for client in clients:
            client.sendall(self._begun)
        connected_s = time.monotonic()
        while clients and time.monotonic() < connected_s + self._until_s:
            time.sleep(TRICKLE_EVERY_S / 4)
            closed = {client for client in clients if _is_closed(client)}
            self.open_s += [time.monotonic() - began_s] * len(closed)
            clients = [client for client in clients if client not in closed]
            if int(4 * (time.monotonic() - connected_s)) % 4 == 0:
                _trickle(clients[::2])
        self.still_open = len(clients)
        for client in clients:
            client.close()


def _is_closed(client: socket.socket) -> bool:
    try:
        return not client.recv(65536, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _trickle(clients: list[socket.socket]) -> None:
    for client in clients:
        try:
            client.send(b"a")
        except OSError:  # closed meanwhile: seen at the next look
            continue


def run() -> Findings:
    """Headers, then bodies, with two clients uploading beside them."""
    more_descriptors()
    with serving() as server:
        request = upload_request(server.origin, UPLOADS, photograph())
        closed_loop(server.origin, [request], clients=2, seconds=WARM_UP_S)
        alone = closed_loop(server.origin, [request], clients=2, seconds=8)
        yield from _slow(server, request, alone, "headers", HALF_HEADERS, HEADERS_LIMIT_S)
        yield from _slow(server, request, alone, "bodies", HALF_BODY, BODY_LIMIT_S)
        yield none_of("Descriptors that slow clients left", max(0, server.open_files() - 100), SLOW_CLIENTS)


def _slow(server: Server, request: bytes, alone: Answers, name: str, begun: bytes, limit_s: float) -> Findings:
    slow = SlowClients(server, begun, until_s=limit_s + GRACE_S)
    slow.start()
    beside = closed_loop(server.origin, [request], clients=2, seconds=limit_s + GRACE_S)
    slow.join()
    longest_s = max(slow.open_s, default=float("nan"))
    relative_rate = beside.rate(SERVED) / alone.rate(SERVED)
    yield none_of(f"Of {SLOW_CLIENTS} slow {name}, still open at the end", slow.still_open, SLOW_CLIENTS)
    yield at_most(f"Slow {name}, last one closed", longest_s, limit_s + 2 * GRACE_S, "s")
    yield none_of(f"Others refused or lost beside slow {name}", len(beside) - len(beside.of(SERVED)), len(beside))
    yield at_least(f"Others' rate beside slow {name}, against alone", relative_rate, 0.8)
    yield at_most(f"Others' median beside slow {name}", median_s(beside) / median_s(alone), 1.5, "x")
