"""What the tables of every store have in common: their base, and how moments and places in lists are written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.orm import DeclarativeBase

from backend.errors import InvalidCursor

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


def make_cursor(created_us: int, row_id: str) -> str:
    """Names a row's place in a list, newest first."""
    return f"{created_us}-{row_id}"


def parse_cursor(cursor: str) -> tuple[int, str]:
    """The place that a cursor names, as microseconds and id; raises `InvalidCursor`."""
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise InvalidCursor(f"got cursor {cursor!r}, expected one that this service handed out")
    return int(match[1]), match[2]
