"""The name of an uploaded file is a text that a stranger chose: kept as it was sent, made short in errors."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_NAME_CHARACTERS: Final = 120
MAX_PATH_CHARACTERS: Final = 240
_SEPARATORS: Final = re.compile(r"[/\\]")
_SLASH: Final = re.compile(r"/")
_WINDOWS_PATH: Final = re.compile(r"[A-Za-z]:\\|\\\\")
_NO_TEXT: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Controls, halves of surrogate pairs, and what ends lines: no JSON Lines, CSV or database holds all of them."""
_NAMELESS: Final = "untitled"


def sent_name(filename: str | None) -> str:
    """The last part of an upload's path as it was sent; what no text may have stands there by its number."""
    name = filename or ""
    separators = _SEPARATORS if _WINDOWS_PATH.match(name) else _SLASH
    return _escaped(separators.split(name)[-1]) or _NAMELESS


def sent_path(path: str | None) -> str:
    """The same with its folders, which tell the files of a batch apart."""
    return _escaped(path or "") or _NAMELESS


def display_name(filename: str | None) -> str:
    """What an error shows of an upload: no folders, nothing invisible or directional, at most 120 characters."""
    return _visible(_SEPARATORS.split(filename or "")[-1])[:MAX_NAME_CHARACTERS] or _NAMELESS


def display_path(path: str) -> str:
    """The same for a file in an archive, with its folders; of a long path the end, which tells files apart."""
    parts = (_visible(part) for part in _SEPARATORS.split(path))
    return "/".join(part for part in parts if part not in {"", "."})[-MAX_PATH_CHARACTERS:] or _NAMELESS


def _escaped(text: str) -> str:
    return "".join(
        f"\\u{ord(character):04x}" if unicodedata.category(character) in _NO_TEXT else character for character in text
    )


def _visible(text: str) -> str:
    visible = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    return " ".join(visible.split())
