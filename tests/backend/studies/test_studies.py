"""A study is taken whole or not at all, made in the background whatever happens, and says what was found."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta

import anyio
import numpy as np
import pytest
from scipy import stats

from backend.settings import Settings
from models.images import RGBImage, decode
from tests.backend.batches.test_events import events_in
from tests.backend.fakes import Studio, running_studio, zip_of
from tests.backend.studies.conftest import ADDRESS, blurred, labels_of, load_cheap, send, study_after
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


def on_disk(settings: Settings) -> list[str]:
    return sorted(
        path.relative_to(settings.data_dir / name).as_posix()
        for name in ("studies", "study_inputs")
        for path in (settings.data_dir / name).rglob("*")
    )


async def test_a_study_says_which_checkpoint_to_trust_and_keeps_no_picture(studio: Studio, settings: Settings) -> None:
    sent = await send(studio, {**blurred(12), "none.txt": b"no"}, labels_of(12), name="Blur", low="0", high="100")
    study = await study_after(studio, sent)
    assert (study["name"], study["state"], study["total"], study["done"], study["refused"]) == (
        "Blur",
        "done",
        13,
        13,
        1,
    )
    assert study["checkpoints"] == ["moe", "no_gmm"]
    labels = study["labels"]
    assert (labels["column"], labels["low"], labels["high"], labels["higher_is_better"]) == ("mos", 0, 100, True)
    assert (labels["matched"], labels["labelled"], labels["unmatched_rows"], labels["unmatched_pictures"]) == (
        12,
        12,
        0,
        1,
    )
    assert study["outcome"]["rated"] == 12
    assert list((settings.data_dir / "study_inputs").iterdir()) == []
    figures = (await studio.client.get(study["links"]["figures"])).json()
    assert figures["best"] == study["outcome"]["best"]
    assert [one["id"] for one in figures["checkpoints"]] == ["moe", "no_gmm"]


async def test_figures_are_those_of_the_exported_rows(studio: Studio) -> None:
    study = await study_after(studio, await send(studio, blurred(12), labels_of(12)))
    figures = (await studio.client.get(study["links"]["figures"])).json()
    text = (await studio.client.get(study["links"]["pictures"], params={"format": "csv"})).text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 24
    for one in figures["checkpoints"]:
        own = [row for row in rows if row["checkpoint"] == one["id"]]
        scores, labels = ([float(row[name]) for row in own] for name in ("score", "label"))
        assert one["agreement"]["srcc"]["value"] == pytest.approx(stats.spearmanr(scores, labels).statistic, abs=1e-6)


async def test_a_table_in_an_archive_is_its_labels_and_the_archive_names_the_study(studio: Studio) -> None:
    archive = zip_of({**blurred(6), "set/labels.csv": labels_of(5)})
    answer = await studio.client.post(ADDRESS, files={"archive": ("photos.zip", archive)}, data={"checkpoints": "moe"})
    study = await study_after(studio, answer)
    assert (study["name"], study["total"], study["labels"]["filename"]) == ("photos", 6, "labels.csv")
    assert study["labels"]["unmatched_pictures"] == 1
    assert study["outcome"]["verdict"] == "one_checkpoint"
    text = (await studio.client.get(study["links"]["unmatched"])).text
    assert list(csv.reader(io.StringIO(text))) == [["kind", "name", "line"], ["picture", "set/p05.png", ""]]


async def test_pictures_without_labels_are_a_study_too(studio: Studio) -> None:
    study = await study_after(studio, await send(studio, blurred(3)))
    assert (study["labels"], study["outcome"]["verdict"], study["name"]) == (None, "no_labels", "set")
    assert (await studio.client.get(study["links"]["unmatched"])).status_code == 404


async def test_two_pictures_of_one_name_are_two_pictures(studio: Studio) -> None:
    one, two = list(blurred(2).values())
    parts = [("files", ("a/same.png", one)), ("files", ("a/same.png", two))]
    study = await study_after(studio, await studio.client.post(ADDRESS, files=parts))
    page = (await studio.client.get(study["links"]["pictures"])).json()
    assert [row["filename"] for row in page["items"]] == ["a/same.png", "a/same (2).png"]


@pytest.mark.parametrize(
    ("labels", "fields", "code", "said"),
    [
        (
            b"image,mos\na.png,2\nb.png,9\n",
            {},
            "label-range-unknown",
            "scores.csv: got labels from 2 to 9, which may",
        ),
        (b"shot,mos\na.png,2\n", {}, "image-column-unknown", "scores.csv, row 1: got columns shot, mos"),
        (b"image,mos\na.png,x\n", {}, "unusable-labels", "scores.csv, row 2: got mos 'x', expected a number"),
        (b"", {}, "unusable-labels", "scores.csv: got an empty file"),
        (labels_of(2), {"low": "1"}, "invalid-request", "got one end of a range"),
        (labels_of(2), {"low": "5", "high": "1"}, "invalid-request", "got a range from 5 to 1"),
        (labels_of(2), {"low": "x"}, "invalid-request", "got 'x' as `low`"),
        (labels_of(2), {"direction": "up"}, "invalid-request", "got 'up' as `direction`"),
        (labels_of(2), {"columns": "{"}, "invalid-request", "got no columns"),
        (labels_of(2), {"columns": '{"taste": "mos"}'}, "unusable-labels", "scores.csv: got a column for 'taste'"),
        (labels_of(2), {"name": "x" * 201}, "invalid-request", "got a name of 201 characters"),
    ],
)
async def test_what_cannot_be_taken_is_refused_in_words_and_leaves_nothing(
    studio: Studio, settings: Settings, labels: bytes, fields: dict[str, str], code: str, said: str
) -> None:
    answer = await send(studio, blurred(2), labels, **fields)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["detail"].startswith(said)
    assert on_disk(settings) == []
    assert (await studio.client.get(ADDRESS)).json()["total"] == 0


async def test_an_unknown_checkpoint_and_a_form_without_a_picture_are_refused(studio: Studio) -> None:
    assert (await send(studio, blurred(1), checkpoints="moe, none")).json()["code"] == "unknown-checkpoint"
    assert (await send(studio, {"labels.csv": labels_of(1)})).json()["code"] == "empty-batch"


async def test_a_study_that_the_service_stopped_in_goes_on_where_it_was(settings: Settings) -> None:
    decoded: list[int] = []

    async def decode_some(data: bytes) -> RGBImage:
        if len(decoded) == 5:
            await anyio.sleep_forever()
        decoded.append(len(data))
        return decode(data)

    async with running_studio(settings, load=load_cheap) as studio:
        studio.children.decode = decode_some  # type: ignore[method-assign]
        sent = await send(studio, blurred(9), labels_of(9))
        await eventually(lambda: len(decoded) == 5)
        study = await study_after(studio, sent, states=("running",))
        assert study["stage"] == "looking"
        assert (await studio.client.get(study["links"]["figures"])).json()["code"] == "study-unfinished"
    left = [name for name in on_disk(settings) if re.search(r"/\d$", name)]
    assert 4 <= len(left) <= 6
    async with running_studio(settings, load=load_cheap) as again:
        study = await study_after(again, sent)
        rows = (await again.client.get(study["links"]["pictures"])).json()["items"]
    assert (study["state"], study["outcome"]["rated"]) == ("done", 9)
    assert [row["state"] for row in rows] == ["scored"] * 9


async def test_a_picture_whose_file_is_gone_is_refused_and_the_rest_seen(settings: Settings) -> None:
    async with running_studio(settings, load=load_cheap) as studio:
        studio.children.decode_gate = anyio.Event()
        sent = await send(studio, blurred(3))
    (settings.data_dir / "study_inputs" / sent.json()["id"] / "1").unlink()
    async with running_studio(settings, load=load_cheap) as again:
        study = await study_after(again, sent)
        rows = (await again.client.get(study["links"]["pictures"])).json()["items"]
    assert [row["error_code"] for row in rows] == [None, "input-lost", None]


async def test_a_checkpoint_that_is_gone_fails_the_study_and_no_other(settings: Settings) -> None:
    async with running_studio(settings, load=load_cheap) as studio:
        studio.children.decode_gate = anyio.Event()
        sent, other = await send(studio, blurred(1)), await send(studio, blurred(1), checkpoints="moe")
    for path in (settings.checkpoints_dir / "no_gmm").iterdir():
        path.unlink()
    async with running_studio(settings, load=load_cheap) as again:
        study = await study_after(again, sent)
        assert (await study_after(again, other))["state"] == "done"
    assert (study["state"], study["failure"]["code"]) == ("failed", "unknown-checkpoint")


async def test_who_watches_is_told_of_progress_and_of_the_end(studio: Studio) -> None:
    sent = await send(studio, blurred(4), labels_of(4))
    told = events_in((await studio.client.get(sent.json()["links"]["events"])).text)
    done = [data["done"] for name, _, data in told if name == "progress"]
    assert done == sorted(done)
    assert (told[-1][0], told[-1][2]["state"]) == ("end", "done")
    again = events_in((await studio.client.get(sent.json()["links"]["events"])).text)
    assert [name for name, _, _ in again] == ["progress", "end"]


async def test_deleting_a_study_at_work_leaves_nothing_of_it(studio: Studio, settings: Settings) -> None:
    studio.children.decode_gate = gate = anyio.Event()
    sent, other = await send(studio, blurred(3)), await send(studio, blurred(1))
    await study_after(studio, sent, states=("running",))
    assert (await studio.client.delete(sent.headers["location"])).status_code == 204
    gate.set()
    assert (await studio.client.get(sent.headers["location"])).json()["code"] == "unknown-study"
    assert (await studio.client.delete(sent.headers["location"])).status_code == 404
    await study_after(studio, other)
    assert {name.split("/")[0] for name in on_disk(settings)} == {other.json()["id"]}


async def test_studies_go_when_their_time_or_their_room_ends(studio: Studio, settings: Settings) -> None:
    studies = studio.services.studies
    sent = [await send(studio, blurred(2)) for _ in range(2)]
    first, second = [await study_after(studio, one) for one in sent]
    long_ago, plenty = datetime.now(UTC) - timedelta(days=1), 10**9
    assert await studies.expire(finished_before=long_ago, max_bytes=plenty) == 0
    size_bytes = (await studies.get(second["id"])).size_bytes
    assert size_bytes > 0
    assert await studies.expire(finished_before=long_ago, max_bytes=size_bytes) == 1
    assert {name.split("/")[0] for name in on_disk(settings)} == {second["id"]}
    assert (await studio.client.get(first["links"]["self"])).status_code == 404
    assert await studies.expire(finished_before=datetime.now(UTC), max_bytes=plenty) == 1
    assert on_disk(settings) == []


async def test_a_start_removes_what_a_killed_process_left(settings: Settings) -> None:
    for name in ("studies", "study_inputs"):
        (settings.data_dir / name / ("a" * 32)).mkdir(parents=True)
    async with running_studio(settings, load=load_cheap):
        assert on_disk(settings) == []


async def test_a_report_is_one_file_to_keep(studio: Studio) -> None:
    study = await study_after(studio, await send(studio, blurred(6), labels_of(6), name="a/b 照片"))
    answer = await studio.client.get(study["links"]["report"])
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert "data:image/jpeg;base64," in answer.text


@pytest.mark.parametrize(
    ("table", "fields", "asks", "matched"),
    [
        (labels_of(3), {}, None, 3),
        (b"shot,mos\np00.png,3\n", {}, "image", None),
        (b"shot,mos\np00.png,3\n", {"columns": '{"image": "shot"}'}, None, 1),
        (b"image,mos\np00.png,2\np01.png,9\n", {}, "range", 2),
        (b"image,mos\np00.png,2\np01.png,9\n", {"low": "1", "high": "10", "direction": "dmos"}, None, 2),
    ],
)
async def test_a_table_is_shown_before_anything_is_sent(
    studio: Studio, settings: Settings, table: bytes, fields: dict[str, str], asks: str | None, matched: int | None
) -> None:
    names = json.dumps(list(blurred(4))).encode()
    files = {"labels": ("scores.csv", table), "pictures": ("names.json", names)}
    answer = await studio.client.post(f"{ADDRESS}/labels", files=files, data=fields)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["asks"], found["matched"]) == (asks, matched)
    assert (found["detail"] is None) == (asks is None)
    assert on_disk(settings) == []
    if matched == 3:
        assert (found["unmatched_rows"], found["unmatched_pictures"]) == (0, 1)
        assert found["samples"][0] == {"image": "p00.png", "label": 90, "score": 90, "picture": "set/p00.png"}
    if "direction" in fields:
        assert found["higher_is_better"] is False
        assert np.isclose(found["samples"][0]["score"], 100 * 8 / 9, atol=1e-3)


async def test_a_table_that_can_never_be_taken_is_refused_before_anything_is_sent(studio: Studio) -> None:
    answer = await studio.client.post(f"{ADDRESS}/labels", files={"labels": ("s.csv", b"image,mos\na,b\n")})
    assert (answer.status_code, answer.json()["code"]) == (422, "unusable-labels")
