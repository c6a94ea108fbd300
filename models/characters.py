"""Characters that do harm where a text is shown: those that steer, or end a line, and those that turn text around."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_STEERING: Final = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Controls, among them those that begin a terminal's commands, halves of surrogate pairs, and what ends lines."""
DIRECTIONAL: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm."""


def is_steering(character: str) -> bool:
    """Whether a character is a control, half of a surrogate pair, or ends a line."""
    return unicodedata.category(character) in _STEERING
