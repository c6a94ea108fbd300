"""Ten times what the service can do: who is served, who is refused and how soon, and whether health still answers.

Capacity is what it does for long: kept pictures are written in quiet moments at first, and beside scoring once as many
wait as may.
"""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.load import LOST, Answers, closed_loop, get_request, open_loop, quantile_s, upload_request
from tests.benchmarks.service.server import Server, serving
from tests.torture.promises import Finding, Findings, at_least, at_most, none_of

UPLOADS = "/api/v1/analyses"
CLIENTS = 32
OVERLOAD = 10
WARM_UP_S = 20.0
SERVED, REFUSED = 201, (429, 503)


def run(*, seconds: float = 20.0) -> Findings:
    """Measure capacity with a closed loop, then offer ten times as much with `/livez` asked beside it."""
    with serving() as server:
        request = upload_request(server.origin, UPLOADS, photograph())
        closed_loop(server.origin, [request], clients=CLIENTS, seconds=WARM_UP_S)
        capacity = closed_loop(server.origin, [request], clients=CLIENTS, seconds=seconds)
        offered = OVERLOAD * capacity.rate(SERVED)
        health = get_request(server.origin, "/livez")
        overload, livez = open_loop(server.origin, [request], rate=offered, seconds=seconds, beside=(health, 20))
        yield Finding("Capacity under 32 clients", f"{capacity.rate(SERVED):.1f} pictures/s", bool(capacity.of(SERVED)))
        yield from _answers(overload)
        yield at_least("Goodput at 10x against capacity", overload.rate(SERVED) / capacity.rate(SERVED), 0.9)
        yield at_most("/livez at 10x, p99", 1e3 * quantile_s(livez, 0.99), 200, "ms")
        yield none_of("/livez at 10x never fails", len(livez) - len(livez.of(200)), len(livez))
        yield at_most("Slot free after its clients left", _seconds_until_free(server, request), 1.0, "s")


def _answers(overload: Answers) -> Findings:
    expected = overload.of(SERVED, *REFUSED)
    refused = overload.of(*REFUSED)
    lost = len(overload.of(LOST))
    yield none_of("Answers at 10x other than 201, 503 and 429", len(overload) - len(expected) - lost, len(overload))
    yield none_of("Requests at 10x without an answer", lost, len(overload))
    yield none_of("Refusals without Retry-After", sum(not answer.has_retry_after for answer in refused), len(refused))
    yield at_most("Refusal at 10x, p99", 1e3 * quantile_s(refused, 0.99), 100, "ms")


def _seconds_until_free(server: Server, request: bytes) -> float:
    """Fill the queue with clients that leave at once; how long until an upload is taken again."""
    address = urlsplit(server.origin)
    clients = [socket.create_connection((address.hostname, address.port)) for _ in range(2 * CLIENTS)]
    for client in clients:
        client.sendall(request)
    time.sleep(0.2)
    for client in clients:
        client.close()
    left_s = time.monotonic()
    while server.gauge("ceniqa_queue_depth") > 0:
        if time.monotonic() - left_s > 30:
            break
        time.sleep(0.01)
    return time.monotonic() - left_s
