"""Pictures drawn for data sets on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Paint = Callable[..., None]


def _paint(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (33, 32), (200, 90, 30)).save(path)


@pytest.fixture
def paint() -> Paint:
    """`paint(path, ...)` writes a tiny picture to each path, its format by the extension."""
    return _paint
