"""Folders that came, went, broke or were mended, while the service runs."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import anyio
import pytest

from backend.errors import NotReady, UnknownCheckpoint
from backend.inference.catalogue import Catalogue
from backend.telemetry.metrics import Metrics
from models.loading import load_predictor
from models.predictor import Predictor
from tests.backend.fakes import FakeFolders, folder_gone, write_checkpoint
from tests.waiting import HANG_S

pytestmark = pytest.mark.anyio


@pytest.fixture
def folders() -> FakeFolders:
    return FakeFolders()


@pytest.fixture
def catalogue(tmp_path: Path, folders: FakeFolders) -> Catalogue:
    write_checkpoint(tmp_path, "moe")
    write_checkpoint(tmp_path, "no_gmm")
    return Catalogue(tmp_path, load=folders, metrics=Metrics())


async def test_the_default_is_the_mixture_of_experts(catalogue: Catalogue) -> None:
    assert (await catalogue.find(None)).manifest.id == "moe"


async def test_without_it_the_first_by_name_stands_in(tmp_path: Path, folders: FakeFolders) -> None:
    write_checkpoint(tmp_path, "moe", broken="bad")
    write_checkpoint(tmp_path, "vanilla_gmm")
    write_checkpoint(tmp_path, "no_gmm")
    assert (await Catalogue(tmp_path, load=folders, metrics=Metrics()).find(None)).manifest.id == "no_gmm"


class SlowFolders(FakeFolders):
    """Loads the default checkpoint at once, and others when they may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go_on = threading.Event()

    def __call__(self, folder: Path) -> Any:
        if folder.name != "moe":
            self.may_go_on.wait(HANG_S)
        return super().__call__(folder)


async def test_the_default_serves_while_the_others_are_verified(tmp_path: Path) -> None:
    folders = SlowFolders()
    for name in ("attention_gated", "moe", "no_gmm"):
        write_checkpoint(tmp_path, name)
    catalogue = Catalogue(tmp_path, load=folders, metrics=Metrics())
    async with catalogue.running():
        assert (await catalogue.find(None)).manifest.id == "moe"
        assert set(catalogue.snapshot.predictors) == {"moe"}
        asked = asyncio.create_task(catalogue.find("no_gmm"))
        await anyio.wait_all_tasks_blocked()
        assert not asked.done()
        folders.may_go_on.set()
        assert (await asked).manifest.id == "no_gmm"
        assert set((await catalogue.refresh()).predictors) == {"attention_gated", "moe", "no_gmm"}
    assert folders.loads == 3


async def test_where_the_default_is_refused_the_start_waits_for_another(tmp_path: Path, folders: FakeFolders) -> None:
    write_checkpoint(tmp_path, "moe", broken="bad")
    write_checkpoint(tmp_path, "no_gmm")
    catalogue = Catalogue(tmp_path, load=folders, metrics=Metrics())
    async with catalogue.running():
        assert set(catalogue.snapshot.predictors) == {"no_gmm"}
        assert set(catalogue.snapshot.refusals) == {"moe"}
    assert folders.loads == 2


async def test_nothing_is_loaded_twice_while_its_files_stay(catalogue: Catalogue, folders: FakeFolders) -> None:
    await catalogue.refresh()
    await catalogue.refresh()
    assert folders.loads == 2


async def test_a_new_folder_is_found_when_it_is_asked_for(catalogue: Catalogue, tmp_path: Path) -> None:
    await catalogue.refresh()
    write_checkpoint(tmp_path, "attention_gated")
    assert (await catalogue.find("attention_gated")).manifest.id == "attention_gated"


async def test_a_broken_folder_is_refused_with_its_reason_and_the_rest_serves(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    write_checkpoint(tmp_path, "learnable_gmm", broken="got a flipped bit")
    snapshot = await catalogue.refresh()
    assert snapshot.refusals["learnable_gmm"].reason == "got a flipped bit"
    assert set(snapshot.predictors) == {"moe", "no_gmm"}


async def test_hostile_configs_and_links_to_nowhere_stop_nobody(tmp_path: Path, folders: FakeFolders) -> None:
    write_checkpoint(tmp_path, "moe")
    hostile = {"deep": "[" * 100_000, "empty": "", "number": "1" * 5000, "surrogate": '{"title": "\\ud800"}'}
    for name, text in hostile.items():
        write_checkpoint(tmp_path, name)
        (tmp_path / name / "config.json").write_text(text)
    loop = tmp_path / "deep" / "loop"
    loop.symlink_to(loop)

    def load(folder: Path) -> Predictor:
        return load_predictor(folder, device="cpu") if folder.name in hostile else folders(folder)

    snapshot = await Catalogue(tmp_path, load=load, metrics=Metrics()).refresh()
    assert set(snapshot.predictors) == {"moe"}
    assert set(snapshot.refusals) == set(hostile)
    assert {refusal.file for refusal in snapshot.refusals.values()} == {"config.json"}


async def test_a_folder_that_breaks_keeps_serving_what_was_loaded_before(catalogue: Catalogue, tmp_path: Path) -> None:
    before = await catalogue.find("moe")
    write_checkpoint(tmp_path, "moe", broken="got a flipped bit")
    snapshot = await catalogue.refresh()
    assert snapshot.predictors["moe"] is before
    assert "moe" in snapshot.refusals


async def test_a_mended_folder_serves_again(catalogue: Catalogue, tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "moe", broken="bad")
    await catalogue.refresh()
    write_checkpoint(tmp_path, "moe", sha256="b" * 64)
    snapshot = await catalogue.refresh()
    assert snapshot.predictors["moe"].manifest.weights_sha256 == "b" * 64
    assert snapshot.refusals == {}


async def test_a_removed_folder_is_no_longer_served(catalogue: Catalogue, tmp_path: Path) -> None:
    await catalogue.refresh()
    (tmp_path / "no_gmm" / "config.json").unlink()
    await catalogue.refresh()
    with pytest.raises(UnknownCheckpoint, match="got checkpoint 'no_gmm', expected one of moe"):
        await catalogue.find("no_gmm")


async def test_when_everything_vanishes_what_was_loaded_keeps_serving(catalogue: Catalogue, tmp_path: Path) -> None:
    before = await catalogue.refresh()
    with folder_gone(tmp_path):
        assert await catalogue.refresh() is before
        assert (await catalogue.find("no_gmm")).manifest.id == "no_gmm"
        with pytest.raises(UnknownCheckpoint):
            await catalogue.find("vanilla_gmm")
    write_checkpoint(tmp_path, "vanilla_gmm")
    assert set((await catalogue.refresh()).predictors) == {"moe", "no_gmm", "vanilla_gmm"}


async def test_a_shared_file_that_arrives_late_gives_its_folders_another_chance(
    catalogue: Catalogue, tmp_path: Path, folders: FakeFolders
) -> None:
    await catalogue.refresh()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "features.onnx").write_bytes(b"graph")
    await catalogue.refresh()
    assert folders.loads == 4


async def test_an_empty_catalogue_is_not_ready(tmp_path: Path, folders: FakeFolders) -> None:
    with pytest.raises(NotReady):
        await Catalogue(tmp_path / "nowhere", load=folders, metrics=Metrics()).find(None)
