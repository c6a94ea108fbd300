"""Local quality over HTTP: computed once in the inference thread, for any checkpoint, and gone with its analysis."""

from __future__ import annotations

import math

import pytest

from backend.analyses.local_qualities import LocalQualities
from tests.backend.fakes import Studio, png

pytestmark = pytest.mark.anyio


async def uploaded(studio: Studio, **fields: str) -> str:
    """The address of local quality of a new analysis."""
    return f"{(await studio.upload(png(width=200, height=140), **fields)).json()['links']['self']}/local"


async def test_scores_and_clusters_lie_on_a_grid_that_covers_the_picture(studio: Studio) -> None:
    answer = await studio.client.get(await uploaded(studio))
    body = answer.json()
    assert answer.status_code == 200
    assert (body["checkpoint"], body["weights_sha256"]) == ("moe", "a" * 64)
    assert (body["window_px"], body["stride_px"], body["notes"]) == (128, 32, ["as it is"])
    assert body["columns"]["spans"] == [[0, 128], [32, 160], [64, 192], [72, 200]]
    assert body["rows"] == {"spans": [[0, 128], [8, 140]], "edges": [0, 69, 140]}
    assert (body["columns"]["edges"][0], body["columns"]["edges"][-1]) == (0, 200)
    assert [len(row) for row in body["scores"]] == [len(row) for row in body["clusters"]] == [4, 4]
    assert max(max(row) for row in body["clusters"]) < len(body["cluster_names"])
    assert all(0 <= score <= 100 for row in body["scores"] for score in row)


async def test_a_variant_without_clusters_has_scores_alone(studio: Studio) -> None:
    body = (await studio.client.get(await uploaded(studio), params={"checkpoint": "no_gmm"})).json()
    assert (body["checkpoint"], body["clusters"], body["cluster_names"]) == ("no_gmm", None, None)
    assert body["scores"]


async def test_the_same_weights_look_once_and_in_the_inference_thread(studio: Studio) -> None:
    address = await uploaded(studio)
    first = (await studio.client.get(address)).json()
    assert (await studio.client.get(address)).json() == first
    assert studio.moe.looks == 1
    assert {name.rpartition("_")[0] for name in studio.moe.threads} == {"inference"}


async def test_what_nobody_asked_for_longest_is_computed_again(studio: Studio) -> None:
    held = LocalQualities(catalogue=studio.services.catalogue, analyses=studio.services.analyses, max_held=1)
    ids = [(await studio.upload(png(seed=seed))).json()["id"] for seed in range(2)]
    for analysis_id in (ids[0], ids[0], ids[1], ids[0]):
        await held.find(analysis_id, checkpoint=None)
    assert studio.moe.looks == 3


async def test_a_deleted_analysis_has_none_even_where_it_was_computed(studio: Studio) -> None:
    address = await uploaded(studio)
    await studio.client.get(address)
    await studio.client.delete(address.removesuffix("/local"))
    answer = await studio.client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-analysis")


async def test_a_variant_that_cannot_says_so(studio: Studio) -> None:
    address = await uploaded(studio)
    studio.moe.has_local_quality = False
    answer = await studio.client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (404, "local-quality-absent")
    assert studio.moe.looks == 0


async def test_an_unknown_checkpoint_is_not_found(studio: Studio) -> None:
    answer = await studio.client.get(await uploaded(studio), params={"checkpoint": "nothing"})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-checkpoint")


async def test_a_score_that_is_not_finite_is_neither_sent_nor_held(studio: Studio) -> None:
    address = await uploaded(studio)
    studio.moe.value = math.nan
    for _ in range(2):
        answer = await studio.client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (500, "unsound-prediction")
    assert studio.moe.looks == 2
