"""A study's maps come after its figures, hold up no other study, and are answered as those beside checkpoints are."""

from __future__ import annotations

import threading

import anyio
import numpy as np
import pytest

from backend.settings import Settings
from models.maps.embedding_map import Floats
from tests.backend.batches.test_events import events_in
from tests.backend.fakes import FakeProjector, Studio, running_studio
from tests.backend.studies.conftest import blurred, labels_of, load_cheap, send, study_after
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

TABLE = "\n".join(
    ["image,mos,camera", *(f"p{number:02}.png,{90 - 7 * number},{'AB'[number % 2]}" for number in range(12))]
).encode()


async def the_map(studio: Studio, study_id: str, checkpoint: str) -> dict:
    answer = await studio.client.get(f"/api/v1/studies/{study_id}/map", params={"checkpoint": checkpoint})
    assert answer.status_code == 200, answer.text
    (listed,) = answer.json()["maps"]
    return dict(listed)


async def test_a_map_has_the_rows_of_the_study_and_the_columns_of_its_table(studio: Studio) -> None:
    sent = await send(studio, {**blurred(12), "set/none.png": b"no"}, TABLE, low="0", high="100")
    study = await study_after(studio, sent)
    assert study["maps"] == ["moe", "no_gmm"]
    rows = (await studio.client.get(study["links"]["pictures"], params={"checkpoint": "moe"})).json()["items"]
    scored = [row for row in rows if row["state"] == "scored"]
    listed = await the_map(studio, study["id"], "moe")
    columns = listed["columns"]
    score = np.frombuffer((await studio.client.get(columns["score"]["url"])).content, columns["score"]["dtype"])
    np.testing.assert_allclose(score, [row["score"] for row in scored], atol=1e-3)
    assert not {"group", "type", "level"} & columns.keys()
    own = next(name for name, column in columns.items() if column["title"] == "camera")
    assert (columns[own]["kind"], listed["categories"][own]) == ("category", ["A", "B"])
    names = (await studio.client.get(listed["image_set"]["rows_url"])).json()["ids"]
    assert names == [row["filename"] for row in scored]


async def test_what_a_map_names_is_there(studio: Studio) -> None:
    study = await study_after(studio, await send(studio, blurred(6), labels_of(6)))
    listed = await the_map(studio, study["id"], "moe")
    images = listed["image_set"]
    sheet = await studio.client.get(images["thumbnails"]["sheets"][0])
    assert sheet.headers["content-type"] == "image/webp"
    small = await studio.client.get(f"{images['pictures_url']}/5")
    thumbnail = await studio.client.get(f"/api/v1/studies/{study['id']}/pictures/5/thumbnail")
    assert small.content == thumbnail.content
    assert (await studio.client.get(f"{images['pictures_url']}/6")).json()["code"] == "unknown-row"
    near = (await studio.client.get(listed["neighbours_url"], params={"row": 0, "count": 2})).json()
    assert len(near["neighbours"]) == 2
    experts = (await studio.client.get(f"/api/v1/studies/{study['id']}/experts", params={"checkpoint": "moe"})).json()
    assert experts["map"]["num_pictures"] == 6
    assert experts["map"]["thumbnails"]["sheets"] == images["thumbnails"]["sheets"]
    other = await studio.client.get(f"/api/v1/studies/{study['id']}/map", params={"checkpoint": "vanilla_gmm"})
    assert other.json()["code"] == "unknown-checkpoint"


async def test_figures_do_not_wait_for_maps(settings: Settings) -> None:
    gate = threading.Event()
    async with running_studio(settings, load=load_cheap, projector=FakeProjector(gate)) as studio:
        sent = await send(studio, blurred(6), labels_of(6))
        await eventually(lambda: studio.projector.calls == 1)
        study = (await studio.client.get(sent.headers["location"])).json()
        assert (study["state"], study["stage"], study["done"], study["maps"]) == ("running", "maps", 6, [])
        assert study["outcome"]["rated"] == 6
        for part in ("figures", "pictures", "scores", "report"):
            assert (await studio.client.get(study["links"][part])).status_code == 200
        listed = await studio.client.get(f"/api/v1/studies/{study['id']}/map")
        assert listed.json()["maps"] == []
        gate.set()
        told = events_in((await studio.client.get(study["links"]["events"])).text)
        assert told[-1][0] == "end"
        assert told[-1][2]["maps"] == ["moe", "no_gmm"]


async def test_another_study_has_its_figures_before_further_maps(settings: Settings) -> None:
    gate = threading.Event()
    async with running_studio(settings, load=load_cheap, projector=FakeProjector(gate)) as studio:
        first = await send(studio, blurred(6))
        await eventually(lambda: studio.projector.calls == 1)
        second = await send(studio, blurred(6))
        gate.set()
        done = await study_after(studio, second)
        assert done["finished_at"] > (await study_after(studio, first))["finished_at"]
        assert studio.projector.calls == 4


async def test_maps_go_on_after_a_stop_with_those_that_are_missing(settings: Settings) -> None:
    gate = threading.Event()
    async with running_studio(settings, load=load_cheap, projector=FakeProjector(gate)) as studio:
        sent = await send(studio, blurred(6), labels_of(6))
        await eventually(lambda: studio.projector.calls == 1)
    async with running_studio(settings, load=load_cheap) as again:
        study = await study_after(again, sent)
        assert (study["state"], study["maps"]) == ("done", ["moe", "no_gmm"])
        assert again.projector.calls == 2
        assert list((settings.data_dir / "study_inputs").iterdir()) == []


async def test_a_study_that_is_deleted_while_a_map_is_drawn_is_gone_at_once(settings: Settings) -> None:
    async with running_studio(settings, load=load_cheap, projector=FakeProjector(threading.Event())) as studio:
        sent = await send(studio, blurred(6))
        await eventually(lambda: studio.projector.calls == 1)
        with anyio.fail_after(10):
            assert (await studio.client.delete(sent.headers["location"])).status_code == 204
        assert list((settings.data_dir / "studies").iterdir()) == []


async def test_a_map_that_cannot_be_drawn_leaves_the_study_done(settings: Settings) -> None:
    class Broken(FakeProjector):
        def __call__(self, points_NP: Floats) -> Floats:  # noqa: ARG002
            raise ArithmeticError("no places")

    async with running_studio(settings, load=load_cheap, projector=Broken()) as studio:
        study = await study_after(studio, await send(studio, blurred(6)))
    assert (study["state"], study["maps"], study["failure"]) == ("done", [], None)


async def test_few_pictures_are_a_study_without_a_map(studio: Studio) -> None:
    study = await study_after(studio, await send(studio, blurred(4)))
    assert (study["state"], study["maps"]) == ("done", [])
    assert (await studio.client.get(f"/api/v1/studies/{study['id']}/map")).json()["maps"] == []
