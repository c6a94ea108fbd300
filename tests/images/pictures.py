"""The picture that samples show, and its grey and transparent versions."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

HEIGHT: Final = 96
WIDTH: Final = 128
WIDE: Final = 257
"""What turns an 8-bit sample into the 16-bit sample of the same brightness."""


@cache
def natural_picture() -> NDArray[np.uint8]:
    """(96, 128, 3) uint8: soft shapes, a gradient and some grain, never black or white all over; seeded."""
    random = np.random.default_rng(2)
    coarse = Image.fromarray(random.integers(30, 226, (6, 8, 3), dtype=np.uint8))
    shapes_HWC = np.asarray(coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.float64)
    gradient_W = np.linspace(-20, 20, WIDTH)[None, :, None]
    grain_HWC = random.normal(0, 2, (HEIGHT, WIDTH, 1))
    return (shapes_HWC + gradient_W + grain_HWC).clip(0, 255).astype(np.uint8)


def picture() -> Image.Image:
    """The natural picture as a Pillow image."""
    return Image.fromarray(natural_picture())


def grey_levels() -> NDArray[np.uint8]:
    """(H, W): the natural picture's green, as a grey picture."""
    return np.ascontiguousarray(natural_picture()[:, :, 1])


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


def grey_rgb() -> NDArray[np.uint8]:
    """(H, W, 3): `grey_levels` in every channel."""
    return as_rgb(grey_levels())


def half_transparent() -> Image.Image:
    """The natural picture under an alpha of 128 everywhere."""
    image = picture()
    image.putalpha(128)
    return image


def half_over_white() -> NDArray[np.float64]:
    """What one sees of `half_transparent` before a white page."""
    return over_white(natural_picture(), np.full((HEIGHT, WIDTH), 128, np.uint8))
