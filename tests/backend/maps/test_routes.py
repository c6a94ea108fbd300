"""The maps API: arrays as they were written, refusals with their reason, neighbours, and the place of an upload."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest

from backend.maps.maps import column_content
from backend.settings import Settings
from models.images import decode
from models.maps.embedding_map import MAP_FILE, read_map
from models.prediction import Representation
from tests.backend.fakes import Studio, png, running_studio, write_checkpoint
from tests.backend.generated_maps import NUM_CLUSTERS, GeneratedMap, generate_map

pytestmark = pytest.mark.anyio

MAPS = "/api/v1/checkpoints/moe/maps"


@pytest.fixture
async def studio(settings: Settings, moe_map: GeneratedMap) -> AsyncIterator[Studio]:
    async with running_studio(settings) as running:
        yield running


async def only_map(studio: Studio, checkpoint: str = "moe") -> dict[str, Any]:
    answer = await studio.client.get(f"/api/v1/checkpoints/{checkpoint}/maps")
    assert answer.status_code == 200
    (listed,) = answer.json()["maps"]
    return dict(listed)


# ---- the list


async def test_the_list_says_what_each_column_is(studio: Studio, moe_map: GeneratedMap) -> None:
    listed = await only_map(studio)
    columns = listed["columns"]
    assert (listed["address"], listed["count"]) == (moe_map.folder.name, 60)
    assert {name: column["kind"] for name, column in columns.items()} == {
        "x": "number",
        "y": "number",
        "score": "number",
        "class": "category",
        "reference": "category",
        "cluster": "category",
        "posteriors": "vector",
    }
    assert columns["posteriors"]["shape"] == [60, NUM_CLUSTERS]
    assert columns["posteriors"]["labels"] == "cluster"
    assert (columns["class"]["missing"], columns["class"]["labels"]) == (255, "class")
    assert len(listed["categories"]["class"]) == 26
    assert listed["label_scale"] == {"kind": "moments", "slope": 0.5, "offset": 10.0}
    assert listed["image_set"]["address"] == moe_map.image_set
    assert listed["image_set"]["credits"] == [
        {"credit": "drawn by code, CC0 1.0", "source": "a test", "references": ["given"]}
    ]


async def test_a_checkpoint_without_maps_has_none(studio: Studio) -> None:
    answer = await studio.client.get("/api/v1/checkpoints/no_gmm/maps")
    assert (answer.json()["maps"], answer.json()["refused"]) == ([], [])


async def test_stale_and_damaged_maps_are_listed_with_their_reason(studio: Studio, moe_map: GeneratedMap) -> None:
    folder = moe_map.folder
    shutil.copytree(folder, folder.with_name("0" * 12))
    stale = json.loads((folder / MAP_FILE).read_text()) | {"weights_sha256": "b" * 64}
    (folder.parent / "stale").mkdir()
    (folder.parent / "stale" / MAP_FILE).write_text(json.dumps(stale))
    answer = (await studio.client.get(MAPS)).json()
    assert [listed["address"] for listed in answer["maps"]] == [folder.name]
    assert {fault["address"]: fault["field"] for fault in answer["refused"]} == {
        "0" * 12: "projection",
        "stale": "weights_sha256",
    }
    assert "expected aaaaaaaaaaaa" in answer["refused"][1]["reason"]
    refused = await studio.client.get(f"{MAPS}/stale/columns/x")
    assert (refused.status_code, refused.json()["code"]) == (404, "map-refused")


async def test_a_damaged_image_set_is_named_by_its_own_folder(studio: Studio, moe_map: GeneratedMap) -> None:
    shared = moe_map.folder.parents[2] / "shared"
    (shared / "images" / moe_map.image_set / "thumbnails-0.webp").write_bytes(b"")
    (fault,) = (await studio.client.get(MAPS)).json()["refused"]
    assert fault["address"] == moe_map.folder.name
    assert fault["file"] == f"shared/images/{moe_map.image_set}/thumbnails-0.webp"


async def test_a_map_that_is_built_meanwhile_appears(studio: Studio, settings: Settings) -> None:
    assert (await studio.client.get("/api/v1/checkpoints/no_gmm/maps")).json()["maps"] == []
    built = generate_map(settings.checkpoints_dir / "no_gmm", source="features")
    assert (await only_map(studio, "no_gmm"))["address"] == built.folder.name


async def test_a_map_of_the_weights_before_is_refused_once_others_serve(
    studio: Studio, settings: Settings, moe_map: GeneratedMap
) -> None:
    await only_map(studio)
    write_checkpoint(settings.checkpoints_dir, "moe", sha256="b" * 64)
    await studio.services.catalogue.refresh()
    answer = await studio.client.get(f"{MAPS}/{moe_map.folder.name}/columns/x")
    assert (answer.status_code, answer.json()["code"]) == (404, "map-refused")


# ---- columns


async def test_every_column_arrives_as_it_was_written(studio: Studio, moe_map: GeneratedMap) -> None:
    columns = (await only_map(studio))["columns"]
    assert set(columns) == set(moe_map.columns)
    for name, written in moe_map.columns.items():
        answer = await studio.client.get(columns[name]["url"])
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert answer.headers["etag"] == f'"{columns[name]["sha256"]}"'
        received = np.frombuffer(answer.content, columns[name]["dtype"]).reshape(columns[name]["shape"])
        np.testing.assert_array_equal(received, written)
        assert len(answer.content) == columns[name]["bytes"]


@pytest.mark.parametrize("known", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
async def test_who_has_a_column_is_not_sent_it_again(studio: Studio, known: str) -> None:
    column = (await only_map(studio))["columns"]["posteriors"]
    headers = {"If-None-Match": known.format(column["sha256"])}
    answer = await studio.client.get(column["url"], headers=headers)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == f'"{column["sha256"]}"'
    assert "immutable" in answer.headers["cache-control"]


async def test_who_has_another_version_is_sent_this_one(studio: Studio) -> None:
    column = (await only_map(studio))["columns"]["x"]
    answer = await studio.client.get(column["url"], headers={"If-None-Match": f'"{"0" * 64}"'})
    assert (answer.status_code, len(answer.content)) == (200, 240)


async def test_head_says_the_length_alone(studio: Studio) -> None:
    column = (await only_map(studio))["columns"]["x"]
    answer = await studio.client.head(column["url"])
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "240")


@pytest.mark.parametrize("version", ["", "?v=000000000000"])
async def test_only_an_address_that_names_the_bytes_is_kept_for_ever(studio: Studio, version: str) -> None:
    address = (await only_map(studio))["columns"]["x"]["url"].partition("?")[0]
    assert (await studio.client.get(address + version)).headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/checkpoints/none/maps", "unknown-checkpoint"),
        ("/api/v1/checkpoints/..%2Fmoe/maps", None),
        ("/api/v1/checkpoints/shared/maps", "unknown-checkpoint"),
        (f"{MAPS}/none/columns/x", "unknown-map"),
        (f"{MAPS}/..%2F..%2Fshared/columns/x", None),
        ("{map}/columns/none", "unknown-column"),
        ("{map}/columns/x.bin", "unknown-column"),
        ("{map}/columns/map.json", "unknown-column"),
        ("{map}/columns/..%2Fmap.json", None),
        ("{map}/columns/neighbours_NP", "unknown-column"),
        ("{map}/neighbours?row=60", "unknown-row"),
    ],
)
async def test_what_does_not_exist_is_not_found(
    studio: Studio, moe_map: GeneratedMap, path: str, code: str | None
) -> None:
    answer = await studio.client.get(path.replace("{map}", f"{MAPS}/{moe_map.folder.name}"))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert code is None or answer.json()["code"] == code


async def test_a_hundred_thousand_rows_are_read_once_and_sent_from_there(settings: Settings) -> None:
    big = generate_map(settings.checkpoints_dir / "no_gmm", count=100_000)
    async with running_studio(settings) as studio:
        columns = (await only_map(studio, "no_gmm"))["columns"]
        shutil.rmtree(big.folder)
        for name, written in big.columns.items():
            assert (await studio.client.get(columns[name]["url"])).content == written.tobytes()
        held = await studio.services.maps.find(
            (await studio.services.catalogue.find("no_gmm")).manifest, big.folder.name
        )
        sent = np.frombuffer(column_content(held, "posteriors").data, "|u1")
        assert np.shares_memory(sent, held.columns["posteriors"])
        assert studio.services.image_sets.keep(held.images) is held.images


# ---- neighbours


async def test_neighbours_are_the_nearest_points_without_the_row_itself(studio: Studio, moe_map: GeneratedMap) -> None:
    answer = await studio.client.get((await only_map(studio))["neighbours_url"], params={"row": 30, "count": 4})
    body = answer.json()
    assert (body["metric"], body["source"]) == ("euclidean", "embedding")
    assert sorted(neighbour["row"] for neighbour in body["neighbours"]) == [28, 29, 31, 32]
    distances = [neighbour["distance"] for neighbour in body["neighbours"]]
    assert distances == sorted(distances)


async def test_neighbours_among_posteriors_have_alike_shares(studio: Studio, moe_map: GeneratedMap) -> None:
    listed = await only_map(studio)
    assert listed["neighbour_spaces"] == ["features", "posteriors"]
    params: dict[str, str | int] = {"row": 0, "space": "posteriors", "count": 100}
    body = (await studio.client.get(listed["neighbours_url"], params=params)).json()
    shares_NK = moe_map.columns["posteriors"].astype(float)
    shares_NK /= shares_NK.sum(1, keepdims=True)
    hellinger_N = np.sqrt(np.clip(1 - np.sqrt(shares_NK @ np.diag(shares_NK[0])).sum(1), 0, None))
    assert len(body["neighbours"]) == 59
    assert body["metric"] == "hellinger"
    for neighbour in body["neighbours"]:
        assert math.isclose(neighbour["distance"], hellinger_N[neighbour["row"]], abs_tol=1e-3)
        assert 0 <= neighbour["distance"] <= 1


@pytest.mark.parametrize(
    "query", ["row=-1", "row=0&count=0", "row=0&count=101", "row=0&space=pixels", "row=zero", "count=3"]
)
async def test_a_neighbour_query_out_of_bounds_is_refused(studio: Studio, query: str) -> None:
    answer = await studio.client.get(f"{(await only_map(studio))['neighbours_url']}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


async def test_a_variant_without_clusters_has_no_posteriors_to_search(settings: Settings) -> None:
    generate_map(settings.checkpoints_dir / "no_gmm", source="features")
    async with running_studio(settings) as studio:
        listed = await only_map(studio, "no_gmm")
        assert listed["neighbour_spaces"] == ["features"]
        answer = await studio.client.get(f"{listed['neighbours_url']}?row=0&space=posteriors")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-space")


# ---- placing


async def test_an_upload_lies_where_the_map_itself_would_place_it(studio: Studio, moe_map: GeneratedMap) -> None:
    uploaded = (await studio.upload()).json()
    answer = await studio.client.get(f"{uploaded['links']['self']}/place")
    shared = moe_map.folder.parents[2] / "shared"
    expected = read_map(moe_map.folder, weights_sha256="a" * 64, shared=shared).place_picture(
        studio.moe.embed(decode(png()))
    )
    body = answer.json()
    assert answer.status_code == 200
    assert (body["analysis"], body["checkpoint"], body["map"]) == (uploaded["id"], "moe", moe_map.folder.name)
    assert (body["x"], body["y"]) == pytest.approx((expected.x, expected.y), abs=1e-5)
    assert [neighbour["row"] for neighbour in body["neighbours"]] == [near.row for near in expected.neighbours]
    assert math.isclose(sum(neighbour["weight"] for neighbour in body["neighbours"]), 1, abs_tol=1e-4)
    assert (body["is_far"], body["warning"]) == (False, None)


async def test_a_picture_unlike_all_of_the_map_is_warned_of(settings: Settings) -> None:
    generate_map(settings.checkpoints_dir / "no_gmm", source="features")
    async with running_studio(settings) as studio:
        uploaded = (await studio.upload(checkpoint="no_gmm")).json()
        studio.folders.loaded["no_gmm"].value = 5.0
        body = (await studio.client.get(f"{uploaded['links']['self']}/place")).json()
    assert body["is_far"]
    assert body["distance"] > body["warning_distance"]
    assert "unlike all pictures of the map" in body["warning"]


async def test_a_picture_is_placed_for_a_checkpoint_that_did_not_score_it(studio: Studio) -> None:
    uploaded = (await studio.upload(checkpoint="no_gmm")).json()
    body = (await studio.client.get(f"{uploaded['links']['self']}/place", params={"checkpoint": "moe"})).json()
    assert body["checkpoint"] == "moe"
    assert (await studio.client.get(uploaded["links"]["self"])).json()["scored_checkpoints"] == ["no_gmm"]


async def test_the_same_weights_look_at_a_picture_once_also_after_a_restart(settings: Settings, studio: Studio) -> None:
    address = f"{(await studio.upload()).json()['links']['self']}/place"
    first = (await studio.client.get(address)).json()
    assert (await studio.client.get(address)).json() == first
    assert studio.moe.embeddings == 1
    async with running_studio(settings) as again:
        assert (await again.client.get(address)).json() == first
        assert again.moe.embeddings == 0


async def test_placing_happens_in_the_inference_thread(studio: Studio) -> None:
    address = (await studio.upload()).json()["links"]["self"]
    await studio.client.get(f"{address}/place")
    assert {name.rpartition("_")[0] for name in studio.moe.threads} == {"inference"}


async def test_numbers_that_are_not_finite_place_nothing(studio: Studio) -> None:
    address = (await studio.upload()).json()["links"]["self"]
    studio.moe.value = math.nan
    answer = await studio.client.get(f"{address}/place")
    assert (answer.status_code, answer.json()["code"]) == (500, "unsound-prediction")


async def test_a_map_of_another_space_than_its_checkpoints_is_refused(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = (await studio.upload()).json()["links"]["self"]
    monkeypatch.setattr(studio.moe, "embed", lambda _: Representation(np.zeros(2, np.float32), np.zeros(9, np.float32)))
    answer = await studio.client.get(f"{address}/place")
    assert (answer.status_code, answer.json()["code"]) == (404, "map-refused")


@pytest.mark.parametrize(
    ("query", "code"),
    [("?checkpoint=none", "unknown-checkpoint"), ("?checkpoint=no_gmm", "unknown-map"), ("?map=none", "unknown-map")],
)
async def test_a_place_that_does_not_exist_is_not_found(studio: Studio, query: str, code: str) -> None:
    address = (await studio.upload()).json()["links"]["self"]
    answer = await studio.client.get(f"{address}/place{query}")
    assert (answer.status_code, answer.json()["code"]) == (404, code)


async def test_a_deleted_analysis_has_no_place(studio: Studio) -> None:
    address = (await studio.upload()).json()["links"]["self"]
    assert (await studio.client.get(f"{address}/place")).status_code == 200
    await studio.client.delete(address)
    answer = await studio.client.get(f"{address}/place")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-analysis")


# ---- documentation


async def test_the_api_documents_what_maps_answer(studio: Studio) -> None:
    paths = (await studio.client.get("/api/v1/openapi.json")).json()["paths"]
    column = paths["/api/v1/checkpoints/{checkpoint_id}/maps/{address}/columns/{name}"]
    assert {"200", "304", "404", "503"} <= set(column["get"]["responses"])
    assert set(column["get"]["responses"]["200"]["content"]) == {"application/octet-stream"}
    assert set(column) == {"get"}
    place = paths["/api/v1/analyses/{analysis_id}/place"]["get"]
    assert {"200", "404", "503", "504"} <= set(place["responses"])
    rows = paths["/api/v1/image-sets/{address}/rows"]["get"]
    assert {"200", "304", "404"} <= set(rows["responses"])
