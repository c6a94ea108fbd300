"""Shipped heads over a trunk that costs nothing: features are drawn from a picture's mean, spread and sharpness."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import torch
from torch import Tensor

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import read_manifest
from models.loading import load_head
from models.predictor import Predictor


class CheapTrunk:
    """Counts how often it was asked."""

    def __init__(self, num_features: int) -> None:
        self.num_asked = 0
        self._directions_FD = torch.from_numpy(np.random.default_rng(0).normal(size=(3, num_features))).float()

    def __call__(self, views_CHW: Sequence[Tensor]) -> Tensor:
        """(number of views, D)."""
        self.num_asked += 1
        return torch.stack([_facts(view_CHW) @ self._directions_FD for view_CHW in views_CHW])


def _facts(view_CHW: Tensor) -> Tensor:
    return torch.stack([view_CHW.mean(), view_CHW.std(), view_CHW.diff(dim=2).abs().mean()])


@cache
def cheap_heads() -> list[Predictor]:
    """`moe` and `no_gmm`, over one trunk."""
    folders = [CHECKPOINTS_FOLDER / name for name in ("moe", "no_gmm")]
    manifests = [read_manifest(folder) for folder in folders]
    trunk = CheapTrunk(manifests[0].model.config().layout.num_features)
    pairs = zip(folders, manifests, strict=True)
    return [Predictor(manifest, load_head(folder, manifest), trunk) for folder, manifest in pairs]
