"""Milliseconds by distortion type and level on one core, for a 512x384 photograph.

Run from the repository's root: `PYTHONPATH=. python tests/benchmarks/bench_distortions.py`.
"""

from __future__ import annotations

import statistics
import time

import cv2
import numpy as np
from skimage import data

from models.distortions.operations import DISTORTIONS, Pixels, distort
from models.taxonomy import LEVELS

REPETITIONS = 3


def main() -> None:
    """Print one row for each type, then the median over all types but `denoise`."""
    cv2.setNumThreads(1)
    picture = np.asarray(cv2.resize(data.astronaut(), (512, 384), interpolation=cv2.INTER_AREA), np.uint8)
    distort(picture, "color_saturation_2", 1, seed=0)  # OpenCV builds its Lab tables at first use
    print(f"{'type':<28}" + "".join(f"{f'level {level}':>9}" for level in LEVELS) + "  ms")
    by_type = {name: [measure_ms(picture, name, level) for level in LEVELS] for name in DISTORTIONS}
    for name, times_ms in by_type.items():
        print(f"{name:<28}" + "".join(f"{time_ms:9.1f}" for time_ms in times_ms))
    others = [statistics.median(times_ms) for name, times_ms in by_type.items() if name != "denoise"]
    print(f"median over types, denoise apart: {statistics.median(others):.1f} ms")


def measure_ms(picture: Pixels, distortion_type: str, level: int) -> float:
    """Best of a few calls, in milliseconds."""
    return min(_once_ms(picture, distortion_type, level) for _ in range(REPETITIONS))


def _once_ms(picture: Pixels, distortion_type: str, level: int) -> float:
    start = time.perf_counter()
    distort(picture, distortion_type, level, seed=0)
    return 1e3 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
