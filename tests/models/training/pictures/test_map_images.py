"""The set that ships is the samples and further free photographs; a user's pictures become a set by the same call."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.images import from_path
from models.maps.image_set import IMAGES_FILE
from models.taxonomy import TAXONOMY
from models.training.data.datasets import DatasetError
from models.training.pictures.map_images import (
    MAP_PHOTOGRAPHS,
    MIN_PICTURES,
    SHIPPED_SET,
    Credit,
    MapPictures,
    build_image_set,
    distorted_pictures,
    open_images,
    shipped_images,
    user_pictures,
    write_map_photographs,
)
from models.training.pictures.samples import LONGER_SIDE_PX
from tests.conftest import Draw
from tests.models.map_builders import TYPES
from tests.places import SAMPLES

FREE_LICENCES = {"public domain", "CC0 1.0", "CC BY 2.0", "CC BY 4.0"}


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> MapPictures:
    """What can be made without the package of wallpapers."""
    return write_map_photographs(tmp_path_factory.mktemp("photographs"), wallpapers=None)


@pytest.fixture
def folder(tmp_path: Path, draw_picture: Draw) -> Path:
    """A user's folder: six pictures, one of them in a sub-folder, and a text."""
    folder = tmp_path / "holiday"
    (folder / "day two").mkdir(parents=True)
    for seed in range(5):
        Image.fromarray(draw_picture(seed)).save(folder / f"{seed}.png")
    Image.fromarray(draw_picture(5)).save(folder / "day two" / "ü.JPG")
    (folder / "notes.txt").write_text("not a picture")
    return folder


# ---- the set that ships


def test_every_photograph_of_the_map_is_free_and_has_a_name_of_its_own() -> None:
    assert {shot.licence for shot in MAP_PHOTOGRAPHS} <= FREE_LICENCES
    names = [shot.name for shot in MAP_PHOTOGRAPHS]
    assert len(names) == len(set(names)) == 16


def test_each_is_shown_clean_and_under_every_distortion_at_every_level(photographs: MapPictures) -> None:
    names = [shot.name for shot in MAP_PHOTOGRAPHS if shot.source.package is not None]
    examples = photographs.dataset.examples
    assert [example.example_id for example in examples if example.level == 0] == [f"{name}/clean/0" for name in names]
    assert len(examples) == len(names) * (1 + 25 * 5)
    cells = {(e.distortion_type, e.level) for e in examples if e.reference == "cat" and e.level}
    assert cells == {(name, level) for name in TAXONOMY.distortion_types for level in range(1, 6)}


def test_a_photograph_of_the_score_page_is_the_same_on_the_map(photographs: MapPictures) -> None:
    for name in ("astronaut", "coffee", "pagoda", "rocket"):
        (source,) = {e.source for e in photographs.dataset.examples if e.reference == name}
        shown, sample = from_path(source).pixels_HWC, from_path(SAMPLES / f"{name}.jpg").pixels_HWC
        assert np.abs(shown - sample.astype(float)).mean() < 0.5, name  # half a level, for another build of libjpeg


def test_a_damaged_sample_of_the_score_page_is_a_point_of_the_map(photographs: MapPictures) -> None:
    (noisy,) = (e for e in photographs.dataset.examples if e.example_id == "astronaut/white_noise/5")
    sample_HWC = from_path(SAMPLES / "astronaut-white-noise-5.webp").pixels_HWC
    difference_HWC = noisy.render().image.pixels_HWC - sample_HWC.astype(float)
    assert np.sqrt(np.mean(difference_HWC**2)) < 5  # another seed's noise would differ by about 30


def test_photographs_are_not_enlarged(photographs: MapPictures) -> None:
    sides = {
        e.reference: max(from_path(e.source).pixels_HWC.shape) for e in photographs.dataset.examples if not e.level
    }
    assert sides.pop("cat") == 451  # all that scikit-image has
    assert set(sides.values()) == {LONGER_SIDE_PX}


def test_the_set_that_ships_is_found_again_and_needs_its_originals_no_more(tmp_path: Path, draw_picture: Draw) -> None:
    path = tmp_path / "leaf.png"
    Image.fromarray(draw_picture(0)).save(path)
    pictures = distorted_pictures(SHIPPED_SET, [path], {"leaf": Credit("me", "here")}, distortion_types=TYPES)
    shared = tmp_path / "shared"
    assert shipped_images(shared) is None
    built = build_image_set(pictures, shared=shared)
    path.unlink()
    found = open_images(None, shared=shared)
    assert found.image_set == built.image_set
    for example, original in zip(found.dataset.examples, built.dataset.examples, strict=True):
        assert (example.example_id, example.reference) == (original.example_id, original.reference)
        assert (example.distortion_type, example.level) == (original.distortion_type, original.level)
        assert example.label == pytest.approx(original.label, abs=1e-4)
        assert example.source.read_bytes()


def test_without_the_set_that_ships_or_wallpapers_the_command_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"got no image set samples in .*, expected one, or wallpapers"):
        open_images(None, shared=tmp_path)


# ---- a user's pictures


def test_a_folder_becomes_a_set_of_unknown_pictures_that_are_not_copied(folder: Path, tmp_path: Path) -> None:
    images = open_images(folder, shared=tmp_path / "shared").image_set
    rows = images.manifest.rows
    assert images.manifest.name == "holiday"
    assert rows.picture == ("0.png", "1.png", "2.png", "3.png", "4.png", "day two/ü.JPG")
    assert set(rows.class_index) == set(rows.type) == {-1}
    assert set(rows.label) == {None}
    assert images.manifest.label_kind is None
    assert images.picture(0) is None
    assert sorted(path.name for path in images.folder.iterdir()) == [IMAGES_FILE, "thumbnails-0.webp"]


def test_a_name_that_is_no_utf8_is_shown_by_its_numbers(folder: Path, tmp_path: Path, draw_picture: Draw) -> None:
    Image.fromarray(draw_picture(6)).save(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.png"))
    images = open_images(folder, shared=tmp_path / "shared")
    assert "caf\\udce9.png" in images.image_set.manifest.rows.picture
    assert len(images.dataset.examples) == 7
    assert open_images(folder, shared=tmp_path / "shared").image_set.sha256 == images.image_set.sha256


def test_a_picture_that_cannot_be_decoded_is_left_out_and_named(folder: Path, tmp_path: Path) -> None:
    (folder / "1.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    images = open_images(folder, shared=tmp_path / "shared")
    assert [entry.picture for entry in images.image_set.manifest.left_out] == ["1.png"]
    assert images.image_set.manifest.left_out[0].reason
    assert "1.png" not in images.image_set.manifest.rows.picture
    assert [example.example_id for example in images.dataset.examples] == list(images.image_set.manifest.rows.picture)
    assert open_images(folder, shared=tmp_path / "shared").dataset == images.dataset


def test_the_same_pictures_are_drawn_once_and_changed_ones_anew(
    folder: Path, tmp_path: Path, draw_picture: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    first = open_images(folder, shared=shared)
    with monkeypatch.context() as patch:
        patch.setattr("models.training.pictures.map_images._draw", lambda _dataset: pytest.fail("drawn again"))
        assert open_images(folder, shared=shared) == first
    Image.fromarray(draw_picture(9)).save(folder / "0.png")
    second = open_images(folder, shared=shared)
    assert second.image_set.sha256 != first.image_set.sha256
    assert second.dataset.name != first.dataset.name  # or the features of the old picture would be taken


def test_rated_pictures_come_with_their_labels_on_one_scale(folder: Path, tmp_path: Path) -> None:
    table = folder / "ratings.csv"
    lines = ["image,mos,type,level", "0.png,1,jpeg,5", "1.png,3,,", "2.png,5,clean,", "3.png,2,,", "4.png,4,,"]
    table.write_text("\n".join(lines))
    images = open_images(table, shared=tmp_path / "shared").image_set
    rows = images.manifest.rows
    assert images.manifest.label_kind == "mos"
    assert rows.label == (0, 50, 100, 25, 75)
    assert [images.manifest.classes[code] if code >= 0 else "unknown" for code in rows.class_index[:3]] == [
        "jpeg",
        "unknown",
        "clean",
    ]
    assert rows.level == (5, 0, 0, 0, 0)


def test_too_few_pictures_are_refused(folder: Path, tmp_path: Path) -> None:
    for path in list(folder.glob("*.png"))[: 6 - MIN_PICTURES + 1]:
        path.unlink()
    with pytest.raises(DatasetError, match=f"got {MIN_PICTURES - 1} pictures in .*holiday, expected at least"):
        user_pictures(folder)
    assert not (tmp_path / "shared").exists()


def test_a_build_that_fails_leaves_nothing_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.training.pictures.map_images._draw", lambda _dataset: iter(()))
    with pytest.raises(ValueError, match="zip"):
        open_images(folder, shared=tmp_path / "shared")
    assert list((tmp_path / "shared" / "images").iterdir()) == []


def test_building_in_two_places_gives_one_address(folder: Path, tmp_path: Path) -> None:
    first, second = (open_images(folder, shared=tmp_path / name).image_set for name in ("one", "two"))
    assert first.sha256 == second.sha256 == hashlib.sha256((second.folder / IMAGES_FILE).read_bytes()).hexdigest()
