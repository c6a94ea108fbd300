"""The name of an uploaded file is text to show, chosen by a stranger."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_NAME_CHARACTERS: Final = 120
MAX_PATH_CHARACTERS: Final = 240
_SEPARATORS: Final = re.compile(r"[/\\]")
_NAMELESS: Final = "untitled"


def display_name(filename: str | None) -> str:
    """What to show for an upload: no folders, nothing invisible or directional, at most 120 characters."""
    return _visible(_SEPARATORS.split(filename or "")[-1])[:MAX_NAME_CHARACTERS] or _NAMELESS


def display_path(path: str) -> str:
    """The same for a file in an archive, with its folders; of a long path the end, which tells files apart."""
    parts = (_visible(part) for part in _SEPARATORS.split(path))
    return "/".join(part for part in parts if part not in {"", "."})[-MAX_PATH_CHARACTERS:] or _NAMELESS


def _visible(text: str) -> str:
    visible = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    return " ".join(visible.split())
