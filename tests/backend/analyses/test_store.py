"""What goes into the database comes out the same, in order, and only as long as it may."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from backend.analyses.store import Analysis, KeptFacts, Store
from backend.errors import InvalidCursor, StorageDamaged
from backend.storage.database import Database
from backend.tables import SCHEMA
from models.images import RGBImage
from models.prediction import Representation
from tests.backend.fakes import FakePredictor

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def analysis(number: int, *, created_at: datetime | None = None) -> Analysis:
    image = RGBImage(np.full((40, 50, 3), number % 256, np.uint8), "JPEG", ("rotated",))
    return Analysis(
        id=f"{number:032x}",
        created_at=created_at or NOON + timedelta(microseconds=number),
        filename=f"{number}.jpg",
        checkpoint="moe",
        format="JPEG",
        notes=("rotated",),
        prediction=FakePredictor("moe").predict(image),
        scored_checkpoints=("moe",),
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "test.sqlite3"


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    opened = Database(f"sqlite:///{database}", SCHEMA)
    opened.prepare()
    yield Store(opened)
    await opened.close()


async def test_an_analysis_comes_back_exactly(store: Store) -> None:
    kept = analysis(1)
    await store.add(kept)
    assert await store.get(kept.id) == kept


async def test_what_is_unknown_is_none(store: Store) -> None:
    assert await store.get("0" * 32) is None
    await store.add(analysis(1))
    assert await store.get(analysis(1).id, checkpoint="no_gmm") is None


async def test_a_second_checkpoint_stands_beside_the_first(store: Store) -> None:
    kept = analysis(1)
    await store.add(kept)
    other = replace(kept.prediction, checkpoint="no_gmm")
    assert await store.add_prediction(kept.id, other)
    found = await store.get(kept.id, checkpoint="no_gmm")
    assert found is not None
    assert (found.prediction, found.checkpoint) == (other, "moe")
    assert found.scored_checkpoints == ("moe", "no_gmm")


async def test_new_weights_of_a_checkpoint_replace_what_the_old_said(store: Store) -> None:
    kept = analysis(1)
    await store.add(kept)
    newer = replace(kept.prediction, weights_sha256="b" * 64)
    await store.add_prediction(kept.id, newer)
    found = await store.get(kept.id)
    assert found is not None
    assert (found.prediction, found.scored_checkpoints) == (newer, ("moe",))


async def test_a_prediction_for_a_deleted_analysis_is_not_kept(store: Store) -> None:
    assert not await store.add_prediction("0" * 32, analysis(1).prediction)


async def test_pages_cover_everything_once_even_at_equal_times(store: Store) -> None:
    for number in range(7):
        await store.add(analysis(number, created_at=NOON))
    seen: list[str] = []
    cursor = None
    while True:
        page = await store.page(limit=3, cursor=cursor)
        seen += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [analysis(number).id for number in range(6, -1, -1)]


async def test_a_newer_analysis_does_not_shift_the_pages_that_follow(store: Store) -> None:
    for number in range(4):
        await store.add(analysis(number))
    first = await store.page(limit=2, cursor=None)
    await store.add(analysis(9))
    second = await store.page(limit=2, cursor=first.next_cursor)
    assert [item.filename for item in second.items] == ["1.jpg", "0.jpg"]


async def test_the_list_stays_whole_and_ordered_while_the_clock_jumps(store: Store) -> None:
    century = timedelta(days=36525)
    moments = [NOON, NOON + century, NOON - century, NOON + timedelta(days=1), NOON - timedelta(days=1)]
    for number, moment in enumerate(moments):
        await store.add(analysis(number, created_at=moment))
    seen: list[datetime] = []
    cursor = None
    for _ in moments:
        page = await store.page(limit=1, cursor=cursor)
        seen += [item.created_at for item in page.items]
        cursor = page.next_cursor
    assert seen == sorted(moments, reverse=True)
    assert cursor is None
    assert await store.newest() == NOON + century


async def test_one_damaged_entry_is_said_to_be_and_takes_nothing_along(store: Store, database: Path) -> None:
    for number in range(3):
        await store.add(analysis(number))
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE predictions SET payload = '{' WHERE analysis_id = ?", (analysis(1).id,))
    connection.close()
    pages = [await store.page(limit=2, cursor=None)]
    pages.append(await store.page(limit=2, cursor=pages[0].next_cursor))
    assert [[item.filename for item in page.items] for page in pages] == [["2.jpg"], ["0.jpg"]]
    with pytest.raises(StorageDamaged):
        await store.get(analysis(1).id)
    assert await store.delete([analysis(1).id]) == 1


NAMES = (
    "100%.jpg",
    "100 percent.jpg",
    "IMG_0001.jpg",
    "IMG-0001.jpg",
    "ÄPFEL.png",
    "Cafe\u0301.png",
    "照片.jpg",
    "a/b\\c.jpg",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", NAMES),
        ("100%", ("100%.jpg",)),
        ("%", ("100%.jpg",)),
        ("_", ("IMG_0001.jpg",)),
        ("img_0", ("IMG_0001.jpg",)),
        ("äpfel", ("ÄPFEL.png",)),
        ("café", ("Cafe\u0301.png",)),
        ("CAFE\u0301", ("Cafe\u0301.png",)),
        ("照", ("照片.jpg",)),
        ("/", ("a/b\\c.jpg",)),
        ("\\", ("a/b\\c.jpg",)),
        ("'; drop table analyses; --", ()),
    ],
)
async def test_a_search_finds_the_text_itself_whatever_its_case(
    store: Store, text: str, found: tuple[str, ...]
) -> None:
    for number, name in enumerate(NAMES):
        await store.add(replace(analysis(number), filename=name))
    page = await store.page(limit=100, cursor=None, filename=text)
    assert tuple(item.filename for item in page.items) == found[::-1]
    assert page.total == len(found)


async def test_pages_of_a_search_follow_each_other_and_know_its_length(store: Store) -> None:
    for number in range(9):
        await store.add(replace(analysis(number), filename=f"{'cat' if number % 2 else 'dog'}{number}.jpg"))
    first = await store.page(limit=3, cursor=None, filename="CAT")
    rest = await store.page(limit=3, cursor=first.next_cursor, filename="CAT")
    assert [item.filename for item in (*first.items, *rest.items)] == ["cat7.jpg", "cat5.jpg", "cat3.jpg", "cat1.jpg"]
    assert (first.total, rest.total, rest.next_cursor) == (4, 4, None)


@pytest.mark.parametrize("cursor", ["", "12", "12-xyz", "--1-" + "0" * 32, "9" * 40 + "-" + "0" * 32])
async def test_a_cursor_of_other_origin_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        await store.page(limit=1, cursor=cursor)


async def test_deleting_takes_the_predictions_along(store: Store, database: Path) -> None:
    await store.add(analysis(1))
    assert await store.delete([analysis(1).id, "f" * 32]) == 1
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM predictions").fetchone() == (0,)
    connection.close()


async def test_marking_a_deleted_analysis_as_kept_says_no(store: Store) -> None:
    assert not await store.mark_kept("0" * 32, KeptFacts("image/png", "image/webp", 10))


async def test_what_is_too_old_has_outlived(store: Store) -> None:
    await store.add(analysis(1, created_at=NOON - timedelta(days=2)))
    await store.add(analysis(2, created_at=NOON))
    outlived = await store.outlived(created_before=NOON - timedelta(days=1), max_bytes=100, limit=10)
    assert outlived == (analysis(1).id,)


async def test_beyond_the_bytes_the_oldest_go_first(store: Store) -> None:
    for number in range(4):
        await store.add(analysis(number))
        await store.mark_kept(analysis(number).id, KeptFacts("image/png", "image/webp", 40))
    outlived = await store.outlived(created_before=NOON - timedelta(days=1), max_bytes=100, limit=10)
    assert set(outlived) == {analysis(0).id, analysis(1).id}


async def test_sqlite_writes_ahead_so_readers_never_wait(store: Store, database: Path) -> None:
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize("checkpoint", ["moe", "no_gmm"])
async def test_how_weights_saw_a_picture_comes_back_exactly_and_for_them_alone(store: Store, checkpoint: str) -> None:
    await store.add(analysis(1))
    predictor = FakePredictor(checkpoint)
    seen = predictor.embed(RGBImage(np.full((40, 50, 3), 77, np.uint8), "PNG"))
    assert await store.add_representation(analysis(1).id, predictor.manifest, seen)
    kept = await store.representation(analysis(1).id, predictor.manifest)
    assert kept is not None
    np.testing.assert_array_equal(kept.features_D, seen.features_D)
    assert (kept.embedding_d is None) == (checkpoint == "no_gmm")
    others = FakePredictor(checkpoint, weights_sha256="b" * 64).manifest
    assert await store.representation(analysis(1).id, others) is None


async def test_how_a_deleted_picture_was_seen_is_forgotten(store: Store, database: Path) -> None:
    manifest, seen = FakePredictor("moe").manifest, Representation(np.zeros(2, np.float32), None)
    assert not await store.add_representation(analysis(1).id, manifest, seen)
    await store.add(analysis(1))
    assert await store.add_representation(analysis(1).id, manifest, seen)
    await store.delete([analysis(1).id])
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM representations").fetchone() == (0,)
    connection.close()
