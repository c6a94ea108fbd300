"""The 25 distortions do what KADID-10k's raters saw: severities in the human order, everything else left alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage import data
from skimage.color import rgb2lab
from skimage.filters import threshold_multiotsu
from skimage.metrics import structural_similarity

from models.distortions import operations as distortions
from models.distortions.operations import DISTORTIONS, DistortionError, Drawn, Fixed, Pixels, distort, equals_reference
from models.distortions.pseudo_mos import KADID_MOS_RANGE, PseudoMOSError, kadid_mos
from models.taxonomy import LEVELS, TAXONOMY
from models.training.pictures.contact_sheet import render_contact_sheet
from tests.models.builders import group_of

TYPES: Final = TAXONOMY.distortion_types
NOT_ORDERED_BY_LEVEL: Final = frozenset({"mean_shift", "contrast_change"})
CLEAN_CELLS: Final = frozenset({("gaussian_blur", 1), ("motion_blur", 1), ("color_saturation_2", 1), ("mean_shift", 3)})
NOTICEABLE_MOS_STEP: Final = 0.3
SEED: Final = 5


def _drawn_picture() -> Pixels:
    """Colour ramps, rings from coarse to fine and sharp shapes: what no photograph has in such purity."""
    y, x = np.mgrid[0:160, 0:200] / np.array([160, 200])[:, None, None]
    rings = 20 * np.sin(150 * (x**2 + y**2))
    picture = (30 + 190 * np.dstack([x, y, (x + 1 - y) / 2]) + rings[..., None]).astype(np.uint8)
    cv2.circle(picture, (60, 70), 40, (220, 60, 40), -1)
    cv2.rectangle(picture, (110, 40), (180, 130), (30, 90, 200), 3)
    return picture


PICTURES: Final[Mapping[str, Pixels]] = {
    "drawn": _drawn_picture(),
    "astronaut": np.ascontiguousarray(data.astronaut()[50:210, 140:340]),
    "coffee": np.ascontiguousarray(data.coffee()[100:260, 200:400]),
    "chelsea": np.ascontiguousarray(data.chelsea()[40:200, 120:320]),
}


@cache
def _levels(picture: str, distortion_type: str) -> tuple[Pixels, ...]:
    return tuple(distort(PICTURES[picture], distortion_type, level, seed=SEED) for level in LEVELS)


def _noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)


def _cells(types: tuple[str, ...] = TYPES) -> list[tuple[str, int]]:
    return list(itertools.product(types, LEVELS))


# --- similarity to the reference, higher = more alike ---


def _structure(reference: Pixels, distorted: Pixels) -> float:
    return float(structural_similarity(reference, distorted, channel_axis=2))


def _color(reference: Pixels, distorted: Pixels) -> float:
    return -float(np.linalg.norm(rgb2lab(reference) - rgb2lab(distorted), axis=2).mean())


def _energy(reference: Pixels, distorted: Pixels) -> float:
    return cv2.PSNR(reference, distorted)


SIMILARITY_OF_GROUP: Final[Mapping[str, Callable[[Pixels, Pixels], float]]] = {
    "blur": _structure,
    "color": _color,
    "compression": _structure,
    "noise": _energy,
    "brightness": _color,
    "spatial": _structure,
    "sharpness_contrast": _structure,
}


# --- the table of types ---


def test_every_type_of_the_taxonomy_has_an_operation_and_a_parameter_for_each_level() -> None:
    assert tuple(name for name, distortion in DISTORTIONS.items() if distortion.lab_only is None) == TYPES
    assert {len(distortion.parameters) for distortion in DISTORTIONS.values()} == {len(LEVELS)}


@pytest.mark.parametrize("distortion_type", [name for name in TYPES if name not in NOT_ORDERED_BY_LEVEL])
def test_parameters_run_one_way(distortion_type: str) -> None:
    steps = np.sign(np.diff(DISTORTIONS[distortion_type].parameters))
    assert set(steps) in ({1.0}, {-1.0})


# --- severity ---


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("distortion_type", [name for name in TYPES if name not in NOT_ORDERED_BY_LEVEL])
def test_levels_that_people_told_apart_are_ordered_as_people_ordered_them(distortion_type: str, picture: str) -> None:
    similarity = SIMILARITY_OF_GROUP[group_of(distortion_type)]
    values = [similarity(PICTURES[picture], distorted) for distorted in _levels(picture, distortion_type)]
    for better, worse in itertools.permutations(LEVELS, 2):
        if kadid_mos(distortion_type, better) - kadid_mos(distortion_type, worse) >= NOTICEABLE_MOS_STEP:
            assert values[better - 1] > values[worse - 1], f"level {better} against {worse}"


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("distortion_type", sorted(NOT_ORDERED_BY_LEVEL))
def test_types_that_go_both_ways_are_mildest_in_the_middle(distortion_type: str, picture: str) -> None:
    _, mild_up, middle, mild_down, _ = values = [
        _color(PICTURES[picture], d) for d in _levels(picture, distortion_type)
    ]
    assert values[0] < mild_up < middle
    assert values[4] < mild_down
    assert values[4] < middle


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("distortion_type", TYPES)
def test_neighbouring_levels_are_different_pictures(distortion_type: str, picture: str) -> None:
    for milder, stronger in itertools.pairwise(_levels(picture, distortion_type)):
        assert not equals_reference(milder, stronger)


# --- clean cells ---


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("distortion_type", TYPES)
def test_four_cells_equal_their_reference_and_no_other_does(distortion_type: str, picture: str) -> None:
    found = {
        (distortion_type, level)
        for level, distorted in zip(LEVELS, _levels(picture, distortion_type), strict=True)
        if equals_reference(distorted, PICTURES[picture])
    }
    assert found == {cell for cell in CLEAN_CELLS if cell[0] == distortion_type}


def test_people_rated_the_clean_cells_above_all_that_can_be_told_from_the_reference() -> None:
    # A first step of darkening changes the pixels, but people did not see it.
    told_apart = [kadid_mos(*cell) for cell in _cells() if cell not in CLEAN_CELLS and cell != ("darken", 1)]
    assert min(kadid_mos(*cell) for cell in CLEAN_CELLS) > max(told_apart)


def test_a_picture_of_another_shape_is_no_reference() -> None:
    with pytest.raises(DistortionError, match=r"got shape \(8, 9, 3\), expected the reference's \(9, 8, 3\)"):
        equals_reference(_noise(8, 9), _noise(9, 8))


# --- what comes back ---


@pytest.mark.parametrize("size", [(47, 61), (33, 200), (32, 32), (96, 128)])
@pytest.mark.parametrize("distortion_type", TYPES)
def test_size_and_dtype_survive_and_the_input_is_left_alone(distortion_type: str, size: tuple[int, int]) -> None:
    picture = _noise(*size)
    before = picture.copy()
    for level in LEVELS:
        distorted = distort(picture, distortion_type, level, seed=SEED)
        assert (distorted.shape, distorted.dtype) == (picture.shape, picture.dtype)
        assert not np.shares_memory(distorted, picture)
    np.testing.assert_array_equal(picture, before)


@pytest.mark.parametrize("distortion_type", TYPES)
def test_a_view_and_a_read_only_array_are_distorted_like_a_copy(distortion_type: str) -> None:
    mirrored = PICTURES["coffee"][:, ::-1]
    frozen = mirrored.copy()
    frozen.flags.writeable = False
    np.testing.assert_array_equal(
        distort(mirrored, distortion_type, 3, seed=SEED), distort(frozen, distortion_type, 3, seed=SEED)
    )


@pytest.mark.parametrize("distortion_type", TYPES)
def test_the_same_seed_gives_the_same_bytes(distortion_type: str) -> None:
    again = distort(PICTURES["coffee"], distortion_type, 3, seed=SEED)
    np.testing.assert_array_equal(again, _levels("coffee", distortion_type)[2])


@pytest.mark.parametrize("distortion_type", TYPES)
def test_another_seed_matters_exactly_where_something_is_drawn(distortion_type: str) -> None:
    other = distort(PICTURES["coffee"], distortion_type, 3, seed=SEED + 1)
    same = np.array_equal(other, _levels("coffee", distortion_type)[2])
    assert isinstance(DISTORTIONS[distortion_type], Fixed if same else Drawn)


@pytest.mark.parametrize("distortion_type", ["color_diffusion", "color_saturation_1", "color_saturation_2"])
def test_what_changes_colour_alone_leaves_a_grey_picture_grey(distortion_type: str) -> None:
    grey = np.repeat(PICTURES["astronaut"][..., :1], 3, axis=2)
    for level in LEVELS:
        difference = distort(grey, distortion_type, level, seed=SEED).astype(int) - grey
        assert np.abs(difference).max() <= 2  # OpenCV's Lab of a grey is not quite neutral, and level 5 amplifies it


@pytest.mark.parametrize(
    "distortion_type",
    ["gaussian_blur", "lens_blur", "motion_blur", "color_shift", "quantization", "jitter", "non_eccentricity_patch"],
)
def test_what_moves_or_merges_pixels_leaves_a_flat_picture_flat(distortion_type: str) -> None:
    flat = np.full((40, 56, 3), (90, 140, 200), np.uint8)
    for level in LEVELS:
        assert equals_reference(distort(flat, distortion_type, level, seed=SEED), flat)


# --- single operations ---


def test_more_blocks_keep_the_blocks_there_were() -> None:
    reference = PICTURES["coffee"]
    few, many = (_levels("coffee", "color_block")[index] != reference for index in (0, 4))
    assert few.any(axis=2)[~many.any(axis=2)].sum() == 0


def test_a_disk_of_radius_one_covers_what_geometry_says() -> None:
    kernel = distortions._disk_kernel(1)
    assert kernel.sum() == pytest.approx(np.pi, rel=0.01)
    assert kernel[1, 1] == 1
    np.testing.assert_allclose(kernel, kernel.T)


def test_a_motion_of_three_pixels_is_a_plain_mean_along_its_direction() -> None:
    np.testing.assert_allclose(distortions._motion_kernel(3, angle=0)[2], [0, 1, 1, 1, 0])
    np.testing.assert_allclose(distortions._motion_kernel(3, angle=np.pi / 2)[:, 2], [0, 1, 1, 1, 0], atol=1e-12)


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_otsu_thresholds_are_those_of_the_exhaustive_search(classes: int) -> None:
    channel = PICTURES["astronaut"][..., 0]
    edges = distortions._otsu_edges(np.bincount(channel.ravel(), minlength=256), classes)
    np.testing.assert_array_equal(edges - 1, threshold_multiotsu(channel, classes))


@pytest.mark.parametrize("level", LEVELS)
def test_quantizers_leave_as_few_values_as_their_parameter_says(level: int) -> None:
    tones = np.unique(_levels("coffee", "quantization")[level - 1])
    colors = np.unique(_levels("coffee", "color_quantization")[level - 1].reshape(-1, 3), axis=0)
    assert len(tones) == DISTORTIONS["quantization"].parameters[level - 1] + 1
    assert len(colors) <= DISTORTIONS["color_quantization"].parameters[level - 1]


@pytest.mark.parametrize("level", LEVELS)
def test_quantization_keeps_the_range_of_a_picture_of_low_contrast(level: int) -> None:
    hazy = 90 + PICTURES["coffee"] // 4
    quantized = distort(hazy, "quantization", level, seed=SEED)
    assert (quantized.min(), quantized.max()) == (hazy.min(), hazy.max())


@pytest.mark.parametrize("level", LEVELS)
def test_white_noise_has_the_variance_it_names(level: int) -> None:
    grey = np.full((128, 128, 3), 128, np.uint8)
    noise = distort(grey, "white_noise", level, seed=SEED) / 255 - 128 / 255
    assert noise.var() == pytest.approx(DISTORTIONS["white_noise"].parameters[level - 1], rel=0.05)


# --- refusals ---


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"distortion_type": "fog"}, r"got distortion type 'fog', expected one of gaussian_blur, "),
        ({"distortion_type": "clean"}, r"got distortion type 'clean', expected one of gaussian_blur, "),
        ({"level": 0}, r"got level 0, expected one of 1, 2, 3, 4, 5"),
        ({"level": 6}, r"got level 6, expected one of 1, 2, 3, 4, 5"),
        ({"seed": -1}, r"got seed -1, expected an integer of 0 or more"),
        ({"pixels_HWC": np.zeros((8, 8, 3))}, r"got an array of float64 \(8, 8, 3\), expected uint8"),
        ({"pixels_HWC": np.zeros((8, 8), np.uint8)}, r"got an array of uint8 \(8, 8\), expected uint8 \(height, wid"),
        ({"pixels_HWC": np.zeros((8, 8, 4), np.uint8)}, r"got an array of uint8 \(8, 8, 4\), expected uint8"),
        ({"pixels_HWC": np.zeros((0, 8, 3), np.uint8)}, r"got an empty picture of uint8 \(0, 8, 3\), expected at lea"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused_with_what_was_expected(
    arguments: dict[str, Any], message: str
) -> None:
    request: dict[str, Any] = {"pixels_HWC": _noise(8, 8), "distortion_type": "jpeg", "level": 1, "seed": 0} | arguments
    with pytest.raises(DistortionError, match=message):
        distort(**request)


# --- KADID's opinions ---


def test_every_cell_was_rated_on_the_scale_of_kadid() -> None:
    low, high = KADID_MOS_RANGE
    assert all(low < kadid_mos(*cell) < high for cell in _cells())


def test_higher_opinions_are_better() -> None:
    assert kadid_mos("gaussian_blur", 1) == 4.6122
    assert kadid_mos("gaussian_blur", 5) == 1.3027


@pytest.mark.parametrize("cell", [("clean", 1), ("jpeg", 0), ("jpeg", 6)])
def test_there_is_no_opinion_of_what_was_not_rated(cell: tuple[str, int]) -> None:
    with pytest.raises(PseudoMOSError, match=f"got {cell[0]!r} at level {cell[1]}, expected one of the 25"):
        kadid_mos(*cell)


# --- the contact sheet ---


def test_the_contact_sheet_shows_reference_and_levels_at_their_own_size(tmp_path: Path) -> None:
    reference = PICTURES["drawn"]
    path = tmp_path / "sheet.png"
    render_contact_sheet(reference, path, distortion_types=("jpeg", "white_noise"), seed=SEED)
    with Image.open(path) as sheet:
        columns, rows = sheet.width // reference.shape[1], sheet.height // reference.shape[0]
        pixels = np.asarray(sheet)
    assert (columns, rows) == (1 + len(LEVELS), 2)
    cells = [reference, *_levels("drawn", "jpeg"), reference, *_levels("drawn", "white_noise")]
    assert all(_shows(pixels, cell) for cell in cells)


def _shows(sheet: Pixels, cell: Pixels) -> bool:
    _, _, (left, top), _ = cv2.minMaxLoc(cv2.matchTemplate(sheet, cell, cv2.TM_SQDIFF))
    height, width, _ = cell.shape
    return np.array_equal(sheet[top : top + height, left : left + width], cell)
