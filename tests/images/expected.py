"""What a decoded picture should show, and how far a picture is from it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.images import RGBImage
from tests.images.pictures import natural_picture

ORIGINAL: Final = natural_picture()


def largest_difference(image: RGBImage, expected: NDArray[Any] = ORIGINAL) -> int:
    """In levels of 0-255, over all samples."""
    assert image.pixels_HWC.shape == expected.shape
    return int(np.abs(image.pixels_HWC.astype(int) - expected.astype(int)).max())


def mean_difference(image: RGBImage, expected: NDArray[Any] = ORIGINAL) -> float:
    """In levels of 0-255, over all samples."""
    assert image.pixels_HWC.shape == expected.shape
    return float(np.abs(image.pixels_HWC.astype(int) - expected.astype(int)).mean())
