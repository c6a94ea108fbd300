"""Works through open batches: one after the other, their items in the order of the batch, a few of them at a time.

Whatever is at work when the process ends has no result yet, and is repeated.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial

import structlog

from backend.batches.store import Batch, BatchStore, WaitingItem
from backend.concurrency.open_work import OpenWork
from backend.concurrency.pace import Pace
from backend.inference.backlog import Backlog, Refusal
from backend.inference.catalogue import Catalogue
from backend.inference.turn import Turn
from backend.telemetry.metrics import Metrics
from backend.uploads.inputs import Inputs
from models.images import RGBImage
from models.prediction import Prediction

_log = structlog.stdlib.get_logger(__name__)


class BatchRunner:
    """Scores items, started and stopped with the service."""

    def __init__(
        self,
        *,
        store: BatchStore,
        inputs: Inputs,
        catalogue: Catalogue,
        backlog: Backlog,
        pace: Pace,
        tell: Callable[[str], None],
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._inputs = inputs
        self._catalogue = catalogue
        self._backlog = backlog
        self._pace = pace
        self._tell = tell
        self._metrics = metrics
        self._open = OpenWork("batches", next_open=self._next_open, work=self._work_through)

    def running(self) -> AbstractAsyncContextManager[None]:
        """Work while inside; what is at work at the end is dropped, and repeated by the next process."""
        return self._open.running()

    def wake(self) -> None:
        """Say that there is a new batch."""
        self._open.wake()

    async def drop(self, batch_id: str) -> None:
        """Stop working on a batch, which the store must no longer call open."""
        await self._open.drop(batch_id)

    async def _next_open(self) -> str | None:
        return next(iter(await self._store.open_ids()), None)

    async def _work_through(self, batch_id: str) -> None:
        batch = await self._store.begin(batch_id)
        if batch is None:
            return
        self._pace.begin(batch.id)
        self._tell(batch.id)
        waiting = iter(await self._store.waiting(batch.id))
        async with asyncio.TaskGroup() as group:
            for _ in range(self._backlog.at_once):
                group.create_task(self._work_off(batch, waiting))

    async def _work_off(self, batch: Batch, waiting: Iterator[WaitingItem]) -> None:
        for item in waiting:
            read = partial(self._inputs.read, batch.id, item.position)
            result = await self._backlog.result(read, partial(self._predict, batch.checkpoint))
            # To its end even where the batch is dropped now: a result is never without the removal of its picture.
            if not await self._open.to_its_end(self._record(batch, item, result)):
                return  # cancelled or deleted meanwhile

    async def _predict(self, checkpoint: str, turn: Turn, image: RGBImage) -> Prediction:
        return await turn.predict(await self._catalogue.find(checkpoint), image)

    async def _record(self, batch: Batch, item: WaitingItem, result: Prediction | Refusal) -> bool:
        after = await self._store.record(batch.id, item.position, result)
        if after is None:
            return False
        self._metrics.count_batch_item("refused" if isinstance(result, Refusal) else "scored")
        self._pace.note_item()
        if after.is_open:
            await self._inputs.forget_item(batch.id, item.position)
        else:
            await self._inputs.forget(batch.id)
            _log.info("batch_done", batch_id=batch.id, scored=after.scored, refused=after.refused)
        self._tell(batch.id)
        return True


def seconds_left(pace: Pace, batch: Batch) -> float | None:
    """An estimate for a batch that runs; `None` for others, and before the first item."""
    return pace.seconds_left(batch.id, batch.total - batch.finished) if batch.state == "running" else None
