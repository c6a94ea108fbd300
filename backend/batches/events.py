"""What happens to a batch, told to whoever watches; read from the store, so nothing is told that is not kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from fastapi.sse import ServerSentEvent

from backend.batches.answers import batch_response, item_response
from backend.batches.store import Batch, BatchStore, FinishedItem
from backend.concurrency.watchers import Watchers, is_set_within

KEEP_ALIVE_S: Final = 10.0
"""Without news a comment goes out, so that nothing on the way takes the connection for a dead one."""
_PAUSE_S: Final = 0.1
"""Between two looks: a fast batch tells several items at once rather than each watcher reading after each item."""
_ITEMS_AT_ONCE: Final = 100


class BatchEvents:
    """Streams of server-sent events, one for each who watches a batch."""

    def __init__(self, store: BatchStore, *, seconds_left: Callable[[Batch], float | None]) -> None:
        self._store = store
        self._watchers = Watchers()
        self.seconds_left = seconds_left
        """How long a batch that runs will probably take."""

    def tell(self, batch_id: str) -> None:
        """Say that a batch changed."""
        self._watchers.tell(batch_id)

    def stop(self) -> None:
        """End every stream, and any that is asked for from now on: their clients come back to the next process."""
        self._watchers.stop()

    async def stream(self, batch_id: str, *, after: int) -> AsyncIterator[ServerSentEvent]:
        """`progress` after every change, `item` for each that finished after a sequence, `end` after the last."""
        told: Batch | None = None
        with self._watchers.watching(batch_id) as changed:
            while not self._watchers.is_stopped:
                changed.clear()
                batch = await self._store.get(batch_id)
                if batch is None:  # deleted: whoever comes back is told so
                    return
                if batch != told:
                    yield self._about(batch, "progress")
                    told = batch
                items = await self._store.items(batch_id, after=after, limit=_ITEMS_AT_ONCE, up_to=batch.finished)
                for item in items:
                    yield _item_event(item)
                    after = item.sequence
                if len(items) == _ITEMS_AT_ONCE:
                    continue
                if not batch.is_open:
                    yield self._about(batch, "end")
                    return
                if not await is_set_within(changed, KEEP_ALIVE_S):
                    yield ServerSentEvent(comment="waiting")
                await asyncio.sleep(_PAUSE_S)

    def _about(self, batch: Batch, event: str) -> ServerSentEvent:
        return ServerSentEvent(event=event, data=batch_response(batch, seconds_left=self.seconds_left(batch)))


def _item_event(item: FinishedItem) -> ServerSentEvent:
    return ServerSentEvent(event="item", id=str(item.sequence), data=item_response(item))
