"""A stranger's file name is shown, never obeyed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.filenames import MAX_NAME_CHARACTERS, display_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("cat.jpg", "cat.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cat.jpg", "cat.jpg"),
        ("猫 的照片.jpg", "猫 的照片.jpg"),
        ("a\x00b\nc\u202e\x1b[2J.png", "abc[2J.png"),
        ("  spaced   out .png ", "spaced out .png"),
        ("", "untitled"),
        (None, "untitled"),
        ("uploads/", "untitled"),
    ],
)
def test_examples(given_name: str | None, shown: str) -> None:
    assert display_name(given_name) == shown


@given(st.text())
def test_any_text_becomes_a_short_visible_line(text: str) -> None:
    shown = display_name(text)
    assert 0 < len(shown) <= MAX_NAME_CHARACTERS
    assert not any(unicodedata.category(character)[0] == "C" for character in shown)
    assert "/" not in shown
    assert "\\" not in shown
