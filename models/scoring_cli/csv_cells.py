"""Lines of CSV files that programs join by their texts, and that people may open in spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

BYTE_ORDER_MARK: Final = "\ufeff"
"""By which spreadsheets know UTF-8."""
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_LINE_END: Final = "\r\n"


def csv_line(cells: Iterable[object], *, is_protected: bool = False) -> str:
    """One row as RFC 4180 has it, but for its end; protected, no text of it is a formula to a spreadsheet."""
    text = io.StringIO()
    values = [protected(cell) for cell in cells] if is_protected else cells
    csv.writer(text, lineterminator=_LINE_END).writerow(values)  # with another end, a carriage return is not quoted
    return text.getvalue().removesuffix(_LINE_END) + "\n"


def protected(value: object) -> object:
    """A text that a spreadsheet would run as a formula, behind an apostrophe; any other value as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
