"""How far scores depend on the way colour is decoded: measured of every shipped checkpoint, and said."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import checkpoint_folders
from models.training.writing.colour_sensitivity import (
    SENSITIVITY_FILE,
    Change,
    measure_sensitivities,
    sensitivity_section,
    write_sensitivity,
)
from tests.images.encoding import encode
from tests.images.pictures import grey_levels, picture

SHIPPED = [folder.name for folder in checkpoint_folders(CHECKPOINTS_FOLDER)]


def test_every_shipped_checkpoint_was_measured() -> None:
    content = json.loads((CHECKPOINTS_FOLDER / SENSITIVITY_FILE).read_text(encoding="utf-8"))
    assert set(content["checkpoints"]) == set(SHIPPED)


@pytest.mark.parametrize("checkpoint_id", SHIPPED)
def test_another_decoder_of_the_same_samples_moves_no_score_far(checkpoint_id: str) -> None:
    content = json.loads((CHECKPOINTS_FOLDER / SENSITIVITY_FILE).read_text(encoding="utf-8"))
    ways = content["checkpoints"][checkpoint_id]
    assert abs(ways["other_decoder"]["mean"]) < 2
    assert abs(ways["other_decoder"]["mean"]) < abs(ways["repeated"]["mean"] - ways["interpolated"]["mean"])


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
