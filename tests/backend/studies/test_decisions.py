"""What people decide about pictures is kept once, travels with the rows and files, and is safe against two tabs."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest
from pyarrow import parquet

from backend.settings import Settings
from backend.studies.decisions.records import Rule, thresholds, triage
from tests.backend.fakes import Studio, running_studio
from tests.backend.studies.conftest import blurred, labels_of, load_cheap, send, study_after

pytestmark = pytest.mark.anyio

UNDECIDED = {"choice": None, "tags": [], "corrected_score": None, "revision": 0}


async def made(studio: Studio) -> dict[str, Any]:
    sent = await send(studio, {**blurred(6), "x.txt": b"no"}, labels_of(6), name="set")
    return await study_after(studio, sent)


async def rows_of(studio: Studio, study: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
    answer = await studio.client.get(study["links"]["pictures"], params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_a_decision_stands_in_its_row_and_outlives_the_process(settings: Settings) -> None:
    async with running_studio(settings, load=load_cheap) as studio:
        study = await made(studio)
        pictures = study["links"]["pictures"]
        assert (await rows_of(studio, study))[2]["decision"] == UNDECIDED
        change = {"choice": "keep", "tags": ["sky", "sky", "to print"], "corrected_score": 71.5, "revision": 0}
        answer = await studio.client.put(f"{pictures}/2", json=change)
        kept = {"choice": "keep", "tags": ["sky", "to print"], "corrected_score": 71.5, "revision": 1}
        assert (answer.status_code, answer.json()) == (200, kept)
        # A second process reads the same files while the first has not closed them, as after kill -9.
        async with running_studio(settings, load=load_cheap) as other:
            assert (await rows_of(other, study))[2]["decision"] == kept


async def test_a_second_tab_changes_nothing_that_it_has_not_seen(studio: Studio) -> None:
    study = await made(studio)
    pictures = study["links"]["pictures"]
    await studio.client.put(f"{pictures}/1", json={"choice": "keep", "revision": 0})
    stale = await studio.client.put(f"{pictures}/1", json={"choice": "reject", "revision": 0})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale-decision")
    changes = [{"position": 0, "choice": "keep", "revision": 0}, {"position": 1, "tags": ["x"], "revision": 0}]
    assert (await studio.client.patch(pictures, json={"changes": changes})).status_code == 409
    found = [row["decision"]["choice"] for row in await rows_of(studio, study)]
    assert found == [None, "keep", *[None] * 5]  # neither of the two
    changes[1]["revision"] = 1
    answer = await studio.client.patch(pictures, json={"changes": changes})
    assert [item["decision"]["revision"] for item in answer.json()["items"]] == [1, 2]
    listed = (await studio.client.get(f"{study['links']['self']}/decisions")).json()
    assert listed == answer.json()


async def test_what_is_taken_back_is_undecided_and_its_revision_never_comes_again(studio: Studio) -> None:
    study = await made(studio)
    address = f"{study['links']['pictures']}/0"
    await studio.client.put(address, json={"choice": "keep", "revision": 0})
    await studio.client.put(address, json={"revision": 1})
    assert (await rows_of(studio, study))[0]["decision"] == {**UNDECIDED, "revision": 2}
    assert (await studio.client.put(address, json={"choice": "keep", "revision": 0})).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"choice": "maybe", "revision": 0},
        {"choice": "keep"},
        {"corrected_score": 100.5, "revision": 0},
        {"tags": ["a;b"], "revision": 0},
        {"tags": [" "], "revision": 0},
        {"tags": [str(number) for number in range(21)], "revision": 0},
        {"note": "x", "revision": 0},
    ],
)
async def test_what_is_no_decision_is_refused(studio: Studio, change: dict[str, Any]) -> None:
    study = await made(studio)
    assert (await studio.client.put(f"{study['links']['pictures']}/0", json=change)).status_code == 422


async def test_pictures_are_filtered_by_decision_tag_and_rule(studio: Studio) -> None:
    study = await made(studio)
    pictures = study["links"]["pictures"]
    await studio.client.put(f"{pictures}/3", json={"choice": "reject", "tags": ["soft"], "revision": 0})
    await studio.client.put(f"{pictures}/4", json={"choice": "keep", "revision": 0})

    async def places(**asked: Any) -> list[int]:
        return [row["position"] for row in await rows_of(studio, study, **asked)]

    assert await places(decision="reject") == [3]
    assert await places(decision="undecided") == [0, 1, 2, 5, 6]
    assert await places(tag="soft") == [3]
    assert await places(triage="pass") == []  # there is no rule
    scores = [row["score"] for row in await rows_of(studio, study, checkpoint="moe", state="scored")]
    middle = float(np.median(scores))
    rule = {"checkpoint": "moe", "kind": "points", "low": middle, "high": middle}
    assert (await studio.client.put(study["links"]["rule"], json=rule)).json() == {"rule": rule}
    assert await places(triage="pass") == [place for place, score in enumerate(scores) if score >= middle]
    assert await places(triage="reject", checkpoint="no_gmm") == [p for p, score in enumerate(scores) if score < middle]
    assert len(await places(triage="review", rule="moe,points,0,100")) == 6
    await studio.client.delete(study["links"]["rule"])
    assert (await studio.client.get(study["links"]["rule"])).json() == {"rule": None}


async def test_files_have_decisions_and_the_rules_word(studio: Studio) -> None:
    study = await made(studio)
    pictures = study["links"]["pictures"]
    change = {"choice": "keep", "tags": ["a", "b"], "corrected_score": 12.25, "revision": 0}
    await studio.client.put(f"{pictures}/1", json=change)
    rule = {"checkpoint": "moe", "kind": "percentile", "low": 50, "high": 100}
    await studio.client.put(study["links"]["rule"], json=rule)
    text = (await studio.client.get(pictures, params={"format": "csv", "bom": False})).text
    rows = list(csv.DictReader(io.StringIO(text)))
    kept = [row for row in rows if row["position"] == "1"]
    assert len(kept) == 2  # under both checkpoints
    assert {(row["decision"], row["tags"], row["corrected_score"]) for row in kept} == {("keep", "a; b", "12.25")}
    data = (await studio.client.get(pictures, params={"format": "parquet", "checkpoint": "moe"})).content
    table = parquet.read_table(io.BytesIO(data)).to_pylist()
    assert sorted(row["triage"] for row in table if row["score"] is not None) == [
        *["pass"] * 1,
        *["reject"] * 3,
        *["review"] * 2,
    ]
    assert [row["triage"] for row in table if row["score"] is None] == [None]
    only = (await studio.client.get(pictures, params={"format": "jsonl", "decision": "keep"})).text.splitlines()
    assert len(only) == 1


async def test_a_rule_rises_and_names_a_checkpoint_of_the_study(studio: Studio) -> None:
    study = await made(studio)
    rule = {"checkpoint": "moe", "kind": "points", "low": 60, "high": 40}
    assert (await studio.client.put(study["links"]["rule"], json=rule)).status_code == 422
    other = {"checkpoint": "none", "kind": "points", "low": 10, "high": 40}
    assert (await studio.client.put(study["links"]["rule"], json=other)).json()["code"] == "unknown-checkpoint"
    asked = {"rule": "none,points,1,2"}
    assert (await studio.client.get(study["links"]["pictures"], params=asked)).json()["code"] == "unknown-checkpoint"


async def test_decisions_go_with_their_study_and_a_picture_must_be_there(studio: Studio) -> None:
    study = await made(studio)
    pictures = study["links"]["pictures"]
    answer = await studio.client.put(f"{pictures}/7", json={"choice": "keep", "revision": 0})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-picture")
    await studio.client.put(f"{pictures}/1", json={"choice": "keep", "revision": 0})
    await studio.client.put(study["links"]["rule"], json={"checkpoint": "moe", "kind": "points", "low": 1, "high": 2})
    await studio.client.delete(study["links"]["self"])
    decisions = studio.services.decisions
    assert (await decisions.decisions(study["id"]), await decisions.rule(study["id"])) == ({}, None)
    assert (await studio.client.put(f"{pictures}/1", json={"choice": "keep", "revision": 1})).status_code == 404


def test_thresholds_part_scores_below_between_and_from_the_high_one_on() -> None:
    scores = [10.0, 20.0, 30.0, 40.0, None]
    assert triage(Rule("m", "points", 20, 40), scores) == ["reject", "review", "review", "pass", None]
    assert thresholds(Rule("m", "percentile", 0, 50), np.array(scores[:4])) == (10, 25)
    assert triage(Rule("m", "percentile", 0, 50), scores) == ["review", "review", "pass", "pass", None]
    assert triage(Rule("m", "percentile", 10, 90), [None]) == [None]
