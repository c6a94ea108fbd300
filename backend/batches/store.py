"""What is remembered of batches: a row each, and one for every item, with its whole prediction once it is scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String, Text, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from backend.children.archives import Skipped
from backend.inference.backlog import Refusal
from backend.storage.database import Database
from backend.storage.rows import (
    Row,
    from_microseconds,
    make_cursor,
    moment_of,
    newest_first,
    parse_cursor,
    to_microseconds,
)
from models.prediction import Prediction

BatchState = Literal["queued", "running", "done", "cancelled"]
ItemState = Literal["scored", "refused"]
ItemOrder = Literal["sequence", "position"]

OPEN_STATES: Final[tuple[BatchState, ...]] = ("queued", "running")
_PREDICTION: Final = TypeAdapter(Prediction)
_BATCH_STATE: Final[TypeAdapter[BatchState]] = TypeAdapter(BatchState)
_SKIPPED: Final[TypeAdapter[tuple[Skipped, ...]]] = TypeAdapter(tuple[Skipped, ...])
MAX_SKIPPED_KEPT: Final = 100
"""All are counted; the names of so many are kept."""


@dataclass(frozen=True)
class Batch:
    """A batch being scored under one checkpoint, as far as it is; `mean_score` is of what was scored so far.

    `num_skipped` files of its archive are nobody's pictures, and no items; `skipped` are the first of them.
    """

    id: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    state: BatchState
    checkpoint: str
    filename: str
    total: int
    scored: int
    refused: int
    mean_score: float | None
    num_skipped: int = 0
    skipped: tuple[Skipped, ...] = ()

    @property
    def finished(self) -> int:
        """How many items have a result."""
        return self.scored + self.refused

    @property
    def is_open(self) -> bool:
        """Whether it has more to do."""
        return self.state in OPEN_STATES

    @property
    def cursor(self) -> str:
        """Names this entry's place in the list, newest first."""
        return make_cursor(to_microseconds(self.created_at), self.id)


@dataclass(frozen=True)
class BatchPage:
    """A part of the list, newest first, the cursor of the next part (`None` at the end), and the list's length."""

    items: tuple[Batch, ...]
    next_cursor: str | None
    total: int


@dataclass(frozen=True)
class WaitingItem:
    """An item without a result."""

    position: int
    filename: str


@dataclass(frozen=True)
class FinishedItem:
    """An item with its result; `sequence` counts from 1 in the order in which a batch's items finished."""

    sequence: int
    position: int
    filename: str
    result: Prediction | Refusal

    @property
    def state(self) -> ItemState:
        """What became of it."""
        return "refused" if isinstance(self.result, Refusal) else "scored"


class _BatchRow(Row):
    __tablename__ = "jobs"  # as batches were called; what old data folders hold stays readable

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_us: Mapped[int] = mapped_column(BigInteger, index=True)
    started_us: Mapped[int | None] = mapped_column(BigInteger)
    finished_us: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    checkpoint: Mapped[str] = mapped_column(Text)
    filename: Mapped[str] = mapped_column(Text)
    total: Mapped[int] = mapped_column(Integer)
    scored: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[int] = mapped_column(Integer, default=0)
    score_sum: Mapped[float] = mapped_column(Float(53), default=0.0)
    skipped: Mapped[_SkippedRow | None] = relationship(lazy="joined", cascade="all, delete-orphan")


class _ItemRow(Row):
    __tablename__ = "job_items"

    batch_id: Mapped[str] = mapped_column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    filename: Mapped[str] = mapped_column(Text)
    sequence: Mapped[int | None] = mapped_column(Integer)  # none: it waits
    payload: Mapped[str | None] = mapped_column(Text)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_detail: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index("ix_job_items_sequence", "job_id", "sequence", unique=True),)


class _SkippedRow(Row):
    __tablename__ = "job_skipped"

    batch_id: Mapped[str] = mapped_column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    payload: Mapped[str] = mapped_column(Text)


class BatchStore:
    """Batches and their items in a database; each public coroutine is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._session = database.session

    async def add(self, batch: Batch, filenames: Sequence[str]) -> None:
        """Keep a new batch with an item for each name, in order; durable when this returns."""
        await self._database.write(self._add, batch, filenames)

    async def get(self, batch_id: str) -> Batch | None:
        """A batch as it is now; `None` where there is none of this id."""
        return await self._database.read(self._get, batch_id)

    async def page(self, *, limit: int, cursor: str | None) -> BatchPage:
        """Up to `limit` batches, newest first, after `cursor`; raises `InvalidCursor`."""
        after = None if cursor is None else parse_cursor(cursor)
        return await self._database.read(self._page, limit, after)

    async def open_ids(self) -> tuple[str, ...]:
        """The batches that have more to do, in order of creation."""
        return await self._database.read(self._open_ids)

    async def begin(self, batch_id: str) -> Batch | None:
        """Say that a batch runs; `None` where it has nothing more to do, or is gone."""
        return await self._database.write(self._begin, batch_id)

    async def waiting(self, batch_id: str) -> tuple[WaitingItem, ...]:
        """A batch's items without a result, in the order of the batch."""
        return await self._database.read(self._waiting, batch_id)

    async def record(self, batch_id: str, position: int, result: Prediction | Refusal) -> Batch | None:
        """Keep an item's result, and that the batch is done where it was the last.

        Returns the batch after that; `None` where the batch no longer runs or the item has a result already.
        """
        return await self._database.write(self._record, batch_id, position, result)

    async def cancel(self, batch_id: str) -> Batch | None:
        """End a batch that has more to do; returns the batch after that, `None` where there is none of this id."""
        return await self._database.write(self._cancel, batch_id)

    async def delete(self, batch_id: str) -> bool:
        """Forget a batch and its items; false where there was none of this id."""
        return await self._database.write(self._delete, batch_id)

    async def finished_before(self, moment: datetime, *, limit: int) -> tuple[str, ...]:
        """Up to `limit` batches that have had nothing to do since before a moment."""
        return await self._database.read(self._finished_before, moment, limit)

    async def items(
        self,
        batch_id: str,
        *,
        after: int = 0,
        limit: int,
        state: ItemState | None = None,
        order: ItemOrder = "sequence",
        up_to: int | None = None,
    ) -> tuple[FinishedItem, ...]:
        """Up to `limit` items with a result, after so many places of an order.

        The places count as they finished (`sequence`) or as they lie in the batch (`position`); `up_to` leaves
        out what finished after this sequence.
        """
        return await self._database.read(self._items, batch_id, after, limit, state, order, up_to)

    def _add(self, batch: Batch, filenames: Sequence[str]) -> None:
        row = _BatchRow(
            id=batch.id,
            created_us=to_microseconds(batch.created_at),
            state=batch.state,
            checkpoint=batch.checkpoint,
            filename=batch.filename,
            total=batch.total,
        )
        items = [{"batch_id": batch.id, "position": place, "filename": name} for place, name in enumerate(filenames)]
        if batch.num_skipped:
            payload = _SKIPPED.dump_json(batch.skipped[:MAX_SKIPPED_KEPT]).decode()
            row.skipped = _SkippedRow(count=batch.num_skipped, payload=payload)
        with self._session.begin() as session:
            session.add(row)
            session.flush()
            session.execute(insert(_ItemRow), items)

    def _get(self, batch_id: str) -> Batch | None:
        with self._session() as session:
            row = session.get(_BatchRow, batch_id)
        return None if row is None else _to_batch(row)

    def _page(self, limit: int, after: tuple[int, str] | None) -> BatchPage:
        query = newest_first(select(_BatchRow), _BatchRow.created_us, _BatchRow.id, limit=limit, after=after)
        with self._session() as session:
            total = session.scalar(select(func.count()).select_from(_BatchRow)) or 0
            rows = session.scalars(query).all()
        items = tuple(_to_batch(row) for row in rows[:limit])
        return BatchPage(items, items[-1].cursor if len(rows) > limit else None, total)

    def _open_ids(self) -> tuple[str, ...]:
        query = (
            select(_BatchRow.id).where(_BatchRow.state.in_(OPEN_STATES)).order_by(_BatchRow.created_us, _BatchRow.id)
        )
        with self._session() as session:
            return tuple(session.scalars(query))

    def _begin(self, batch_id: str) -> Batch | None:
        with self._session.begin() as session:
            row = _open_row(session, batch_id)
            if row is None:
                return None
            row.state = "running"
            row.started_us = row.started_us or _now_us()
        return _to_batch(row)

    def _waiting(self, batch_id: str) -> tuple[WaitingItem, ...]:
        query = select(_ItemRow.position, _ItemRow.filename).where(_ItemRow.batch_id == batch_id)
        with self._session() as session:
            rows = session.execute(query.where(_ItemRow.sequence.is_(None)).order_by(_ItemRow.position)).all()
        return tuple(WaitingItem(position, filename) for position, filename in rows)

    def _record(self, batch_id: str, position: int, result: Prediction | Refusal) -> Batch | None:
        with self._session.begin() as session:
            row = _open_row(session, batch_id)
            item = session.get(_ItemRow, (batch_id, position))
            if row is None or item is None or item.sequence is not None:
                return None
            item.sequence = row.scored + row.refused + 1
            if isinstance(result, Refusal):
                item.error_code, item.error_detail = result.code, result.detail
                row.refused += 1
            else:
                item.payload = _PREDICTION.dump_json(result).decode()
                row.score_sum += result.score.value
                row.scored += 1
            if item.sequence == row.total:
                _end(row, "done")
        return _to_batch(row)

    def _cancel(self, batch_id: str) -> Batch | None:
        with self._session.begin() as session:
            row = session.get(_BatchRow, batch_id)
            if row is None:
                return None
            if row.state in OPEN_STATES:
                _end(row, "cancelled")
        return _to_batch(row)

    def _delete(self, batch_id: str) -> bool:
        with self._session.begin() as session:
            row = session.get(_BatchRow, batch_id)
            if row is None:
                return False
            session.delete(row)
        return True

    def _finished_before(self, moment: datetime, limit: int) -> tuple[str, ...]:
        query = select(_BatchRow.id).where(_BatchRow.finished_us < to_microseconds(moment)).limit(limit)
        with self._session() as session:
            return tuple(session.scalars(query))

    def _items(
        self, batch_id: str, after: int, limit: int, state: ItemState | None, order: ItemOrder, up_to: int | None
    ) -> tuple[FinishedItem, ...]:
        query = select(_ItemRow).where(_ItemRow.batch_id == batch_id, _ItemRow.sequence.is_not(None)).limit(limit)
        match order:
            case "sequence":
                query = query.where(_ItemRow.sequence > after).order_by(_ItemRow.sequence)
            case "position":  # counts from 0
                query = query.where(_ItemRow.position >= after).order_by(_ItemRow.position)
        if state is not None:
            query = query.where((_ItemRow.payload if state == "scored" else _ItemRow.error_code).is_not(None))
        if up_to is not None:
            query = query.where(_ItemRow.sequence <= up_to)
        with self._session() as session:
            return tuple(_to_finished(row) for row in session.scalars(query))


def _open_row(session: Session, batch_id: str) -> _BatchRow | None:
    row = session.get(_BatchRow, batch_id)
    return row if row is not None and row.state in OPEN_STATES else None


def _end(row: _BatchRow, state: BatchState) -> None:
    row.state = state
    row.finished_us = _now_us()


def _now_us() -> int:
    return to_microseconds(datetime.now(UTC))


def _to_batch(row: _BatchRow) -> Batch:
    state: BatchState = _BATCH_STATE.validate_python(row.state)
    return Batch(
        id=row.id,
        created_at=from_microseconds(row.created_us),
        started_at=moment_of(row.started_us),
        finished_at=moment_of(row.finished_us),
        state=state,
        checkpoint=row.checkpoint,
        filename=row.filename,
        total=row.total,
        scored=row.scored,
        refused=row.refused,
        mean_score=row.score_sum / row.scored if row.scored else None,
        num_skipped=0 if row.skipped is None else row.skipped.count,
        skipped=() if row.skipped is None else _SKIPPED.validate_json(row.skipped.payload),
    )


def _to_finished(row: _ItemRow) -> FinishedItem:
    assert row.sequence is not None
    if row.payload is not None:
        return FinishedItem(row.sequence, row.position, row.filename, _PREDICTION.validate_json(row.payload))
    error = Refusal(row.error_code or "", row.error_detail or "")
    return FinishedItem(row.sequence, row.position, row.filename, error)
