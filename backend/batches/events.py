"""What happens to a job, told to whoever watches; read from the store, so nothing is told that is not kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from fastapi.sse import ServerSentEvent

from backend.batches.answers import item_response, job_response
from backend.batches.store import FinishedItem, Job, JobStore

KEEP_ALIVE_S: Final = 10.0
"""Without news a comment goes out, so that nothing on the way takes the connection for a dead one."""
_PAUSE_S: Final = 0.1
"""Between two looks: a fast job tells several items at once rather than each watcher reading after each item."""
_ITEMS_AT_ONCE: Final = 100


class JobEvents:
    """Streams of server-sent events, one for each who watches a job."""

    def __init__(self, store: JobStore, *, seconds_left: Callable[[Job], float | None]) -> None:
        self._store = store
        self._seconds_left = seconds_left
        self._watchers: dict[str, set[asyncio.Event]] = {}
        self._is_stopped = False

    def tell(self, job_id: str) -> None:
        """Say that a job changed."""
        for changed in self._watchers.get(job_id, ()):
            changed.set()

    def stop(self) -> None:
        """End every stream, and any that is asked for from now on: their clients come back to the next process."""
        self._is_stopped = True
        for job_id in self._watchers:
            self.tell(job_id)

    async def stream(self, job_id: str, *, after: int) -> AsyncIterator[ServerSentEvent]:
        """`progress` after every change, `item` for each that finished after a sequence, `end` after the last."""
        told: Job | None = None
        with self._watching(job_id) as changed:
            while not self._is_stopped:
                changed.clear()
                job = await self._store.get(job_id)
                if job is None:  # deleted: whoever comes back is told so
                    return
                if job != told:
                    yield self._about(job, "progress")
                    told = job
                items = await self._store.items(job_id, after=after, limit=_ITEMS_AT_ONCE, up_to=job.finished)
                for item in items:
                    yield _item_event(item)
                    after = item.sequence
                if len(items) == _ITEMS_AT_ONCE:
                    continue
                if not job.is_open:
                    yield self._about(job, "end")
                    return
                if not await _is_set_within(changed, KEEP_ALIVE_S):
                    yield ServerSentEvent(comment="waiting")
                await asyncio.sleep(_PAUSE_S)

    @contextmanager
    def _watching(self, job_id: str) -> Iterator[asyncio.Event]:
        changed = asyncio.Event()
        watchers = self._watchers.setdefault(job_id, set())
        watchers.add(changed)
        try:
            yield changed
        finally:
            watchers.discard(changed)
            if not watchers and self._watchers.get(job_id) is watchers:
                del self._watchers[job_id]

    def _about(self, job: Job, event: str) -> ServerSentEvent:
        return ServerSentEvent(event=event, data=job_response(job, seconds_left=self._seconds_left(job)))


def _item_event(item: FinishedItem) -> ServerSentEvent:
    return ServerSentEvent(event="item", id=str(item.sequence), data=item_response(item))


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
