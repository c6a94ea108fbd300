"""A crop is the picture's centre at its native size, whatever the picture's size, in arrays and in graphs alike."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from models.images import from_array
from models.trunk.crops import centre_crop, crops_of_picture, normalise_crops, picture_crop
from models.trunk.preprocess import normalise

SIZES = [(128, 128), (200, 301), (97, 130), (64, 64), (128, 40), (32, 500)]


def _picture(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_of_a_large_picture_it_is_the_middle_pixels() -> None:
    pixels_HWC = _picture(200, 301)
    assert np.array_equal(picture_crop(from_array(pixels_HWC), 128), pixels_HWC[36:164, 86:214])


@pytest.mark.parametrize(("height", "width"), [(64, 64), (97, 130), (32, 130)])
def test_a_smaller_picture_is_mirrored_outwards_on_both_sides(height: int, width: int) -> None:
    pixels_HWC = _picture(height, width)
    before = [-((side - 128) // 2) if side < 128 else 0 for side in (height, width)]
    after = [max(128 - side, 0) - first for side, first in zip((height, width), before, strict=True)]
    padded_HWC = np.pad(pixels_HWC, [*zip(before, after, strict=True), (0, 0)], mode="reflect")
    left = (padded_HWC.shape[1] - 128) // 2
    assert np.array_equal(picture_crop(from_array(pixels_HWC), 128), padded_HWC[:, left : left + 128])


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_a_normalised_pictures_crop_is_the_crop_normalised(height: int, width: int) -> None:
    pixels_HWC = _picture(height, width)
    crop_1CHW = normalise_crops(picture_crop(from_array(pixels_HWC), 128)[np.newaxis])
    assert crop_1CHW.shape == (1, 3, 128, 128)
    assert torch.equal(centre_crop(normalise(pixels_HWC).unsqueeze(0), 128), crop_1CHW)


def test_a_head_is_given_crops_of_its_size_or_none() -> None:
    image = from_array(_picture(40, 50))
    assert crops_of_picture(image, None) == ()
    (crop_1CHW,) = crops_of_picture(image, 128)
    assert crop_1CHW.shape == (1, 3, 128, 128)
