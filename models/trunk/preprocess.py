"""RGBImage -> tensors: the only resizing, cropping and normalising in the repository.

Legend: C channels, H rows, W columns.

Up to one megapixel the whole picture is seen at its native size. Above, five fixed native crops (the four quadrants'
middles and the centre) and one antialiased overview are seen, and features are averaged, half from the crops and half
from the overview: nothing is drawn at random, so the same bytes always give the same score.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

if TYPE_CHECKING:
    from models.images import RGBImage

MIN_SIDE_PX: Final = 32
"""Smallest side of a view in pixels: one cell of the backbone's last stage."""
_COPYING: Final = Lock()
"""Pillow's own copy of a picture has 4 bytes a pixel, 0.2 GB for the largest: one at a time."""
_CROP_CENTRES: Final = ((0.25, 0.25), (0.25, 0.75), (0.5, 0.5), (0.75, 0.25), (0.75, 0.75))


class PreprocessError(ValueError):
    """Sizes under which a view would be too small to be seen, or a weight that is no share."""


@dataclass(frozen=True)
class PreprocessConfig:
    """What decides which views of a picture are seen, and their weight; part of every checkpoint's `config.json`.

    `overview_weight` is the overview's share in a large picture's features; the crops share the rest. Raises
    `PreprocessError` where crops or overview would be smaller than `MIN_SIDE_PX`.
    """

    native_max_pixels: int = 1_048_576
    crop_px: int = 512
    overview_px: int = 1024
    overview_weight: float = 0.5

    def __post_init__(self) -> None:
        for name in ("crop_px", "overview_px"):
            if getattr(self, name) < MIN_SIDE_PX:
                raise PreprocessError(f"got {name} = {getattr(self, name)}, expected at least {MIN_SIDE_PX}")
        if not 0 <= self.overview_weight <= 1:
            raise PreprocessError(f"got overview_weight = {self.overview_weight}, expected a share between 0 and 1")


@dataclass(frozen=True)
class Views:
    """Normalised views of one picture, each (3, H, W), their weights (which sum to one), and notes for the reader."""

    views_CHW: tuple[Tensor, ...]
    weights: tuple[float, ...]
    notes: tuple[str, ...]


def normalise(pixels_HWC: NDArray[np.uint8]) -> Tensor:
    """uint8 (H, W, 3) -> float32 (3, H, W), as `(x - 127) / 128`, what the backbone was trained on."""
    pixels_CHW = torch.from_numpy(np.ascontiguousarray(pixels_HWC.transpose(2, 0, 1)))
    return pixels_CHW.float().sub_(127).div_(128)


def shrink(pixels_HWC: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """A smaller copy, antialiased: each side divided by `factor` (>= 1) and rounded."""
    size = (round(pixels_HWC.shape[1] / factor), round(pixels_HWC.shape[0] / factor))
    return np.asarray(Image.fromarray(pixels_HWC).resize(size, Image.Resampling.LANCZOS))


class Preprocess:
    """RGBImage -> Views by a fixed rule."""

    def __init__(self, config: PreprocessConfig) -> None:
        self.config = config

    def __call__(self, image: RGBImage) -> Views:
        """The whole picture, or five crops and an overview above `native_max_pixels`."""
        pixels_HWC = image.pixels_HWC
        height, width = pixels_HWC.shape[:2]
        if self.is_whole(image):
            return Views((normalise(pixels_HWC),), (1.0,), ())
        crops = [normalise(crop_HWC) for crop_HWC in self._crops(pixels_HWC)]
        overview_HWC = self.overview(pixels_HWC)
        note = (
            f"{width} x {height} px is above {self.config.native_max_pixels / 1e6:.2g} megapixels: five native crops "
            f"of up to {self.config.crop_px} px and an overview of {overview_HWC.shape[1]} x {overview_HWC.shape[0]} "
            "px were scored together"
        )
        overview_weight = self.config.overview_weight
        weights = (*[(1 - overview_weight) / len(crops)] * len(crops), overview_weight)
        return Views((*crops, normalise(overview_HWC)), weights, (note,))

    def is_whole(self, image: RGBImage) -> bool:
        """Whether the picture is seen whole, at its native size."""
        return image.height * image.width <= self.config.native_max_pixels

    def _crops(self, pixels_HWC: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
        height, width = pixels_HWC.shape[:2]
        crop_height, crop_width = min(self.config.crop_px, height), min(self.config.crop_px, width)
        crops = []
        for centre_y, centre_x in _CROP_CENTRES:
            top = min(max(round(centre_y * height - crop_height / 2), 0), height - crop_height)
            left = min(max(round(centre_x * width - crop_width / 2), 0), width - crop_width)
            crops.append(pixels_HWC[top : top + crop_height, left : left + crop_width])
        return crops

    def overview(self, pixels_HWC: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The whole picture, antialiased, with its longer side at most `overview_px` and none below `MIN_SIDE_PX`."""
        height, width = pixels_HWC.shape[:2]
        scale = min(1.0, max(self.config.overview_px / max(height, width), MIN_SIDE_PX / min(height, width)))
        size = (max(round(width * scale), MIN_SIDE_PX), max(round(height * scale), MIN_SIDE_PX))
        with _COPYING:
            return np.asarray(Image.fromarray(pixels_HWC).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0))
