"""A table of what people said of pictures, with the meaning of its labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from models.labels.columns import Columns, ColumnUnknown, recognised_columns
from models.labels.rows import LabelsRefused, Row, filled_lines, repeated
from models.labels.scales import UNSTATED, LabelScale, RangeRefused, StatedLabels, scale_of

_TABLES: Final = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True)
class LabelRow:
    """What one row says of one picture: the label on the table's own scale and `fields` by column, all as far as said.

    `fields` has type, level and reference under these names, whatever their columns are called.
    """

    image: str
    line: int
    label: float | None
    std: float | None
    fields: Mapping[str, str]


@dataclass(frozen=True)
class LabelTable:
    """All rows of a file, which column is which, and what the labels are on: `None` where no row has one."""

    file: Path
    columns: Columns
    scale: LabelScale | None
    rows: tuple[LabelRow, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """What rows may say beside the label."""
        columns = self.columns
        named = {"type": columns.type, "level": columns.level, "reference": columns.reference}
        return (*(role for role, column in named.items() if column), *columns.fields)


def is_table(path: Path) -> bool:
    """Whether a file's name is that of a table."""
    return path.suffix.lower() in _TABLES


def read_labels(
    path: Path,
    stated: StatedLabels = UNSTATED,
    *,
    columns: Mapping[str, str] = MappingProxyType({}),
    data: bytes | None = None,
) -> LabelTable:
    """A CSV or TSV file of pictures' names with their labels, as far as it has any.

    `columns` says which column is which where its name does not. A label whose column is called dmos is one, unless
    the owner says otherwise. `data` is what the file holds where it is no longer there. Raises `LabelsRefused` with
    file, row, what was got and what was expected.
    """
    return scaled(unscaled_labels(path, columns=columns, data=data), stated)


def unscaled_labels(
    path: Path, *, columns: Mapping[str, str] = MappingProxyType({}), data: bytes | None = None
) -> LabelTable:
    """The same before anybody asks what its labels are on."""
    filled = filled_lines(path, separator=None, data=data)
    if not filled:
        raise LabelsRefused(f"{path}: got an empty file, expected a header and a row for each picture")
    header, lines = filled[0], filled[1:]
    found = _columns(path, header.cells, columns)
    rows = [_row(Row(path, line.number, _cells(path, header.cells, line.number, line.cells)), found) for line in lines]
    _check_names(path, rows)
    return LabelTable(path, found, None, tuple(rows))


def scaled(table: LabelTable, stated: StatedLabels) -> LabelTable:
    """A table with what its labels are on; raises `LabelsRefused` where its owner has to say it."""
    return replace(table, scale=_scale(table.file, table.rows, table.columns, stated))


def _columns(path: Path, header: Sequence[str], said: Mapping[str, str]) -> Columns:
    if twice := repeated(header):
        raise LabelsRefused(f"{path}: got several columns called {', '.join(twice)}, expected one of each name")
    try:
        found = recognised_columns(header, said)
    except ColumnUnknown as error:
        raise LabelsRefused(f"{path}: {error}") from error
    if found.image is None:
        got = ", ".join(filter(None, header))
        raise LabelsRefused(
            f"{path}, row 1: got columns {got}, expected one with the pictures' names: call it image, "
            "or say which it is",
            asks="image",
        )
    return found


def _cells(path: Path, header: Sequence[str], line: int, cells: Sequence[str]) -> dict[str, str]:
    if any(cells[len(header) :]):
        got = f"{path}, row {line}: got {len(cells)} cells"
        raise LabelsRefused(f"{got}, expected {len(header)}, as in the header (quote cells with separators)")
    return {name: cell for name, cell in zip(header, cells, strict=False) if name}


def _row(row: Row, columns: Columns) -> LabelRow:
    assert columns.image is not None
    has_label = columns.label is not None and row.cells.get(columns.label, "") != ""
    named = {"type": columns.type, "level": columns.level, "reference": columns.reference}
    fields = {role: row.cells.get(column, "") for role, column in named.items() if column}
    fields |= {column: row.cells.get(column, "") for column in columns.fields}
    return LabelRow(
        image=row.text(columns.image),
        line=row.line,
        label=row.number(columns.label) if has_label and columns.label is not None else None,
        std=row.deviation(columns.std) if columns.std is not None else None,
        fields={name: text for name, text in fields.items() if text},
    )


def _check_names(path: Path, rows: Sequence[LabelRow]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if row.image in first:
            got = f"{path}, row {row.line}: got {row.image!r}, which row {first[row.image]} has, too"
            raise LabelsRefused(f"{got}, expected one row for each picture: take the mean of its labels")
        first[row.image] = row.line


def _scale(path: Path, rows: Sequence[LabelRow], columns: Columns, stated: StatedLabels) -> LabelScale | None:
    labels = [row.label for row in rows if row.label is not None]
    if not labels:
        return None
    if stated.direction is None and columns.is_dmos:
        stated = replace(stated, direction="dmos")
    try:
        return scale_of(labels, stated)
    except RangeRefused as error:
        raise LabelsRefused(f"{path}: {error}", asks="range") from error
