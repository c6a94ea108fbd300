"""Shipped heads over a trunk that costs nothing, and photographs for them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from PIL import Image, ImageFilter

from models.predictor import Predictor
from tests.conftest import Draw
from tests.models.studies.cheap_heads import CheapTrunk, cheap_heads

FALLING: Final = tuple(90.0 - 7 * number for number in range(12))
"""Labels of the photographs."""


@pytest.fixture(scope="session")
def heads() -> list[Predictor]:
    """`moe` and `no_gmm`, to be given a trunk of a test's own."""
    return cheap_heads()


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
