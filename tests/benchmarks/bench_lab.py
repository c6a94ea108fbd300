"""The Distortion lab through HTTP: from the slider to the chosen level's score, and to all five levels' scores.

    .venv/bin/python -m tests.benchmarks.bench_lab [--checkpoint moe] [--rounds 3] [--origin http://127.0.0.1:8000]

For each type the levels of a fresh 512x384 analysis are asked as the page asks them: the chosen one (3) first and
alone, then the others two at a time. Promised on two idle cores, as medians over types: the chosen level within
300 ms, denoising apart, and all five within 2 s. The server is one of its own unless `--origin` names one.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from dataclasses import dataclass
from typing import Final

import httpx

from models.taxonomy import LEVELS, TAXONOMY
from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.server import origin_of

CHOSEN: Final = 3
LANES: Final = 2
SLOW: Final = "denoise"
TIMEOUT_S: Final = 60


@dataclass(frozen=True)
class Times:
    """Seconds until the chosen level's score was there, and until all five were."""

    chosen_s: float
    all_s: float


async def time_type(client: httpx.AsyncClient, here: str, checkpoint: str) -> Times:
    """Ask for the five levels of one distortion of one analysis."""
    others = sorted((level for level in LEVELS if level != CHOSEN), key=lambda level: abs(level - CHOSEN))

    async def ask(level: int) -> None:
        (await client.get(f"{here}/{level}", params={"checkpoint": checkpoint})).raise_for_status()

    async def lane() -> None:
        while others:
            await ask(others.pop(0))

    started = time.perf_counter()
    await ask(CHOSEN)
    chosen_s = time.perf_counter() - started
    await asyncio.gather(*(lane() for _ in range(LANES)))
    return Times(chosen_s, time.perf_counter() - started)


async def time_all(origin: str, checkpoint: str, rounds: int) -> dict[str, list[Times]]:
    """Times of every type, each round on an analysis of its own, so that nothing is remembered."""
    times: dict[str, list[Times]] = {name: [] for name in TAXONOMY.distortion_types}
    async with httpx.AsyncClient(base_url=origin, timeout=TIMEOUT_S) as client:
        await client.get("/lab")  # as a reader does: the child that distorts starts with the page
        for number in range(rounds + 1):
            files = {"file": ("p.jpg", photograph(), "image/jpeg")}
            answer = await client.post("/api/v1/analyses", files=files, data={"checkpoint": checkpoint})
            analysis = answer.raise_for_status().json()
            await client.get(analysis["links"]["picture"])  # on disk, as it is for a reader
            if number == 0:  # warms up
                await time_type(client, f"{analysis['links']['self']}/distortions/jitter", checkpoint)
                continue
            for name in TAXONOMY.distortion_types:
                here = f"{analysis['links']['self']}/distortions/{name}"
                times[name].append(await time_type(client, here, checkpoint))
            await client.delete(analysis["links"]["self"])
    return times


def main() -> None:
    """Print the times of each type, and both medians over all types."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", default="moe")
    parser.add_argument("--rounds", type=int, default=3, help="analyses, on each of which every type is asked")
    parser.add_argument("--origin", help="a server that runs already")
    arguments = parser.parse_args()
    with origin_of(arguments.origin) as origin:
        times = asyncio.run(time_all(origin, arguments.checkpoint, arguments.rounds))
    chosen_ms = {name: 1e3 * statistics.median(each.chosen_s for each in rounds) for name, rounds in times.items()}
    all_ms = {name: 1e3 * statistics.median(each.all_s for each in rounds) for name, rounds in times.items()}
    for name in times:
        print(f"{name:28} level {CHOSEN} {chosen_ms[name]:6.0f} ms   five levels {all_ms[name]:6.0f} ms")
    chosen = statistics.median(value for name, value in chosen_ms.items() if name != SLOW)
    print(f"{'median, denoise apart':28} level {CHOSEN} {chosen:6.0f} ms   (promised: at most 300)")
    print(f"{'median':28} five levels {statistics.median(all_ms.values()):6.0f} ms   (promised: at most 2000)")


if __name__ == "__main__":
    main()
