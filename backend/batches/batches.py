"""Batches: taken whole or not at all, scored in the background, watched, cancelled, forgotten."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from backend.batches.events import BatchEvents
from backend.batches.runner import BatchRunner
from backend.batches.store import Batch, BatchPage, BatchStore, FinishedItem, ItemOrder, ItemState
from backend.concurrency.finishing import Finishing
from backend.errors import EmptyBatch, UnknownBatch
from backend.inference.catalogue import Catalogue
from backend.telemetry.metrics import Metrics
from backend.uploads.forms import FormFields
from backend.uploads.inputs import Inputs
from backend.uploads.intake import Intake, SentBody

BATCH_FIELDS: Final = FormFields(frozenset({"checkpoint"}))
"""What its form has beside pictures."""
_RETENTION_BATCH: Final = 50


class Batches:
    """Takes, finds and ends batches; its runner scores them."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        intake: Intake,
        store: BatchStore,
        inputs: Inputs,
        runner: BatchRunner,
        events: BatchEvents,
        metrics: Metrics,
    ) -> None:
        self._catalogue = catalogue
        self._intake = intake
        self._store = store
        self._inputs = inputs
        self._runner = runner
        self._metrics = metrics
        self._keeping = Finishing()
        self.events = events

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Go on with what an earlier process left, and score what comes, while inside."""
        await self._inputs.recover(await self._store.open_ids())
        async with self._runner.running():
            try:
                yield
            finally:
                self.events.stop()
                await self._keeping.wait()

    async def accept(self, body: SentBody) -> Batch:
        """Take a batch; when this returns, its pictures and its rows are durable.

        Raises `BatchTooLarge`, `UnsupportedArchive`, `UnusableBatch`, `MalformedForm`, `UnknownCheckpoint`, `Busy`,
        `NotReady`, `StorageFull` and `StorageFailed`, and then nothing is left of it.
        """
        self._inputs.check_room(body.announced_bytes)
        await self._catalogue.find(None)  # before a body is read for nothing
        batch_id = uuid.uuid4().hex
        async with self._intake.whole(batch_id):
            form = await self._intake.receive(batch_id, body)
            predictor = await self._catalogue.find(form.texts.get("checkpoint"))
            unpacked = await self._intake.unpack(batch_id, form)
            if not (filenames := unpacked.filenames):
                raise EmptyBatch("got a form without a file, expected pictures under `files`, or a zip under `archive`")
        batch = _new_batch(batch_id, form.archive or filenames[0], predictor.manifest.id, len(filenames))
        batch = replace(batch, num_skipped=len(unpacked.skipped), skipped=unpacked.skipped)
        self._metrics.observe_batch(len(filenames))
        # To its end even if the client leaves now: there are no rows without pictures, nor the other way round.
        return await self._keeping.result(self._keep(batch, filenames))

    async def get(self, batch_id: str) -> Batch:
        """A batch as it is now; raises `UnknownBatch`."""
        batch = await self._store.get(batch_id)
        if batch is None:
            raise _unknown(batch_id)
        return batch

    async def page(self, *, limit: int, cursor: str | None) -> BatchPage:
        """A part of the list, newest first; raises `InvalidCursor`."""
        return await self._store.page(limit=limit, cursor=cursor)

    def seconds_left(self, batch: Batch) -> float | None:
        """How long a batch that runs will probably take."""
        return self.events.seconds_left(batch)

    async def items(
        self, batch_id: str, *, after: int, limit: int, state: ItemState | None, order: ItemOrder
    ) -> tuple[FinishedItem, ...]:
        """A part of a batch's finished items, as `BatchStore.items`."""
        return await self._store.items(batch_id, after=after, limit=limit, state=state, order=order)

    async def whole(self, batch: Batch, *, at_once: int) -> AsyncIterator[tuple[FinishedItem, ...]]:
        """Every item that had finished when `batch` was read, in the order of the batch, so many at once.

        Raises `UnknownBatch` where it is deleted meanwhile.
        """
        after = told = 0
        while items := await self._store.items(
            batch.id, after=after, limit=at_once, order="position", up_to=batch.finished
        ):
            yield items
            after, told = items[-1].position + 1, told + len(items)
        if told != batch.finished:
            raise _unknown(batch.id)

    async def cancel(self, batch_id: str) -> Batch:
        """Score no more of a batch; one that has nothing more to do stays as it is. Raises `UnknownBatch`."""
        batch = await self._store.cancel(batch_id)
        if batch is None:
            raise _unknown(batch_id)
        await self._runner.drop(batch_id)
        await self._inputs.forget(batch_id)
        self.events.tell(batch_id)
        return await self.get(batch_id)

    async def delete(self, batch_id: str) -> None:
        """Forget a batch, which is cancelled first; raises `UnknownBatch`."""
        await self.cancel(batch_id)
        await self._store.delete(batch_id)
        self.events.tell(batch_id)

    async def expire(self, *, finished_before: datetime) -> int:
        """Forget batches that have had nothing to do since then; returns how many."""
        expired = 0
        while ids := await self._store.finished_before(finished_before, limit=_RETENTION_BATCH):
            for batch_id in ids:
                expired += await self._store.delete(batch_id)
                self.events.tell(batch_id)
        return expired

    async def _keep(self, batch: Batch, filenames: tuple[str, ...]) -> Batch:
        async with self._intake.whole(batch.id):
            with self._intake.file_faults():
                await self._inputs.keep(batch.id)
                await self._store.add(batch, filenames)
        self._runner.wake()
        return batch


def _new_batch(batch_id: str, filename: str, checkpoint: str, total: int) -> Batch:
    return Batch(
        id=batch_id,
        created_at=datetime.now(UTC),
        started_at=None,
        finished_at=None,
        state="queued",
        checkpoint=checkpoint,
        filename=filename,
        total=total,
        scored=0,
        refused=0,
        mean_score=None,
    )


def _unknown(batch_id: str) -> UnknownBatch:
    return UnknownBatch(f"got batch {batch_id!r}, expected one that was made here and is still kept")
