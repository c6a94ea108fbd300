"""Copies and bursts are one group, pictures that share a layout or a mood alone are not, and the best stands first."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from sklearn.cluster import DBSCAN
from sklearn.metrics.pairwise import cosine_distances

from models.studies.figures.duplicates import LIMITS, Place, duplicate_groups, named_groups, places
from models.studies.pictures.layout import LAYOUT_SHAPE, layout
from tests.places import SAMPLES

RNG = np.random.default_rng(0)


def resaved(picture: Image.Image) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=30)
    return Image.open(buffer).convert("RGB")


def halved(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)


def cropped(picture: Image.Image) -> Image.Image:
    return picture.crop((0, 0, picture.width * 24 // 25, picture.height * 24 // 25))


def test_copies_of_photographs_are_groups_and_different_photographs_are_none() -> None:
    originals = [Image.open(path).convert("RGB") for path in sorted(SAMPLES.glob("*.jpg"))]
    copies = [change(picture) for picture in originals for change in (resaved, halved, cropped)]
    layout_NL = np.array([layout(np.asarray(picture)) for picture in (*originals, *copies)])
    features_GD = RNG.normal(size=(len(originals), 64))
    own_N = np.array([*range(len(originals)), *np.repeat(np.arange(len(originals)), 3)])
    found = duplicate_groups(layout_NL, features_GD[own_N] + 0.3 * RNG.normal(size=(len(own_N), 64)))
    assert found == [np.flatnonzero(own_N == number).tolist() for number in range(len(originals))]


def layouts(*angles: float) -> np.ndarray:
    """Unit vectors at these angles to the first."""
    found_NL = np.zeros((len(angles), *LAYOUT_SHAPE))
    found_NL[:, 0], found_NL[:, 1] = np.cos(angles), np.sin(angles)
    return found_NL


@pytest.mark.parametrize(
    ("angle", "feature_angle", "are_alike"),
    [
        pytest.param(0.07, 1.2, True, id="a copy that was saved again"),
        pytest.param(0.07, 3.0, False, id="one layout, all else opposite"),
        pytest.param(0.35, 0.5, True, id="a burst"),
        pytest.param(0.5, 0.6, False, id="a little too far in both"),
        pytest.param(0.45, 1.2, False, id="one horizon, two places"),
        pytest.param(1.0, 0.1, False, id="two dark pictures"),
    ],
)
def test_layout_and_features_have_to_agree(angle: float, feature_angle: float, are_alike: bool) -> None:
    features_ND = 40 * np.array([[1, 0], [np.cos(feature_angle), np.sin(feature_angle)]])
    assert duplicate_groups(layouts(0, angle), features_ND) == ([[0, 1]] if are_alike else [])


def test_groups_are_those_of_scikit_learns_dbscan() -> None:
    centres_GL = RNG.normal(size=(12, *LAYOUT_SHAPE))
    layout_NL = np.repeat(centres_GL, 4, axis=0) + 0.25 * RNG.normal(size=(48, *LAYOUT_SHAPE))
    layout_NL /= np.linalg.norm(layout_NL, axis=1, keepdims=True)
    features_ND = np.repeat(RNG.normal(size=(12, 20)), 4, axis=0) + 0.3 * RNG.normal(size=(48, 20))
    first, second = cosine_distances(layout_NL), cosine_distances(features_ND)
    is_copy = (first <= LIMITS.copy_layout) & (second <= LIMITS.copy_features)
    is_scene = first / LIMITS.scene_layout + second / LIMITS.scene_features <= 1
    labels_N = DBSCAN(eps=0.5, min_samples=2, metric="precomputed").fit_predict(np.where(is_copy | is_scene, 0.0, 1.0))
    expected = sorted(np.flatnonzero(labels_N == number).tolist() for number in set(labels_N) - {-1})
    assert 2 < len(expected) < 24
    assert duplicate_groups(layout_NL, features_ND) == expected


def test_a_thousand_copies_are_one_group() -> None:
    copies = np.repeat(layouts(0.0), 1000, axis=0), np.ones((1000, 3))
    assert duplicate_groups(*copies) == [list(range(1000))]


def test_no_picture_and_a_single_one_and_flat_ones_are_in_no_group() -> None:
    flat = layout(np.full((40, 60, 3), 128, np.uint8))
    assert not flat.any()
    assert duplicate_groups(np.array([flat, flat]), np.ones((2, 3))) == []
    assert duplicate_groups(layouts(0.0), np.ones((1, 3))) == []
    assert duplicate_groups(np.empty((0, *LAYOUT_SHAPE)), np.empty((0, 3))) == []


def test_the_best_has_the_highest_score_and_more_pixels_among_equals() -> None:
    placed = places([[0, 2], [1, 3, 4]], np.array([50.0, 7, 50, 9, 9]), np.array([10, 10, 20, 10, 10]))
    assert placed == {2: Place(1, 1), 0: Place(1, 2), 3: Place(2, 1), 4: Place(2, 2), 1: Place(2, 3)}
    assert named_groups(placed, "abcde") == (("c", "a"), ("d", "e", "b"))
