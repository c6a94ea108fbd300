"""A file of scored rows that grows as they come, and that a stopped run goes on with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from models.files import write_atomically
from models.scoring_cli.score_rows import LineFormat, Row, RowKey, row_key


class OutputRefused(ValueError):
    """An output file that this run must not write to."""


def refuse_existing(path: Path) -> None:
    """Raise `OutputRefused` for a file with something in it."""
    if path.is_file() and path.stat().st_size > 0:
        raise OutputRefused(
            f"got --output {path}, which exists: --resume goes on with it, --overwrite replaces it, or name a new file"
        )


def kept_rows(path: Path, line_format: LineFormat, wanted: Iterable[RowKey | None]) -> list[Row | None]:
    """For each row that is wanted, the one that the file has already, if it holds still.

    A half-written last line counts for nothing. Raises `OutputRefused` for a file that no such run wrote.
    """
    data = path.read_bytes() if path.is_file() else b""
    start = line_format.start.encode()
    if not start.startswith(data[: len(start)]):
        raise _not_ours(path, f"expected {line_format.start.strip()!r} at its start")
    text = data[: data.rfind(b"\n") + 1].decode("utf-8", "replace")
    try:
        found = {row_key(row): row for row in line_format.read(text)}
    except (ValueError, TypeError) as error:
        raise _not_ours(path, str(error)) from None
    return [None if key is None else found.get(key) for key in wanted]


def _not_ours(path: Path, reason: str) -> OutputRefused:
    return OutputRefused(f"got --resume with {path}, which no run of this format wrote ({reason}); see --overwrite")


def fill_file(path: Path, line_format: LineFormat, kept: Sequence[Row | None], missing: Iterable[Row]) -> list[Row]:
    """Write the kept rows, add the missing ones as they come, and leave all of them in the order of the pictures.

    Stopped at any moment, the file has every row that was kept or scored by then.
    """
    held = [row for row in kept if row is not None]
    write_atomically(path, line_format.text(held).encode())
    with path.open("a", encoding="utf-8", newline="") as file:
        added = line_format.append(missing, file)
    rest = iter(added)
    rows = [row if row is not None else next(rest) for row in kept]
    if rows != held + added:
        write_atomically(path, line_format.text(rows).encode())
    return rows
