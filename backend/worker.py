"""Work that is too long for the event loop and too short for the inference queue: one piece at a time, few waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, TypeVarTuple

import anyio.to_thread

from backend.errors import Busy

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_MAX_WAITING: Final = 16


class Worker:
    """Runs functions on worker threads, never two of them at once."""

    def __init__(self, *, max_waiting: int = _MAX_WAITING) -> None:
        self._max_waiting = max_waiting
        self._limiter = anyio.CapacityLimiter(1)

    async def run(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """The function's result in its turn; raises `Busy` where too many wait already."""
        if self._limiter.statistics().tasks_waiting >= self._max_waiting:
            raise Busy(f"got one more than the {self._max_waiting} requests of this kind that may wait")
        return await anyio.to_thread.run_sync(function, *args, limiter=self._limiter)
