"""Image sets through the API: who the pictures are, sheets and pictures as they may be passed on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np
import pytest

from backend.maps.schemas import ImageSetRows
from backend.settings import Settings
from models.images import decode
from tests.backend.fakes import Studio, running_studio
from tests.backend.generated_maps import CONTENTS, TILE_PX, generate_image_set

pytestmark = pytest.mark.anyio

COUNT = 300


@pytest.fixture
def address(settings: Settings) -> str:
    return f"/api/v1/image-sets/{generate_image_set(settings.checkpoints_dir / 'shared', count=COUNT)[:12]}"


@pytest.fixture
async def studio(settings: Settings, address: str) -> AsyncIterator[Studio]:
    async with running_studio(settings) as running:
        yield running


async def test_it_says_whose_the_pictures_are_and_where_their_tiles_lie(studio: Studio, address: str) -> None:
    body = (await studio.client.get(address)).json()
    assert (body["name"], body["count"], body["num_references"], body["label_kind"]) == (
        "generated",
        COUNT,
        2,
        "pseudo_mos",
    )
    assert [credit["references"] for credit in body["credits"]] == [["given"]]
    assert body["thumbnails"] == {
        "tile_px": TILE_PX,
        "columns": 16,
        "tiles_per_sheet": 256,
        "sheets": [f"{address}/sheets/0", f"{address}/sheets/1"],
    }


async def test_rows_have_every_id_and_content_and_are_confirmed(studio: Studio, address: str) -> None:
    rows_url = (await studio.client.get(address)).json()["rows_url"]
    answer = await studio.client.get(rows_url)
    rows = ImageSetRows.model_validate_json(answer.content)
    assert len(rows.ids) == COUNT
    assert rows.ids[3] == f"{CONTENTS[1]}/3"
    assert [reference.has_picture for reference in rows.references] == [True, False]
    again = await studio.client.get(rows_url, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_sheet_may_be_kept_for_ever_but_by_no_shared_cache(studio: Studio, address: str) -> None:
    answer = await studio.client.get(f"{address}/sheets/1")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert decode(answer.content).pixels_HWC.shape == (64, 64, 3)
    again = await studio.client.get(f"{address}/sheets/1", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    head = await studio.client.head(f"{address}/sheets/1")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(answer.content)))


async def test_a_picture_is_its_photograph_distorted_again(studio: Studio, address: str) -> None:
    clean, blurred = [(await studio.client.get(f"{address}/pictures/{row}")) for row in (0, 28)]
    assert clean.headers["content-type"] == "image/webp"
    assert "immutable" in clean.headers["cache-control"]
    pixels = [decode(answer.content).pixels_HWC.astype(int) for answer in (clean, blurred)]
    assert pixels[0].shape == pixels[1].shape == (40, 48, 3)
    assert np.abs(pixels[0] - pixels[1]).max() > 0


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/pictures/1", 404, "picture-not-shared"),
        (f"/pictures/{COUNT}", 404, "unknown-row"),
        ("/pictures/-1", 404, "unknown-row"),
        ("/sheets/2", 404, "unknown-row"),
        ("/sheets/-1", 404, "unknown-row"),
        ("/sheets/zero", 422, "invalid-request"),
        ("/given.jpg", 404, "not-found"),
    ],
)
async def test_what_may_not_be_had_is_said_so(studio: Studio, address: str, path: str, status: int, code: str) -> None:
    answer = await studio.client.get(address + path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("name", ["none", "..", "%2e%2e%2fmoe"])
async def test_an_address_is_never_a_path(studio: Studio, name: str) -> None:
    answer = await studio.client.get(f"/api/v1/image-sets/{name}")
    assert answer.status_code == 404


async def test_files_that_changed_since_are_not_sent(studio: Studio, settings: Settings, address: str) -> None:
    assert (await studio.client.get(f"{address}/sheets/0")).status_code == 200
    folder = settings.checkpoints_dir / "shared" / "images" / address.rpartition("/")[2]
    (folder / "thumbnails-0.webp").write_bytes(b"<script>")
    (folder / "given.jpg").unlink()
    for path in ("/sheets/0", "/pictures/0"):
        answer = await studio.client.get(address + path)
        assert (answer.status_code, answer.json()["code"]) == (404, "map-refused")
        assert str(folder) not in answer.text


async def test_a_damaged_set_is_refused_with_its_reason(studio: Studio, settings: Settings, address: str) -> None:
    folder = settings.checkpoints_dir / "shared" / "images" / address.rpartition("/")[2]
    (folder / "images.json").write_text("{}")
    answer = await studio.client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (404, "map-refused")
    assert "images.json, sha256" in answer.json()["detail"]
