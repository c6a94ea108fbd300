"""From encoded bytes to a sound prediction, nothing remembered: what uploads and items of batches have in common."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from typing import Final, Protocol

from backend.errors import DeadlineExceeded, UnsoundPrediction
from backend.inference.engine import Engine
from backend.telemetry.metrics import Metrics
from models.images import ImageError, RGBImage
from models.prediction import Prediction, Representation
from models.predictor import Predictor

MS_PER_S: Final = 1000.0


class Decoder(Protocol):
    """What scoring asks of the decode children."""

    async def decode(self, data: bytes) -> RGBImage:
        """Decode an upload; raises `ImageError`."""
        ...

    async def decode_kept(self, picture: bytes) -> RGBImage:
        """Decode a kept picture, which may have more bytes than an upload."""
        ...


class Scoring:
    """Decodes pictures that came from outside, and asks predictors about decoded ones."""

    def __init__(self, decoder: Decoder, engine: Engine, metrics: Metrics) -> None:
        self._decoder = decoder
        self._engine = engine
        self._metrics = metrics

    async def decode(self, data: bytes) -> RGBImage:
        """The pixels of a picture as it came; raises `ImageError`, which is counted."""
        with self._metrics.stage("decode"):
            try:
                return await self._decoder.decode(data)
            except ImageError as error:
                self._metrics.count_decode_failure(error.code)
                raise

    async def predict(self, predictor: Predictor, image: RGBImage) -> Prediction:
        """What a predictor says in its turn, inside `Engine.admit`; raises `UnsoundPrediction`."""
        prediction = await self._engine.predict(predictor, image)
        check_sound(prediction)
        return prediction


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


def with_times(prediction: Prediction, *, decode_ms: float, total_ms: float) -> Prediction:
    """The prediction with what the service spent on it around the predictor's own stages."""
    return replace(prediction, timing_ms={"decode": decode_ms, **prediction.timing_ms, "total": total_ms})


def check_sound(prediction: Prediction) -> None:
    """Raise `UnsoundPrediction` for a prediction with any number that is not finite."""
    if not all(math.isfinite(number) for number in _numbers(asdict(prediction))):
        raise _unsound(prediction.checkpoint)


def check_seen(seen: Representation, predictor: Predictor) -> None:
    """Raise `UnsoundPrediction` for a representation with any number that is not finite."""
    if not seen.is_finite:
        raise _unsound(predictor.manifest.id)


def _unsound(checkpoint: str) -> UnsoundPrediction:
    return UnsoundPrediction(f"got a number that is not finite from checkpoint {checkpoint}")


def _numbers(value: object) -> Iterator[float]:
    match value:
        case float():
            yield value
        case Mapping():
            yield from _numbers(tuple(value.values()))
        case tuple() | list():
            for item in value:
                yield from _numbers(item)
