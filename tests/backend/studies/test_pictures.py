"""Pictures of a study come sorted, in parts and as files, and say where their small copies are."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image
from pyarrow import parquet

from tests.backend.fakes import Studio
from tests.backend.studies.conftest import blurred, labels_of, send, study_after

pytestmark = pytest.mark.anyio


async def made(studio: Studio) -> dict[str, Any]:
    table = labels_of(10, header="image,mos,type").decode().splitlines()
    rows = [table[0], *(f"{line},{'a' if number % 2 else 'b'}" for number, line in enumerate(table[1:]))]
    sent = await send(studio, {**blurred(10), "x.txt": b"no"}, "\n".join(rows).encode(), name="set")
    return await study_after(studio, sent)


async def rows_of(studio: Studio, study: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
    answer = await studio.client.get(study["links"]["pictures"], params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_rows_are_sorted_by_what_is_asked_and_what_has_no_value_is_last(studio: Studio) -> None:
    study = await made(studio)
    for sort, value in {
        "score": lambda row: row["score"],
        "label": lambda row: row["label"],
        "error": lambda row: row["error"],
        "absolute_error": lambda row: abs(row["error"]),
        "disagreement": lambda row: abs(row["score"] - row["other_score"]),
        "familiarity": lambda row: row["familiarity"] or 0,
        "entropy": lambda row: row["entropy"],
        "filename": lambda row: row["filename"],
        "position": lambda row: row["position"],
    }.items():
        for order in ("asc", "desc"):
            rows = await rows_of(studio, study, checkpoint="moe", other="no_gmm", sort=sort, order=order)
            assert len(rows) == 11
            if sort not in {"filename", "position"}:
                assert rows.pop()["state"] == "refused"
            values = [value(row) for row in rows if row["state"] == "scored"]
            assert values == sorted(values, reverse=order == "desc")


async def test_a_part_says_where_the_next_begins_and_filters_count(studio: Studio) -> None:
    study = await made(studio)
    address, seen, after = study["links"]["pictures"], [], 0
    while after is not None:
        page = (await studio.client.get(address, params={"after": after, "limit": 4})).json()
        seen += [row["position"] for row in page["items"]]
        after = page["next_after"]
    assert seen == list(range(11))
    assert [row["filename"] for row in await rows_of(studio, study, q="P03")] == ["set/p03.png"]
    (refused,) = await rows_of(studio, study, state="refused")
    assert (refused["error_code"], refused["thumbnail"], refused["score"]) == ("unsupported-format", None, None)
    first = (await rows_of(studio, study))[0]
    assert (first["fields"], first["label"], first["top_cluster"] is not None) == ({"type": "b"}, 90, True)


async def test_a_baseline_has_no_clusters_and_no_entropy(studio: Studio) -> None:
    study = await made(studio)
    row = (await rows_of(studio, study, checkpoint="no_gmm", sort="entropy"))[0]
    assert (row["entropy"], row["top_cluster"], row["top_expert"]) == (None, None, None)


async def test_files_have_all_rows_or_those_of_one_checkpoint_in_its_order(studio: Studio) -> None:
    study = await made(studio)
    address = study["links"]["pictures"]
    lines = (await studio.client.get(address, params={"format": "jsonl"})).text.splitlines()
    assert [json.loads(line)["checkpoint"] for line in lines] == ["moe"] * 11 + ["no_gmm"] * 11
    asked = {"format": "parquet", "checkpoint": "moe", "sort": "score", "order": "desc"}
    answer = await studio.client.get(address, params=asked)
    assert answer.headers["content-disposition"].endswith('-set.moe.parquet"')
    table = parquet.read_table(io.BytesIO(answer.content)).to_pylist()
    scores = [row["score"] for row in table if row["score"] is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(table[0]["posteriors"]) == 8
    plain = (await studio.client.get(address, params={"format": "csv", "bom": False})).text
    assert plain.startswith("position,filename,")


async def test_scores_come_as_columns_of_what_could_be_read(studio: Studio) -> None:
    study = await made(studio)
    found = (await studio.client.get(study["links"]["scores"])).json()
    assert found["positions"] == list(range(10))
    assert found["labels"][:2] == [90, 83]
    rows = await rows_of(studio, study, checkpoint="no_gmm", state="scored")
    assert found["checkpoints"][1] == {"checkpoint": "no_gmm", "scores": [row["score"] for row in rows]}


async def test_small_copies_are_small_and_only_of_what_could_be_read(studio: Studio) -> None:
    study = await made(studio)
    rows = await rows_of(studio, study)
    answer = await studio.client.get(rows[0]["thumbnail"])
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.content)).size == (48, 40)
    assert (await studio.client.get(f"{study['links']['pictures']}/10/thumbnail")).json()["code"] == "unknown-picture"
    assert (await studio.client.get(f"{study['links']['pictures']}/99/thumbnail")).status_code == 404


async def test_another_studys_checkpoint_is_unknown(studio: Studio) -> None:
    study = await made(studio)
    for asked in ({"checkpoint": "none"}, {"other": "none"}):
        answer = await studio.client.get(study["links"]["pictures"], params=asked)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-checkpoint")
