"""Pictures are written behind the answers, but never without bound and never for a deleted analysis."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
from structlog.typing import EventDict

from backend.analyses.keeping import PictureKeeper
from backend.analyses.picture_files import PictureFiles
from backend.analyses.store import Store
from backend.children.kept import KeptPicture
from backend.storage.database import Database
from backend.tables import SCHEMA
from backend.telemetry.metrics import Metrics
from models.images import UnusableImage, decode
from tests.backend.analyses.test_store import analysis
from tests.backend.fakes import FakeChildren, png
from tests.waiting import HANG_S, eventually

pytestmark = pytest.mark.anyio
UPLOAD = png()
IMAGE = decode(UPLOAD)


class Setup:
    """A keeper with room for one picture."""

    def __init__(self, root: Path) -> None:
        self.children = FakeChildren()
        self.files = PictureFiles(root / "pictures")
        self.database = Database(f"sqlite:///{root / 'test.sqlite3'}", SCHEMA)
        self.store = Store(self.database)
        self.idle_s, self.looks = 60.0, 0
        self.keeper = PictureKeeper(
            self.children,
            self.files,
            self.store,
            idle_s=self.look,
            max_pending_bytes=len(UPLOAD),
            metrics=Metrics(),
        )

    def look(self) -> float:
        self.looks += 1
        return self.idle_s

    async def begin(self, number: int) -> str:
        await self.store.add(analysis(number))
        self.keeper.begin(analysis(number).id, UPLOAD, IMAGE)
        return analysis(number).id


@pytest.fixture
async def setup(tmp_path: Path) -> AsyncIterator[Setup]:
    setup = Setup(tmp_path)
    setup.database.prepare()
    yield setup
    await setup.keeper.close(timeout_s=HANG_S)
    await setup.database.close()


async def test_after_settling_the_picture_is_on_disk_and_the_row_says_so(setup: Setup) -> None:
    analysis_id = await setup.begin(1)
    assert setup.keeper.pending(analysis_id) is UPLOAD
    await setup.keeper.settle(analysis_id)
    found = await setup.store.get(analysis_id)
    assert found is not None
    assert found.kept is not None
    assert found.kept.size_bytes == sum(
        setup.files.path(analysis_id, part).stat().st_size for part in ("picture", "thumbnail")
    )
    assert setup.keeper.pending(analysis_id) is None


async def test_beyond_its_bound_the_keeper_makes_answers_wait(setup: Setup) -> None:
    setup.children.keep_gate = asyncio.Event()
    await setup.begin(1)
    await setup.keeper.wait_for_room()
    await setup.begin(2)
    waiting = asyncio.create_task(setup.keeper.wait_for_room())
    await anyio.wait_all_tasks_blocked()
    assert not waiting.done()
    setup.children.keep_gate.set()
    await waiting


async def test_while_uploads_come_pictures_wait_unless_someone_asks(setup: Setup) -> None:
    setup.idle_s = 0.0
    analysis_id = await setup.begin(1)
    await eventually(lambda: setup.looks > 1)
    assert setup.keeper.pending(analysis_id) is UPLOAD
    await setup.keeper.settle(analysis_id)
    assert setup.files.path(analysis_id, "picture").is_file()


async def test_one_dead_child_does_not_lose_the_picture(setup: Setup) -> None:
    setup.children.failures = [UnusableImage("decode-crashed", "got a dead child")]
    analysis_id = await setup.begin(1)
    await setup.keeper.settle(analysis_id)
    assert setup.files.path(analysis_id, "picture").is_file()


async def test_an_analysis_deleted_meanwhile_leaves_no_file(setup: Setup) -> None:
    setup.children.keep_gate = asyncio.Event()
    analysis_id = await setup.begin(1)
    await setup.store.delete([analysis_id])
    setup.children.keep_gate.set()
    await setup.keeper.settle(analysis_id)
    assert not setup.files.path(analysis_id, "picture").exists()


async def test_closing_writes_everything_that_was_accepted(setup: Setup) -> None:
    ids = [await setup.begin(number) for number in range(5)]
    await setup.keeper.close(timeout_s=HANG_S)
    assert all(setup.files.path(analysis_id, "picture").is_file() for analysis_id in ids)


async def test_closing_drops_what_cannot_be_written(setup: Setup, log: list[EventDict]) -> None:
    setup.children.keep_gate = asyncio.Event()  # never set
    ids = [await setup.begin(number) for number in range(3)]
    await setup.keeper.close(timeout_s=0.1)
    assert sorted(event["analysis_id"] for event in log if event["event"] == "picture_dropped") == sorted(ids)
    for analysis_id in ids:
        found = await setup.store.get(analysis_id)
        assert found is not None
        assert found.kept is None
        assert not setup.files.path(analysis_id, "picture").exists()


async def test_a_picture_half_written_when_time_is_up_is_finished(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = setup.files.write

    is_begun, may_end = threading.Event(), threading.Event()

    def write_slowly(analysis_id: str, kept: KeptPicture) -> None:
        is_begun.set()
        may_end.wait(HANG_S)
        write(analysis_id, kept)

    monkeypatch.setattr(setup.files, "write", write_slowly)
    analysis_id = await setup.begin(1)
    await eventually(is_begun.is_set)
    closing = asyncio.create_task(setup.keeper.close(timeout_s=0))
    await anyio.wait_all_tasks_blocked()
    may_end.set()
    await closing
    found = await setup.store.get(analysis_id)
    assert found is not None
    assert found.kept is not None
    assert setup.files.path(analysis_id, "picture").is_file()
