"""A folder's pictures are found wherever links lead, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.images.folders import is_litter, pictures_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures, a linked folder, loops, a link to nothing, and what systems leave."""
    root, archive = tmp_path / "photos", tmp_path / "archive"
    for name in (
        "a.png",
        "trip/b.JPG",
        "trip/._b.JPG",
        "__MACOSX/trip/._b.JPG",
        "@eaDir/a.png",
        "notes.txt",
        ".Trash-1000/c.png",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"1")
    archive.mkdir()
    (archive / "d.png").write_bytes(b"1")
    (archive / "back.png").symlink_to(root)  # a folder, whatever its name
    (root / "2025").symlink_to(archive)
    (root / "again").symlink_to(archive)
    (root / "trip" / "up").symlink_to(root)
    (root / "c.png").symlink_to("not-fetched.png")
    return root


def found(folder: Path, *, recursive: bool) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in pictures_in(folder, recursive=recursive)]


def test_links_are_followed_once_and_one_to_nothing_is_a_picture_that_cannot_be_read(folder: Path) -> None:
    assert found(folder, recursive=True) == ["2025/d.png", "a.png", "c.png", "trip/b.JPG"]


def test_folders_below_are_searched_only_when_asked(folder: Path) -> None:
    assert found(folder, recursive=False) == ["a.png", "c.png"]


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    told: list[OSError] = []
    assert pictures_in(tmp_path / "nothing", on_error=told.append) == []
    assert [error.filename for error in told] == [str(tmp_path / "nothing")]
    with pytest.raises(FileNotFoundError):
        pictures_in(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["Thumbs.db", "DESKTOP.INI", ".DS_Store", "._a.jpg", "__MACOSX", ".Trash-1000"])
def test_what_systems_leave_is_known_in_any_case(name: str) -> None:
    assert is_litter(name)
    assert not is_litter("IMG_0001.JPG")
