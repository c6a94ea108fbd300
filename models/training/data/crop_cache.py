"""Native centre crops of whole data sets on disk: for the variants that see pixels beside the features.

Legend: N pictures, B chosen ones, H rows, W columns, C channels.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.heads.config import ConfigError
from models.heads.variant import Variant
from models.training.data.datasets import Dataset, Example
from models.training.data.feature_cache import Column, distortions_sha256, is_synthetic, resumable_rows
from models.trunk.crops import normalise_crops, picture_crop

NO_CROP: Final = -1
"""Row of a picture of which no crop was kept."""


@dataclass(frozen=True)
class Crops:
    """Pixels on disk and which of them, in which order: choosing some copies no pixel."""

    pixels_NHWC: NDArray[np.uint8]
    rows_B: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows_B)

    def __getitem__(self, chosen: NDArray[np.int64] | Tensor | slice) -> Crops:
        chosen = chosen.numpy() if isinstance(chosen, Tensor) else chosen
        return replace(self, rows_B=self.rows_B[chosen])

    @property
    def kept_B(self) -> NDArray[np.bool_]:
        """Of which pictures there is a crop."""
        kept_B: NDArray[np.bool_] = self.rows_B != NO_CROP
        return kept_B

    def without(self, count: int) -> Crops:
        """These, and so many pictures more of which there is no crop."""
        return replace(self, rows_B=np.concatenate([self.rows_B, np.full(count, NO_CROP)]))

    def normalised(self) -> Tensor:
        """float32 (B, 3, H, W), as the trunk's input; raises `ConfigError` for a picture without a crop."""
        if not self.kept_B.all():
            raise ConfigError(
                f"got {(~self.kept_B).sum()} of {len(self)} pictures without a crop, expected one of each"
            )
        return normalise_crops(self.pixels_NHWC[self.rows_B])


def cached_crops(dataset: Dataset, crop_px: int | None, *, root: Path) -> Crops | None:
    """The data set's crops, from the cache under `root` as far as they are there; `None` where no size is asked for."""
    if crop_px is None:
        return None

    def crop(example: Example) -> tuple[NDArray[np.uint8]]:
        return (picture_crop(example.render().image, crop_px),)

    columns = {"crops": Column((crop_px, crop_px, 3), np.dtype(np.uint8))}
    (pixels_NHWC,) = resumable_rows(root / crops_key(dataset, crop_px), dataset, columns, crop)
    return Crops(pixels_NHWC, np.arange(len(dataset.examples)))


def crops_key(dataset: Dataset, crop_px: int) -> str:
    """What a cache folder is called: the data set's name and a hash of all that its pixels depend on."""
    parts = [dataset.pixels_sha256, crop_px, distortions_sha256() if is_synthetic(dataset) else ""]
    return f"crops_{dataset.name}-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]}"


def crops_seen(head: Variant, *crops: Crops | None) -> tuple[Tensor, ...]:
    """What a head is given of a batch beside its features: nothing, or the crops one after the other.

    Raises `ConfigError` where the head asks for crops and there are none.
    """
    if head.crop_px is None:
        return ()
    found = [part for part in crops if part is not None]
    if len(found) < max(len(crops), 1):
        config = head.config
        raise ConfigError(
            f"got pictures without crops for {config.variant} ({config.formulation}), expected a corpus that was "
            f"loaded with crop_px = {head.crop_px}"
        )
    return (torch.cat([part.normalised() for part in found]),)
