"""What a decoded picture should show, and how far a picture is from it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.images import RGBImage
from tests.images.corpus import HEIGHT, WIDTH, natural_picture

ORIGINAL: Final = natural_picture()
WIDE: Final = 257
"""What turns an 8-bit sample into the 16-bit sample of the same brightness."""


def grey_levels() -> NDArray[np.uint8]:
    """(H, W): the original's green, as a grey picture."""
    return np.ascontiguousarray(ORIGINAL[:, :, 1])


def fading_alpha() -> NDArray[np.uint8]:
    """(H, W): transparent at the left edge, opaque at the right."""
    return np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1))


def as_rgb(grey_HW: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(H, W) -> (H, W, 3) of three equal channels."""
    return np.repeat(grey_HW[:, :, None], 3, axis=2)


def over_white(rgb_HWC: NDArray[np.uint8], alpha_HW: NDArray[np.uint8]) -> NDArray[np.float64]:
    """What one sees of these colours before a white page."""
    share_HW1 = alpha_HW[:, :, None] / 255
    return np.round(rgb_HWC * share_HW1 + 255 * (1 - share_HW1))


def largest_difference(image: RGBImage, expected: NDArray[Any] = ORIGINAL) -> int:
    """In levels of 0-255, over all samples."""
    assert image.pixels_HWC.shape == expected.shape
    return int(np.abs(image.pixels_HWC.astype(int) - expected.astype(int)).max())


def mean_difference(image: RGBImage, expected: NDArray[Any] = ORIGINAL) -> float:
    """In levels of 0-255, over all samples."""
    assert image.pixels_HWC.shape == expected.shape
    return float(np.abs(image.pixels_HWC.astype(int) - expected.astype(int)).mean())
