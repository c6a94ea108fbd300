"""Starting, stopping, and what happens to the past in between."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from backend.settings import Settings
from tests.backend.fakes import png, running_studio
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


def kept_files(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_dir / "pictures").rglob("*") if path.is_file()]


async def test_stopping_writes_the_pictures_of_every_accepted_upload(settings: Settings) -> None:
    async with running_studio(settings) as studio:
        for seed in range(4):
            assert (await studio.upload(png(seed=seed))).status_code == 201
    assert len(kept_files(settings)) == 8


async def test_starting_removes_what_a_killed_process_left(settings: Settings) -> None:
    leftover = settings.data_dir / "pictures" / "ab" / ("ab" * 16 + ".picture.tmp")
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half a picture")
    async with running_studio(settings):
        assert not leftover.exists()


async def test_what_is_too_old_is_forgotten_with_its_files(settings: Settings) -> None:
    async with running_studio(settings) as studio:
        await studio.upload()
    brief = settings.model_copy(update={"retention_max_age_days": 1e-9, "retention_interval_s": 0.01})
    async with running_studio(brief):
        await eventually(lambda: kept_files(settings) == [])


async def test_two_services_in_one_process_share_no_metrics(settings: Settings, tmp_path: Path) -> None:
    other_settings = settings.model_copy(update={"data_dir": tmp_path / "other"})
    async with running_studio(settings) as one, running_studio(other_settings) as other:
        await one.upload()
        assert 'ceniqa_stage_seconds_count{stage="predict"} 1.0' in (await one.client.get("/metrics")).text
        assert 'stage="predict"' not in (await other.client.get("/metrics")).text


async def test_stopping_ends_though_pictures_are_not_written(settings: Settings) -> None:
    brief = settings.model_copy(update={"drain_timeout_s": 4})
    async with running_studio(brief) as studio:
        studio.children.keep_gate = anyio.Event()  # never set
        links = (await studio.upload()).json()["links"]
    async with running_studio(settings) as again:
        assert (await again.client.get(links["self"])).status_code == 200
        answer = await again.client.get(links["picture"])
    assert (answer.status_code, answer.json()["code"]) == (404, "picture-not-kept")
