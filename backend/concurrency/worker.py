"""Work that is too long for the event loop and too short for the inference queue: one piece at a time, few waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Final, TypeVar, TypeVarTuple

from backend.errors import Busy

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_MAX_WAITING: Final = 16


class Worker:
    """Runs functions on a thread of its own, never two at once, whether or not somebody still waits for them."""

    def __init__(self, *, max_waiting: int = _MAX_WAITING) -> None:
        self._max_waiting = max_waiting
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._lock = threading.Lock()
        self._open = 0

    async def run(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """The function's result in its turn; raises `Busy` where too many wait already.

        Whoever is cancelled while waiting costs nothing; what runs already runs to its end before the next begins.
        """
        with self._lock:
            if self._open > self._max_waiting:
                raise Busy(f"got one more than the {self._max_waiting} requests of this kind that may wait")
            self._open += 1
        context = copy_context()
        call = self._thread.submit(lambda: context.run(function, *args))
        call.add_done_callback(self._note_end)
        return await asyncio.wrap_future(call)

    def _note_end(self, _call: Future[T]) -> None:
        with self._lock:
            self._open -= 1
