"""Writes accepted pictures to disk behind the answers, at a quiet moment if there is one within seconds.

Until then the uploads as they came wait in memory, not their pixels, unless someone asks for the picture. They are
bounded: beyond `max_pending_bytes`, an upload's answer waits until there is room, so a flood slows down instead of
filling the memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

import anyio.to_thread
import structlog

from backend.analyses.picture_files import PictureFiles
from backend.analyses.store import KeptFacts, Store
from backend.children.kept import KeptPicture, Original
from backend.errors import ServiceError
from backend.storage.faults import file_fault
from backend.telemetry.metrics import Metrics
from models.images import ImageError, RGBImage

_ATTEMPTS: Final = 2
"""A picture that decoded once can be kept; a first failure means that its child died and was replaced."""

_QUIET_S: Final = 0.1
"""No upload for so long is a quiet moment: longer than the pause between two of one client's uploads."""
_LONGEST_DELAY_S: Final = 5.0
"""From an upload's answer to the writing of its picture, where nothing else is in the way: what a kill may cost."""

_log = structlog.stdlib.get_logger(__name__)


class Preserver(Protocol):
    """What keeping asks of the decode children: an upload without its metadata, and its thumbnail."""

    async def keep(self, original: Original) -> KeptPicture:
        """Make both."""
        ...


class PictureKeeper:
    """Makes and writes what is kept of pictures, one at a time, in the order in which they came."""

    def __init__(
        self,
        preserver: Preserver,
        files: PictureFiles,
        store: Store,
        *,
        idle_s: Callable[[], float],
        max_pending_bytes: int,
        metrics: Metrics,
    ) -> None:
        self._preserver = preserver
        self._files = files
        self._store = store
        self._idle_s = idle_s
        self._max_pending_bytes = max_pending_bytes
        self._metrics = metrics
        self._uploads: dict[str, bytes] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._writing: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._hurry = asyncio.Event()
        self._room = asyncio.Condition()

    def begin(self, analysis_id: str, upload: bytes, image: RGBImage) -> None:
        """Start to keep an upload that decoded to a picture; the analysis must be in the store."""
        self._uploads[analysis_id] = upload
        keeping = self._keep(analysis_id, upload, image)
        self._tasks[analysis_id] = asyncio.create_task(keeping, name=f"keep {analysis_id}")

    async def wait_for_room(self) -> None:
        """Wait while more uploads than allowed are pending."""
        if self._has_room():
            return
        self._hurry.set()
        async with self._room:
            await self._room.wait_for(self._has_room)

    def pending(self, analysis_id: str) -> bytes | None:
        """An upload whose picture is not on disk yet."""
        return self._uploads.get(analysis_id)

    async def settle(self, analysis_id: str) -> None:
        """Wait until a picture that is being kept is on disk, or was given up."""
        if (task := self._tasks.get(analysis_id)) is not None:
            self._hurry.set()
            await asyncio.wait({task})

    async def close(self, *, timeout_s: float) -> None:
        """Finish what is pending within a time; analyses whose pictures are dropped then keep their scores."""
        self._hurry.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks.values()), timeout=timeout_s)
        if late:
            await self._drop(late)

    async def _drop(self, late: set[asyncio.Task[None]]) -> None:
        for task in late:
            task.cancel()
        await asyncio.wait(late)
        if self._writing is not None:  # a few files: either all of it is on disk and in the row, or nothing
            await asyncio.wait({self._writing})

    @property
    def pending_bytes(self) -> int:
        """Uploads that wait to be written."""
        return sum(map(len, self._uploads.values()))

    def _has_room(self) -> bool:
        return self.pending_bytes <= self._max_pending_bytes

    async def _keep(self, analysis_id: str, upload: bytes, image: RGBImage) -> None:
        latest_s = asyncio.get_running_loop().time() + _LONGEST_DELAY_S
        try:
            original = await anyio.to_thread.run_sync(Original.of, upload, image)
            del image  # its pixels do not wait
            async with self._turn:
                await self._wait_for_quiet(until_s=latest_s)
                with self._metrics.stage("keep"):
                    await self._make_and_write(analysis_id, original)
        except (ImageError, ServiceError, OSError) as error:
            # The score stands without its picture; asking for it says that it was not kept.
            if isinstance(error, OSError):
                self._metrics.count_storage_fault(file_fault(error).code)
            _log.error("picture_not_kept", analysis_id=analysis_id, exc_info=error)
        except asyncio.CancelledError:
            _log.warning("picture_dropped", analysis_id=analysis_id)
            raise
        finally:
            del self._uploads[analysis_id], self._tasks[analysis_id]
            if not self._tasks:
                self._hurry.clear()
            async with self._room:
                self._room.notify_all()

    async def _wait_for_quiet(self, *, until_s: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until_s):
                while (short_s := _QUIET_S - self._idle_s()) > 0:
                    await self._pause(short_s)
                    if self._hurry.is_set():
                        return

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), timeout=seconds)

    async def _make_and_write(self, analysis_id: str, original: Original) -> None:
        self._writing = asyncio.create_task(self._write(analysis_id, await self._make(original)))
        await asyncio.shield(self._writing)

    async def _write(self, analysis_id: str, kept: KeptPicture) -> None:
        await anyio.to_thread.run_sync(self._files.write, analysis_id, kept)
        size_bytes = len(kept.picture) + len(kept.thumbnail)
        facts = KeptFacts(kept.picture_media_type, kept.thumbnail_media_type, size_bytes)
        if not await self._store.mark_kept(analysis_id, facts):
            # Deleted while it was being written.
            await anyio.to_thread.run_sync(self._files.delete, analysis_id)

    async def _make(self, original: Original) -> KeptPicture:
        for _ in range(_ATTEMPTS - 1):
            try:
                return await self._preserver.keep(original)
            except (ImageError, ServiceError) as error:
                _log.warning("keeping_failed_once", exc_info=error)
        return await self._preserver.keep(original)
