"""A stranger's file name is kept and shown, never obeyed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.filenames import MAX_PATH_CHARACTERS, display_path, sent_name, sent_path, shown_name


@pytest.mark.parametrize(
    ("given_path", "shown"),
    [
        ("cat.jpg", "cat.jpg"),
        ("/trip/./day 1/cat.jpg", "trip/day 1/cat.jpg"),
        ("trip\\cat.jpg", "trip/cat.jpg"),
        ("猫 的照片.jpg", "猫 的照片.jpg"),
        ("a\x00b\nc\u202e\x1b[2J.png", "abc[2J.png"),
        ("  spaced   out .png ", "spaced out .png"),
        ("", "untitled"),
    ],
)
def test_an_error_shows_what_can_be_seen_of_a_path(given_path: str, shown: str) -> None:
    assert display_path(given_path) == shown


@given(st.text())
def test_any_text_becomes_a_short_visible_line(text: str) -> None:
    shown = display_path(text)
    assert 0 < len(shown) <= MAX_PATH_CHARACTERS
    assert not any(unicodedata.category(character)[0] == "C" for character in shown)
    assert "\\" not in shown


DIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_what_turns_text_around_is_kept_as_it_was_sent_and_shown_by_its_number() -> None:
    assert sent_name("invoice\u202egpj.exe") == "invoice\u202egpj.exe"
    assert shown_name("invoice\u202egpj.exe") == "invoice[U+202E]gpj.exe"
    assert shown_name(DIRECTIONAL) == "".join(f"[U+{ord(character):04X}]" for character in DIRECTIONAL)
    assert {unicodedata.bidirectional(character) for character in map(chr, range(0x110000))} - {
        unicodedata.bidirectional(character) for character in shown_name("".join(map(chr, range(0x110000))))
    } == {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize("name", ["تصویر.png", "תמונה.jpg", "👨\u200d👩\u200d👧.png"])
def test_a_name_in_any_script_is_shown_as_it_is(name: str) -> None:
    assert shown_name(name) == name


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
