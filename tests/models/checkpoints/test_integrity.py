"""The files of a checkpoint beside what was recorded of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.checkpoints.integrity import FileState, Integrity, check_files
from models.checkpoints.manifest import CHECKPOINTS_FOLDER, CONFIG_FILE, WEIGHTS_FILE
from models.trunk.record import SHARED_FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shipped checkpoint's own files, beside the shared ones."""
    source, target = CHECKPOINTS_FOLDER / "no_gmm", tmp_path / "no_gmm"
    target.mkdir()
    for path in source.iterdir():
        if path.is_file():
            shutil.copy(path, target)
    (tmp_path / SHARED_FOLDER).symlink_to(CHECKPOINTS_FOLDER / SHARED_FOLDER)
    return target


def states(integrity: Integrity) -> dict[str, FileState]:
    return {check.path.rpartition("/")[2]: check.state for check in integrity.files}


def test_a_shipped_checkpoint_is_as_recorded(folder: Path) -> None:
    integrity = check_files(folder)
    assert integrity.refusal is None
    found = states(integrity)
    assert found[WEIGHTS_FILE] == found["features.onnx"] == "as_recorded"
    assert found["MODEL_CARD.md"] == "unrecorded"
    assert "changed" not in found.values()


def test_a_flipped_bit_is_a_change_of_the_same_size(folder: Path) -> None:
    path = folder / WEIGHTS_FILE
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    (weights,) = (check for check in check_files(folder).files if check.path.endswith(WEIGHTS_FILE))
    assert weights.state == "changed"
    assert weights.found.size_bytes == weights.recorded.size_bytes
    assert weights.found.sha256 != weights.recorded.sha256


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / WEIGHTS_FILE).unlink()
    assert states(check_files(folder))[WEIGHTS_FILE] == "missing"


def test_without_a_sound_config_files_are_still_hashed(folder: Path) -> None:
    (folder / CONFIG_FILE).write_text("{}")
    integrity = check_files(folder)
    assert integrity.refusal is not None
    assert integrity.refusal.file == CONFIG_FILE
    assert set(states(integrity).values()) == {"unrecorded"}
    assert all(check.found.sha256 for check in integrity.files)
