"""The name of an uploaded file is a text that a stranger chose: kept as sent, harmless where it is shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from models.characters import DIRECTIONAL, is_steering

MAX_PATH_CHARACTERS: Final = 240
_SEPARATORS: Final = re.compile(r"[/\\]")
_SLASH: Final = re.compile(r"/")
_WINDOWS_PATH: Final = re.compile(r"[A-Za-z]:\\|\\\\")
_NAMELESS: Final = "untitled"


def sent_name(filename: str | None) -> str:
    """The last part of an upload's path as it was sent; what no text may have stands there by its number."""
    name = filename or ""
    separators = _SEPARATORS if _WINDOWS_PATH.match(name) else _SLASH
    return _escaped(separators.split(name)[-1]) or _NAMELESS


def sent_path(path: str | None) -> str:
    """The same with its folders, which tell the files of a batch apart."""
    return _escaped(path or "") or _NAMELESS


def display_path(path: str) -> str:
    """What an error shows of a file: nothing invisible; of a long path the end, which tells files apart."""
    parts = (_visible(part) for part in _SEPARATORS.split(path))
    return "/".join(part for part in parts if part not in {"", "."})[-MAX_PATH_CHARACTERS:] or _NAMELESS


def shown_name(filename: str) -> str:
    """A kept name as pages show it: characters that only turn text around stand there by their numbers."""
    return DIRECTIONAL.sub(lambda found: f"[U+{ord(found[0]):04X}]", filename)


def _escaped(text: str) -> str:
    """No JSON Lines, CSV or database holds all of those that are escaped."""
    return "".join(f"\\u{ord(character):04x}" if is_steering(character) else character for character in text)


def _visible(text: str) -> str:
    visible = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    return " ".join(visible.split())
