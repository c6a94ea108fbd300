"""Fixtures that any test may use: pictures drawn by code, the same bytes on every machine."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable, Generator
from pathlib import Path

import hypothesis
import numpy as np
import pytest
from hypothesis import HealthCheck
from numpy.typing import NDArray

# The same examples on every machine; `pytest --hypothesis-profile=thorough` looks further, and elsewhere each time.
hypothesis.settings.register_profile(
    "suite", derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "thorough", hypothesis.settings.get_profile("suite"), derandomize=False, max_examples=20_000
)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Between its calls Playwright marks its loop as running, beside which no test can start one of its own."""
    if item.get_closest_marker("browser"):
        return (yield)
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(loop)


Draw = Callable[..., NDArray[np.uint8]]


def _draw_picture(seed: int, *, height: int = 96, width: int = 128) -> NDArray[np.uint8]:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width])[:, None, None]
    waves = [np.sin(x * rng.uniform(2, 40) + y * rng.uniform(2, 40)) for _ in range(3)]
    disc = ((x - rng.random()) ** 2 + (y - rng.random()) ** 2 < 0.06) * 90
    noise = rng.normal(0, 6, (height, width))
    channels = [128 + 60 * wave + disc * rng.uniform(-1, 1) + noise for wave in waves]
    return np.stack(channels, -1).clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def draw_picture() -> Draw:
    """`draw_picture(seed, height=96, width=128)` -> uint8 (H, W, 3): waves, a disc and a little noise."""
    return _draw_picture


BuiltOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> BuiltOnce:
    """`built_once(name, build)`: a folder that `build` fills for whichever process asks first; not to be changed."""
    root = tmp_path_factory.getbasetemp()
    shared = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def once(name: str, build: Callable[[Path], object]) -> Path:
        folder, unfinished = shared / name, tmp_path_factory.mktemp(name)
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                build(unfinished)
                unfinished.rename(folder)
        return folder

    return once
