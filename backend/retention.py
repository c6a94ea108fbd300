"""Retention: what is too old or beyond the bytes that may be kept is forgotten, by a clock that no jump misleads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from backend.analyses.library import Analyses
from backend.batches.batches import Batches
from backend.errors import Overloaded
from backend.studies.studies import Studies

_DOUBT_S: Final = 24 * 3600.0
"""How long a clock that jumped ahead must stay there until its time is believed."""
_TOLERANCE_S: Final = 300.0
"""Less than this is no jump: clocks are corrected all the time."""

_log = structlog.stdlib.get_logger(__name__)


def _wall_clock() -> float:
    return time.time()


def _seconds_since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)  # unlike the monotonic clock it goes on while the machine sleeps


class SteadyClock:
    """The wall clock, except that a jump ahead is believed only after it lasted for a day; one back is, at once.

    `at_most` is the latest time that is believed to start with, `None` for what the wall clock says.
    """

    def __init__(
        self,
        *,
        at_most: datetime | None = None,
        wall_s: Callable[[], float] = _wall_clock,
        running_s: Callable[[], float] = _seconds_since_boot,
    ) -> None:
        self._wall_s, self._running_s = wall_s, running_s
        offset_s = wall_s() - running_s()
        self._believed_s = offset_s if at_most is None else min(offset_s, at_most.timestamp() - running_s())
        self._doubted: tuple[float, float] | None = None

    def now(self) -> datetime:
        """The time that is believed."""
        running_s = self._running_s()
        offset_s = self._wall_s() - running_s
        if offset_s - self._believed_s <= _TOLERANCE_S or self._has_lasted(offset_s, running_s):
            self._believed_s, self._doubted = offset_s, None
        return datetime.fromtimestamp(running_s + self._believed_s, UTC)

    def _has_lasted(self, offset_s: float, running_s: float) -> bool:
        if self._doubted is None or abs(offset_s - self._doubted[0]) > _TOLERANCE_S:
            self._doubted = (offset_s, running_s)
            _log.warning("clock_jumped_ahead", seconds=round(offset_s - self._believed_s))
        return running_s - self._doubted[1] >= _DOUBT_S


class Retention:
    """Forgets analyses, batches and studies whose time or room has ended, at every interval while the service runs."""

    def __init__(
        self,
        analyses: Analyses,
        batches: Batches,
        studies: Studies,
        *,
        max_age: timedelta,
        max_bytes: int,
        max_studies_bytes: int,
        interval_s: float,
    ) -> None:
        self._analyses = analyses
        self._batches = batches
        self._studies = studies
        self._max_studies_bytes = max_studies_bytes
        self._max_age = max_age
        self._max_bytes = max_bytes
        self._interval_s = interval_s

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look now and at every interval until the end."""
        loop = asyncio.create_task(self._look_for_ever(), name="retention")
        try:
            yield
        finally:
            loop.cancel()
            with suppress(asyncio.CancelledError):
                await loop

    async def _look_for_ever(self) -> None:
        clock: SteadyClock | None = None
        while True:
            try:
                clock = clock or await self._start_clock()
                created_before = clock.now() - self._max_age
                expired = await self._analyses.expire(created_before=created_before, max_bytes=self._max_bytes)
                expired_batches = await self._batches.expire(finished_before=created_before)
                expired_studies = await self._studies.expire(
                    finished_before=created_before, max_bytes=self._max_studies_bytes
                )
                _log.info(
                    "retention", expired=expired, expired_batches=expired_batches, expired_studies=expired_studies
                )
            except (Overloaded, OSError) as error:  # a locked database or a full disk may be well next time
                _log.error("retention_failed", exc_info=error)
            await asyncio.sleep(self._interval_s)

    async def _start_clock(self) -> SteadyClock:
        newest = await self._analyses.newest()
        clock = SteadyClock()
        if newest is None or clock.now() - newest <= max(self._max_age, timedelta(seconds=_DOUBT_S)):
            return clock
        # Everything would go at once: after a long time off, or because the clock is wrong.
        return SteadyClock(at_most=newest)
