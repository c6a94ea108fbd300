"""A file is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.analyses.picture_files import PictureFiles
from backend.children.kept import KeptPicture

ID = "ab" * 16
KEPT = KeptPicture(b"picture", "image/png", b"thumbnail", "image/webp")


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_both_parts_are_written_and_nothing_else(tmp_path: Path) -> None:
    files = PictureFiles(tmp_path)
    files.write(ID, KEPT)
    assert names(tmp_path) == [f"{ID}.picture", f"{ID}.thumbnail"]
    assert files.read(ID) == b"picture"


def test_a_write_that_fails_leaves_no_picture_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        PictureFiles(tmp_path).write(ID, KEPT)
    assert f"{ID}.picture" not in names(tmp_path)


def test_a_sweep_removes_unfinished_files_and_those_of_no_analysis(tmp_path: Path) -> None:
    files = PictureFiles(tmp_path)
    files.write(ID, KEPT)
    files.write("cd" * 16, KEPT)
    files.path(ID, "picture").with_name(f"{ID}.picture.tmp").write_bytes(b"half")
    assert files.sweep({ID}) == 3
    assert names(tmp_path) == [f"{ID}.picture", f"{ID}.thumbnail"]


def test_deleting_what_is_not_there_is_no_fault(tmp_path: Path) -> None:
    PictureFiles(tmp_path).delete(ID)


@pytest.mark.parametrize("analysis_id", ["../../etc/passwd", "", "AB" * 16, "ab" * 16 + "\n"])
def test_only_an_id_becomes_a_path(tmp_path: Path, analysis_id: str) -> None:
    with pytest.raises(ValueError, match="expected 32 hexadecimal digits"):
        PictureFiles(tmp_path).path(analysis_id, "picture")
