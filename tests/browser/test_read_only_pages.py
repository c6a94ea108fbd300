"""A read-only demo in a real Chromium: it says what it is, and offers nothing that it would refuse."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from backend.analyses.picture_files import PictureFiles
from backend.analyses.store import KeptFacts, Store
from backend.children.kept import KeptPicture
from backend.storage.database import Database
from backend.tables import SCHEMA
from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.images import RGBImage
from models.images.encoding import encode_lossless, encode_thumbnail
from tests.backend.analyses.test_store import analysis
from tests.backend.fakes import FakePredictor
from tests.browser.conftest import NewPage
from tests.browser.watching import Watch, serious_findings
from tests.program import Program

pytestmark = pytest.mark.browser
CHECKPOINT = "no_gmm"


async def keep(data_dir: Path) -> str:
    """An analysis as a writing service would have left it; its id."""
    image = RGBImage(np.full((64, 64, 3), 120, np.uint8), "PNG")
    kept = KeptPicture(encode_lossless(image), "image/png", encode_thumbnail(image), "image/webp")
    database = Database(f"sqlite:///{data_dir / 'ceniqa.sqlite3'}", SCHEMA)
    database.prepare()
    entry = replace(
        analysis(1),
        checkpoint=CHECKPOINT,
        prediction=FakePredictor(CHECKPOINT).predict(image),
        scored_checkpoints=(CHECKPOINT,),
    )
    store = Store(database)
    await store.add(entry)
    PictureFiles(data_dir / "pictures").write(entry.id, kept)
    await store.mark_kept(entry.id, KeptFacts(kept.picture_media_type, kept.thumbnail_media_type, len(kept.picture)))
    await database.close()
    return entry.id


@pytest.fixture
def demo(chromium: str, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Origin of a read-only service, and the id of the analysis that it has."""
    assert chromium
    checkpoints = tmp_path / "checkpoints"
    checkpoints.mkdir()
    for name in (CHECKPOINT, "vanilla_gmm", "shared"):
        (checkpoints / name).symlink_to(CHECKPOINTS_FOLDER / name)
    (tmp_path / "data").mkdir()
    with ThreadPoolExecutor() as thread:  # Playwright has this one's event loop
        analysis_id = thread.submit(lambda: asyncio.run(keep(tmp_path / "data"))).result()
    with Program(tmp_path / "data", CENIQA_READ_ONLY="1", CENIQA_CHECKPOINTS_DIR=str(checkpoints)) as program:
        yield program.origin, analysis_id


def test_a_read_only_demo_offers_nothing_that_it_refuses(new_page: NewPage, demo: tuple[str, str]) -> None:
    origin, analysis_id = demo
    page = new_page(base_url=origin, viewport={"width": 1440, "height": 900})
    watch = Watch(page, origin)
    page.goto("/")
    expect(page.locator("#read-only")).to_contain_text("Read-only demo")
    expect(page.locator(".dropzone")).to_be_hidden()
    expect(page.locator("[data-sample-url]").first).to_be_disabled()
    expect(page.locator("[data-sample-url]").first).to_have_accessible_description(
        "A sample has to be uploaded to be scored, which this read-only demo does not take."
    )
    page.goto(f"/analyses/{analysis_id}")
    page.wait_for_selector("#score-page[data-state=result]")
    offered = page.locator("#checkpoint option:not([disabled])")
    expect(offered).to_have_count(1)
    expect(offered).to_have_attribute("value", CHECKPOINT)
    page.goto("/analyses")
    expect(page.locator("#analyses li")).to_have_count(1)
    expect(page.locator("#analyses button, #analyses input")).to_have_count(0)
    expect(page.locator("#delete-selected")).to_be_hidden()
    assert serious_findings(page) == []
    page.goto("/batches")
    expect(page.locator("#no-batches")).to_be_visible()
    expect(page.locator("#intake")).to_be_hidden()
    page.goto("/variants")
    expect(page.locator("#check-golden")).to_be_disabled()
    page.goto(f"/lab?analysis={analysis_id}")
    page.wait_for_selector("#lab-page[data-state=lab]")
    expect(page.locator("#another")).to_be_hidden()
    page.goto(f"/lab/mixed?analysis={analysis_id}&grid=mdivl_blur_jpeg")
    page.wait_for_selector("#mixed-page[data-state=lab]")
    expect(page.locator("#another")).to_be_hidden()
    watch.assert_quiet()
    page = new_page(base_url=origin, locale="zh-CN")
    page.goto("/lab")
    expect(page.locator("#read-only")).to_contain_text("只读演示")
    expect(page.locator("#samples-refused")).to_contain_text("不接受上传")
