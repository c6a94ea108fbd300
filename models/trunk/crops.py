"""A picture's centre at its native size: what a variant with an encoder of its own sees beside the features.

Legend: B images, H rows, W columns, C channels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

if TYPE_CHECKING:
    from models.images import RGBImage


def centre_crop(image_BCHW: Tensor, crop_px: int) -> Tensor:
    """The middle `crop_px` x `crop_px` pixels, mirrored outwards along a shorter side: (B, C, crop_px, crop_px).

    Indices are computed, not decided on, so that a graph can be exported with dynamic height and width.
    """
    rows, columns = (_positions(side_px, crop_px) for side_px in image_BCHW.shape[2:])
    return image_BCHW[:, :, rows.unsqueeze(1), columns]


def picture_crop(image: RGBImage, crop_px: int) -> NDArray[np.uint8]:
    """`centre_crop` of one decoded picture: (crop_px, crop_px, 3)."""
    rows, columns = (_positions(side_px, crop_px).numpy() for side_px in image.pixels_HWC.shape[:2])
    crop_HWC: NDArray[np.uint8] = image.pixels_HWC[np.ix_(rows, columns)]
    return crop_HWC


def normalise_crops(crops_BHWC: NDArray[np.uint8]) -> Tensor:
    """Pixels -> float32 (B, 3, H, W), as `(x - 127) / 128`, what the trunk is given, too."""
    return torch.from_numpy(crops_BHWC).permute(0, 3, 1, 2).float().sub_(127).div_(128)


def crops_of_picture(image: RGBImage, crop_px: int | None) -> tuple[Tensor, ...]:
    """What a head is given of one picture beside its features: one crop, or nothing where it asks for no size."""
    if crop_px is None:
        return ()
    return (normalise_crops(picture_crop(image, crop_px)[np.newaxis]),)


def _positions(side_px: int, crop_px: int) -> Tensor:
    """Which pixel along a side each pixel of the crop is; past an end they run back, without repeating the end."""
    period_px = torch.scalar_tensor(max(2 * (side_px - 1), 1), dtype=torch.int64)  # no number: graphs divide tensors
    unfolded = (torch.arange(crop_px) + (side_px - crop_px) // 2) % period_px
    return torch.minimum(unfolded, period_px - unfolded)
