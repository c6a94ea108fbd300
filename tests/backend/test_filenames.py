"""A stranger's file name is kept and shown, never obeyed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.filenames import MAX_NAME_CHARACTERS, display_name, sent_name, sent_path


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


LONG = "user_a long prompt of a picture generator, cinematic light, 8k, " * 3 + "0001.png"


@pytest.mark.parametrize(
    "name",
    [
        LONG,
        "IMG  two spaces.png",
        " first.png",
        "می‌خواهم.png",
        "👨‍👩‍👧.png",
        "=1+1.png",
        "a\\b.png",
        "e\u0301.png",
        "\u00e9.png",
    ],
)
def test_a_name_is_kept_as_it_was_sent(name: str) -> None:
    assert sent_name(name) == sent_path(name) == name


@pytest.mark.parametrize(
    ("given_name", "kept_name", "kept_path"),
    [
        ("a\x00b\nc\x1b[2J.png", "a\\u0000b\\u000ac\\u001b[2J.png", "a\\u0000b\\u000ac\\u001b[2J.png"),
        ("half \ud83d.png", "half \\ud83d.png", "half \\ud83d.png"),
        ("trip/day 1/cat.png", "cat.png", "trip/day 1/cat.png"),
        ("C:\\Users\\me\\cat.jpg", "cat.jpg", "C:\\Users\\me\\cat.jpg"),
        (None, "untitled", "untitled"),
        ("", "untitled", "untitled"),
    ],
)
def test_what_no_text_may_have_is_escaped_and_folders_tell_files_apart(
    given_name: str | None, kept_name: str, kept_path: str
) -> None:
    assert sent_name(given_name) == kept_name
    assert sent_path(given_name) == kept_path
