"""A database that is damaged, held, full or of another release is told apart, and never made worse."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, text

from backend.errors import StartRefused, StorageBusy, StorageDamaged, StorageFailed, StorageFull
from backend.storage import database as database_module
from backend.storage.database import Database, Schema

pytestmark = pytest.mark.anyio


def schema(version: int = 1) -> Schema:
    """Tables with things in them; those of version 2 have colours."""
    tables = MetaData()
    colour = [Column("colour", Integer)] if version > 1 else []
    Table("things", tables, Column("id", Integer, primary_key=True), *colour)
    return Schema(tables, version=version, migrations={1: _colour} if version > 1 else {})


def _colour(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE things ADD COLUMN colour INTEGER"))
    connection.execute(text("UPDATE things SET colour = 7"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "test.sqlite3"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{file}", schema())
    database.prepare()
    yield database
    await database.close()


def prepared(file: Path, version: int = 1, *, read_only: bool = False) -> Database:
    database = Database(f"sqlite:///{file}", schema(version), read_only=read_only)
    database.prepare()
    return database


def add(database: Database, number: int) -> None:
    with database.session.begin() as session:
        session.execute(text("INSERT INTO things (id) VALUES (:id)"), {"id": number})


def count(database: Database) -> int:
    with database.session() as session:
        return int(session.scalar(text("SELECT count(*) FROM things")) or 0)


def version_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT version FROM schema_version").fetchone()[0])


def fill(file: Path, rows: int) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS padding (text TEXT)")
        connection.executemany("INSERT INTO padding VALUES (?)", [("x" * 2000,)] * rows)


def content(file: Path) -> dict[str, bytes]:
    """Every file of the database's folder."""
    return {path.name: path.read_bytes() for path in file.parent.iterdir()}


def spoil(file: Path, page: int) -> None:
    """Overwrite a page of 4096 bytes."""
    stored = bytearray(file.read_bytes())
    stored[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    file.write_bytes(stored)


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another process's write transaction that does not end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


class TestSchema:
    async def test_tables_of_a_release_without_versions_are_the_first_version(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY)")
            connection.execute("INSERT INTO things VALUES (5)")
        database = prepared(file)
        assert (version_of(file), count(database)) == (1, 1)
        await database.close()

    async def test_an_older_database_is_migrated_in_place_once(self, file: Path) -> None:
        first = prepared(file)
        add(first, 5)
        await first.close()
        for _ in range(2):
            second = prepared(file, 2)
            with second.session() as session:
                assert session.execute(text("SELECT id, colour FROM things")).all() == [(5, 7)]
            await second.close()
        assert version_of(file) == 2

    async def test_a_migration_that_fails_changes_nothing(self, file: Path) -> None:
        first = prepared(file)
        add(first, 5)
        await first.close()

        def fail(connection: Connection) -> None:
            _colour(connection)
            raise sqlite3.OperationalError("killed half-way")

        broken = Database(f"sqlite:///{file}", Schema(schema(2).tables, version=2, migrations={1: fail}))
        with pytest.raises(StartRefused):
            broken.prepare()
        await broken.close()
        assert version_of(file) == 1
        await prepared(file, 2).close()

    async def test_a_newer_database_is_refused_and_left_alone(self, file: Path) -> None:
        await prepared(file, 2).close()
        before = content(file)[file.name]
        with pytest.raises(StartRefused, match=r"test\.sqlite3 has tables of version 2, expected at most 1"):
            prepared(file)
        assert content(file)[file.name] == before


class TestStart:
    @pytest.mark.parametrize("page", [0, 1], ids=["header", "page"])
    def test_a_damaged_file_is_named_and_left_alone(self, file: Path, page: int) -> None:
        fill(file, 10)
        spoil(file, page)
        before = file.read_bytes()
        with pytest.raises(StartRefused, match=r"test\.sqlite3 is damaged .*restore its backup, or move it away"):
            prepared(file)
        assert file.read_bytes() == before

    def test_a_held_file_is_refused_in_a_sentence(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database_module, "_BUSY_TIMEOUT_MS", 50)
        fill(file, 1)
        with held(file), pytest.raises(StartRefused, match=r"cannot be opened for writing \(database is locked\)"):
            prepared(file)

    def test_a_folder_is_no_database(self, tmp_path: Path) -> None:
        with pytest.raises(StartRefused, match="unable to open database file"):
            prepared(tmp_path)

    @pytest.mark.parametrize("url", ["no-url", "oracle+nothing://user:hunter2@host/db"])
    def test_an_address_of_no_database_is_refused_without_its_password(self, url: str) -> None:
        with pytest.raises(StartRefused) as refused:
            Database(url, schema())
        assert "hunter2" not in str(refused.value)


class TestFaults:
    async def test_a_held_database_is_busy_for_all_who_wait_and_then_goes_on(
        self, database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert 2 * database_module._BUSY_TIMEOUT_MS < 6000
        monkeypatch.setattr(database_module, "_BUSY_TIMEOUT_MS", 200)
        await database.close()  # so that connections are made with the short time
        with held(file):
            writes = [database.write(add, database, number) for number in range(6)]
            results = await asyncio.gather(*writes, return_exceptions=True)
            assert count(database) == 0  # reads go on
        assert [type(result) for result in results] == [StorageBusy] * 6
        await database.write(add, database, 1)
        assert count(database) == 1

    async def test_a_full_disk_is_said_and_rolled_back_and_reads_go_on(self, file: Path) -> None:
        codes: list[str] = []
        database = Database(f"sqlite:///{file}", schema(), note_fault=codes.append)
        database.prepare()
        fill(file, 20)

        def grow(max_pages: int) -> None:
            with database.session.begin() as session:
                session.execute(text(f"PRAGMA max_page_count={max_pages}"))
                session.execute(text("INSERT INTO things (id) VALUES (1)"))
                session.execute(text("INSERT INTO padding SELECT p.text FROM padding p, padding q"))

        with pytest.raises(StorageFull):
            await database.write(grow, 1)
        assert codes == ["storage-full"]
        assert await database.read(count, database) == 0
        await database.write(grow, 10**6)
        assert await database.read(count, database) == 1
        await database.close()

    async def test_a_database_that_may_not_be_written_fails_for_writers_alone(self, database: Database) -> None:
        def frozen() -> None:
            with database.session.begin() as session:
                session.execute(text("PRAGMA query_only=ON"))
                session.execute(text("INSERT INTO things (id) VALUES (1)"))

        with pytest.raises(StorageFailed):
            await database.write(frozen)
        assert await database.read(count, database) == 0
        assert not database.is_damaged

    async def test_damage_met_on_the_way_is_remembered(self, database: Database, file: Path) -> None:
        await database.write(add, database, 1)
        await database.close()
        spoil(file, 1)
        with pytest.raises(StorageDamaged):
            await database.read(count, database)
        assert database.is_damaged

    async def test_a_fault_of_our_own_is_not_the_storages(self, database: Database) -> None:
        def mistaken() -> None:
            with database.session() as session:
                session.execute(text("SELECT id FROM nowhere"))

        with pytest.raises(Exception, match="no such table"):
            await database.read(mistaken)


class TestReadOnly:
    async def test_it_is_read_and_nothing_is_written_beside_it(self, file: Path) -> None:
        writer = prepared(file)
        add(writer, 1)
        await writer.close()
        before = content(file)
        database = prepared(file, read_only=True)
        assert await database.read(count, database) == 1
        with pytest.raises(StorageFailed):
            await database.write(add, database, 2)
        await database.close()
        assert content(file) == before

    async def test_rows_that_wait_in_the_log_are_read_too(self, file: Path) -> None:
        writer = prepared(file)
        add(writer, 1)  # not closed: its row is in the log
        database = prepared(file, read_only=True)
        assert await database.read(count, database) == 1
        await database.close()
        await writer.close()

    async def test_one_that_is_not_there_is_empty_and_stays_away(self, file: Path) -> None:
        database = prepared(file, read_only=True)
        assert await database.read(count, database) == 0
        await database.close()
        assert content(file) == {}

    async def test_one_of_another_release_is_refused(self, file: Path) -> None:
        await prepared(file).close()
        with pytest.raises(StartRefused, match="start once without CENIQA_READ_ONLY"):
            prepared(file, 2, read_only=True)
