"""A subset of a study stands for all of it, as a list and with small copies, and stars follow the scores."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from models.studies.exports.stars import stars
from tests.backend.fakes import Studio
from tests.backend.studies.conftest import blurred, labels_of, send, study_after

pytestmark = pytest.mark.anyio


async def test_a_subset_has_every_fifth_of_the_scores_and_small_copies(studio: Studio) -> None:
    study = await study_after(studio, await send(studio, {**blurred(12), "set/none.png": b"no"}, labels_of(12)))
    listed = await studio.client.get(study["links"]["subset"], params={"n": 10, "checkpoint": "no_gmm"})
    rows = list(csv.DictReader(io.StringIO(listed.text)))
    assert len(rows) == len({row["image"] for row in rows}) == 10
    assert {row["fifth"] for row in rows} == set("12345")
    answer = await studio.client.get(
        study["links"]["subset"], params={"n": 10, "checkpoint": "no_gmm", "format": "zip"}
    )
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.read("subset.csv").decode() == listed.text
    assert set(archive.namelist()) == {"subset.csv", *(f"{row['image']}.jpg" for row in rows)}
    position = int(rows[0]["image"][-6:-4])
    small = await studio.client.get(f"/api/v1/studies/{study['id']}/pictures/{position}/thumbnail")
    assert archive.read(f"{rows[0]['image']}.jpg") == small.content
    everything = await studio.client.get(study["links"]["subset"], params={"n": 99})
    assert len(list(csv.DictReader(io.StringIO(everything.text)))) == 12
    many = await studio.client.get(study["links"]["subset"], params={"n": 2001, "format": "zip"})
    assert (many.status_code, many.json()["code"]) == (422, "invalid-request")
    await check_stars(studio, study)


async def check_stars(studio: Studio, study: dict) -> None:
    """Every picture that was scored has a sidecar with the stars of its score."""
    rows = (await studio.client.get(study["links"]["pictures"], params={"checkpoint": "moe"})).json()["items"]
    score_of = {row["filename"]: row["score"] for row in rows if row["state"] == "scored"}
    answer = await studio.client.get(study["links"]["xmp"], params={"checkpoint": "moe"})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert set(archive.namelist()) == {f"{name}.xmp" for name in score_of}
    for name, score in score_of.items():
        (description,) = ElementTree.fromstring(archive.read(f"{name}.xmp")).iter(
            "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
        )
        assert description.get("{http://ns.adobe.com/xap/1.0/}Rating") == str(stars(score))
    other = await studio.client.get(study["links"]["xmp"], params={"checkpoint": "vanilla_gmm"})
    assert other.json()["code"] == "unknown-checkpoint"
