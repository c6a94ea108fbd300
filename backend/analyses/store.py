"""What is remembered of analyses: one row each, more for every checkpoint that scored or placed the picture.

Each public coroutine is one transaction of `backend.storage.database`; a fault of the storage raises `Overloaded`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
import structlog
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, Text, func, select, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from backend.errors import StorageDamaged
from backend.storage.database import Database, composed
from backend.storage.rows import (
    Row,
    from_microseconds,
    make_cursor,
    moment_of,
    newest_first,
    parse_cursor,
    to_microseconds,
)
from models.checkpoints.manifest import Manifest
from models.prediction import Prediction, Representation

_PREDICTION: Final = TypeAdapter(Prediction)

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class KeptFacts:
    """How an analysis's picture lies on disk."""

    picture_media_type: str
    thumbnail_media_type: str
    size_bytes: int


@dataclass(frozen=True)
class Analysis:
    """One picture and what one checkpoint said of it.

    `checkpoint` is the first that scored it; `scored_checkpoints` names all, in order. `format` and `notes`
    describe the upload as it was decoded, before any checkpoint saw it. `kept` is `None` until its pixels are
    on disk.
    """

    id: str
    created_at: datetime
    filename: str
    checkpoint: str
    format: str
    notes: tuple[str, ...]
    prediction: Prediction
    scored_checkpoints: tuple[str, ...]
    kept: KeptFacts | None = None


@dataclass(frozen=True)
class Page:
    """A part of the list, newest first, the cursor of the next part (`None` at the end), and the list's length."""

    items: tuple[Analysis, ...]
    next_cursor: str | None
    total: int


class _AnalysisRow(Row):
    __tablename__ = "analyses"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_us: Mapped[int] = mapped_column(BigInteger, index=True)  # an integer sorts and compares in any database
    filename: Mapped[str] = mapped_column(Text)
    checkpoint: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(Text)
    notes: Mapped[list[str]] = mapped_column(JSON)
    picture_media_type: Mapped[str | None] = mapped_column(Text)
    thumbnail_media_type: Mapped[str | None] = mapped_column(Text)
    kept_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    predictions: Mapped[list[_PredictionRow]] = relationship(
        order_by="_PredictionRow.created_us", cascade="all, delete-orphan", passive_deletes=True
    )


class _PredictionRow(Row):
    __tablename__ = "predictions"

    analysis_id: Mapped[str] = mapped_column(ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True)
    checkpoint: Mapped[str] = mapped_column(String(255), primary_key=True)
    created_us: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[str] = mapped_column(Text)


class _RepresentationRow(Row):
    __tablename__ = "representations"

    analysis_id: Mapped[str] = mapped_column(ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True)
    checkpoint: Mapped[str] = mapped_column(String(255), primary_key=True)
    weights_sha256: Mapped[str] = mapped_column(String(64))
    features: Mapped[bytes] = mapped_column(LargeBinary)  # little-endian float32
    embedding: Mapped[bytes | None] = mapped_column(LargeBinary)


class Store:
    """Analyses and their predictions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._session = database.session
        self._read, self._write = database.read, database.write

    async def add(self, analysis: Analysis) -> None:
        """Keep a new analysis with its first prediction; durable when this returns."""
        await self._write(self._add, analysis)

    async def add_prediction(self, analysis_id: str, prediction: Prediction) -> bool:
        """Keep what another checkpoint said, replacing what the same one said before; false for an unknown id."""
        return await self._write(self._add_prediction, analysis_id, prediction)

    async def get(self, analysis_id: str, *, checkpoint: str | None = None) -> Analysis | None:
        """An analysis under a checkpoint, by default the first; `None` where either is unknown."""
        return await self._read(self._get, analysis_id, checkpoint)

    async def page(self, *, limit: int, cursor: str | None, filename: str = "") -> Page:
        """Up to `limit` analyses whose file name contains a text, newest first, after `cursor`.

        Case and the way in which accents are encoded do not matter. Raises `InvalidCursor`.
        """
        after = None if cursor is None else parse_cursor(cursor)
        return await self._read(self._page, limit, after, filename)

    async def add_representation(self, analysis_id: str, manifest: Manifest, seen: Representation) -> bool:
        """Remember how a checkpoint saw a picture; false where the analysis was deleted meanwhile."""
        return await self._write(self._add_representation, analysis_id, manifest, seen)

    async def representation(self, analysis_id: str, manifest: Manifest) -> Representation | None:
        """How these weights saw a picture; `None` where they did not, or others did under the same name."""
        return await self._read(self._representation, analysis_id, manifest)

    async def mark_kept(self, analysis_id: str, kept: KeptFacts) -> bool:
        """Say that the picture is on disk; false where the analysis was deleted meanwhile."""
        return await self._write(self._mark_kept, analysis_id, kept)

    async def delete(self, analysis_ids: Sequence[str]) -> int:
        """Forget analyses and their predictions; returns how many there were."""
        return await self._write(self._delete, analysis_ids)

    async def newest(self) -> datetime | None:
        """When the newest analysis was made; `None` where there is none."""
        return await self._read(self._newest)

    async def ids(self) -> frozenset[str]:
        """Every analysis's id."""
        return await self._read(self._ids)

    async def outlived(self, *, created_before: datetime, max_bytes: int, limit: int) -> tuple[str, ...]:
        """Up to `limit` ids whose retention has ended: too old, or the oldest beyond the bytes that may be kept."""
        return await self._read(self._outlived, created_before, max_bytes, limit)

    def _add(self, analysis: Analysis) -> None:
        row = _AnalysisRow(
            id=analysis.id,
            created_us=to_microseconds(analysis.created_at),
            filename=analysis.filename,
            checkpoint=analysis.checkpoint,
            format=analysis.format,
            notes=list(analysis.notes),
            predictions=[_prediction_row(analysis.id, analysis.prediction)],
        )
        with self._session.begin() as session:
            session.add(row)

    def _add_prediction(self, analysis_id: str, prediction: Prediction) -> bool:
        with self._session.begin() as session:
            if session.get(_AnalysisRow, analysis_id) is None:
                return False
            session.merge(_prediction_row(analysis_id, prediction))
        return True

    def _add_representation(self, analysis_id: str, manifest: Manifest, seen: Representation) -> bool:
        row = _RepresentationRow(
            analysis_id=analysis_id,
            checkpoint=manifest.id,
            weights_sha256=manifest.weights_sha256,
            features=_to_bytes(seen.features_D),
            embedding=None if seen.embedding_d is None else _to_bytes(seen.embedding_d),
        )
        with self._session.begin() as session:
            if session.get(_AnalysisRow, analysis_id) is None:
                return False
            session.merge(row)
        return True

    def _representation(self, analysis_id: str, manifest: Manifest) -> Representation | None:
        with self._session() as session:
            row = session.get(_RepresentationRow, (analysis_id, manifest.id))
        if row is None or row.weights_sha256 != manifest.weights_sha256:
            return None
        return Representation(_to_floats(row.features), None if row.embedding is None else _to_floats(row.embedding))

    def _get(self, analysis_id: str, checkpoint: str | None) -> Analysis | None:
        with self._session() as session:
            row = session.get(_AnalysisRow, analysis_id, options=[selectinload(_AnalysisRow.predictions)])
            return None if row is None else _to_analysis(row, checkpoint or row.checkpoint)

    def _page(self, limit: int, after: tuple[int, str] | None, filename: str) -> Page:
        wanted = _AnalysisRow.filename.icontains(composed(filename), autoescape=True) if filename else true()
        query = select(_AnalysisRow).where(wanted).options(selectinload(_AnalysisRow.predictions))
        query = newest_first(query, _AnalysisRow.created_us, _AnalysisRow.id, limit=limit, after=after)
        with self._session() as session:
            total = session.scalar(select(func.count()).select_from(_AnalysisRow).where(wanted)) or 0
            rows = session.scalars(query).all()
            items = tuple(item for row in rows[:limit] if (item := _to_listed(row)) is not None)
            next_cursor = make_cursor(rows[limit - 1].created_us, rows[limit - 1].id) if len(rows) > limit else None
        return Page(items, next_cursor, total)

    def _mark_kept(self, analysis_id: str, kept: KeptFacts) -> bool:
        with self._session.begin() as session:
            row = session.get(_AnalysisRow, analysis_id)
            if row is None:
                return False
            row.picture_media_type = kept.picture_media_type
            row.thumbnail_media_type = kept.thumbnail_media_type
            row.kept_bytes = kept.size_bytes
        return True

    def _delete(self, analysis_ids: Sequence[str]) -> int:
        with self._session.begin() as session:
            rows = session.scalars(select(_AnalysisRow).where(_AnalysisRow.id.in_(analysis_ids))).all()
            for row in rows:
                session.delete(row)
        return len(rows)

    def _newest(self) -> datetime | None:
        with self._session() as session:
            created_us = session.scalar(select(func.max(_AnalysisRow.created_us)))
        return moment_of(created_us)

    def _ids(self) -> frozenset[str]:
        with self._session() as session:
            return frozenset(session.scalars(select(_AnalysisRow.id)))

    def _outlived(self, created_before: datetime, max_bytes: int, limit: int) -> tuple[str, ...]:
        # A running sum from the newest backwards: whatever lies beyond the budget is the oldest part.
        newest_first = (_AnalysisRow.created_us.desc(), _AnalysisRow.id.desc())
        kept_so_far = func.sum(_AnalysisRow.kept_bytes).over(order_by=newest_first)
        places = select(_AnalysisRow.id, _AnalysisRow.created_us, kept_so_far.label("kept_so_far")).subquery()
        too_old = places.c.created_us < to_microseconds(created_before)
        query = select(places.c.id).where(too_old | (places.c.kept_so_far > max_bytes)).limit(limit)
        with self._session() as session:
            return tuple(session.scalars(query))


def _prediction_row(analysis_id: str, prediction: Prediction) -> _PredictionRow:
    return _PredictionRow(
        analysis_id=analysis_id,
        checkpoint=prediction.checkpoint,
        created_us=to_microseconds(datetime.now(UTC)),
        payload=_PREDICTION.dump_json(prediction).decode(),
    )


def _to_listed(row: _AnalysisRow) -> Analysis | None:
    try:
        return _to_analysis(row, row.checkpoint)
    except StorageDamaged as error:  # one entry must not take the list along
        _log.error("analysis_damaged", analysis_id=row.id, exc_info=error)
        return None


def _to_analysis(row: _AnalysisRow, checkpoint: str) -> Analysis | None:
    payload = next((kept.payload for kept in row.predictions if kept.checkpoint == checkpoint), None)
    if payload is None:
        return None
    return Analysis(
        id=row.id,
        created_at=from_microseconds(row.created_us),
        filename=row.filename,
        checkpoint=row.checkpoint,
        format=row.format,
        notes=tuple(row.notes),
        prediction=_to_prediction(payload),
        scored_checkpoints=tuple(kept.checkpoint for kept in row.predictions),
        kept=_to_kept_facts(row),
    )


def _to_prediction(payload: str) -> Prediction:
    try:
        return _PREDICTION.validate_json(payload)
    except ValidationError as error:  # SQLite has no checksums: a flipped bit may lie within a text
        raise StorageDamaged("what was stored of this analysis is damaged; delete it", retry_after_s=60) from error


def _to_kept_facts(row: _AnalysisRow) -> KeptFacts | None:
    if row.picture_media_type is None or row.thumbnail_media_type is None:
        return None
    return KeptFacts(row.picture_media_type, row.thumbnail_media_type, row.kept_bytes)


def _to_bytes(values: NDArray[np.float32]) -> bytes:
    return values.astype("<f4").tobytes()


def _to_floats(stored: bytes) -> NDArray[np.float32]:
    return np.frombuffer(stored, "<f4").astype(np.float32)
