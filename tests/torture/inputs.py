"""Every odd and hostile picture of the corpus, and many large ones at once, with an eye on memory."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.server import Server, serving
from tests.images.corpus import CORPUS
from tests.torture.overload import UPLOADS
from tests.torture.promises import Finding, Findings, at_most, none_of

MEGAPIXELS_48 = (8000, 6000)
AT_ONCE = 24
GIB = 2**30


def run() -> Findings:
    """The corpus one by one, then 24 uploads of 48 megapixels at once."""
    with serving() as server, httpx.Client(base_url=server.origin, timeout=120) as client:
        _upload(client, photograph())
        time.sleep(1)
        idle_bytes = server.tree_bytes()
        yield from _corpus(server, client, idle_bytes)
        yield from _large(server)
        yield none_of("Uploads refused after all of it", int(_upload(client, photograph()).status_code != 201), 1)


def _corpus(server: Server, client: httpx.Client, idle_bytes: int) -> Findings:
    statuses, slowest_s = [], 0.0
    with server.watching_memory() as peak:
        for sample in CORPUS:
            began_s = time.monotonic()
            statuses.append(_upload(client, sample.data).status_code)
            slowest_s = max(slowest_s, time.monotonic() - began_s)
    yield none_of(f"Answers of 5xx over the corpus of {len(CORPUS)}", sum(s >= 500 for s in statuses), len(statuses))
    yield at_most("Slowest answer over the corpus", slowest_s, 10, "s")
    yield at_most("Memory beyond idle over the corpus", (peak.bytes - idle_bytes) / GIB, 1.2, "GiB")


def _large(server: Server) -> Findings:
    width, height = MEGAPIXELS_48
    data = photograph(width=width, height=height)
    with server.watching_memory() as peak, ThreadPoolExecutor(AT_ONCE) as threads:
        client = httpx.Client(base_url=server.origin, timeout=120, limits=httpx.Limits(max_connections=AT_ONCE))
        statuses = [answer.status_code for answer in threads.map(lambda _: _upload(client, data), range(AT_ONCE))]
        client.close()
    figure = ", ".join(f"{count} x {status}" for status, count in sorted(Counter(statuses).items()))
    yield Finding(f"{AT_ONCE} x 48 MP at once: 201, 503 or 504", figure, set(statuses) <= {201, 503, 504})
    yield at_most(f"Memory, {AT_ONCE} x 48 MP at once (the container has 6 GiB)", peak.bytes / GIB, 5, "GiB")


def _upload(client: httpx.Client, data: bytes) -> httpx.Response:
    return client.post(UPLOADS, files={"file": ("picture", data)})
