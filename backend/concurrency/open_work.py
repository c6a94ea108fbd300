"""Works through what is open, one thing after the other, in a task that starts and stops with the service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import structlog

from backend.concurrency.finishing import Finishing

T = TypeVar("T")

_RETRY_S: Final = 2.0
"""When to look again after the disk or the database failed."""

_log = structlog.stdlib.get_logger(__name__)


class OpenWork:
    """One thing at work at a time; `next_open` names what is open, the next first, and `work` does it."""

    def __init__(
        self,
        kind: str,
        *,
        next_open: Callable[[], Awaitable[str | None]],
        work: Callable[[str], Coroutine[Any, Any, None]],
    ) -> None:
        self._kind = kind
        self._next_open = next_open
        self._work = work
        self._news = asyncio.Event()
        self._at_work: tuple[str, asyncio.Task[None]] | None = None
        self._finishing = Finishing()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work while inside; what is at work at the end is dropped, and repeated by the next process."""
        loop = asyncio.create_task(self._run_for_ever(), name=self._kind)
        try:
            yield
        finally:
            loop.cancel()
            await asyncio.wait({loop})

    def wake(self) -> None:
        """Say that there is something new."""
        self._news.set()

    async def drop(self, name: str) -> None:
        """Stop working on something, which must no longer be open."""
        if self._at_work is not None and self._at_work[0] == name:
            await self._end(self._at_work[1])

    async def to_its_end(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """The result of a part of the work that is not broken off, even where the work is dropped now."""
        return await self._finishing.result(coroutine)

    async def _run_for_ever(self) -> None:
        while True:
            self._news.clear()
            try:
                if not await self._work_on_next():
                    await self._news.wait()
            except Exception as error:  # noqa: BLE001 - a full disk or a fault of ours must not end all work
                _log.error("work_interrupted", kind=self._kind, exc_info=error)
                await asyncio.sleep(_RETRY_S)

    async def _work_on_next(self) -> bool:
        name = await self._next_open()
        if name is None:
            return False
        work = asyncio.create_task(self._work(name), name=f"{self._kind} {name}")
        self._at_work = name, work
        try:
            await asyncio.wait({work})
        finally:
            await self._end(work)
            self._at_work = None
        if not work.cancelled():
            work.result()
        return True

    async def _end(self, work: asyncio.Task[None]) -> None:
        work.cancel()
        await asyncio.wait({work})
        await self._finishing.wait()
