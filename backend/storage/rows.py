"""What the tables of every store have in common: their base, and how moments and places in lists are written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from backend.errors import InvalidCursor

R = TypeVar("R", bound="Row")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
CURSOR_PATTERN: Final = r"^(-?[0-9]{1,17})-([0-9a-f]{32})$"  # a clock may have stood before 1970
_CURSOR: Final = re.compile(CURSOR_PATTERN)


class Row(DeclarativeBase):
    """A row of any table; each store has its own kinds."""


def to_microseconds(moment: datetime) -> int:
    """A moment as a row has it: an integer sorts and compares in any database."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The moment again."""
    return _EPOCH + microseconds * _MICROSECOND


def newest_first(
    query: Select[R],
    created_us: InstrumentedAttribute[int],
    row_id: InstrumentedAttribute[str],
    *,
    limit: int,
    after: tuple[int, str] | None,
) -> Select[R]:
    """Rows of a list after a place (`None`: from its beginning), newest first; one more than `limit` means more."""
    query = query.order_by(created_us.desc(), row_id.desc()).limit(limit + 1)
    return query if after is None else query.where(tuple_(created_us, row_id) < after)


def moment_of(microseconds: int | None) -> datetime | None:
    """The moment of a column that may be empty."""
    return None if microseconds is None else from_microseconds(microseconds)


def make_cursor(created_us: int, row_id: str) -> str:
    """Names a row's place in a list, newest first."""
    return f"{created_us}-{row_id}"


def parse_cursor(cursor: str) -> tuple[int, str]:
    """The place that a cursor names, as microseconds and id; raises `InvalidCursor`."""
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise InvalidCursor(f"got cursor {cursor!r}, expected one that this service handed out")
    return int(match[1]), match[2]
