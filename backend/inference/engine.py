"""Inference threads behind a bounded door: pictures wait their turn, and no more of them than may.

One thread a core, each with one picture: two cores do 24 pictures a second that way, against 16 with both on one
picture and 16 to 17 with both on a batch of two to eight (`tests/benchmarks/bench_load.py`). The threads have a lower
priority than the event loop, which answers in between as if they were not there.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, Generic, Protocol, TypeVar

import anyio.to_thread

from backend.concurrency.thread_priority import lower_priority
from backend.errors import Busy, NotReady
from backend.telemetry.metrics import Metrics
from models.images import RGBImage
from models.prediction import Prediction

T = TypeVar("T")

_SMOOTHING: Final = 0.1
"""Share of the newest inference in the running mean of their times."""


class Scorer(Protocol):
    """What the engine asks of a predictor: one picture in, one prediction out, blocking."""

    def predict(self, image: RGBImage) -> Prediction:
        """Score one picture."""
        ...


@dataclass(eq=False)
class _Inference:
    work: Callable[[], Any] | None
    """`None` when nobody waits for it any more: what waits in the queue must not hold its picture."""
    result: asyncio.Future[Any]
    queued_at: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True, eq=False)
class _End(Generic[T]):
    value: T


class Engine:
    """Scores pictures in the order in which they came; `admit` bounds how many analyses are in work or waiting."""

    def __init__(self, *, queue_length: int, num_threads: int, metrics: Metrics) -> None:
        self._queue_length = queue_length
        self.num_threads = num_threads
        self._metrics = metrics
        self._admitted = 0
        self._last_busy = -math.inf
        self._mean_inference_s = 0.0
        self._waiting: SimpleQueue[_Inference | None] = SimpleQueue()
        self._threads: list[Thread] = []
        metrics.watch_queue(lambda: self._admitted)

    def start(self) -> None:
        """Begin to work through what waits."""
        self._threads = [Thread(target=self._work, name=f"inference_{n}", daemon=True) for n in range(self.num_threads)]
        for thread in self._threads:
            thread.start()

    async def close(self) -> None:
        """Take no more pictures, finish those that wait, and end the threads."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._waiting.put(None)
        for thread in threads:
            await anyio.to_thread.run_sync(thread.join)

    @property
    def is_running(self) -> bool:
        """Whether pictures are taken."""
        return any(thread.is_alive() for thread in self._threads)

    def idle_s(self) -> float:
        """Seconds since the last analysis ended; 0 while any is in work or waiting."""
        return 0.0 if self._admitted else time.monotonic() - self._last_busy

    def check_places(self) -> None:
        """Raise `Busy` where all places for analyses in work or waiting are taken."""
        if self._admitted >= self._queue_length:
            raise Busy(
                f"got one more than the {self._queue_length} analyses that may be in work or waiting",
                retry_after_s=self._seconds_until_room(),
            )

    @contextmanager
    def admit(self) -> Iterator[None]:
        """Hold one of the places for analyses in work or waiting; raises `Busy` when all are taken."""
        self.check_places()
        self._admitted += 1
        try:
            yield
        finally:
            self._admitted -= 1
            self._last_busy = time.monotonic()

    async def predict(self, scorer: Scorer, image: RGBImage) -> Prediction:
        """Score one picture in its turn, as `run` does."""
        return await self.run(partial(scorer.predict, image))

    async def run(self, work: Callable[[], T]) -> T:
        """The result of one picture's inference in its turn; call it inside `admit`, which bounds the queue.

        A caller that is cancelled while waiting costs no inference. Raises `NotReady` once the engine is closing.
        """
        if not self.is_running:
            raise NotReady("got a picture while the engine is not running, expected it to be started")
        inference = _Inference(work, asyncio.get_running_loop().create_future())
        self._waiting.put(inference)
        try:
            result: T = await inference.result
            return result
        finally:
            inference.work = None

    async def run_in_steps(self, work: Generator[None, None, T]) -> T:
        """The value of a generator of which each step is an inference as in `run`: others get their turn between."""
        while (end := await self.run(partial(_step, work))) is None:
            continue
        return end.value

    def _seconds_until_room(self) -> int:
        return max(1, math.ceil(self._admitted * self._mean_inference_s / self.num_threads / 2))

    def _work(self) -> None:
        lower_priority()
        while (inference := self._waiting.get()) is not None:
            work = inference.work
            # Else its client left, or its deadline passed, meanwhile.
            if work is not None and not inference.result.done():
                self._score(inference, work)
            del inference, work  # and their picture, while the next one is not there

    def _score(self, inference: _Inference, work: Callable[[], Any]) -> None:
        loop = inference.result.get_loop()
        start = time.perf_counter()
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the request, not to this thread
            loop.call_soon_threadsafe(_fail, inference.result, error)
            return
        seconds = time.perf_counter() - start
        self._note_times(queue_s=start - inference.queued_at, predict_s=seconds)
        loop.call_soon_threadsafe(_resolve, inference.result, result)

    def _note_times(self, *, queue_s: float, predict_s: float) -> None:
        self._metrics.observe_stage("queue", queue_s)
        self._metrics.observe_stage("predict", predict_s)
        self._mean_inference_s += _SMOOTHING * (predict_s - self._mean_inference_s)


def _step(work: Generator[None, None, T]) -> _End[T] | None:
    try:
        next(work)
    except StopIteration as end:
        return _End(end.value)
    return None


def _resolve(result: asyncio.Future[Any], value: object) -> None:
    if not result.done():
        result.set_result(value)


def _fail(result: asyncio.Future[Any], error: Exception) -> None:
    if not result.done():
        result.set_exception(error)
