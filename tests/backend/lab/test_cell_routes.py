"""Two distortions over HTTP: one after the other, each made once, a picture a request, and people's opinions beside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import numpy as np
import pytest

from backend.settings import Settings
from models.distortions.mixed import rated_grids
from models.distortions.operations import distort
from models.images import decode
from tests.backend.fakes import Studio, png, running_studio

pytestmark = pytest.mark.anyio


@pytest.fixture
async def studio(settings: Settings) -> AsyncIterator[Studio]:
    async with running_studio(settings) as running:
        yield running


async def uploaded(studio: Studio) -> dict[str, Any]:
    analysis: dict[str, Any] = (await studio.upload(png(width=96, height=64))).json()
    assert (await studio.client.get(analysis["links"]["picture"])).status_code == 200  # now on disk
    return analysis


async def ask(studio: Studio, analysis: dict[str, Any], path: str, **query: str) -> httpx.Response:
    return await studio.client.get(f"{analysis['links']['self']}/{path}", params=query)


async def pixels_of(studio: Studio, cell: dict[str, Any]) -> np.ndarray[Any, Any]:
    return decode((await studio.client.get(cell["picture"])).content).pixels_HWC


async def test_a_cell_is_the_picture_under_the_first_distortion_and_then_the_second(studio: Studio) -> None:
    analysis = await uploaded(studio)
    cell = (await ask(studio, analysis, "mixed/gaussian_blur+jpeg/4/5")).json()
    assert (cell["grid"], cell["row"], cell["column"]) == ("gaussian_blur+jpeg", 4, 5)
    assert sum(cell["posteriors"]) == pytest.approx(1, abs=1e-4)
    assert not cell["equals_original"]
    blurred = distort(decode(png(width=96, height=64)).pixels_HWC, "gaussian_blur", 4, seed=0)
    assert np.array_equal(await pixels_of(studio, cell), distort(blurred, "jpeg", 5, seed=0))


async def test_a_margin_is_what_the_lab_says_of_one_distortion(studio: Studio) -> None:
    analysis = await uploaded(studio)
    for cell_path, level_path in (("0/3", "white_noise/3"), ("2/0", "darken/2")):
        cell = (await ask(studio, analysis, f"mixed/darken+white_noise/{cell_path}")).json()
        level = (await ask(studio, analysis, f"distortions/{level_path}")).json()
        assert cell["score"] == level["score"]
        assert np.array_equal(await pixels_of(studio, cell), await pixels_of(studio, level))
    clean = (await ask(studio, analysis, "mixed/darken+white_noise/0/0")).json()
    assert clean["score"] == analysis["score"]
    assert clean["picture"] == analysis["links"]["picture"]


async def test_the_first_distortion_of_a_row_is_made_once(studio: Studio) -> None:
    analysis = await uploaded(studio)
    for column in (1, 2, 2):
        assert (await ask(studio, analysis, f"mixed/darken+jpeg/3/{column}")).status_code == 200
    assert studio.children.distorted == [("darken", 3), ("jpeg", 1), ("jpeg", 2)]


async def test_the_same_noise_twice_is_not_the_same_noise(studio: Studio) -> None:
    analysis = await uploaded(studio)
    original = decode(png(width=96, height=64)).pixels_HWC.astype(int)
    once, twice = [
        (await pixels_of(studio, (await ask(studio, analysis, f"mixed/white_noise+white_noise/{cell}")).json())).astype(
            int
        )
        for cell in ("3/0", "3/3")
    ]
    assert np.var(twice - original) < 3 * np.var(once - original)  # four times, were it the same


async def test_a_rated_grid_is_asked_cell_by_cell_with_its_own_parameters(studio: Studio) -> None:
    analysis = await uploaded(studio)
    cell = (await ask(studio, analysis, "mixed/live_md_blur_jpeg/0/3")).json()
    assert not cell["equals_original"]
    assert studio.children.distorted == [("jpeg", 0)]  # quality 12, which is that of no level


async def test_what_people_said_has_every_grid_with_its_cells(studio: Studio) -> None:
    answer = await studio.client.get("/api/v1/rated-grids")
    grids = answer.json()["grids"]
    assert [grid["name"] for grid in grids] == list(rated_grids())
    for grid in grids:
        means = [mean for line in grid["means"] for mean in line if mean is not None]
        assert len(means) == len(rated_grids()[grid["name"]].opinions)
        assert (len(grid["means"]), len(grid["means"][0])) == (
            len(grid["first"]["stated"]),
            len(grid["second"]["stated"]),
        )
    again = await studio.client.get("/api/v1/rated-grids", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_a_cells_picture_may_be_kept_for_an_hour_under_its_version_alone(studio: Studio) -> None:
    analysis = await uploaded(studio)
    url = (await ask(studio, analysis, "mixed/darken+jpeg/2/2")).json()["picture"]
    named, unnamed = await studio.client.get(url), await studio.client.get(url.partition("?")[0])
    assert named.headers["cache-control"] == "private, max-age=3600"
    assert unnamed.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("mixed/fog+jpeg/1/1", {}, 404, "unknown-distortion"),
        ("mixed/jpeg+clean/1/1", {}, 404, "unknown-distortion"),
        ("mixed/jpeg/1/1", {}, 404, "unknown-grid"),
        ("mixed/jpeg+jpeg/6/1", {}, 404, "unknown-grid"),
        ("mixed/mdivl_noise_jpeg/1/4", {}, 404, "unknown-grid"),
        ("mixed/jpeg+jpeg/-1/1", {}, 422, "invalid-request"),
        ("mixed/jpeg+jpeg/1/100", {}, 422, "invalid-request"),
        ("mixed/jpeg+jpeg/mild/1", {}, 422, "invalid-request"),
        ("mixed/jpeg+jpeg/1/1", {"checkpoint": "none"}, 404, "unknown-checkpoint"),
        ("mixed/jpeg+jpeg/0/0/picture", {}, 404, "unknown-grid"),
    ],
)
async def test_what_there_is_not_is_said_so(
    studio: Studio, path: str, query: dict[str, str], status: int, code: str
) -> None:
    answer = await ask(studio, await uploaded(studio), path, **query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert studio.children.distorted == []


async def test_a_deleted_picture_is_not_mixed_from_memory(studio: Studio) -> None:
    analysis = await uploaded(studio)
    url = (await ask(studio, analysis, "mixed/darken+jpeg/1/1")).json()["picture"]
    await studio.client.delete(analysis["links"]["self"])
    for path in (url, url.partition("/picture")[0]):
        answer = await studio.client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-analysis")
