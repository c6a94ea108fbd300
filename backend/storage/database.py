"""The database: opened and checked, asked on threads of its own, its schema known by a version, its faults told apart.

It is synchronous; each call of `read` and `write` is one transaction on a worker thread. SQLite by default: write-ahead
logging with `synchronous=NORMAL` keeps every committed row through a killed process without a disk flush per upload.
"""

from __future__ import annotations

import asyncio
import sqlite3
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar, TypeVarTuple

import anyio.to_thread
import structlog
from sqlalchemy import (
    URL,
    Column,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
    update,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

from backend.errors import Overloaded, StartRefused, StorageDamaged
from backend.storage.faults import busy, storage_fault

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_READERS: Final = 4
_BUSY_TIMEOUT_MS: Final = 2500
"""How long SQLite waits for another process; as long again may a transaction wait for those before it."""
_OLDEST_VERSION: Final = 1
"""Of the tables of the releases that recorded no version."""
_MS_PER_S: Final = 1000
_VERSIONS: Final = Table(
    "schema_version", MetaData(), Column("version", Integer, primary_key=True, autoincrement=False)
)

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Schema:
    """The tables, their version, and how to get there: `migrations[n]` turns tables of version n into those of n + 1.

    A table that is new needs neither: it is made where it is missing.
    """

    tables: MetaData
    version: int = _OLDEST_VERSION
    migrations: Mapping[int, Callable[[Connection], None]] = field(default_factory=dict)


class Database:
    """A database named by a SQLAlchemy URL; `note_fault` hears the code of every failure of the storage.

    With `read_only`, nothing of SQLite's file or beside it is written, and one that is not there counts as empty.
    """

    def __init__(
        self,
        url: str,
        schema: Schema,
        *,
        read_only: bool = False,
        note_fault: Callable[[str], None] = lambda _code: None,
    ) -> None:
        self._schema = schema
        self._note_fault = note_fault
        self._engine = _engine(url, read_only=read_only)
        self._is_frozen = read_only and not _is_in_memory(self._engine)
        self.session = sessionmaker(self._engine, expire_on_commit=False)
        self._reading = asyncio.Semaphore(_READERS)
        # One writer: SQLite lets in one at a time, and a second would poll its lock in growing steps.
        self._writing = asyncio.Semaphore(1)
        self._threads = anyio.CapacityLimiter(_READERS + 1)
        self.is_damaged = False
        """Whether damage was met; only a restart with a whole database mends it."""

    def prepare(self) -> None:
        """Check what is there, bring it up to date and make the tables that are missing; raises `StartRefused`."""
        try:
            with self._engine.begin() as connection:
                if _is_sqlite(self._engine):
                    self._check_pages(connection)
                if self._is_frozen:
                    self._check_version(connection)
                else:
                    self._bring_up_to_date(connection)
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise StartRefused(self._refusal(error)) from error

    async def close(self) -> None:
        """Close every connection."""
        await anyio.to_thread.run_sync(self._engine.dispose)

    async def read(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """The result of a function that reads; raises `Overloaded` for a fault of the storage."""
        return await self._run(self._reading, function, *args)

    async def write(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """The result of a function that writes, one at a time; raises as `read`."""
        return await self._run(self._writing, function, *args)

    async def check(self) -> None:
        """Ask for something; raises `Overloaded` where the database cannot answer."""
        await self.read(self._ask)

    async def _run(self, gate: asyncio.Semaphore, function: Callable[[*Ts], T], *args: *Ts) -> T:
        try:
            async with asyncio.timeout(_BUSY_TIMEOUT_MS / _MS_PER_S):
                await gate.acquire()
        except TimeoutError:
            raise self._noted(busy()) from None
        try:
            return await anyio.to_thread.run_sync(function, *args, limiter=self._threads)
        except (SQLAlchemyError, sqlite3.Error) as error:
            fault = storage_fault(error)
            if fault is None:
                raise
            raise self._noted(fault) from error
        finally:
            gate.release()

    def _ask(self) -> None:
        table = next(iter(self._schema.tables.sorted_tables))  # a question without a table would not open the file
        with self.session() as session:
            session.execute(select(table).limit(1))

    def _noted(self, fault: Overloaded) -> Overloaded:
        self.is_damaged = self.is_damaged or isinstance(fault, StorageDamaged)
        self._note_fault(fault.code)
        _log.error("storage_fault", code=fault.code)
        return fault

    def _check_pages(self, connection: Connection) -> None:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise StartRefused(self._damage(str(found).rpartition("\n")[2]))

    def _check_version(self, connection: Connection) -> None:
        missing = set(self._schema.tables.tables) - set(inspect(connection).get_table_names())
        if missing or _found_version(connection, self._schema) != self._schema.version:
            raise StartRefused(
                f"the database {self._name} was written by another release: start once without CENIQA_READ_ONLY"
            )

    def _bring_up_to_date(self, connection: Connection) -> None:
        if _is_sqlite(self._engine):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # else its driver commits every change of a table
        found = _found_version(connection, self._schema)
        if found > self._schema.version:
            raise StartRefused(
                f"the database {self._name} has tables of version {found}, expected at most {self._schema.version}: "
                "a newer release wrote it; install that one, or restore a backup of this one's"
            )
        for version in range(found, self._schema.version):
            self._schema.migrations[version](connection)
            _log.info("database_migrated", version=version + 1)
        self._schema.tables.create_all(connection)
        _set_version(connection, self._schema.version)

    @property
    def size_bytes(self) -> int:
        """Size of SQLite's file and the log beside it; 0 for another database."""
        if not _is_sqlite(self._engine) or _is_in_memory(self._engine):
            return 0
        file = Path(self._name)
        return sum(part.stat().st_size for part in (file, file.with_name(f"{file.name}-wal")) if part.exists())

    @property
    def _name(self) -> str:
        url = self._engine.url
        return str(url.database) if _is_sqlite(self._engine) else url.render_as_string(hide_password=True)

    def _refusal(self, error: Exception) -> str:
        reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        if isinstance(storage_fault(error), StorageDamaged):
            return self._damage(reason)
        return f"the database {self._name} cannot be opened{'' if self._is_frozen else ' for writing'} ({reason})"

    def _damage(self, reason: str) -> str:
        return (
            f"the database {self._name} is damaged ({reason}): restore its backup, or move it away together with its "
            "-wal and -shm files to start with none"
        )


def _engine(url: str, *, read_only: bool) -> Engine:
    try:
        return _read_only_engine(make_url(url)) if read_only else _writing_engine(url)
    except (SQLAlchemyError, ImportError) as error:  # never with the URL: it may hold a password
        reason = type(error).__name__
        raise StartRefused(f"CENIQA_DATABASE_URL names no database that can be opened ({reason})") from error


def _writing_engine(url: str) -> Engine:
    engine = create_engine(url)
    if _is_sqlite(engine):
        event.listen(engine, "connect", _prepare_writer)
        event.listen(engine, "connect", _prepare_reader)
    return engine


def _read_only_engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url)
    file = Path(url.database or "")
    if not file.is_file():
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        # Without rows that wait in the log beside it, SQLite need not write even its own bookkeeping.
        log = file.with_name(f"{file.name}-wal")
        mode = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
        uri = f"{file.resolve().as_uri()}?{mode}"
        engine = create_engine(url, creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False))
    event.listen(engine, "connect", _prepare_reader)
    return engine


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _is_in_memory(engine: Engine) -> bool:
    return _is_sqlite(engine) and not engine.url.database


def _prepare_writer(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _prepare_reader(connection: Any, _record: object) -> None:
    # SQLite's own knows the letters of ASCII alone.
    connection.create_function("lower", 1, _folded, deterministic=True)


def composed(text: str) -> str:
    """Accents in one piece with their letters, however they were typed."""
    return unicodedata.normalize("NFC", text)


def _folded(text: str | None) -> str | None:
    return None if text is None else composed(text.casefold())


def _found_version(connection: Connection, schema: Schema) -> int:
    tables = set(inspect(connection).get_table_names())
    if _VERSIONS.name in tables:
        return connection.scalar(select(_VERSIONS.c.version)) or _OLDEST_VERSION
    return _OLDEST_VERSION if tables & set(schema.tables.tables) else schema.version


def _set_version(connection: Connection, version: int) -> None:
    _VERSIONS.create(connection, checkfirst=True)
    if not connection.execute(update(_VERSIONS).values(version=version)).rowcount:
        connection.execute(insert(_VERSIONS).values(version=version))
