"""The one database behind every store: its connections, its worker threads, and how moments and places are written.

The database is synchronous and runs on worker threads of its own. SQLite by default: write-ahead logging with
`synchronous=NORMAL` keeps every committed row through a killed process without a disk flush per upload.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar, TypeVarTuple

import anyio.to_thread
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, sessionmaker

from backend.errors import InvalidCursor

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_READERS: Final = 4
_BUSY_TIMEOUT_MS: Final = 5000
_CURSOR: Final = re.compile(r"(\d{1,17})-([0-9a-f]{32})")


class Row(DeclarativeBase):
    """A row of any table; each store has its own kinds."""


class Database:
    """A database named by a SQLAlchemy URL, with the tables of every store."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
        self.session = sessionmaker(self._engine, expire_on_commit=False)
        self._readers = anyio.CapacityLimiter(_READERS)
        # One writer: SQLite lets in one at a time, and a second would poll its lock in growing steps.
        self._writer = anyio.CapacityLimiter(1)

    async def open(self) -> None:
        """Create the tables that are missing."""
        await self.write(Row.metadata.create_all, self._engine)

    async def close(self) -> None:
        """Close every connection."""
        await self.write(self._engine.dispose)

    async def read(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """Run a function that only reads."""
        return await anyio.to_thread.run_sync(function, *args, limiter=self._readers)

    async def write(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """Run a function that writes, after those that came before it."""
        return await anyio.to_thread.run_sync(function, *args, limiter=self._writer)


def to_microseconds(moment: datetime) -> int:
    """A moment as a row has it: an integer sorts and compares in any database."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The moment again."""
    return _EPOCH + microseconds * _MICROSECOND


def make_cursor(created_at: datetime, row_id: str) -> str:
    """Names a row's place in a list, newest first."""
    return f"{to_microseconds(created_at)}-{row_id}"


def parse_cursor(cursor: str) -> tuple[int, str]:
    """The place that a cursor names, as microseconds and id; raises `InvalidCursor`."""
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise InvalidCursor(f"got cursor {cursor!r}, expected one that this service handed out")
    return int(match[1]), match[2]


def composed(text: str) -> str:
    """Accents in one piece with their letters, however they were typed."""
    return unicodedata.normalize("NFC", text)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    cursor.close()
    # SQLite's own knows the letters of ASCII alone.
    connection.create_function("lower", 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    return None if text is None else composed(text.casefold())
