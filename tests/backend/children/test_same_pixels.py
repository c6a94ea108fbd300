"""A picture that a decode child opens is the one that the command line sees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.predictor import open_image
from tests.backend.children.test_pool import with_pool
from tests.images.corpus import sample


@pytest.mark.parametrize(
    "name", ["heic-half-colour", "heic-10-bit", "avif-10-bit", "jpeg-cut-at-its-end", "tiff-old-jpeg"]
)
def test_the_service_and_the_command_line_see_the_same_pixels_and_notes(name: str, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(sample(name).data)
    served, scored = with_pool(lambda pool: pool.decode(sample(name).data)), open_image(file)
    assert np.array_equal(served.pixels_HWC, scored.pixels_HWC)
    assert (served.format, served.notes) == (scored.format, scored.notes)
