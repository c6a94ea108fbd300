"""A disk that is full or a database that is held costs an answer of 503, leaves no half of anything, and passes."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sqlalchemy import exc

from backend.analyses.library import Analyses
from backend.errors import StorageBusy, StorageDamaged, StorageFailed, StorageFull
from backend.settings import Settings
from backend.storage import database as database_module
from backend.storage.faults import file_fault, storage_fault
from tests.backend.fakes import Studio, png, running_studio
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


def from_sqlite(code: int) -> exc.OperationalError:
    cause = sqlite3.OperationalError("met something")
    cause.sqlite_errorcode = code
    return exc.OperationalError("SELECT", None, cause)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (from_sqlite(sqlite3.SQLITE_FULL), StorageFull),
        (from_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), StorageBusy),
        (from_sqlite(sqlite3.SQLITE_NOTADB), StorageDamaged),
        (from_sqlite(sqlite3.SQLITE_IOERR_FSYNC), StorageFailed),
        (from_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), StorageFailed),
        (exc.TimeoutError(), StorageBusy),
        (exc.OperationalError("SELECT", None, Exception("server closed the connection")), StorageFailed),
        (exc.ProgrammingError("SELEKT", None, Exception("syntax error")), type(None)),
        (from_sqlite(sqlite3.SQLITE_ERROR), type(None)),
    ],
)
def test_each_failure_of_a_database_is_its_kind_and_our_own_mistakes_are_none(
    error: Exception, kind: type[Exception]
) -> None:
    assert type(storage_fault(error)) is kind


@pytest.mark.parametrize(
    ("code", "kind"), [(errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EIO, StorageFailed)]
)
def test_a_file_that_cannot_be_written_is_its_kind(code: int, kind: type[Exception]) -> None:
    assert type(file_fault(OSError(code, "no"))) is kind


def files(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_dir / "pictures").rglob("*") if path.is_file()]


def assert_refused(answer: httpx.Response, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, code)
    assert int(answer.headers["retry-after"]) >= 1


async def test_an_upload_that_would_fill_the_disk_is_refused_unscored_and_the_next_one_is_taken(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (await studio.upload()).json()["links"]
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=5_000_000))
        assert_refused(await studio.upload(png(width=1000, height=300)), "storage-full")
        assert studio.moe.calls == 1
        assert (await studio.client.get(kept["picture"])).status_code == 200
        assert (await studio.upload(png(seed=3))).status_code == 201  # a small one fits
    assert (await studio.upload(png(width=1000, height=300))).status_code == 201
    metrics = (await studio.client.get("/metrics")).text
    assert 'ceniqa_storage_faults_total{code="storage-full"} 1.0' in metrics


async def test_a_disk_that_fills_while_a_picture_is_written_keeps_nothing_of_it(
    studio: Studio, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        links = (await studio.upload()).json()["links"]
        assert (await studio.client.get(links["picture"])).json()["code"] == "picture-not-kept"
    assert files(settings) == []
    links = (await studio.upload(png(seed=1))).json()["links"]
    assert (await studio.client.get(links["picture"])).status_code == 200


async def test_a_database_held_by_another_process_is_busy_for_writes_alone(
    studio: Studio, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (await studio.upload()).json()["links"]
    await studio.services.database.close()  # so that connections are made anew, with the short time
    monkeypatch.setattr(database_module, "_BUSY_TIMEOUT_MS", 100)
    with closing(sqlite3.connect(settings.data_dir / "ceniqa.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert_refused(await studio.upload(png(seed=1)), "storage-busy")
        assert_refused(await studio.client.delete(kept["self"]), "storage-busy")
        assert (await studio.client.get(kept["self"])).status_code == 200
        assert (await studio.client.get("/readyz")).status_code == 200
    assert (await studio.upload(png(seed=1))).status_code == 201


async def test_damage_makes_the_service_say_that_it_is_not_ready_and_why(studio: Studio, settings: Settings) -> None:
    links = (await studio.upload()).json()["links"]
    await studio.client.get(links["picture"])
    await studio.services.database.close()
    file = settings.data_dir / "ceniqa.sqlite3"
    file.write_bytes(file.read_bytes()[:4096] + b"\xa5" * (file.stat().st_size - 4096))
    assert_refused(await studio.client.get(links["self"]), "storage-damaged")
    answer = await studio.client.get("/readyz")
    assert_refused(answer, "not-ready")
    assert "a database that is whole" in answer.json()["detail"]
    assert (await studio.client.get("/livez")).status_code == 200


async def test_a_picture_that_cannot_be_read_is_no_fault_of_ours(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = (await studio.upload()).json()["links"]
    await studio.client.get(links["picture"])

    def fail(_path: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error", "/secret")

    monkeypatch.setattr(Path, "read_bytes", fail)
    answer = await studio.client.post(f"{links['self']}/predictions", json={"checkpoint": "no_gmm"})
    assert_refused(answer, "storage-failed")
    assert "secret" not in answer.text


async def test_a_retention_that_met_a_fault_looks_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, log: list[Any]
) -> None:
    async def fail(_self: Analyses, **_wanted: object) -> int:
        raise StorageBusy("held")

    with monkeypatch.context() as held:
        held.setattr(Analyses, "expire", fail)
        often = settings.model_copy(update={"retention_interval_s": 0.01})
        async with running_studio(often):
            await eventually(lambda: any(event["event"] == "retention_failed" for event in log))
            held.undo()
            await eventually(lambda: any(event["event"] == "retention" for event in log))
