"""The analyses API, from an upload to its end, through every layer of the app."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest

from backend.analyses.picture_files import PictureFiles
from backend.settings import Settings
from models.images import decode
from models.images.encoding import encode_lossless
from tests.backend.fakes import Studio, png, running_studio
from tests.images.corpus import sample
from tests.images.encoding import encode, with_orientation
from tests.images.pictures import picture
from tests.images.profiles import wide_gamut_profile
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


async def test_an_upload_is_scored_and_can_be_read_again(studio: Studio) -> None:
    created = await studio.upload()
    body = created.json()
    assert created.status_code == 201
    assert created.headers["location"] == body["links"]["self"] == f"/api/v1/analyses/{body['id']}"
    assert (body["checkpoint"], body["filename"], body["scored_checkpoints"]) == ("moe", "cat.png", ["moe"])
    assert body["image"] == {"width": 64, "height": 48, "format": "PNG", "notes": []}
    assert body["score"]["range"] == [0, 100]
    assert body["score"]["higher_is_better"] is True
    assert body["created_at"].endswith("Z")
    assert (await studio.client.get(created.headers["location"])).json() == body


async def test_contributions_add_up_to_the_score_and_rows_to_one(studio: Studio) -> None:
    body = (await studio.upload()).json()
    assert math.isclose(sum(e["contribution"] for e in body["experts"]), body["score"]["value"], abs_tol=0.001)
    for row in (body["posteriors"], body["routing_weights"], body["gating_weights"]):
        assert math.isclose(sum(row), 1, abs_tol=1e-4)
    for probabilities in body["distortion"].values():
        assert math.isclose(sum(probabilities.values()), 1, abs_tol=1e-4)


async def test_parts_that_a_variant_lacks_are_null(studio: Studio) -> None:
    body = (await studio.upload(checkpoint="no_gmm")).json()
    absent = ("posteriors", "cluster_names", "gating_weights", "routing_weights", "distortion")
    absent += ("log_likelihood", "familiarity")
    assert [body[part] for part in absent] == [None] * len(absent)
    assert body["experts"] == []


async def test_timing_names_decode_first_and_total_last(studio: Studio) -> None:
    timing = (await studio.upload()).json()["timing_ms"]
    assert list(timing) == ["decode", "features", "head", "total"]
    assert timing["total"] >= timing["decode"]


UPLOADS = {
    "png": png,
    "rotated jpeg": lambda: with_orientation(6, "JPEG", icc_profile=wide_gamut_profile(), quality=90),
    "jpeg of inks": lambda: sample("jpeg-ycck").data,
    "lossy webp": lambda: sample("webp-lossy-alpha").data,
    "animated webp": lambda: sample("webp-several-frames").data,
    "png in PQ": lambda: sample("png-cicp").data,
    "tiff": lambda: encode(picture(), "TIFF"),
}


@pytest.mark.parametrize("upload", UPLOADS.values(), ids=UPLOADS)
async def test_another_checkpoint_scores_the_kept_picture_like_an_upload_of_it(
    studio: Studio, upload: Callable[[], bytes]
) -> None:
    first = (await studio.upload(upload())).json()
    await studio.client.get(first["links"]["picture"])  # from here on only the file on disk has the pixels
    answer = await studio.client.post(f"{first['links']['self']}/predictions", json={"checkpoint": "no_gmm"})
    fresh = (await studio.upload(upload(), checkpoint="no_gmm")).json()
    body = answer.json()
    assert answer.status_code == 201
    assert body["id"] == first["id"]
    assert body["scored_checkpoints"] == ["moe", "no_gmm"]
    assert (body["score"], body["image"]) == (fresh["score"], fresh["image"])
    assert (await studio.client.get(answer.headers["location"])).json() == body


@pytest.mark.parametrize("upload", UPLOADS.values(), ids=UPLOADS)
async def test_a_picture_kept_by_an_older_release_is_seen_as_before(
    studio: Studio, settings: Settings, upload: Callable[[], bytes]
) -> None:
    """One whose pixels were encoded losslessly, whatever the upload was."""
    first, other = (await studio.upload(upload())).json(), (await studio.upload(upload())).json()
    for links in (first["links"], other["links"]):
        await studio.client.get(links["picture"])
    kept = PictureFiles(settings.data_dir / "pictures").path(other["id"], "picture")
    kept.write_bytes(encode_lossless(decode(upload())))
    for checkpoint in ("moe", "no_gmm"):
        seen = [await _seen_by(studio, body["links"]["self"], checkpoint) for body in (first, other)]
        assert seen[0] == seen[1]


async def _seen_by(studio: Studio, address: str, checkpoint: str) -> tuple[Any, ...]:
    scored = (await studio.client.post(f"{address}/predictions", json={"checkpoint": checkpoint})).json()
    local = (await studio.client.get(f"{address}/local?checkpoint={checkpoint}")).json()
    distorted = (await studio.client.get(f"{address}/distortions/gaussian_blur/3/picture")).content
    return scored["score"], scored["image"], local["scores"], distorted


async def test_a_picture_that_is_not_on_disk_yet_can_be_scored_again(studio: Studio) -> None:
    studio.children.keep_gate = anyio.Event()
    first = (await studio.upload()).json()
    answer = await studio.client.post(f"{first['links']['self']}/predictions", json={"checkpoint": "no_gmm"})
    assert answer.status_code == 201
    studio.children.keep_gate.set()


async def test_the_same_weights_are_not_asked_twice(studio: Studio) -> None:
    first = (await studio.upload()).json()
    again = await studio.client.post(f"{first['links']['self']}/predictions", json={"checkpoint": "moe"})
    assert again.json() == first
    assert studio.moe.calls == 1


async def test_a_page_of_the_list_is_newest_first_and_names_the_next(studio: Studio) -> None:
    ids = [(await studio.upload(png(seed=seed))).json()["id"] for seed in range(3)]
    first = (await studio.client.get("/api/v1/analyses", params={"limit": 2})).json()
    rest = (await studio.client.get("/api/v1/analyses", params={"cursor": first["next_cursor"]})).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next_cursor"] is None
    assert set(first["items"][0]) == {"id", "created_at", "filename", "checkpoint", "score", "links"}


async def test_the_list_is_searched_by_file_name_and_says_how_many_there_are(studio: Studio) -> None:
    for name in ("50%_off.png", "50 percent.png", "照片.png"):
        await studio.upload(name=name)
    for text, names in {
        "%_": ["50%_off.png"],
        " 照 ": ["照片.png"],
        "PNG": ["照片.png", "50 percent.png", "50%_off.png"],
    }.items():
        body = (await studio.client.get("/api/v1/analyses", params={"q": text, "limit": 2})).json()
        assert [item["filename"] for item in body["items"]] == names[:2]
        assert body["total"] == len(names)
        assert (body["next_cursor"] is None) == (len(names) <= 2)


async def test_a_search_text_without_end_is_refused(studio: Studio) -> None:
    assert (await studio.client.get("/api/v1/analyses", params={"q": "x" * 201})).status_code == 422


async def test_a_made_up_cursor_is_refused(studio: Studio) -> None:
    answer = await studio.client.get("/api/v1/analyses", params={"cursor": "1; drop table"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-cursor")


async def test_the_kept_picture_has_the_uploads_pixels_and_the_thumbnail_is_small(studio: Studio) -> None:
    links = (await studio.upload(png(width=600, height=400))).json()["links"]
    picture = await studio.client.get(links["picture"])
    thumbnail = await studio.client.get(links["thumbnail"])
    assert (picture.status_code, thumbnail.status_code) == (200, 200)
    from models.images import decode

    assert (decode(picture.content).pixels_HWC == decode(png(width=600, height=400)).pixels_HWC).all()
    assert max(decode(thumbnail.content).pixels_HWC.shape[:2]) == 256


async def test_delete_forgets_the_row_and_the_files(studio: Studio, settings: Settings) -> None:
    links = (await studio.upload()).json()["links"]
    await studio.client.get(links["picture"])
    assert (await studio.client.delete(links["self"])).status_code == 204
    for address in (links["self"], links["picture"], links["thumbnail"]):
        answer = await studio.client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-analysis")
    assert [path for path in (settings.data_dir / "pictures").rglob("*") if path.is_file()] == []
    assert (await studio.client.delete(links["self"])).status_code == 404


async def test_an_unknown_prediction_says_which_there_are(studio: Studio) -> None:
    links = (await studio.upload()).json()["links"]
    answer = await studio.client.get(links["self"], params={"checkpoint": "no_gmm"})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-prediction")
    assert "moe" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "empty-file"),
        (b"just some text", 415, None),
        (png()[:200], 422, None),
        (png(width=20, height=20), 422, None),
    ],
    ids=["empty", "text", "truncated", "too-small"],
)
async def test_an_unusable_picture_gets_its_status_and_is_counted(
    studio: Studio, data: bytes, status: int, code: str | None
) -> None:
    answer = await studio.upload(data)
    body = answer.json()
    assert (answer.status_code, body["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert code is None or body["code"] == code
    metrics = (await studio.client.get("/metrics")).text
    assert f'ceniqa_decode_failures_total{{code="{body["code"]}"}} 1.0' in metrics
    assert (await studio.client.get("/api/v1/analyses")).json()["items"] == []


async def test_an_unknown_checkpoint_is_not_found(studio: Studio) -> None:
    answer = await studio.upload(checkpoint="../moe")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-checkpoint")


async def test_a_missing_file_is_named(studio: Studio) -> None:
    answer = await studio.client.post("/api/v1/analyses", files={"picture": ("cat.png", png())})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert "body.file" in answer.json()["detail"]


async def test_two_files_are_refused_rather_than_one_ignored(studio: Studio) -> None:
    files = [("file", ("a.png", png())), ("file", ("b.png", png()))]
    answer = await studio.client.post("/api/v1/analyses", files=files)
    assert answer.status_code == 400
    assert studio.moe.calls == 0


async def test_the_file_name_is_only_text(studio: Studio) -> None:
    name = "../../etc/\u202egnp.cat\x1b[31m.png"
    body = (await studio.upload(name=name)).json()
    assert body["filename"] == "\u202egnp.cat\\u001b[31m.png"


@pytest.mark.parametrize(
    "disposition",
    [
        "filename=\"=?utf-8?B?5Zu+LnBuZw==?=\"; filename*=utf-8''%E5%9B%BE.png",
        "filename*=UTF-8''%E5%9B%BE.png",
        'filename="=?utf-8?B?5Zu+LnBuZw==?="',
        'filename="图.png"',
    ],
)
async def test_a_file_name_may_come_in_the_ways_of_other_clients(studio: Studio, disposition: str) -> None:
    head = f'--B\r\nContent-Disposition: form-data; name="file"; {disposition}\r\nContent-Type: image/png\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    content = head.encode() + png() + b"\r\n--B--\r\n"
    answer = await studio.client.post("/api/v1/analyses", content=content, headers=headers)
    assert (answer.status_code, answer.json()["filename"]) == (201, "图.png")


async def test_a_prediction_that_is_not_finite_is_neither_sent_nor_kept(studio: Studio) -> None:
    studio.moe.value = math.nan
    answer = await studio.upload()
    assert (answer.status_code, answer.json()["code"]) == (500, "unsound-prediction")
    assert (await studio.client.get("/api/v1/analyses")).json()["items"] == []


async def test_more_analyses_than_places_are_refused_at_once_with_a_time_to_come_back(studio: Studio) -> None:
    import threading

    studio.moe.gate = threading.Event()
    answers: list[httpx.Response] = []

    async def upload() -> None:
        answers.append(await studio.upload())

    async with anyio.create_task_group() as crowd:
        for _ in range(8):
            crowd.start_soon(upload)
        await eventually(lambda: len(answers) == 4)
        studio.moe.gate.set()
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(refused) == 4
    assert {answer.status_code for answer in answers} == {201, 503}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)
    assert refused[0].json()["code"] == "busy"


async def test_a_picture_whose_encoding_failed_twice_is_said_not_to_be_kept(studio: Studio) -> None:
    from models.images import UnusableImage

    studio.children.failures = [UnusableImage("decode-killed", "got a dead child"), UnusableImage("x", "y")]
    links = (await studio.upload()).json()["links"]
    answer = await studio.client.get(links["picture"])
    assert (answer.status_code, answer.json()["code"]) == (404, "picture-not-kept")
    assert (await studio.client.get(links["self"])).status_code == 200


async def test_analyses_survive_a_restart(settings: Settings) -> None:
    async with running_studio(settings) as before:
        body = (await before.upload()).json()
    async with running_studio(settings) as after:
        assert (await after.client.get(body["links"]["self"])).json() == body
        assert (await after.client.get(body["links"]["picture"])).status_code == 200
