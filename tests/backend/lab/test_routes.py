"""The Distortion lab's API: the same pixels and scores for the same question, made once, given up when nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import numpy as np
import pytest

from backend.settings import Settings
from models.distortions import operations
from models.distortions.operations import Fixed, LabOnly, distort
from models.images import decode
from models.taxonomy import LEVELS, TAXONOMY
from tests.backend.fakes import Studio, png, running_studio, write_checkpoint
from tests.backend.generated_maps import GeneratedMap
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


@pytest.fixture
async def studio(settings: Settings, moe_map: GeneratedMap) -> AsyncIterator[Studio]:
    async with running_studio(settings) as running:
        yield running


async def uploaded(studio: Studio, **fields: str) -> dict[str, Any]:
    answer = await studio.upload(png(width=96, height=64), **fields)
    analysis: dict[str, Any] = answer.json()
    assert (await studio.client.get(analysis["links"]["picture"])).status_code == 200  # now on disk
    return analysis


async def ask(studio: Studio, analysis: dict[str, Any], path: str, **query: str) -> httpx.Response:
    return await studio.client.get(f"{analysis['links']['self']}/distortions/{path}", params=query)


async def pixels_of(studio: Studio, level: dict[str, Any]) -> np.ndarray[Any, Any]:
    return decode((await studio.client.get(level["picture"])).content).pixels_HWC


def without_times(level: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in level.items() if name != "timing_ms"}


# ---- what is said


async def test_a_level_is_a_prediction_with_a_place_and_a_picture(studio: Studio, moe_map: GeneratedMap) -> None:
    analysis = await uploaded(studio)
    level = (await ask(studio, analysis, "darken/4")).json()
    assert (level["analysis"], level["distortion_type"], level["level"]) == (analysis["id"], "darken", 4)
    assert level["score"]["value"] < analysis["score"]["value"]  # the fake scores by the mean pixel
    assert sum(level["posteriors"]) == pytest.approx(1, abs=1e-4)
    assert len(level["experts"]) == 8
    assert level["place"]["map"] == moe_map.folder.name
    assert set(level["timing_ms"]) == {"distort", "features", "head", "total"}
    assert not level["equals_original"]
    assert (await pixels_of(studio, level)).shape == (64, 96, 3)


async def test_level_0_is_the_analysis_itself(studio: Studio) -> None:
    analysis = await uploaded(studio)
    clean = (await ask(studio, analysis, "jpeg/0")).json()
    assert clean["score"] == analysis["score"]
    assert clean["picture"] == analysis["links"]["picture"]
    assert clean["equals_original"]
    place = (await studio.client.get(f"{analysis['links']['self']}/place")).json()
    assert (clean["place"]["x"], clean["place"]["y"]) == pytest.approx((place["x"], place["y"]), abs=1e-4)
    assert studio.children.distorted == []


async def test_a_level_that_changes_nothing_says_so(studio: Studio) -> None:
    analysis = await uploaded(studio)
    unchanged = (await ask(studio, analysis, "mean_shift/3")).json()
    assert unchanged["equals_original"]
    assert unchanged["score"] == analysis["score"]


async def test_another_checkpoint_has_a_score_but_no_place_without_a_map(studio: Studio) -> None:
    analysis = await uploaded(studio)
    level = (await ask(studio, analysis, "darken/4", checkpoint="no_gmm")).json()
    assert (level["checkpoint"], level["place"], level["posteriors"]) == ("no_gmm", None, None)


# ---- the same again


@pytest.mark.parametrize("distortion_type", ["white_noise", "motion_blur", "color_block"])
async def test_the_same_question_has_the_same_pixels_and_score(settings: Settings, distortion_type: str) -> None:
    async with running_studio(settings) as first:
        analysis = await uploaded(first)
        before = (await ask(first, analysis, f"{distortion_type}/3")).json()
        pixels = await pixels_of(first, before)
    async with running_studio(settings) as second:  # which remembers the picture, and nothing of the lab
        after = (await ask(second, analysis, f"{distortion_type}/3")).json()
        assert without_times(after) == without_times(before)
        assert np.array_equal(await pixels_of(second, after), pixels)


async def test_levels_share_their_seed_and_types_and_pictures_do_not(studio: Studio) -> None:
    first, second = await uploaded(studio), await uploaded(studio)
    noise = [
        (await pixels_of(studio, (await ask(studio, analysis, path)).json())).astype(int)
        for analysis, path in [(first, "white_noise/1"), (first, "white_noise/5"), (second, "white_noise/1")]
    ]
    original = await pixels_of(studio, (await ask(studio, first, "white_noise/0")).json())
    mild, strong, other = (np.sign(noisy - original).ravel() for noisy in noise)
    assert np.corrcoef(mild, strong)[0, 1] > 0.9
    assert abs(np.corrcoef(mild, other)[0, 1]) < 0.1


async def test_pixels_are_those_of_the_taxonomys_distortion(studio: Studio) -> None:
    analysis = await uploaded(studio)
    for distortion_type in ("jpeg", "pixelate"):
        level = (await ask(studio, analysis, f"{distortion_type}/5")).json()
        expected = distort(decode(png(width=96, height=64)).pixels_HWC, distortion_type, 5, seed=0)
        assert np.array_equal(await pixels_of(studio, level), expected)


async def test_a_distortion_of_the_lab_alone_is_listed_and_applied(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror = Fixed(lambda pixels_HWC, _: pixels_HWC[:, ::-1].copy(), (1, 2, 3, 4, 5), LabOnly("Mirrored", "spatial"))
    monkeypatch.setattr(operations, "DISTORTIONS", {**operations.DISTORTIONS, "mirror": mirror})
    analysis = await uploaded(studio)
    assert operations.applicable()["spatial"]["mirror"] == "Mirrored"
    assert "contrast_change, mirror" in (await ask(studio, analysis, "fog/1")).json()["detail"]
    level = (await ask(studio, analysis, "mirror/3")).json()
    original = decode(png(width=96, height=64)).pixels_HWC
    assert np.array_equal(await pixels_of(studio, level), original[:, ::-1])
    assert "mirror" not in level["distortion"]["types"]  # no head was trained on it


async def test_each_thing_is_made_once_for_all_who_ask(studio: Studio) -> None:
    analysis = await uploaded(studio)
    calls = studio.moe.calls
    levels = await asyncio.gather(*(ask(studio, analysis, f"darken/{level}") for level in (1, 2, 2)))
    assert [answer.status_code for answer in levels] == [200, 200, 200]
    await studio.client.get(levels[1].json()["picture"])
    await ask(studio, analysis, "darken/2")
    assert sorted(studio.children.distorted) == [("darken", 1), ("darken", 2)]
    assert studio.moe.calls == calls + 2
    assert studio.children.kept_decodes == 1


async def test_new_weights_score_again(studio: Studio, settings: Settings) -> None:
    analysis = await uploaded(studio)
    before = (await ask(studio, analysis, "darken/4", checkpoint="no_gmm")).json()
    write_checkpoint(settings.checkpoints_dir, "no_gmm", sha256="b" * 64)
    await studio.services.catalogue.refresh()
    after = (await ask(studio, analysis, "darken/4", checkpoint="no_gmm")).json()
    assert (before["weights_sha256"], after["weights_sha256"]) == ("a" * 64, "b" * 64)


async def test_a_picture_may_be_kept_for_an_hour_under_its_version_alone(studio: Studio) -> None:
    analysis = await uploaded(studio)
    url = (await ask(studio, analysis, "jpeg/2")).json()["picture"]
    named, unnamed = await studio.client.get(url), await studio.client.get(url.partition("?")[0])
    assert named.headers["cache-control"] == "private, max-age=3600"
    assert unnamed.headers["cache-control"] == "private, no-cache"
    assert named.content == unnamed.content
    again = await studio.client.get(url, headers={"If-None-Match": named.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


# ---- what is refused


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("fog/1", {}, 404, "unknown-distortion"),
        ("clean/1", {}, 404, "unknown-distortion"),
        ("jpeg/6", {}, 422, "invalid-request"),
        ("jpeg/-1", {}, 422, "invalid-request"),
        ("jpeg/strong", {}, 422, "invalid-request"),
        ("jpeg/1", {"checkpoint": "none"}, 404, "unknown-checkpoint"),
        ("jpeg/1", {"map": "none"}, 404, "unknown-map"),
        ("fog/1/picture", {}, 404, "unknown-distortion"),
        ("jpeg/0/picture", {}, 422, "invalid-request"),
        ("jpeg/6/picture", {}, 422, "invalid-request"),
    ],
)
async def test_what_there_is_not_is_said_so(
    studio: Studio, path: str, query: dict[str, str], status: int, code: str
) -> None:
    answer = await ask(studio, await uploaded(studio), path, **query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    if code == "unknown-distortion":
        assert "gaussian_blur" in answer.json()["detail"]


async def test_a_deleted_picture_is_not_distorted_from_memory(studio: Studio) -> None:
    analysis = await uploaded(studio)
    url = (await ask(studio, analysis, "jpeg/1")).json()["picture"]
    await studio.client.delete(analysis["links"]["self"])
    for path in (url, url.partition("/picture")[0]):
        answer = await studio.client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-analysis")


async def test_no_more_is_taken_than_may_wait(studio: Studio, settings: Settings) -> None:
    analysis = await uploaded(studio)
    studio.children.distort_gate = asyncio.Event()
    waiting = [
        asyncio.create_task(ask(studio, analysis, f"{name}/1"))
        for name in TAXONOMY.distortion_types[: settings.queue_length]
    ]
    await eventually(lambda: len(studio.children.distorted) == settings.queue_length)
    one_more = await ask(studio, analysis, f"{TAXONOMY.distortion_types[-1]}/1")
    assert (one_more.status_code, one_more.json()["code"]) == (503, "busy")
    assert int(one_more.headers["retry-after"]) >= 1
    studio.children.distort_gate.set()
    assert {answer.status_code for answer in await asyncio.gather(*waiting)} == {200}


async def test_what_nobody_waits_for_is_not_scored(studio: Studio) -> None:
    analysis = await uploaded(studio)
    calls, studio.children.distort_gate = studio.moe.calls, asyncio.Event()
    asking = asyncio.create_task(ask(studio, analysis, "jpeg/1"))
    await eventually(lambda: studio.children.distorted == [("jpeg", 1)])
    asking.cancel()
    await eventually(lambda: studio.services.engine.idle_s() > 0)  # its place is free again
    studio.children.distort_gate.set()
    assert (await ask(studio, analysis, "jpeg/2")).status_code == 200
    assert studio.moe.calls == calls + 1


async def test_a_distortion_that_takes_too_long_is_a_timeout(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    analysis = await uploaded(studio)
    monkeypatch.setattr(studio.services.lab._turns, "_deadline_s", 0.2)
    studio.children.distort_gate = asyncio.Event()
    answer = await ask(studio, analysis, "denoise/5")
    assert (answer.status_code, answer.json()["code"]) == (504, "deadline-exceeded")


async def test_a_number_that_is_not_finite_never_reaches_a_client(studio: Studio) -> None:
    analysis = await uploaded(studio)
    studio.moe.value = float("nan")
    answer = await ask(studio, analysis, "jpeg/1")
    assert (answer.status_code, answer.json()["code"]) == (500, "unsound-prediction")


async def test_five_levels_are_asked_by_number(studio: Studio) -> None:
    analysis = await uploaded(studio)
    answers = [(await ask(studio, analysis, f"color_block/{level}")).json() for level in LEVELS]
    assert [answer["level"] for answer in answers] == [1, 2, 3, 4, 5]
    assert len({answer["picture"] for answer in answers}) == 5
