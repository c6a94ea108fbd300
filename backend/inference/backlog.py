"""Pictures that nobody waits for: batches and studies bring many, and uploads go before all of them.

While one or two are seen the next is decoded, so all of them together take at most two places in the engine's queue
and one decode child: an upload waits for one picture.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import structlog

from backend.errors import DeadlineExceeded, Overloaded, ServiceError
from backend.inference.turn import Turn, Turns
from models.images import ImageError, RGBImage

T = TypeVar("T")

_MOST_PREDICTIONS: Final = 2
_ATTEMPTS: Final = 2
"""For what may be no fault of the picture: a decode child that was killed, a machine too busy for the deadline."""

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Refusal:
    """Why a picture has no result: a stable code, and a sentence."""

    code: str
    detail: str


class Backlog:
    """Takes turns for pictures that are in nobody's way; all of them share a budget of pixels."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._decoding = asyncio.Lock()
        self._predicting = asyncio.Semaphore(_predictions_at_once(turns.at_once))
        self.at_once = pictures_at_once(turns.at_once)
        self._in_work = asyncio.Semaphore(self.at_once)

    async def result(
        self, read: Callable[[], Awaitable[bytes]], see: Callable[[Turn, RGBImage], Awaitable[T]]
    ) -> T | Refusal:
        """What `see` makes of the picture whose bytes `read` brings, or why there is nothing."""
        attempts = 1
        while True:
            try:
                return await self._see(read, see)
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to the picture, not to the others
                if attempts == _ATTEMPTS or not _may_pass(error):
                    return _refusal(error)
            attempts += 1

    async def _see(self, read: Callable[[], Awaitable[bytes]], see: Callable[[Turn, RGBImage], Awaitable[T]]) -> T:
        async with self._in_work:
            with self._turns.picture() as turn:
                async with self._decoding:
                    data = await read()
                    image = await _patiently(lambda: self._decode(turn, data))
                async with self._predicting:
                    return await _patiently(lambda: self._in_turn(turn, image, see))

    async def _decode(self, turn: Turn, data: bytes) -> RGBImage:
        async with turn.in_time():
            return await turn.decode(data)

    async def _in_turn(self, turn: Turn, image: RGBImage, see: Callable[[Turn, RGBImage], Awaitable[T]]) -> T:
        with self._turns.place():
            async with turn.in_time():
                return await see(turn, image)


def pictures_at_once(num_threads: int) -> int:
    """How many of these pictures are in work at once: those being seen, and the next one being decoded."""
    return _predictions_at_once(num_threads) + 1


def _predictions_at_once(num_threads: int) -> int:
    return min(num_threads, _MOST_PREDICTIONS)


async def _patiently(attempt: Callable[[], Awaitable[T]]) -> T:
    """What an attempt returns as soon as the service has room for it: uploads come first."""
    while True:
        try:
            return await attempt()
        except Overloaded as error:
            await asyncio.sleep(error.retry_after_s)


def _may_pass(error: Exception) -> bool:
    return isinstance(error, DeadlineExceeded) or (isinstance(error, ImageError) and error.code == "decode-crashed")


def _refusal(error: Exception) -> Refusal:
    match error:
        case ImageError() | ServiceError():
            return Refusal(error.code, str(error))
        case OSError():
            return Refusal("input-lost", "got a picture that is no longer there, expected its file; send it again")
        case _:
            _log.error("picture_failed", exc_info=error)
            return Refusal("internal-error", "The service met a fault of its own; its log has the details.")
