"""How much HTTP costs: a 512x384 JPEG upload against the same checkpoint's complete forward in process.

    .venv/bin/python -m tests.benchmarks.bench_upload [--checkpoint moe] [--blocks 15]

Blocks of calls alternate, so that the ratio holds on a busy machine, too, and neither side's waiting threads slow the
other. The forward is preprocessing, features and head of the decoded picture; decoding is on the upload's side.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import httpx

import models
from models.images import decode
from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.server import serving

CALLS_PER_BLOCK = 10
WARM_UP_BLOCKS = 2
PAUSE_S = 0.5


def median_s(call: Callable[[], object]) -> float:
    """Median wall time of a block of calls, after a pause in which the other side's threads go to sleep."""
    time.sleep(PAUSE_S)
    times_s = []
    for _ in range(CALLS_PER_BLOCK):
        started = time.perf_counter()
        call()
        times_s.append(time.perf_counter() - started)
    return statistics.median(times_s)


def main() -> None:
    """Print both medians in milliseconds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", default="moe")
    parser.add_argument("--blocks", type=int, default=15, help="blocks of 10 calls on each side")
    arguments = parser.parse_args()
    data = photograph()
    image, predictor = decode(data), models.load(arguments.checkpoint)
    with serving() as server, httpx.Client(base_url=server.origin) as client:

        def upload() -> None:
            answer = client.post(
                "/api/v1/analyses",
                files={"file": ("p.jpg", data, "image/jpeg")},
                data={"checkpoint": arguments.checkpoint},
            )
            answer.raise_for_status()

        blocks = [
            (median_s(lambda: predictor.predict(image)), median_s(upload))
            for _ in range(WARM_UP_BLOCKS + arguments.blocks)
        ][WARM_UP_BLOCKS:]
    forward, through_http = (statistics.median(column) for column in zip(*blocks, strict=True))
    ratio = statistics.median(upload_s / forward_s for forward_s, upload_s in blocks)
    print(f"forward in process  {1e3 * forward:7.1f} ms (median of {arguments.blocks} blocks)")
    print(f"upload through HTTP {1e3 * through_http:7.1f} ms")
    print(f"ratio               {ratio:7.2f}   (promised: at most 1.5)")


if __name__ == "__main__":
    main()
