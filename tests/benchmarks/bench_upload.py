"""How much HTTP costs: a 512x384 JPEG upload against the same checkpoint's complete forward in process.

    .venv/bin/python tests/benchmarks/bench_upload.py [--checkpoint moe] [--blocks 15]

Blocks of calls alternate, so that the ratio holds on a busy machine, too, and neither side's waiting threads slow the
other. The forward is preprocessing, features and head of the decoded picture; decoding is on the upload's side.
"""

from __future__ import annotations

import argparse
import io
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from PIL import Image

import models
from models.images import decode

ROOT = Path(__file__).resolve().parents[2]
CALLS_PER_BLOCK = 10
WARM_UP_BLOCKS = 2
PAUSE_S = 0.5


def photograph() -> bytes:
    """A 512x384 JPEG cut from the first shipped sample."""
    sample = sorted((ROOT / "frontend" / "static" / "samples").glob("*.jpg"))[0]
    buffer = io.BytesIO()
    with Image.open(sample) as picture:
        picture.convert("RGB").resize((512, 384), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


@contextmanager
def serving() -> Iterator[str]:
    """Origin of a server of our own on a free port, with a data folder that is thrown away."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "PORT": str(port), "CENIQA_DATA_DIR": data, "CENIQA_LOG_LEVEL": "ERROR"}
        process = subprocess.Popen([sys.executable, "-m", "backend"], cwd=ROOT, env=environment)
        origin = f"http://127.0.0.1:{port}"
        try:
            while process.poll() is None and not is_ready(origin):
                time.sleep(0.1)
            yield origin
        finally:
            process.terminate()
            process.wait()


def is_ready(origin: str) -> bool:
    """Whether the server answers that it is ready."""
    try:
        return httpx.get(f"{origin}/readyz").status_code == 200
    except httpx.TransportError:
        return False


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
    with serving() as origin, httpx.Client(base_url=origin) as client:

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
