"""The shipped sample photographs are what their list says: present, sound, credited, and what the code makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from PIL import Image
from pydantic import TypeAdapter

from models.images import RGBImage, decode
from models.taxonomy import LEVELS
from models.training.data.datasets import DatasetError
from models.training.pictures.samples import (
    LONGER_SIDE_PX,
    MANIFEST_NAME,
    PHOTOGRAPHS,
    PREVIEWS_FOLDER,
    SampleEntry,
    build_samples,
)
from tests.models.builders import group_of
from tests.places import ROOT, SAMPLES

MAX_FOLDER_BYTES: Final = 3_200_000
MAX_PREVIEWS_BYTES: Final = 400_000
"""Of all together: a first visit sends them."""
FREE_LICENCES: Final = frozenset({"public domain", "CC0 1.0", "CC BY 2.0", "CC BY 4.0"})
ENTRIES: Final = TypeAdapter(tuple[SampleEntry, ...]).validate_json((SAMPLES / MANIFEST_NAME).read_bytes())

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.file)


def picture(entry: SampleEntry, folder: Path = SAMPLES) -> RGBImage:
    return decode((folder / entry.file).read_bytes())


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    build_samples(folder, wallpapers=None)
    return folder


@each_entry
def test_a_sample_opens_as_it_is_at_its_full_size(entry: SampleEntry) -> None:
    image = picture(entry)
    assert max(image.width, image.height) == LONGER_SIDE_PX
    assert image.notes == ()


@each_entry
def test_a_sample_carries_no_metadata(entry: SampleEntry) -> None:
    with Image.open(SAMPLES / entry.file) as image:
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)


@each_entry
def test_a_sample_is_free_and_credited(entry: SampleEntry) -> None:
    assert entry.licence in FREE_LICENCES
    assert entry.licence in entry.credit
    rows = [line for line in (ROOT / "THIRD_PARTY.md").read_text().splitlines() if f"`{entry.file}`" in line]
    assert len(rows) == 1
    assert f"| {entry.credit} | {entry.source} |" in rows[0]


def test_every_file_is_listed_and_there_once() -> None:
    listed = [entry.file for entry in ENTRIES]
    assert sorted([*listed, MANIFEST_NAME]) == sorted(path.name for path in SAMPLES.iterdir() if path.is_file())
    small = [f"{Path(file).stem}.webp" for file in listed]
    assert sorted(small) == sorted(path.name for path in (SAMPLES / PREVIEWS_FOLDER).iterdir())


def test_there_are_enough_to_choose_from() -> None:
    distorted = [entry for entry in ENTRIES if entry.distortion]
    assert len(ENTRIES) - len(distorted) >= 8
    assert len({group_of(entry.distortion.type) for entry in distorted if entry.distortion}) >= 6
    assert {entry.distortion.level for entry in distorted if entry.distortion} <= set(LEVELS)


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) <= MAX_FOLDER_BYTES


def test_previews_are_small_and_show_their_samples() -> None:
    assert sum(path.stat().st_size for path in (SAMPLES / PREVIEWS_FOLDER).iterdir()) <= MAX_PREVIEWS_BYTES
    for entry in ENTRIES:
        whole = picture(entry)
        preview = decode((SAMPLES / PREVIEWS_FOLDER / f"{Path(entry.file).stem}.webp").read_bytes())
        assert max(preview.width, preview.height) == 320
        assert abs(preview.width / preview.height - whole.width / whole.height) < 0.01
        assert np.abs(preview.pixels_HWC.mean((0, 1)) - whole.pixels_HWC.mean((0, 1))).max() < 3


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.distortion], ids=lambda entry: entry.file)
def test_a_distorted_sample_differs_visibly_and_is_stored_losslessly(entry: SampleEntry) -> None:
    undistorted = next(
        other for other in ENTRIES if not other.distortion and entry.file.startswith(f"{Path(other.file).stem}-")
    )
    difference_HWC = picture(entry).pixels_HWC - picture(undistorted).pixels_HWC.astype(float)
    assert np.sqrt(np.mean(difference_HWC**2)) > 10
    assert (SAMPLES / entry.file).read_bytes()[12:16] == b"VP8L"


def test_the_code_makes_the_shipped_pictures(rebuilt: Path) -> None:
    made = TypeAdapter(tuple[SampleEntry, ...]).validate_json((rebuilt / MANIFEST_NAME).read_bytes())
    assert [entry for entry in ENTRIES if (rebuilt / entry.file).is_file()] == list(made)
    for entry in made:
        difference_HWC = picture(entry, rebuilt).pixels_HWC - picture(entry).pixels_HWC.astype(float)
        assert np.abs(difference_HWC).mean() < 0.5, entry.file  # half a level, for another build of libjpeg


def test_without_wallpapers_only_packages_are_used(rebuilt: Path) -> None:
    made = json.loads((rebuilt / MANIFEST_NAME).read_text())
    assert {entry["source"] for entry in made} == {"scikit-image", "scikit-learn"}


def test_building_twice_gives_the_same_bytes(rebuilt: Path, tmp_path: Path) -> None:
    build_samples(tmp_path, wallpapers=None)
    again, before = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path, rebuilt)
    )
    assert again == before


def test_a_missing_wallpaper_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"got no friends_by_Aitzol_Berasategi\.jpg in .*lomiri-wallpapers"):
        build_samples(tmp_path / "samples", wallpapers=tmp_path)
    assert not (tmp_path / "samples").exists()


def test_an_original_that_would_have_to_be_enlarged_is_refused(tmp_path: Path) -> None:
    for photograph in PHOTOGRAPHS:
        Image.new("RGB", (LONGER_SIDE_PX - 1, 100)).save(tmp_path / photograph.original)
    with pytest.raises(DatasetError, match="got an original of 511 x 100 pixels"):
        build_samples(tmp_path / "samples", wallpapers=tmp_path)
