"""What is remembered of studies: a row each. Their pictures and figures are in their folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, Literal

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from backend.errors import UnknownCheckpoint
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
from backend.studies.asked import SaidOfLabels
from models.studies.findings.records import StudyFigures, Verdict

StudyState = Literal["queued", "running", "done", "failed"]
OPEN_STATES: Final[tuple[StudyState, ...]] = ("queued", "running")


@dataclass(frozen=True)
class StudyLabels:
    """A study's table: its name, what its labels are on (`None` where no row has one), and what found a partner."""

    filename: str
    column: str | None
    low: float | None
    high: float | None
    higher_is_better: bool | None
    matched: int
    labelled: int
    unmatched_rows: int
    unmatched_pictures: int


@dataclass(frozen=True)
class Outcome:
    """What came of a study, in short."""

    verdict: Verdict
    best: str | None
    as_good: tuple[str, ...]
    readable: int
    rated: int

    @classmethod
    def of(cls, figures: StudyFigures) -> Outcome:
        """That of its figures."""
        counts = figures.counts
        return cls(figures.verdict, figures.best, figures.as_good, counts.readable, counts.rated)


@dataclass(frozen=True)
class StudyFacts:
    """What is known of a study beside its state; there is an outcome once its figures stand, before its `maps` do."""

    name: str
    checkpoints: tuple[str, ...]
    total: int
    skipped: int = 0
    labels: StudyLabels | None = None
    said: SaidOfLabels = field(default_factory=SaidOfLabels)
    outcome: Outcome | None = None
    maps: tuple[str, ...] = ()
    failure: Refusal | None = None


@dataclass(frozen=True)
class Study:
    """A study as far as it is; `size_bytes` is what it takes on disk once nothing is left to do."""

    id: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    state: StudyState
    facts: StudyFacts
    size_bytes: int = 0

    @property
    def is_open(self) -> bool:
        """Whether there is more to do."""
        return self.state in OPEN_STATES

    @property
    def has_figures(self) -> bool:
        """Whether its figures stand; maps may be drawn after them."""
        return self.facts.outcome is not None

    def own_checkpoint(self, name: str) -> str:
        """One of its checkpoints; raises `UnknownCheckpoint` for any other."""
        if name not in self.facts.checkpoints:
            has = ", ".join(self.facts.checkpoints)
            raise UnknownCheckpoint(f"got checkpoint {name!r}, expected one of the study's: {has}")
        return name

    @property
    def cursor(self) -> str:
        """Names this entry's place in the list, newest first."""
        return make_cursor(to_microseconds(self.created_at), self.id)


@dataclass(frozen=True)
class StudyPage:
    """A part of the list, newest first, the cursor of the next part (`None` at the end), and the list's length."""

    items: tuple[Study, ...]
    next_cursor: str | None
    total: int


_FACTS: Final = TypeAdapter(StudyFacts)
_STATE: Final[TypeAdapter[StudyState]] = TypeAdapter(StudyState)


class _StudyRow(Row):
    __tablename__ = "studies"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_us: Mapped[int] = mapped_column(BigInteger, index=True)
    started_us: Mapped[int | None] = mapped_column(BigInteger)
    finished_us: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    facts: Mapped[str] = mapped_column(Text)


class StudyStore:
    """Studies in a database; each public coroutine is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._session = database.session

    async def add(self, study: Study) -> None:
        """Keep a new study; durable when this returns."""
        await self._database.write(self._add, study)

    async def get(self, study_id: str) -> Study | None:
        """A study as it is now; `None` where there is none of this id."""
        return await self._database.read(self._get, study_id)

    async def page(self, *, limit: int, cursor: str | None) -> StudyPage:
        """Up to `limit` studies, newest first, after `cursor`; raises `InvalidCursor`."""
        after = None if cursor is None else parse_cursor(cursor)
        return await self._database.read(self._page, limit, after)

    async def ids(self) -> tuple[str, ...]:
        """Every study there is."""
        return await self._database.read(self._ids)

    async def open_studies(self) -> tuple[Study, ...]:
        """The studies that have more to do, in order of creation."""
        return await self._database.read(self._open)

    async def begin(self, study_id: str) -> Study | None:
        """Say that a study runs; `None` where it has nothing more to do, or is gone."""
        return await self._database.write(self._change_open, study_id, _started)

    async def conclude(self, study_id: str, outcome: Outcome) -> Study | None:
        """Keep what came of a study whose figures stand; `None` where it is no longer open."""

        def concluded(study: Study) -> Study:
            return replace(study, facts=replace(study.facts, outcome=outcome))

        return await self._database.write(self._change_open, study_id, concluded)

    async def note_map(self, study_id: str, checkpoint: str) -> Study | None:
        """Say that a study has a checkpoint's map; `None` where it is no longer open."""

        def drawn(study: Study) -> Study:
            return replace(study, facts=replace(study.facts, maps=(*study.facts.maps, checkpoint)))

        return await self._database.write(self._change_open, study_id, drawn)

    async def finish(self, study_id: str, size_bytes: int) -> Study | None:
        """Say that a study is done; `None` where it is no longer open."""

        def done(study: Study) -> Study:
            return replace(study, state="done", finished_at=datetime.now(UTC), size_bytes=size_bytes)

        return await self._database.write(self._change_open, study_id, done)

    async def fail(self, study_id: str, failure: Refusal, size_bytes: int) -> Study | None:
        """Say that a study has come to nothing, and why; `None` where it is no longer open."""

        def failed(study: Study) -> Study:
            facts = replace(study.facts, failure=failure)
            return replace(study, state="failed", finished_at=datetime.now(UTC), facts=facts, size_bytes=size_bytes)

        return await self._database.write(self._change_open, study_id, failed)

    async def delete(self, study_id: str) -> bool:
        """Forget a study; false where there was none of this id."""
        return await self._database.write(self._delete, study_id)

    async def expired(self, *, finished_before: datetime, max_bytes: int) -> tuple[str, ...]:
        """Studies with nothing to do since then, and the oldest of those that take more than so many bytes together."""
        return await self._database.read(self._expired, finished_before, max_bytes)

    def _add(self, study: Study) -> None:
        with self._session.begin() as session:
            session.add(_to_row(study))

    def _get(self, study_id: str) -> Study | None:
        with self._session() as session:
            row = session.get(_StudyRow, study_id)
        return None if row is None else _to_study(row)

    def _page(self, limit: int, after: tuple[int, str] | None) -> StudyPage:
        query = newest_first(select(_StudyRow), _StudyRow.created_us, _StudyRow.id, limit=limit, after=after)
        with self._session() as session:
            total = session.scalar(select(func.count()).select_from(_StudyRow)) or 0
            rows = session.scalars(query).all()
        items = tuple(_to_study(row) for row in rows[:limit])
        return StudyPage(items, items[-1].cursor if len(rows) > limit else None, total)

    def _ids(self) -> tuple[str, ...]:
        with self._session() as session:
            return tuple(session.scalars(select(_StudyRow.id)))

    def _open(self) -> tuple[Study, ...]:
        query = select(_StudyRow).where(_StudyRow.state.in_(OPEN_STATES))
        with self._session() as session:
            rows = session.scalars(query.order_by(_StudyRow.created_us, _StudyRow.id))
            return tuple(map(_to_study, rows))

    def _change_open(self, study_id: str, change: Callable[[Study], Study]) -> Study | None:
        with self._session.begin() as session:
            row = session.get(_StudyRow, study_id)
            if row is None or row.state not in OPEN_STATES:
                return None
            changed = change(_to_study(row))
            session.merge(_to_row(changed))
        return changed

    def _delete(self, study_id: str) -> bool:
        with self._session.begin() as session:
            row = session.get(_StudyRow, study_id)
            if row is None:
                return False
            session.delete(row)
        return True

    def _expired(self, finished_before: datetime, max_bytes: int) -> tuple[str, ...]:
        query = select(_StudyRow).where(_StudyRow.finished_us.is_not(None)).order_by(_StudyRow.finished_us.desc())
        with self._session() as session:
            rows = session.scalars(query).all()
        moment, held, expired = to_microseconds(finished_before), 0, []
        for row in rows:
            held += row.size_bytes
            if held > max_bytes or (row.finished_us or 0) < moment:
                expired.append(row.id)
        return tuple(expired)


def _started(study: Study) -> Study:
    return replace(study, state="running", started_at=study.started_at or datetime.now(UTC))


def _to_row(study: Study) -> _StudyRow:
    return _StudyRow(
        id=study.id,
        created_us=to_microseconds(study.created_at),
        started_us=None if study.started_at is None else to_microseconds(study.started_at),
        finished_us=None if study.finished_at is None else to_microseconds(study.finished_at),
        state=study.state,
        size_bytes=study.size_bytes,
        facts=_FACTS.dump_json(study.facts).decode(),
    )


def _to_study(row: _StudyRow) -> Study:
    return Study(
        id=row.id,
        created_at=from_microseconds(row.created_us),
        started_at=moment_of(row.started_us),
        finished_at=moment_of(row.finished_us),
        state=_STATE.validate_python(row.state),
        facts=_FACTS.validate_json(row.facts),
        size_bytes=row.size_bytes,
    )
