"""Works through open batches: one after the other, their items in the order of the batch, a few of them at a time.

While one or two items are scored the next is decoded, so a batch takes at most two places in the engine's queue and
one decode child: an upload waits for one item. Whatever is at work when the process ends has no result yet, and is
repeated.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Final, TypeVar

import structlog

from backend.batches.inputs import BatchInputs
from backend.batches.store import Batch, BatchStore, ItemError, WaitingItem
from backend.errors import DeadlineExceeded, Overloaded, ServiceError
from backend.inference.catalogue import Catalogue
from backend.inference.turn import Turn, Turns
from backend.telemetry.metrics import Metrics
from models.images import ImageError, RGBImage
from models.prediction import Prediction

T = TypeVar("T")

_MOST_PREDICTIONS: Final = 2
_ATTEMPTS: Final = 2
"""For what may be no fault of the picture: a decode child that was killed, a machine too busy for the deadline."""
_RETRY_S: Final = 2.0
"""When to look again after the disk or the database failed."""

_log = structlog.stdlib.get_logger(__name__)


class Pace:
    """How fast the batch at work gets on, since this process took it up."""

    def __init__(self) -> None:
        self._batch_id = ""
        self._began_s = 0.0
        self._items = 0
        self._took_s = 0.0

    def begin(self, batch_id: str) -> None:
        """A batch is taken up."""
        self._batch_id, self._began_s, self._items = batch_id, time.monotonic(), 0

    def note_item(self) -> None:
        """One of its items has a result."""
        self._items += 1
        self._took_s = time.monotonic() - self._began_s

    def seconds_left(self, batch: Batch) -> float | None:
        """An estimate for a batch that runs; `None` for others, and before the first item."""
        if batch.state != "running" or batch.id != self._batch_id or not self._items:
            return None
        return self._took_s / self._items * (batch.total - batch.finished)


class BatchRunner:
    """The one task that scores items, started and stopped with the service."""

    def __init__(
        self,
        *,
        store: BatchStore,
        inputs: BatchInputs,
        catalogue: Catalogue,
        turns: Turns,
        pace: Pace,
        tell: Callable[[str], None],
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._inputs = inputs
        self._catalogue = catalogue
        self._turns = turns
        self._pace = pace
        self._tell = tell
        self._metrics = metrics
        self._news = asyncio.Event()
        self._at_work: tuple[str, asyncio.Task[None]] | None = None
        self._recording: set[asyncio.Task[bool]] = set()
        self._decoding = asyncio.Lock()
        self._predicting = asyncio.Semaphore(_predictions_at_once(turns.at_once))
        self._items_at_once = items_at_once(turns.at_once)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work while inside; what is at work at the end is dropped, and repeated by the next process."""
        loop = asyncio.create_task(self._run_for_ever(), name="batches")
        try:
            yield
        finally:
            loop.cancel()
            await asyncio.wait({loop})

    def wake(self) -> None:
        """Say that there is a new batch."""
        self._news.set()

    async def drop(self, batch_id: str) -> None:
        """Stop working on a batch, which the store must no longer call open."""
        if self._at_work is not None and self._at_work[0] == batch_id:
            await self._end(self._at_work[1])

    async def _run_for_ever(self) -> None:
        while True:
            self._news.clear()
            try:
                if not await self._work_on_next():
                    await self._news.wait()
            except Exception as error:  # noqa: BLE001 - a full disk or a fault of ours must not end all batches
                _log.error("batch_interrupted", exc_info=error)
                await asyncio.sleep(_RETRY_S)

    async def _work_on_next(self) -> bool:
        open_ids = await self._store.open_ids()
        if not open_ids:
            return False
        batch = await self._store.begin(open_ids[0])
        if batch is not None:
            work = asyncio.create_task(self._work_through(batch), name=f"batch {batch.id}")
            self._at_work = batch.id, work
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
        await asyncio.wait({work, *self._recording})

    async def _work_through(self, batch: Batch) -> None:
        self._pace.begin(batch.id)
        self._tell(batch.id)
        waiting = iter(await self._store.waiting(batch.id))
        async with asyncio.TaskGroup() as group:
            for _ in range(self._items_at_once):
                group.create_task(self._work_off(batch, waiting))

    async def _work_off(self, batch: Batch, waiting: Iterator[WaitingItem]) -> None:
        for item in waiting:
            result = await self._result(batch, item)
            # To its end even where the batch is dropped now: a result is never without the removal of its picture.
            recording = asyncio.create_task(self._record(batch, item, result))
            self._recording.add(recording)
            recording.add_done_callback(self._recording.discard)
            if not await asyncio.shield(recording):
                return  # cancelled or deleted meanwhile

    async def _record(self, batch: Batch, item: WaitingItem, result: Prediction | ItemError) -> bool:
        after = await self._store.record(batch.id, item.position, result)
        if after is None:
            return False
        self._metrics.count_batch_item("refused" if isinstance(result, ItemError) else "scored")
        self._pace.note_item()
        if after.is_open:
            await self._inputs.forget_item(batch.id, item.position)
        else:
            await self._inputs.forget(batch.id)
            _log.info("batch_done", batch_id=batch.id, scored=after.scored, refused=after.refused)
        self._tell(batch.id)
        return True

    async def _result(self, batch: Batch, item: WaitingItem) -> Prediction | ItemError:
        attempts = 1
        while True:
            try:
                return await self._score(batch, item)
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to the item, not to its batch
                if attempts == _ATTEMPTS or not _may_pass(error):
                    return _refusal(error)
            attempts += 1

    async def _score(self, batch: Batch, item: WaitingItem) -> Prediction:
        with self._turns.picture() as turn:
            async with self._decoding:
                data = await self._inputs.read(batch.id, item.position)
                image = await _patiently(lambda: self._decode(turn, data))
            async with self._predicting:
                return await _patiently(lambda: self._predict(turn, batch.checkpoint, image))

    async def _decode(self, turn: Turn, data: bytes) -> RGBImage:
        async with turn.in_time():
            return await turn.decode(data)

    async def _predict(self, turn: Turn, checkpoint: str, image: RGBImage) -> Prediction:
        predictor = await self._catalogue.find(checkpoint)
        with self._turns.place():
            async with turn.in_time():
                return await turn.predict(predictor, image)


def items_at_once(num_threads: int) -> int:
    """How many pictures of batches are in work at once: those being scored, and the next one being decoded."""
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


def _refusal(error: Exception) -> ItemError:
    match error:
        case ImageError() | ServiceError():
            return ItemError(error.code, str(error))
        case OSError():
            return ItemError("input-lost", "got a picture that is no longer there, expected its file; send it again")
        case _:
            _log.error("item_failed", exc_info=error)
            return ItemError("internal-error", "The service met a fault of its own; its log has the details.")
