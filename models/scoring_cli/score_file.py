"""A file of scored rows that grows as they come, and that a stopped run goes on with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.files import write_atomically
from models.scoring_cli.csv_cells import BYTE_ORDER_MARK
from models.scoring_cli.score_rows import LineFormat, Row, RowKey, Subject, row_key, subject


class OutputRefused(ValueError):
    """An output file that this run must not write to."""


def refuse_existing(path: Path) -> None:
    """Raise `OutputRefused` for a file with something in it."""
    if path.is_file() and path.stat().st_size > 0:
        raise OutputRefused(
            f"got --output {path}, which exists: --resume goes on with it, --overwrite replaces it, or name a new file"
        )


@dataclass(frozen=True)
class HeldRows:
    """What a file has already: of the rows that are wanted those that hold still, and the rows of other runs.

    `kept` has `None` for each row that is to be made; `has_mark` says that the file begins with a byte order mark.
    """

    kept: tuple[Row | None, ...]
    others: tuple[Row, ...] = ()
    has_mark: bool = False


def held_rows(path: Path, line_format: LineFormat, wanted: Sequence[tuple[Subject, RowKey | None]]) -> HeldRows:
    """The rows of a file, held against those that are wanted; a wanted key is `None` where its file cannot be read.

    A row is given up only for a newer one of the same picture and checkpoint, and a score never for an error: another
    folder or checkpoint adds. A half-written last line counts for nothing. Raises `OutputRefused` for a file that no
    such run wrote.
    """
    data = path.read_bytes() if path.is_file() else b""
    text = data[: data.rfind(b"\n") + 1].decode("utf-8", "replace")
    has_mark = data.startswith(BYTE_ORDER_MARK.encode())
    start = line_format.start.encode()
    data = data.removeprefix(BYTE_ORDER_MARK.encode())
    if not start.startswith(data[: len(start)]):
        raise _not_ours(path, f"expected {line_format.start.strip()!r} at its start")
    try:
        rows = list(line_format.read(text.removeprefix(BYTE_ORDER_MARK)))
    except (ValueError, TypeError) as error:
        raise _not_ours(path, str(error)) from None
    return replace(_sorted_out(rows, wanted), has_mark=has_mark)


def _sorted_out(rows: Sequence[Row], wanted: Sequence[tuple[Subject, RowKey | None]]) -> HeldRows:
    found = {row_key(row): row for row in rows}
    asked = dict(wanted)
    others = [row for row in rows if not _is_given_up(row, asked)]
    return HeldRows(tuple(None if key is None else found.get(key) for _, key in wanted), tuple(others))


def _is_given_up(row: Row, asked: Mapping[Subject, RowKey | None]) -> bool:
    if subject(row) not in asked:
        return False
    return asked[subject(row)] is not None or row.score is None


def _not_ours(path: Path, reason: str) -> OutputRefused:
    return OutputRefused(f"got --resume with {path}, which no run of this format wrote ({reason}); see --overwrite")


def fill_file(path: Path, line_format: LineFormat, held: HeldRows, missing: Iterable[Row]) -> list[Row]:
    """Write the rows that are held, add the missing ones as they come, and leave those in the order of the pictures.

    Rows of other runs come first. Stopped at any moment, the file has every row that was held or scored by then.
    Returns the rows that were wanted.
    """
    others = list(held.others)
    kept = [row for row in held.kept if row is not None]
    write_atomically(path, line_format.text(others + kept).encode())
    with path.open("a", encoding="utf-8", newline="") as file:
        added = line_format.append(missing, file)
    rest = iter(added)
    rows = [row if row is not None else next(rest) for row in held.kept]
    if rows != kept + added:
        write_atomically(path, line_format.text(others + rows).encode())
    return rows
