"""Tables of cells as files have them: every mistake is named with its file and row."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Final, Literal, NamedTuple

SEPARATORS: Final = MappingProxyType({",": "comma", "\t": "tab", ";": "semicolon"})
"""Of cells; in a file that says nothing, the one that its first line has most of."""
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


Asked = Literal["image", "range"]
"""What the owner of a table has to say where it cannot be told from it: which column names pictures, or a range."""


class LabelsRefused(ValueError):
    """A table of labels that cannot be taken as it stands: file, row, what was got, and what was expected.

    `asks` names what would make it one that can.
    """

    def __init__(self, message: str, *, asks: Asked | None = None) -> None:
        super().__init__(message)
        self.asks = asks


@dataclass(frozen=True)
class Row:
    """One row of a table, its cells by column; `line` counts from 1, the header included."""

    refusal: ClassVar[type[ValueError]] = LabelsRefused

    file: Path
    line: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """Where an error is: file and row."""
        return f"{self.file}, row {self.line}"

    def error(self, got: object, expected: str) -> ValueError:
        """What to raise about this row."""
        return self.refusal(f"{self.place}: got {got}, expected {expected}")

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not (text := self.cells.get(column, "")):
            raise self.error(f"no {column}", f"a value in column {column}")
        return text

    def number(self, column: str) -> float:
        """A cell that must be a finite number."""
        text = self.text(column)
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self.error(f"{column} {text!r}", "a number")
        return number

    def deviation(self, column: str) -> float | None:
        """A cell with a number of 0 or more; `None` where it is empty."""
        if not self.cells.get(column):
            return None
        if (number := self.number(column)) < 0:
            raise self.error(f"{column} {number}", "0 or more")
        return number


class Line(NamedTuple):
    """The cells of a line of a file, blanks around them taken off; `number` counts from 1."""

    number: int
    cells: list[str]


def filled_lines(path: Path, *, separator: str | None = ",", data: bytes | None = None) -> list[Line]:
    """The lines of a file (UTF-8 with or without BOM, UTF-16 with one) that have any cell filled.

    Without a separator, the one that the first line shows is taken; `data` is what the file holds where it is no longer
    there. Raises `LabelsRefused` for what is no such text.
    """
    text = _text(path, path.read_bytes() if data is None else data)
    separator = separator or separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [Line(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        expected = f"expected {SEPARATORS[separator]}-separated UTF-8 text"
        raise LabelsRefused(f"{path}, row {reader.line_num}: got {error}, {expected}") from error
    return [line for line in lines if any(line.cells)]


def _text(path: Path, data: bytes) -> str:
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise LabelsRefused(f"got {path} with {error}, expected comma-separated UTF-8 text") from error


def separator_of(text: str) -> str:
    """What separates the cells of a text: what its first line has most of, commas where it has none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def repeated(header: Sequence[str]) -> list[str]:
    """Names that several columns have."""
    return sorted({name for name in header if name and header.count(name) > 1})
