"""A turn at the engine: a place among what may wait, a share of the pixels, a deadline, and what each stage took.

Uploads, the lab, batches and studies take turns. Their pixels come from two budgets: one of uploads and the lab, which
refuses what does not fit, and one of batches and studies, as large as what they ever have in work.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Final, Protocol, TypeVar

from backend.concurrency.budgets import ByteBudget, Share
from backend.errors import DeadlineExceeded
from backend.inference.engine import Engine
from backend.inference.soundness import check_sound
from backend.telemetry.metrics import Metrics
from models.images import ImageError, RGBImage
from models.prediction import Prediction
from models.predictor import Predictor

T = TypeVar("T")

_MS_PER_S: Final = 1000.0


class Decoder(Protocol):
    """What a turn asks of the decode children."""

    async def decode(self, data: bytes) -> RGBImage:
        """Decode a picture as it came; raises `ImageError`."""
        ...


class Turns:
    """Hands out turns to one kind of work, whose pictures share a budget of pixels."""

    def __init__(
        self, *, engine: Engine, decoder: Decoder, pixels: ByteBudget, deadline_s: float, metrics: Metrics
    ) -> None:
        self._engine = engine
        self._decoder = decoder
        self._pixels = pixels
        self._deadline_s = deadline_s
        self._metrics = metrics

    @property
    def at_once(self) -> int:
        """How many pictures are scored at the same time."""
        return self._engine.num_threads

    @contextmanager
    def begin(self) -> Iterator[Turn]:
        """A turn with a place of its own, held to the end; raises `Busy` where all are taken."""
        with self.place(), self.picture() as turn:
            yield turn

    @contextmanager
    def place(self) -> Iterator[None]:
        """One of the places for what is in work or waiting; raises `Busy` where all are taken."""
        with self._engine.admit():
            yield

    @contextmanager
    def picture(self) -> Iterator[Turn]:
        """A turn of one picture without a place: whoever takes it asks for one before the engine is asked."""
        with self._pixels.share() as share:
            yield Turn(self._engine, self._decoder, share, self._deadline_s, self._metrics)


class Turn:
    """One picture in work; its pixels are given back at the end."""

    def __init__(self, engine: Engine, decoder: Decoder, share: Share, deadline_s: float, metrics: Metrics) -> None:
        self._engine = engine
        self._decoder = decoder
        self._share = share
        self._deadline_s = deadline_s
        self._metrics = metrics
        self._began_s: float | None = None
        self._stages_ms: dict[str, float] = {}

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """Cancel what takes longer than the deadline inside; raises `DeadlineExceeded` then."""
        async with within_deadline(self._deadline_s):
            yield

    def hold(self, num_bytes: int) -> None:
        """Take so many bytes of pixels; raises `Busy` where they do not fit."""
        self._share.add(num_bytes)

    async def decode(self, data: bytes) -> RGBImage:
        """The pixels of a picture as it came, held from then on; raises `ImageError`, which is counted, and `Busy`."""
        return await self.take(self._decoded(data))

    async def take(self, decoding: Awaitable[RGBImage]) -> RGBImage:
        """The pixels that a decoding brings, held from then on; raises `Busy`."""
        image = await self.stage("decode", decoding)
        self.hold(image.pixels_HWC.nbytes)
        return image

    async def stage(self, name: str, work: Awaitable[T]) -> T:
        """The result of work before the engine is asked, with its time; the first begins the whole time."""
        start_s = time.perf_counter()
        if self._began_s is None:
            self._began_s = start_s
        result = await work
        self._stages_ms[name] = (time.perf_counter() - start_s) * _MS_PER_S
        return result

    async def predict(self, predictor: Predictor, image: RGBImage) -> Prediction:
        """What a predictor says, with all times; raises `UnsoundPrediction`."""
        return self.timed(await self._engine.predict(predictor, image))

    async def run(self, work: Callable[[], T]) -> T:
        """Any inference in its turn, as `Engine.run`."""
        return await self._engine.run(work)

    async def run_in_steps(self, work: Generator[None, None, T]) -> T:
        """The same for one that lets others in between its steps, as `Engine.run_in_steps`."""
        return await self._engine.run_in_steps(work)

    def timed(self, prediction: Prediction) -> Prediction:
        """A prediction with what the service spent on it around the predictor's own stages.

        Raises `UnsoundPrediction` for one with a number that is not finite.
        """
        check_sound(prediction)
        total_s = 0.0 if self._began_s is None else time.perf_counter() - self._began_s
        timing_ms = {**self._stages_ms, **prediction.timing_ms, "total": total_s * _MS_PER_S}
        return replace(prediction, timing_ms=timing_ms)

    async def _decoded(self, data: bytes) -> RGBImage:
        with self._metrics.stage("decode"):
            try:
                return await self._decoder.decode(data)
            except ImageError as error:
                self._metrics.count_decode_failure(error.code)
                raise


@asynccontextmanager
async def within_deadline(seconds: float) -> AsyncIterator[None]:
    """Cancel what takes longer inside; raises `DeadlineExceeded` then."""
    try:
        async with asyncio.timeout(seconds) as clock:
            yield
    except TimeoutError as error:
        if not clock.expired():  # somebody else's
            raise
        raise DeadlineExceeded(f"got no score after {seconds:g} s, expected one within that time") from error
