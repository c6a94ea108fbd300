"""Readers give every picture its content and its human figure; synthetic pictures are what their labels say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.distortions.operations import distort
from models.distortions.pseudo_mos import kadid_mos
from models.labels.scales import LabelScale
from models.taxonomy import CLEAN, LEVELS, TAXONOMY
from models.training.data.datasets import (
    KADID_CLEAN_MOS,
    BrokenPicture,
    Dataset,
    DatasetError,
    Example,
    blurred,
    centre_crop,
    compounds,
    pristine_photographs,
    synthetic,
    synthetic_from_rated,
)
from tests.conftest import Draw


@pytest.fixture
def photograph(tmp_path: Path, draw_picture: Draw) -> Path:
    path = tmp_path / "photograph.PNG"
    Image.fromarray(draw_picture(0)).save(path)
    return path


def test_pristine_photographs_are_found_in_order_whatever_their_extension(photograph: Path) -> None:
    (photograph.parent / "README.md").write_text("no picture")
    assert pristine_photographs([photograph.parent]) == [photograph]


def test_a_folder_without_photographs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="got no photograph in"):
        pristine_photographs([tmp_path])


def test_each_photograph_is_seen_clean_and_under_every_type_and_level(photograph: Path) -> None:
    examples = synthetic([photograph, photograph.with_name("other.png")]).examples
    assert len(examples) == 2 * (1 + 25 * 5)
    assert len({example.example_id for example in examples}) == len(examples)
    assert {example.reference for example in examples} == {"pristine/photograph", "pristine/other"}
    for example in examples:
        expected = KADID_CLEAN_MOS if example.level == 0 else kadid_mos(str(example.distortion_type), example.level)
        assert example.label == expected


def test_two_photographs_of_one_name_are_refused(photograph: Path) -> None:
    with pytest.raises(DatasetError, match="several photographs called photograph"):
        synthetic([photograph, photograph.parent / "elsewhere" / photograph.name])


def test_rated_photographs_become_contents_from_the_best_down_each_under_three_types_in_turn() -> None:
    rated = Dataset("rated", tuple(Example(f"r/{i}", f"r/{i}", Path(f"{i}.jpg"), i / 1000) for i in range(700)))
    further = synthetic_from_rated(rated)
    references = list(dict.fromkeys(example.reference for example in further.examples))
    assert references == [f"r/{i}" for i in range(699, 99, -1)]
    assert len(further.examples) == 600 * (1 + 3 * 5)
    counts = Counter(example.distortion_type for example in further.examples if example.level == 1)
    assert set(counts) == set(TAXONOMY.distortion_types)
    assert max(counts.values()) == min(counts.values())


def test_blurred_copies_stand_row_by_row_beside_their_whole_photographs(photograph: Path) -> None:
    rated = Dataset("rated", (Example("r/0", "r/0", photograph, 0.9), Example("r/1", "r/1", photograph, 0.2)))
    copies = blurred(rated)
    assert [(e.reference, e.label) for e in copies.examples] == [("r/0", 0.9), ("r/1", 0.2)]
    sharp, soft = (part.examples[0].render().image.pixels_HWC for part in (rated, copies))
    assert soft.shape == sharp.shape
    assert np.abs(np.diff(soft.astype(int), axis=1)).mean() < np.abs(np.diff(sharp.astype(int), axis=1)).mean()


def test_blurred_copies_of_pictures_that_lie_distorted_on_disk_are_blurred_all_the_same(photograph: Path) -> None:
    on_disk = Example("r/0", "r/0", photograph, 0.9, "jpeg", 2, crop_px=None, distorted_on_disk=True)
    (copy,) = blurred(Dataset("rated", (on_disk,))).examples
    whole = Dataset("rated", (replace(on_disk, distortion_type=None, distorted_on_disk=False),))
    assert np.array_equal(copy.render().image.pixels_HWC, blurred(whole).examples[0].render().image.pixels_HWC)


def test_compounds_are_visible_distortions_of_other_groups_than_blur_with_a_blur_on_top() -> None:
    cells = [(CLEAN, 0), *((name, level) for name in TAXONOMY.distortion_types for level in LEVELS)]
    examples = [Example(f"{name}/{level}", "r/0", Path("0.jpg"), 3.0, name, level) for name, level in cells]
    made = compounds(Dataset("distorted", tuple(examples)))
    assert made.name == "compound_distorted"
    assert {example.level for example in made.examples} == {2, 4}
    visible = [e for e in examples if e.level in (2, 4) and e.distortion_type not in TAXONOMY.groups["blur"]]
    assert [replace(example, example_id="", then=None) for example in made.examples] == [
        replace(example, example_id="") for example in visible
    ]
    assert {example.then for example in made.examples} == {("gaussian_blur", 3)}


def test_the_second_distortion_is_made_on_top_of_the_first(photograph: Path) -> None:
    single = Example("id", "r/0", photograph, 3.0, "white_noise", 4)
    double = replace(single, then=("gaussian_blur", 3)).render()
    expected = distort(single.render().image.pixels_HWC, "gaussian_blur", 3, seed=0)
    assert np.array_equal(double.image.pixels_HWC, expected)
    assert double.class_index == TAXONOMY.class_index("white_noise")


def test_a_picture_that_lies_distorted_on_disk_is_shown_as_it_is_under_its_type(
    photograph: Path, draw_picture: Draw
) -> None:
    example = Example("id", "live/0", photograph, 3.0, "jpeg", 3, shrink_factor=2.0, distorted_on_disk=True)
    rendered = example.render()
    assert np.array_equal(rendered.image.pixels_HWC, draw_picture(0))
    assert rendered.class_index == TAXONOMY.class_index("jpeg")


def test_the_best_photographs_are_the_best_whichever_way_labels_run() -> None:
    falling = LabelScale(0, 100, higher_is_better=False)
    rated = Dataset("r", tuple(Example(f"r/{i}", f"r/{i}", Path(f"{i}.jpg"), i / 10) for i in range(700)), falling)
    references = list(dict.fromkeys(example.reference for example in synthetic_from_rated(rated).examples))
    assert references == [f"r/{i}" for i in range(600)]


def test_pictures_that_share_references_cannot_be_further_contents() -> None:
    shared = Dataset("live", tuple(Example(f"l/{i}", "l/one", Path(f"{i}.bmp"), 50.0) for i in range(2)))
    with pytest.raises(
        DatasetError, match="got live, whose pictures share references, expected photographs as the first"
    ):
        synthetic_from_rated(shared)


def test_a_rated_photograph_is_shrunk_before_it_is_distorted(photograph: Path) -> None:
    rated = Dataset("rated", (Example("r/0", "r/0", photograph, 0.9),))
    with Image.open(photograph) as original:
        width, height = original.size
    rendered = synthetic_from_rated(rated).examples[0].render().image
    assert (rendered.width, rendered.height) == (round(width * 0.75), round(height * 0.75))


def test_no_distorted_picture_is_labelled_better_than_its_reference() -> None:
    best = max(kadid_mos(name, level) for name in TAXONOMY.distortion_types for level in LEVELS)
    assert best < KADID_CLEAN_MOS


def test_a_distorted_picture_is_the_same_each_time_and_differs_from_its_reference(photograph: Path) -> None:
    example = Example("id", "pristine/photograph", photograph, 2.0, "white_noise", 5)
    once, again = example.render(), example.render()
    assert np.array_equal(once.image.pixels_HWC, again.image.pixels_HWC)
    assert once.class_index == TAXONOMY.class_index("white_noise")
    clean = Example("id", "pristine/photograph", photograph, 4.65, CLEAN).render()
    assert clean.class_index == TAXONOMY.class_index(CLEAN)
    assert not np.array_equal(once.image.pixels_HWC, clean.image.pixels_HWC)


def test_two_contents_meet_different_noise(photograph: Path) -> None:
    one, other = (Example("id", f"pristine/{name}", photograph, 2.0, "white_noise", 3).render() for name in "ab")
    assert not np.array_equal(one.image.pixels_HWC, other.image.pixels_HWC)


def test_a_distortion_that_changes_nothing_is_labelled_clean(tmp_path: Path) -> None:
    path = tmp_path / "flat.png"
    Image.new("RGB", (64, 64), (90, 90, 90)).save(path)
    rendered = Example("id", "pristine/flat", path, 2.0, "gaussian_blur", 5).render()
    assert rendered.class_index == TAXONOMY.class_index(CLEAN)


@pytest.mark.parametrize(("height", "width", "shape"), [(2, 2, (2, 2, 3)), (3, 9, (3, 5, 3)), (9, 9, (4, 5, 3))])
def test_a_centre_crop_takes_the_middle_or_all_there_is(height: int, width: int, shape: tuple[int, ...]) -> None:
    assert centre_crop(np.zeros((4, 5, 3), np.uint8), height, width).shape == shape


def test_a_centre_crop_is_centred() -> None:
    pixels_HWC = np.arange(7 * 9 * 3, dtype=np.uint8).reshape(7, 9, 3)
    assert np.array_equal(centre_crop(pixels_HWC, 3, 5), pixels_HWC[2:5, 2:7])


def test_the_identity_of_a_data_set_changes_with_any_label_or_distortion(photograph: Path) -> None:
    one = Dataset("d", (Example("a", "d/a", photograph, 0.5),))
    other = Dataset("d", (Example("a", "d/a", photograph, 0.6),))
    moved = Dataset("d", (Example("a", "d/a", photograph.with_name("elsewhere.png"), 0.5),))
    compound = Dataset("d", (replace(one.examples[0], then=("gaussian_blur", 3)),))
    assert len({part.sha256 for part in (one, other, compound)}) == 3
    assert one.sha256 == moved.sha256


def test_the_identity_of_what_is_kept_changes_with_the_files_themselves(photograph: Path, draw_picture: Draw) -> None:
    def identity() -> str:
        return Dataset("d", (Example("a", "d/a", photograph, 0.5),)).pixels_sha256

    before = identity()
    assert identity() == before
    Image.fromarray(draw_picture(1)).save(photograph)
    assert identity() != before


def test_a_picture_that_cannot_be_read_is_named(photograph: Path) -> None:
    photograph.write_bytes(photograph.read_bytes()[:300])
    with pytest.raises(BrokenPicture, match=r"photograph\.PNG: got .*, expected"):
        Example("a", "d/a", photograph, 0.5).render()


def test_pristine_photographs_are_no_litter_and_may_be_links(photograph: Path) -> None:
    (photograph.parent / "._photograph.PNG").write_bytes(b"litter")
    (photograph.parent / "link.png").symlink_to(photograph)
    assert [path.name for path in pristine_photographs([photograph.parent])] == ["link.png", "photograph.PNG"]
