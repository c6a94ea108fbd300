"""The name of an uploaded file is text to show, chosen by a stranger."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_NAME_CHARACTERS: Final = 120
_SEPARATORS: Final = re.compile(r"[/\\]")
_NAMELESS: Final = "untitled"


def display_name(filename: str | None) -> str:
    """What to show for an upload: no folders, nothing invisible or directional, at most 120 characters."""
    last = _SEPARATORS.split(filename or "")[-1]
    visible = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    return " ".join(visible.split())[:MAX_NAME_CHARACTERS] or _NAMELESS
