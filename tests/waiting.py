"""Waiting for what happens beside a test; its one limit only ends a test that hangs, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import anyio

HANG_S: Final = 120.0
"""Past this nothing comes any more."""
_POLL_S: Final = 0.01


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait for what another task, thread or process does."""
    with anyio.fail_after(HANG_S):
        while not condition():  # noqa: ASYNC110 - conditions of any kind, without hooks in what is tested
            await anyio.sleep(_POLL_S)


def wait_until(condition: Callable[[], bool]) -> None:
    """The same in a test that blocks."""
    deadline_s = time.monotonic() + HANG_S
    while not condition():
        if time.monotonic() > deadline_s:
            raise TimeoutError(f"not so after {HANG_S:g} s")
        time.sleep(_POLL_S)
