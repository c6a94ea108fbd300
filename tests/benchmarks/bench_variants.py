"""What scoring a picture costs with each checkpoint, as a multiple of what it costs without a mixture.

    .venv/bin/python -m tests.benchmarks.bench_variants [--rounds 60] [--picture FILE] [--threads 2] [--output FILE]

Each round scores the same picture once with every checkpoint, in an order that is rotated and every other time
reversed; ratios are taken within rounds, so that they hold on a busy machine, too. Times are from decoded pixels to
`Prediction` in process, but for the column that says from bytes. Checkpoints may stand on different trunks.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import torch
from scipy import stats

import models
from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import checkpoint_folders
from models.figures.statistics import Floats
from models.files import write_atomically
from models.images import RGBImage, decode
from models.predictor import Predictor
from tests.benchmarks.machine import machine
from tests.benchmarks.pictures import photograph

BASELINE: Final = "no_gmm"
WARM_UP_ROUNDS: Final = 3
NUM_RESAMPLES: Final = 2000


@dataclass(frozen=True)
class Times:
    """Milliseconds of one checkpoint, round by round: pixels to prediction, features and head of it, and from bytes."""

    pixels: list[float] = field(default_factory=list)
    features: list[float] = field(default_factory=list)
    head: list[float] = field(default_factory=list)
    encoded: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Ratio:
    """Median over rounds of a time divided by the baseline's in the same round, and its 95 % bootstrap interval."""

    median: float
    low: float
    high: float


def order(names: list[str], number: int) -> list[str]:
    """The checkpoints in the order of one round: each comes first in its turn, and after either neighbour."""
    start = number // 2 % len(names)
    rotated = names[start:] + names[:start]
    return rotated[::-1] if number % 2 else rotated


def measure(predictors: dict[str, Predictor], image: RGBImage, data: bytes, *, rounds: int) -> dict[str, Times]:
    """Times by checkpoint, of as many rounds after the warm-up."""
    times = {name: Times() for name in predictors}
    for number in range(-WARM_UP_ROUNDS, rounds):
        for name in order(list(predictors), number):
            started = time.perf_counter()
            prediction = predictors[name].predict(image)
            predicted = time.perf_counter()
            predictors[name].score(data)
            done = time.perf_counter()
            if number >= 0:
                times[name].pixels.append(1e3 * (predicted - started))
                times[name].features.append(prediction.timing_ms["features"])
                times[name].head.append(prediction.timing_ms["head"])
                times[name].encoded.append(1e3 * (done - predicted))
    return times


def ratio_to_baseline(ms: list[float], baseline_ms: list[float]) -> Ratio:
    """How many times as long as the baseline."""
    ratio_S: Floats = np.array(ms) / np.array(baseline_ms)
    sampled = stats.bootstrap(
        (ratio_S,), np.median, n_resamples=NUM_RESAMPLES, method="percentile", rng=np.random.default_rng(0)
    )
    low, high = sampled.confidence_interval
    return Ratio(float(np.median(ratio_S)), float(low), float(high))


def report(times: dict[str, Times], ratios: dict[str, Ratio]) -> None:
    """Print one row for each checkpoint: medians in milliseconds, the features' share, and the ratio."""
    width = max(len(name) for name in times)
    print(f"{'checkpoint':<{width}}  pixels ms  of it features  head ms  bytes ms  ratio to {BASELINE} (95 % interval)")
    for name, spent in times.items():
        share = statistics.median(part / whole for part, whole in zip(spent.features, spent.pixels, strict=True))
        pixels, head, encoded = (statistics.median(column) for column in (spent.pixels, spent.head, spent.encoded))
        ratio = ratios[name]
        print(
            f"{name:<{width}}  {pixels:9.1f}  {100 * share:11.1f} %  {head:7.2f}  {encoded:8.1f}  "
            f"{ratio.median:.3f} ({ratio.low:.3f} to {ratio.high:.3f})"
        )


def as_json(times: dict[str, Times], ratios: dict[str, Ratio], image: RGBImage, *, rounds: int) -> str:
    """The figures with what they were measured on."""
    checkpoints = {
        name: {
            "median_ms": round(statistics.median(times[name].pixels), 2),
            "ratio": round(ratio.median, 4),
            "low": round(ratio.low, 4),
            "high": round(ratio.high, 4),
        }
        for name, ratio in ratios.items()
    }
    facts = {"machine": machine(), "picture": f"{image.width}x{image.height}", "rounds": rounds, "baseline": BASELINE}
    return json.dumps({**facts, "checkpoints": checkpoints}, indent=1) + "\n"


def main() -> None:
    """Print the table, and write the figures as JSON where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--picture", type=Path, help="a picture as it is, instead of a sample at 512x384")
    parser.add_argument("--threads", type=int, help="cores to keep to; otherwise all, as the service does")
    parser.add_argument("--output", type=Path, help="where to write the figures as JSON")
    arguments = parser.parse_args()
    if arguments.rounds < 2:
        parser.error(f"got --rounds {arguments.rounds}, expected 2 or more, of which an interval can be drawn")
    if arguments.threads:  # the predictor gives its graph one thread for each core that it may use
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: arguments.threads])
        torch.set_num_threads(arguments.threads)
    data = arguments.picture.read_bytes() if arguments.picture else photograph()
    image = decode(data)
    ids = sorted(folder.name for folder in checkpoint_folders(CHECKPOINTS_FOLDER))
    predictors = {name: models.load(name, device="cpu") for name in sorted(ids, key=lambda name: name != BASELINE)}
    times = measure(predictors, image, data, rounds=arguments.rounds)
    ratios = {name: ratio_to_baseline(spent.pixels, times[BASELINE].pixels) for name, spent in times.items()}
    print(f"{machine()}; {image.width}x{image.height}; {arguments.rounds} rounds")
    report(times, ratios)
    if arguments.output:
        write_atomically(arguments.output, as_json(times, ratios, image, rounds=arguments.rounds).encode())


if __name__ == "__main__":
    main()
