"""What lies in files is read once, and again as soon as they are others."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from backend.storage.unchanged import Unchanged, folder_fingerprint


def test_what_was_read_is_kept_while_the_fingerprint_stays_and_for_each_key_by_itself() -> None:
    kept, reads = Unchanged[str](), iter("abcd")
    assert [kept.get("x", 1, lambda: next(reads)) for _ in range(2)] == ["a", "a"]
    assert kept.get("y", 1, lambda: next(reads)) == "b"
    assert kept.get("x", 2, lambda: next(reads)) == "c"
    assert (kept.last("x"), kept.last("z")) == ("c", None)


def test_a_failed_reading_is_tried_again() -> None:
    kept = Unchanged[int]()
    with pytest.raises(ZeroDivisionError):
        kept.get("x", 1, lambda: 1 // 0)
    assert kept.get("x", 1, lambda: 7) == 7


def test_every_change_of_a_folder_changes_its_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.json"
    file.parent.mkdir()
    seen = [folder_fingerprint(tmp_path)]
    for text in ("1", "22"):
        file.write_text(text)
        seen.append(folder_fingerprint(tmp_path))
    os.utime(file, (0, 0))
    seen.append(folder_fingerprint(tmp_path))
    file.unlink()
    seen.append(folder_fingerprint(tmp_path))
    assert all(before != after for before, after in pairwise(seen))


def test_a_folder_that_is_not_there_has_an_empty_one(tmp_path: Path) -> None:
    assert folder_fingerprint(tmp_path / "nothing") == ()
