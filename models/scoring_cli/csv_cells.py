"""Cells of CSV files that people open in spreadsheets."""

from __future__ import annotations

from typing import Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t")


def inert(value: object) -> object:
    """A text that a spreadsheet would run as a formula, quoted; any other value as it is."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r", "\\r")  # which csv.writer does not quote, and readers take for the end of a row
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
