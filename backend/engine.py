"""One inference thread behind a bounded door: pictures wait their turn, and no more of them than may.

On few cores, inferences side by side raise everybody's latency and nobody's throughput, so one thread works
through what waits. It takes up to `max_batch_size` pictures per hop from the event loop, because each hop costs
two wake-ups, and hands every result back as soon as it is there.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from backend.errors import Busy, NotReady
from backend.metrics import Metrics
from models.images import RGBImage
from models.prediction import Prediction

T = TypeVar("T")

_SMOOTHING = 0.1
"""Share of the newest inference in the running mean of their times."""


class Scorer(Protocol):
    """What the engine asks of a predictor: one picture in, one prediction out, blocking."""

    def predict(self, image: RGBImage) -> Prediction:
        """Score one picture."""
        ...


@dataclass(frozen=True, eq=False)
class _Job:
    work: Callable[[], Any]
    result: asyncio.Future[Any]
    queued_at: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True, eq=False)
class _End(Generic[T]):
    value: T


class Engine:
    """Scores pictures one after the other; `admit` bounds how many analyses are in work or waiting."""

    def __init__(self, *, queue_length: int, max_batch_size: int, metrics: Metrics) -> None:
        self._queue_length = queue_length
        self._max_batch_size = max_batch_size
        self._metrics = metrics
        self._admitted = 0
        self._last_busy = -math.inf
        self._mean_inference_s = 0.0
        self._waiting: deque[_Job] = deque()
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="inference")
        self._worker: asyncio.Task[None] | None = None
        self._closing = False
        metrics.watch_queue(lambda: self._admitted)

    def start(self) -> None:
        """Begin to work through what waits; needs a running event loop."""
        self._worker = asyncio.create_task(self._work(), name="engine")

    async def close(self) -> None:
        """Take no more pictures, finish those that wait, and end the thread."""
        self._closing = True
        self._wake.set()
        if self._worker is not None:
            await self._worker
        self._thread.shutdown(wait=True)

    @property
    def is_running(self) -> bool:
        """Whether pictures are taken."""
        return self._worker is not None and not self._worker.done() and not self._closing

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
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._wake.set()
        result: T = await job.result
        return result

    async def run_in_steps(self, work: Generator[None, None, T]) -> T:
        """The value of a generator of which each step is an inference as in `run`: others get their turn between."""
        while (end := await self.run(partial(_step, work))) is None:
            continue
        return end.value

    def _seconds_until_room(self) -> int:
        return max(1, math.ceil(self._admitted * self._mean_inference_s / 2))

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            self._wake.clear()
            while batch := self._next_batch():
                self._metrics.observe_batch(len(batch))
                await loop.run_in_executor(self._thread, self._score_batch, loop, batch)
            if self._closing:
                return

    def _next_batch(self) -> list[_Job]:
        batch: list[_Job] = []
        while self._waiting and len(batch) < self._max_batch_size:
            job = self._waiting.popleft()
            if not job.result.done():  # else its client left, or its deadline passed, while it waited
                batch.append(job)
        return batch

    def _score_batch(self, loop: asyncio.AbstractEventLoop, batch: list[_Job]) -> None:
        for job in batch:
            if not job.result.done():  # read-only from this thread; the loop alone sets it
                self._score(loop, job)

    def _score(self, loop: asyncio.AbstractEventLoop, job: _Job) -> None:
        start = time.perf_counter()
        try:
            result = job.work()
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the request, not to this thread
            loop.call_soon_threadsafe(_fail, job.result, error)
            return
        seconds = time.perf_counter() - start
        self._note_times(queue_s=start - job.queued_at, predict_s=seconds)
        loop.call_soon_threadsafe(_resolve, job.result, result)

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
