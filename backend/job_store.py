"""What is remembered of jobs: a row each, and one for every item, which holds its whole prediction once it is scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, ForeignKey, Integer, Select, String, Text, UniqueConstraint, func, insert, select
from sqlalchemy import tuple_ as place_of
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Database, Row, from_microseconds, make_cursor, parse_cursor, to_microseconds
from models.prediction import Prediction

JobState = Literal["queued", "running", "done", "cancelled"]
ItemState = Literal["scored", "refused"]
ItemOrder = Literal["sequence", "position"]

OPEN_STATES: Final[tuple[JobState, ...]] = ("queued", "running")
_PREDICTION: Final = TypeAdapter(Prediction)


@dataclass(frozen=True)
class Job:
    """A batch being scored under one checkpoint, as far as it is; `mean_score` is of what was scored so far."""

    id: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    state: JobState
    checkpoint: str
    filename: str
    total: int
    scored: int
    refused: int
    mean_score: float | None

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
        return make_cursor(self.created_at, self.id)


@dataclass(frozen=True)
class JobPage:
    """A part of the list, newest first, the cursor of the next part (`None` at the end), and the list's length."""

    items: tuple[Job, ...]
    next_cursor: str | None
    total: int


@dataclass(frozen=True)
class ItemError:
    """Why an item was refused."""

    code: str
    detail: str


@dataclass(frozen=True)
class WaitingItem:
    """An item without a result."""

    position: int
    filename: str


@dataclass(frozen=True)
class FinishedItem:
    """An item with its result; `sequence` counts from 1 in the order in which a job's items finished."""

    sequence: int
    position: int
    filename: str
    result: Prediction | ItemError

    @property
    def state(self) -> ItemState:
        """What became of it."""
        return "refused" if isinstance(self.result, ItemError) else "scored"
