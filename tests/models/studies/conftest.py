"""Shipped heads over a trunk that costs nothing: features are drawn from a picture's mean, spread and sharpness."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pytest
import torch
from PIL import Image, ImageFilter
from torch import Tensor

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import read_manifest
from models.loading import load_head
from models.predictor import Predictor
from tests.conftest import Draw

FALLING: Final = tuple(90.0 - 7 * number for number in range(12))
"""Labels of the photographs."""


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


@pytest.fixture(scope="session")
def heads() -> list[Predictor]:
    """`moe` and `no_gmm`, to be given a trunk of a test's own."""
    folders = [CHECKPOINTS_FOLDER / name for name in ("moe", "no_gmm")]
    manifests = [read_manifest(folder) for folder in folders]
    trunk = CheapTrunk(manifests[0].model.config().layout.num_features)
    pairs = zip(folders, manifests, strict=True)
    return [Predictor(manifest, load_head(folder, manifest), trunk) for folder, manifest in pairs]


@pytest.fixture
def trunk(heads: list[Predictor]) -> CheapTrunk:
    """The trunk below both heads, its count at zero."""
    cheap = heads[0]._runtime
    assert isinstance(cheap, CheapTrunk)
    cheap.num_asked = 0
    return cheap


@pytest.fixture
def photographs(tmp_path: Path, draw_picture: Draw) -> Path:
    """A folder with twelve pictures, from sharp to blurred."""
    folder = tmp_path / "photographs"
    folder.mkdir()
    for number in range(12):
        picture = Image.fromarray(draw_picture(number % 3, height=40, width=48))
        picture.filter(ImageFilter.GaussianBlur(number / 3)).save(folder / f"p{number:02}.png")
    return folder


def labels_of(folder: Path, *labels: float, header: str = "image,mos") -> Path:
    """A table of a folder's first pictures."""
    rows = [f"p{number:02}.png,{label}" for number, label in enumerate(labels)]
    path = folder.parent / "labels.csv"
    path.write_text("\n".join([header, *rows, ""]))
    return path
