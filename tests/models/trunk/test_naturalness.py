"""The statistics are finite for any picture and answer to what they are named after."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage
from torch import Tensor

from models.trunk.naturalness import NUM_STATISTICS, NaturalSceneStatistics, _blockiness, _moments
from models.trunk.preprocess import normalise
from tests.conftest import Draw


def _statistics(pixels_HWC: NDArray[np.uint8]) -> Tensor:
    with torch.inference_mode():
        statistics_BS: Tensor = NaturalSceneStatistics()(normalise(pixels_HWC).unsqueeze(0))
    return statistics_BS.squeeze(0)


def _luma(pixels_HWC: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(pixels_HWC.mean(2) / 255).float()[None, None]


@pytest.mark.parametrize("size", [(32, 32), (33, 47), (200, 32)])
@pytest.mark.parametrize("level", [0, 127, 255])
def test_a_constant_picture_has_finite_statistics(size: tuple[int, int], level: int) -> None:
    statistics_S = _statistics(np.full((*size, 3), level, np.uint8))
    assert statistics_S.shape == (NUM_STATISTICS,)
    assert torch.isfinite(statistics_S).all()


def test_extreme_textures_have_finite_statistics() -> None:
    checkerboard = np.indices((64, 64)).sum(0) % 2 * np.uint8(255)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    for pixels_HWC in (np.repeat(checkerboard[:, :, None], 3, 2).astype(np.uint8), noise):
        assert torch.isfinite(_statistics(pixels_HWC)).all()


def test_statistics_do_not_grow_with_the_picture() -> None:
    rng = np.random.default_rng(0)
    small, large = (rng.integers(0, 256, (side, side, 3), np.uint8) for side in (128, 512))
    torch.testing.assert_close(_statistics(small), _statistics(large), atol=0.15, rtol=0.05)


def test_statistics_of_a_picture_do_not_depend_on_its_company(draw_picture: Draw) -> None:
    images_BCHW = torch.stack([normalise(draw_picture(seed)) for seed in range(3)])
    together_BS = NaturalSceneStatistics()(images_BCHW)
    torch.testing.assert_close(together_BS[1], _statistics(draw_picture(1)), atol=1e-5, rtol=1e-4)


def test_blockiness_rises_with_jpeg_compression(draw_picture: Draw) -> None:
    def blockiness(quality: int) -> float:
        buffer = io.BytesIO()
        Image.fromarray(draw_picture(0, height=160, width=160)).save(buffer, "JPEG", quality=quality)
        columns_BP, rows_BP = _blockiness(_luma(np.asarray(Image.open(buffer))))
        return (columns_BP + rows_BP).item()

    assert blockiness(5) > blockiness(30) > blockiness(95)


@pytest.mark.parametrize(("height", "width"), [(33, 47), (40, 64), (7, 65)])
def test_blur_is_a_gaussian_of_seven_pixels_with_the_border_repeated(height: int, width: int) -> None:
    planes_PHW = np.random.default_rng(0).random((3, height, width))
    blurred_BPHW = NaturalSceneStatistics()._blur(torch.from_numpy(planes_PHW[None]).float())
    expected_PHW = ndimage.gaussian_filter(planes_PHW, 7 / 6, radius=3, axes=(1, 2), mode="nearest")
    np.testing.assert_allclose(blurred_BPHW[0], expected_PHW, atol=1e-6)


def test_chroma_statistics_stand_plane_by_plane() -> None:
    """Heads know columns by their place: all nine of blue's plane, then all nine of red's."""
    planes_BPHW = torch.from_numpy(np.random.default_rng(0).random((2, 2, 40, 50))).float()
    statistics = NaturalSceneStatistics()
    one_by_one = [statistics._chroma(plane_BPHW) for plane_BPHW in planes_BPHW.chunk(2, 1)]
    torch.testing.assert_close(statistics._chroma(planes_BPHW), torch.cat(one_by_one, 1))


def test_kurtosis_tells_heavy_tails_from_light_ones() -> None:
    rng = np.random.default_rng(0)
    shape = (1, 1, 200, 200)
    samples = (rng.uniform(-1, 1, shape), rng.normal(size=shape), rng.laplace(size=shape))
    kurtosis = [_moments(torch.from_numpy(values))[2].item() for values in samples]
    expected = np.log1p([1.8, 3.0, 6.0])
    np.testing.assert_allclose(kurtosis, expected, atol=0.05)
