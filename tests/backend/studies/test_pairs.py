"""Two pictures of a study come side by side, with what every checkpoint says of them and how sure it is."""

from __future__ import annotations

from typing import Any

import pytest

from backend.settings import Settings
from models.studies.study import Study
from tests.backend.fakes import Studio
from tests.backend.studies.conftest import blurred, labels_of, send, study_after

pytestmark = pytest.mark.anyio


async def made(studio: Studio) -> dict[str, Any]:
    sent = await send(studio, {**blurred(7), "x.txt": b"no"}, labels_of(7), name="set")
    return await study_after(studio, sent)


async def pair(studio: Studio, study: dict[str, Any], **asked: Any) -> dict[str, Any]:
    answer = await studio.client.get(study["links"]["pairs"], params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_every_checkpoint_says_what_the_library_says_of_both(studio: Studio, settings: Settings) -> None:
    study = await made(studio)
    found = await pair(studio, study, a=5, b=1, checkpoint="no_gmm")
    library = Study.read(settings.data_dir / "studies" / study["id"])
    assert [one["checkpoint"] for one in found["under"]] == ["moe", "no_gmm"]
    for one in found["under"]:
        expected = library.probability_better("set/p05.png", "set/p01.png", checkpoint=one["checkpoint"])
        assert one["probability"] == pytest.approx(expected, abs=1e-6)
    rows = (await studio.client.get(study["links"]["pictures"], params={"checkpoint": "no_gmm"})).json()["items"]
    assert (found["checkpoint"], found["a"], found["b"]) == ("no_gmm", rows[5], rows[1])
    assert (found["under"][1]["a"], found["under"][1]["b"]) == (rows[5]["score"], rows[1]["score"])


async def test_the_swapped_pair_says_the_rest_of_one(studio: Studio) -> None:
    study = await made(studio)
    one, other = await pair(studio, study, a=0, b=4), await pair(studio, study, a=4, b=0)
    assert (one["checkpoint"], one["a"]) == (study["outcome"]["best"], other["b"])
    for first, second in zip(one["under"], other["under"], strict=True):
        assert first["probability"] + second["probability"] == pytest.approx(1, abs=2e-6)


async def test_members_of_one_group_are_said_to_be_near_duplicates(studio: Studio) -> None:
    twins = {"a.png": blurred(1)["set/p00.png"], "b.png": blurred(1)["set/p00.png"]}
    study = await study_after(studio, await send(studio, {**twins, **blurred(3)}))
    rows = (await studio.client.get(study["links"]["pictures"])).json()["items"]
    assert rows[0]["duplicate_group"] == rows[1]["duplicate_group"] is not None
    assert sorted(row["duplicate_rank"] for row in rows[:2]) == [1, 2]
    assert (await pair(studio, study, a=0, b=1))["are_near_duplicates"]


async def test_what_cannot_be_read_or_is_not_there_is_in_no_pair(studio: Studio) -> None:
    study = await made(studio)
    for asked in ({"a": 0, "b": 7}, {"a": 99, "b": 0}):
        answer = await studio.client.get(study["links"]["pairs"], params=asked)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-picture")
    answer = await studio.client.get(study["links"]["pairs"], params={"a": 0, "b": 1, "checkpoint": "none"})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-checkpoint")
    assert (await studio.client.get(study["links"]["pairs"], params={"a": 0})).status_code == 422
