"""One table, three writings: Markdown for the page, CSV for machines, LaTeX (booktabs) for a paper."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from models.figures.records import PairedComparison, Spread
from models.figures.statistics import Floats

UNKNOWN: Final = "-"
RANGE: Final = "Median over splits (smallest to largest)."
TABLES_FOLDER: Final = "results"
"""Where the tables' files lie, beside the page."""
_CODE: Final = re.compile(r"`([^`]*)`")
_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "≥": r"$\geq$",
        "≤": r"$\leq$",
    }
)


@dataclass(frozen=True)
class Figure:
    """A number with the interval that belongs to it; missing is `None` or NaN.

    `mark` follows the number where it is shown to readers; an `is_short` figure shows them no interval. CSV has every
    number and no mark.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    digits: int = 3
    is_signed: bool = False
    is_short: bool = False
    mark: str = ""

    @property
    def text(self) -> str:
        """`value (low to high)`, or a hyphen for what could not be measured."""
        if not is_known(self.value):
            return UNKNOWN
        value = f"{self._format(self.value)}{self.mark}"
        if self.is_short or not (is_known(self.low) and is_known(self.high)):
            return value
        return f"{value} ({self._format(self.low)} to {self._format(self.high)})"

    def _format(self, value: float | None) -> str:
        assert value is not None
        rounded = round(value, self.digits) + 0.0  # no minus before a zero
        return f"{rounded:{'+' if self.is_signed else ''}.{self.digits}f}"


Cell = str | int | Figure
Rows = tuple[tuple[Cell, ...], ...]


def is_known(value: float | None) -> bool:
    """Whether a number was measured: neither `None` nor NaN."""
    return value is not None and not math.isnan(value)


def spread(found: Spread | None, *, digits: int = 3) -> Figure:
    """A summary's median with its smallest and largest value."""
    if found is None:
        return Figure(None)
    return Figure(found.median, found.low, found.high, digits)


def spread_of(values_S: Floats, *, digits: int = 3) -> Figure:
    """The median of the known values with the smallest and the largest."""
    known = values_S[~np.isnan(values_S)]
    if not len(known):
        return Figure(None)
    return Figure(float(np.median(known)), float(known.min()), float(known.max()), digits)


def signed(difference: PairedComparison | None, *, mark: str = "", is_short: bool = False) -> Figure:
    """A paired difference with its 95 % interval, its sign always shown."""
    if difference is None:
        return Figure(None, is_signed=True)
    low, high = difference.interval.low, difference.interval.high
    return Figure(difference.median_difference, low, high, is_signed=True, is_short=is_short, mark=mark)


def p_value(p: float | None) -> Figure:
    """A p-value, to three digits."""
    return Figure(p)


@dataclass(frozen=True)
class Table:
    """Rows of cells under a header; `name` is the name of its files, `caption` says how to read it."""

    name: str
    caption: str
    header: tuple[str, ...]
    rows: Rows

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.header) for row in self.rows), self.name

    @property
    def markdown(self) -> str:
        """The table for the page, without its caption."""
        lines = [self.header, tuple("---" for _ in self.header), *(tuple(map(_shown, row)) for row in self.rows)]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    @property
    def csv(self) -> str:
        """One line per row; a column with intervals becomes three, numbers have six digits, missing ones are empty."""
        has_interval = [
            any(isinstance(cell, Figure) and is_known(cell.low) for cell in (row[column] for row in self.rows))
            for column in range(len(self.header))
        ]
        names = [
            _wide(_plain(name), wide, f"{name} low", f"{name} high") for name, wide in _zip(self.header, has_interval)
        ]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([_plain(name) for group in names for name in group])
        for row in self.rows:
            writer.writerow([part for cell, wide in _zip(row, has_interval) for part in _parts(cell, wide)])
        return text.getvalue()

    @property
    def latex(self) -> str:
        """A `tabular` for the booktabs package; its caption is a comment above it."""
        columns = "".join("r" if _is_numeric(self.rows, column) else "l" for column in range(len(self.header)))
        return "\n".join(
            [
                "% Written by: python -m models.training compare",
                f"% {_plain(self.caption)}",
                rf"\begin{{tabular}}{{{columns}}}",
                r"\toprule",
                _latex_row(self.header),
                r"\midrule",
                *(_latex_row(row) for row in self.rows),
                r"\bottomrule",
                r"\end{tabular}",
                "",
            ]
        )


Tables = Mapping[str, Table]
Lines = Sequence[str]


def shown(table: Table) -> list[str]:
    """A table with its caption and its files; a sentence where it has no row."""
    if not table.rows or len(table.header) == 1:
        return ["None of the checkpoints has these figures."]
    return [table.markdown, f"{table.caption} {files(table)}"]


def files(table: Table) -> str:
    """Links to what the table's files are called beside the page."""
    return f"[CSV]({TABLES_FOLDER}/{table.name}.csv), [LaTeX]({TABLES_FOLDER}/{table.name}.tex)."


def bullets(sentences: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _zip(cells: Sequence[Any], flags: Sequence[bool]) -> list[tuple[Any, bool]]:
    return list(zip(cells, flags, strict=True))


def _wide(first: str, wide: bool, *further: str) -> tuple[str, ...]:
    return (first, *further) if wide else (first,)


def _parts(cell: Cell, wide: bool) -> tuple[str, ...]:
    if isinstance(cell, Figure):
        return _wide(_number(cell.value), wide, _number(cell.low), _number(cell.high))
    return _wide(_plain(str(cell)), wide, "", "")


def _number(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else repr(round(float(value), 6) + 0.0)


def _plain(text: str) -> str:
    return text.replace("`", "")


def _shown(cell: Cell) -> str:
    if isinstance(cell, Figure):
        return cell.text.replace("*", r"\*")
    return f"{cell:,}" if isinstance(cell, int) else cell


def _is_numeric(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    return bool(rows) and all(isinstance(row[column], Figure | int) for row in rows)


def _latex_row(row: Sequence[Cell]) -> str:
    return f"{' & '.join(_latex(cell) for cell in row)} \\\\"


def _latex(cell: Cell) -> str:
    if isinstance(cell, Figure):
        return re.sub(r"(?<![\w.])([+-])(?=\d)", r"$\1$", cell.text)
    pieces = _CODE.split(_shown(cell))  # text and code take turns
    return "".join(
        rf"\texttt{{{piece.translate(_LATEX)}}}" if place % 2 else piece.translate(_LATEX)
        for place, piece in enumerate(pieces)
    )
