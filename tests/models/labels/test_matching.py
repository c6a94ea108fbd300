"""Rows find their pictures however a table writes their names, and nothing is guessed."""

from __future__ import annotations

import pytest

from models.labels.matching import match
from models.labels.table import LabelRow


def rows(*names: str) -> list[LabelRow]:
    return [LabelRow(name, line, 1.0, None, {}) for line, name in enumerate(names, 2)]


@pytest.mark.parametrize("written", ["day/a.jpg", "day\\a.jpg", "DAY/A.JPG", "a.jpg", "/elsewhere/a.jpg", "a", "a.png"])
def test_a_name_matches_by_path_by_file_and_without_its_ending(written: str) -> None:
    found = match(["day/a.jpg", "day/b.jpg"], rows(written))
    assert found.row_of["day/a.jpg"].image == written
    assert found.unmatched_pictures == ("day/b.jpg",)


def test_a_name_that_two_pictures_have_matches_neither() -> None:
    found = match(["x/a.jpg", "y/a.jpg"], rows("a.jpg"))
    assert found.row_of == {}
    assert [row.image for row in found.unmatched_rows] == ["a.jpg"]
    assert found.unmatched_pictures == ("x/a.jpg", "y/a.jpg")


def test_the_strictest_rule_comes_first() -> None:
    found = match(["a.jpg", "A.jpg", "a.png"], rows("a.png", "A.jpg", "a.jpg"))
    assert {name: row.image for name, row in found.row_of.items()} == {
        name: name for name in ("a.jpg", "A.jpg", "a.png")
    }


def test_rows_without_a_picture_are_left_over() -> None:
    found = match([], rows("a.jpg", "b.jpg"))
    assert [row.line for row in found.unmatched_rows] == [2, 3]
