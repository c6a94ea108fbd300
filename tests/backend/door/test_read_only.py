"""A read-only service shows what it has, computes what is asked, and leaves its data folder as it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from backend.settings import Settings
from tests.backend.fakes import Studio, png, running_studio

pytestmark = pytest.mark.anyio


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
async def kept(settings: Settings) -> str:
    """The id of an analysis that a writing service left."""
    async with running_studio(settings) as studio:
        return str((await studio.upload()).json()["id"])


@pytest.fixture
async def demo(settings: Settings, kept: str) -> AsyncIterator[Studio]:
    assert kept
    read_only = settings.model_copy(update={"read_only": True, "retention_max_bytes": 1, "retention_interval_s": 0.01})
    async with running_studio(read_only) as studio:
        yield studio


async def test_looking_changes_nothing_in_the_data_folder(demo: Studio, kept: str, settings: Settings) -> None:
    before = content(settings.data_dir)
    here = f"/api/v1/analyses/{kept}"
    answers = [
        await demo.client.get(address)
        for address in (
            "/",
            "/readyz",
            "/api/v1/analyses?q=cat",
            here,
            f"{here}/picture",
            f"{here}/thumbnail",
            f"{here}/local",
            f"{here}/distortions/gaussian_blur/3",
            f"{here}/distortions/gaussian_blur/0?checkpoint=no_gmm",
            f"{here}/distortions/gaussian_blur/3/picture",
        )
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    await demo.services.analyses.represent(kept, await demo.services.catalogue.find("moe"))
    assert answers[-2].json()["checkpoint"] == "no_gmm"
    assert (await demo.client.get(here)).json()["scored_checkpoints"] == ["moe"]
    assert content(settings.data_dir) == before


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["", "/{id}", "/{id}/predictions", "/../checkpoints/moe/verification", "/../jobs"])
async def test_whatever_would_store_or_delete_is_refused(demo: Studio, kept: str, method: str, path: str) -> None:
    address = httpx.URL("http://127.0.0.1:8000/api/v1/analyses").join(f"analyses{path.format(id=kept)}")
    answer = await demo.client.request(method, address, content=b"{}", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "read-only")


async def test_an_upload_is_refused_before_its_body_is_read(demo: Studio) -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await demo.client.post("/api/v1/analyses", content=never(), headers=headers)
    assert answer.json()["code"] == "read-only"


async def test_inference_that_stores_nothing_passes_the_door(demo: Studio) -> None:
    assert (await demo.client.post("/v2/models/none/infer", content=b"{}")).json().get("code") != "read-only"


async def test_without_any_data_it_shows_an_empty_list_and_makes_no_folder(settings: Settings, tmp_path: Path) -> None:
    empty = settings.model_copy(update={"read_only": True, "data_dir": tmp_path / "none" / "data"})
    async with running_studio(empty) as studio:
        assert (await studio.client.get("/api/v1/analyses")).json()["items"] == []
        assert (await studio.upload(png())).status_code == 403
    assert not (tmp_path / "none").exists()
