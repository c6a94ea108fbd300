"""An image set is found by its content, shows each picture its own thumbnail, and is refused when anything changed."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from models.maps.image_set import IMAGES_FILE, ImageSet, MapRefused, image_set_folder, image_set_folders, read_image_set
from models.training.pictures.map_images import MapImages
from tests.conftest import Draw
from tests.models.map_builders import CONTENTS, PICTURES_PER_CONTENT, miniature_images


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, draw_picture: Draw) -> MapImages:
    root = tmp_path_factory.mktemp("images")
    return miniature_images(root / "photographs", draw_picture, shared=root / "shared")


@pytest.fixture
def folder(built: MapImages, tmp_path: Path) -> Path:
    """A copy to be damaged."""
    source = built.image_set.folder
    return Path(shutil.copytree(source, tmp_path / source.name))


def readdressed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The folder with another manifest, called as that manifest asks: what only a check of the fields can find."""
    fields = json.loads((folder / IMAGES_FILE).read_bytes())
    change(fields)
    data = json.dumps(fields).encode()
    (folder / IMAGES_FILE).write_bytes(data)
    return folder.rename(folder.with_name(hashlib.sha256(data).hexdigest()[:12]))


def tile_pixels(images: ImageSet, row: int) -> Image.Image:
    tile, size = images.tile(row), images.manifest.thumbnails.tile_px
    with Image.open(io.BytesIO((images.folder / tile.sheet).read_bytes())) as sheet:
        return sheet.convert("RGB").crop((tile.left_px, tile.top_px, tile.left_px + size, tile.top_px + size))


def test_it_is_found_by_the_hash_of_its_manifest(built: MapImages) -> None:
    images = built.image_set
    shared = images.folder.parent.parent
    assert image_set_folder(shared, images.sha256) == images.folder
    assert image_set_folders(shared) == [images.folder]
    assert read_image_set(images.folder) == images


def test_every_row_says_what_its_picture_is(built: MapImages) -> None:
    rows, classes = built.image_set.manifest.rows, built.image_set.manifest.classes
    assert len(built.image_set) == PICTURES_PER_CONTENT * len(CONTENTS)
    for index, example in enumerate(built.dataset.examples):
        assert rows.picture[index] == example.example_id
        assert built.image_set.manifest.references[rows.reference[index]].name == example.reference
        assert (classes[rows.type[index]], rows.level[index]) == (example.distortion_type, example.level)
    worst, clean = rows.picture.index("disc/jpeg/5"), rows.picture.index("disc/clean/0")
    assert 0 <= rows.label[worst] < 50 < rows.label[clean] <= 100  # type: ignore[operator]


def test_a_distortion_that_changes_nothing_has_the_class_clean(built: MapImages) -> None:
    rows = built.image_set.manifest.rows
    assert rows.class_index[rows.picture.index("waves/gaussian_blur/1")] == 0
    assert rows.class_index[rows.picture.index("waves/gaussian_blur/5")] != 0


@pytest.mark.parametrize("row", [0, 5, 17, 32])
def test_a_tile_shows_its_picture(built: MapImages, row: int) -> None:
    pixels_HWC = built.dataset.examples[row].render().image.pixels_HWC
    expected = ImageOps.fit(Image.fromarray(pixels_HWC), (80, 80), Image.Resampling.LANCZOS)
    difference = np.asarray(tile_pixels(built.image_set, row), float) - np.asarray(expected, float)
    assert np.abs(difference).mean() < 12


@pytest.mark.parametrize("row", [0, 5, 17, 32])
def test_a_picture_is_drawn_again_as_the_model_saw_it(built: MapImages, row: int) -> None:
    image = built.image_set.picture(row)
    assert image is not None
    np.testing.assert_array_equal(image.pixels_HWC, built.dataset.examples[row].render().image.pixels_HWC)


@pytest.mark.parametrize("file", [IMAGES_FILE, "thumbnails-0.webp", "disc.png"])
def test_a_changed_file_is_named(folder: Path, file: str) -> None:
    data = bytearray((folder / file).read_bytes())
    data[-3] ^= 1
    (folder / file).write_bytes(data)
    with pytest.raises(MapRefused) as refused:
        read_image_set(folder)
    assert (refused.value.file, refused.value.field) == (file, "sha256")


def test_a_missing_sheet_is_named(folder: Path) -> None:
    (folder / "thumbnails-0.webp").unlink()
    with pytest.raises(MapRefused, match=r"thumbnails-0\.webp, \(whole file\): not readable"):
        read_image_set(folder)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param(lambda fields: fields.update(extra=1), "extra", id="unknown field"),
        pytest.param(lambda fields: fields.update(format=2), "format", id="another format"),
        pytest.param(lambda fields: fields["classes"].reverse(), "classes", id="another taxonomy"),
        pytest.param(
            lambda fields: fields["rows"]["reference"].__setitem__(0, 3), "rows.reference", id="no such content"
        ),
        pytest.param(lambda fields: fields["rows"]["type"].__setitem__(0, -2), "rows.type", id="no such type"),
        pytest.param(lambda fields: fields["rows"]["level"].__setitem__(0, 6), "rows.level", id="no such level"),
        pytest.param(lambda fields: fields["rows"]["label"].pop(), "rows.label", id="a row too few"),
        pytest.param(lambda fields: fields["thumbnails"]["sheets"].clear(), "thumbnails.sheets", id="no sheet"),
        pytest.param(
            lambda fields: fields["thumbnails"]["sheets"][0].update(file="../x"),
            "thumbnails.sheets.0.file",
            id="a path",
        ),
    ],
)
def test_a_manifest_that_says_nonsense_is_refused(
    folder: Path, change: Callable[[dict[str, Any]], object], field: str
) -> None:
    with pytest.raises(MapRefused) as refused:
        read_image_set(readdressed(folder, change))
    assert (refused.value.file, refused.value.field) == (IMAGES_FILE, field)


def test_what_is_not_json_is_refused(folder: Path) -> None:
    (folder / IMAGES_FILE).write_bytes(b"{")
    with pytest.raises(MapRefused, match="not readable as JSON"):
        read_image_set(folder.rename(folder.with_name(hashlib.sha256(b"{").hexdigest()[:12])))
