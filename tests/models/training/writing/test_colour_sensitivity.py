"""How far scores depend on the way colour is decoded is measured, and said on a model card."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.training.writing.colour_sensitivity import (
    Change,
    measure_sensitivities,
    sensitivity_section,
    write_sensitivity,
)
from tests.images.encoding import encode
from tests.images.pictures import grey_levels, picture


def test_a_picture_without_colour_depends_on_no_way_to_decode_it(tmp_path: Path) -> None:
    file = tmp_path / "grey.png"
    grey = picture()
    grey.paste(tuple(np.repeat(grey_levels()[5, 5], 3).tolist()), (0, 0, *grey.size))
    file.write_bytes(encode(grey, "PNG"))
    found = measure_sensitivities([CHECKPOINTS_FOLDER / "moe"], [file])
    assert found == {"moe": dict.fromkeys(("repeated", "interpolated", "halved", "other_decoder"), Change(0.0, 0.0))}


def test_the_section_says_what_was_written_and_nothing_of_others(tmp_path: Path) -> None:
    ways = ("repeated", "interpolated", "halved", "other_decoder")
    changes = {way: Change(number + 0.5, -number - 1.0) for number, way in enumerate(ways)}
    write_sensitivity(tmp_path, {"moe": changes}, num_pictures=7)
    section = sensitivity_section(tmp_path, "moe")
    assert "over 7 photographs" in section
    assert "| +3.5 | -4.0 |" in section
    assert sensitivity_section(tmp_path, "no_gmm") == ""
