"""Rows of `python -m models score`, in the formats that they are written in and read back from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from rich.console import Console
from rich.table import Table

from models.files import write_atomically
from models.images import ImageError
from models.images.folders import shown_path
from models.predictor import Predictor
from models.scoring_cli.csv_cells import BYTE_ORDER_MARK, csv_line, protected
from models.terminal import printable

_UNBOUNDED_WIDTH: Final = 100_000
"""Columns of a table that goes to a file or a pipe: one line per picture, however long its path."""


@dataclass(frozen=True)
class Row:
    """One picture's line of output: scores on 0-100 or an error, then the weights and the file that it speaks of.

    `file_bytes` and `file_modified_at` (ISO 8601, UTC) are absent where the file could not be read.
    """

    path: str
    score: float | None
    score_low: float | None
    score_high: float | None
    checkpoint: str
    error: str | None
    weights_sha256: str
    file_bytes: int | None
    file_modified_at: str | None


COLUMNS: Final = tuple(field.name for field in fields(Row))
TABLE_COLUMNS: Final = COLUMNS[: COLUMNS.index("error") + 1]
"""What a table for people has; the rest says whether a row still holds."""
_TIME: Final = "file_modified_at"
_NUMBERS: Final = {"score": float, "score_low": float, "score_high": float, "file_bytes": int}

RowKey = tuple[object, ...]
Subject = tuple[object, str]


def row_key(row: Row) -> RowKey:
    """What must be the same for a row to hold still: path, checkpoint, weights, and size and time of the file."""
    return protected(row.path), row.checkpoint, row.weights_sha256, row.file_bytes, row.file_modified_at


def subject(row: Row) -> Subject:
    """What a row speaks of: a path, protected or not, under a checkpoint."""
    return protected(row.path), row.checkpoint


def wanted_key(predictor: Predictor, path: Path) -> tuple[Subject, RowKey | None]:
    """What the row that `score_row` would make now speaks of, and its key; none where the file cannot be looked at."""
    try:
        row = _unscored_row(predictor, path)
    except OSError:
        return (protected(shown_path(path)), predictor.manifest.id), None
    return subject(row), row_key(row)


def score_row(predictor: Predictor, path: Path) -> Row:
    """Score one file; a file that cannot be scored becomes a row with its error."""
    manifest = predictor.manifest
    try:
        row = _unscored_row(predictor, path)
        score = predictor.score(path).score
    except ImageError as error:
        return replace(row, error=f"{error.code}: {error}")
    except OSError as error:
        reason = f"unreadable: {error.strerror}"
        return Row(shown_path(path), None, None, None, manifest.id, reason, manifest.weights_sha256, None, None)
    value, low, high = (round(figure, 3) for figure in (score.value, score.low, score.high))
    return replace(row, score=value, score_low=low, score_high=high)


def _unscored_row(predictor: Predictor, path: Path) -> Row:
    stat, manifest, name = path.stat(), predictor.manifest, shown_path(path)
    modified_at = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="microseconds")
    return Row(name, None, None, None, manifest.id, None, manifest.weights_sha256, stat.st_size, modified_at)


@dataclass(frozen=True)
class LineFormat:
    """A format whose rows stand one after the other, so that a file of them can be gone on with."""

    header: str
    start: str
    """What every file of it starts with."""
    line: Callable[[Row], str]
    read: Callable[[str], Iterator[Row]]
    """Rows of a text that ends at a line's end, without a last one that is cut off; ValueError for other texts."""

    def text(self, rows: Iterable[Row]) -> str:
        """The whole of a file."""
        return self.header + "".join(self.line(row) for row in rows)

    def write(self, rows: Iterable[Row], output: IO[str]) -> list[Row]:
        """Header and rows, each as it comes; the rows."""
        output.write(self.header)
        return self.append(rows, output)

    def append(self, rows: Iterable[Row], output: IO[str]) -> list[Row]:
        """The same without the header."""
        written = []
        for row in rows:
            output.write(self.line(row))
            output.flush()
            written.append(row)
        return written


def _csv_rows(text: str) -> Iterator[Row]:
    num_lines = len(io.StringIO(text, newline="").readlines())
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(records, None)  # the header, which the file's start was held against
    try:
        for cells in records:
            yield _row(dict(zip(COLUMNS, (cell or None for cell in cells), strict=True)))
    except csv.Error as error:
        if records.line_num < num_lines:
            raise ValueError(f"line {records.line_num}: {error}") from error
        # else a name with a line break, cut off at the break


def _json_rows(text: str) -> Iterator[Row]:
    for line in text.split("\n")[:-1]:  # names may have other line breaks in them
        found = json.loads(line)
        if not isinstance(found, dict) or tuple(found) != COLUMNS:
            raise ValueError(f"expected objects of {', '.join(COLUMNS)}")
        yield _row(found)


def _row(values: dict[str, Any]) -> Row:
    numbers = {name: kind(values[name]) for name, kind in _NUMBERS.items() if values[name] is not None}
    return Row(**{**values, **numbers})


_CSV_HEADER: Final = csv_line(COLUMNS)
LINE_FORMATS: Final = {
    "csv": LineFormat(_CSV_HEADER, _CSV_HEADER, lambda row: csv_line(asdict(row).values()), _csv_rows),
    "jsonl": LineFormat("", '{"path": "', lambda row: json.dumps(asdict(row), ensure_ascii=False) + "\n", _json_rows),
}


def for_spreadsheets(line_format: LineFormat, *, has_mark: bool, is_protected: bool) -> LineFormat:
    """The CSV format with a byte order mark, and with texts that no spreadsheet runs."""
    header = BYTE_ORDER_MARK + line_format.header if has_mark else line_format.header
    if not is_protected:
        return replace(line_format, header=header)
    return replace(line_format, header=header, line=lambda row: csv_line(asdict(row).values(), is_protected=True))


def write_table(rows: Iterable[Row], output: IO[str]) -> list[Row]:
    """A table for people, written at the end; paths are never markup, nor commands to a terminal."""
    table, written = Table(*TABLE_COLUMNS, box=None), list(rows)
    for row in written:
        values = (getattr(row, name) for name in TABLE_COLUMNS)
        table.add_row(*("" if value is None else printable(str(value)) for value in values))
    width = None if output.isatty() else _UNBOUNDED_WIDTH
    Console(file=output, width=width, markup=False, emoji=False, highlight=False).print(table)
    return written


def write_parquet(rows: Iterable[Row], path: Path) -> list[Row]:
    """All columns as one Parquet file, written at the end."""
    import pyarrow as pa  # takes a while to load, which few runs need
    from pyarrow import parquet

    kinds = {float: pa.float64(), int: pa.int64()}
    types = {name: kinds[_NUMBERS[name]] if name in _NUMBERS else pa.string() for name in COLUMNS}
    schema = pa.schema(types | {_TIME: pa.timestamp("us", tz="UTC")})
    written, buffer = list(rows), io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([_with_moment(row) for row in written], schema=schema), buffer)
    write_atomically(path, buffer.getvalue())
    return written


def _with_moment(row: Row) -> dict[str, object]:
    moment = row.file_modified_at
    return asdict(row) | {_TIME: None if moment is None else datetime.fromisoformat(moment)}
