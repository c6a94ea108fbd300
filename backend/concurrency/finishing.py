"""Work that runs to its end, even where whoever waits for it leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Finishing:
    """Coroutines that are not broken off: a client that leaves, or work that is dropped, ends none of them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def result(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """The result of a coroutine that goes on where this is cancelled."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def wait(self, *, timeout_s: float | None = None) -> None:
        """Until all that began has ended, or so long."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=timeout_s)
