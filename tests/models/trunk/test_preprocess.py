"""Small pictures are seen whole; large ones through six fixed views, and the answer says so."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from models.images import RGBImage
from models.trunk.preprocess import MIN_SIDE_PX, Preprocess, PreprocessConfig, PreprocessError, Views, normalise


def _gradient(height: int, width: int) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x % 256, y % 256, (x // 256 * 16 + y // 256) % 256], -1).astype(np.uint8)


def _views(height: int, width: int) -> Views:
    return Preprocess(PreprocessConfig())(RGBImage(_gradient(height, width), "test"))


def test_normalising_maps_bytes_as_the_backbone_was_trained() -> None:
    pixels_HWC = np.array([[[0, 127, 255]]], dtype=np.uint8)
    expected = [-127 / 128, 0, 1]
    assert normalise(pixels_HWC).flatten().tolist() == pytest.approx(expected)


@pytest.mark.parametrize(("height", "width"), [(32, 32), (384, 512), (1024, 1024), (64, 16384)])
def test_up_to_a_megapixel_the_picture_is_seen_whole_at_its_size(height: int, width: int) -> None:
    views = _views(height, width)
    assert views.notes == ()
    assert len(views.views_CHW) == 1
    assert torch.equal(views.views_CHW[0], normalise(_gradient(height, width)))


def test_above_a_megapixel_five_native_crops_and_an_overview_are_seen_and_said() -> None:
    views = _views(1500, 2000)
    *crops, overview_CHW = views.views_CHW
    assert [tuple(crop_CHW.shape) for crop_CHW in crops] == [(3, 512, 512)] * 5
    assert tuple(overview_CHW.shape) == (3, 768, 1024)
    assert views.weights == (0.1, 0.1, 0.1, 0.1, 0.1, 0.5)
    assert "2000 x 1500 px" in views.notes[0]
    assert "1024 x 768 px" in views.notes[0]


def test_crops_are_the_middles_of_the_quadrants_and_of_the_picture_untouched() -> None:
    height, width = 1500, 2000
    pixels_CHW = normalise(_gradient(height, width))
    corners = [(119, 244), (119, 1244), (494, 744), (869, 244), (869, 1244)]
    for crop_CHW, (top, left) in zip(_views(height, width).views_CHW, corners, strict=False):
        assert torch.equal(crop_CHW, pixels_CHW[:, top : top + 512, left : left + 512])


def test_the_same_pixels_give_the_same_views() -> None:
    for one, other in zip(_views(1100, 1300).views_CHW, _views(1100, 1300).views_CHW, strict=True):
        assert torch.equal(one, other)


@pytest.mark.parametrize(("height", "width"), [(164, 16384), (16384, 164), (1025, 1024), (300, 9000), (3000, 2000)])
def test_no_view_of_an_acceptable_picture_is_too_small_or_too_large(height: int, width: int) -> None:
    views = _views(height, width)
    assert len(views.views_CHW) == 6
    for view_CHW in views.views_CHW:
        assert min(view_CHW.shape[1:]) >= MIN_SIDE_PX
        assert view_CHW.shape[1] * view_CHW.shape[2] <= 2**20


def test_the_overview_is_antialiased() -> None:
    pixels_HWC = np.random.default_rng(0).integers(0, 256, (4000, 4000, 3), np.uint8)
    overview_CHW = Preprocess(PreprocessConfig())(RGBImage(pixels_HWC, "test")).views_CHW[-1]
    assert overview_CHW.std() < 0.3 * normalise(pixels_HWC).std()


@pytest.mark.parametrize("name", ["crop_px", "overview_px"])
def test_sizes_that_no_view_may_have_are_refused(name: str) -> None:
    with pytest.raises(PreprocessError, match=f"got {name} = 31, expected at least 32"):
        PreprocessConfig(**{name: 31})


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_that_is_no_share_is_refused(weight: float) -> None:
    with pytest.raises(PreprocessError, match="expected a share between 0 and 1"):
        PreprocessConfig(overview_weight=weight)
