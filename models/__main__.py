"""Command line: `python -m models score PATH…` and `python -m models checkpoints`."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Final

from rich.console import Console
from rich.progress import track
from rich.table import Table

from models.checkpoints import CHECKPOINTS_FOLDER, DEFAULT_CHECKPOINT_ID, CheckpointRefused, list_manifests
from models.csv_cells import inert
from models.images import SUPPORTED_EXTENSIONS, ImageError
from models.predictor import DeviceError, Predictor, UnknownCheckpoint, load, verify

_UNBOUNDED_WIDTH: Final = 100_000
"""Columns of a table that goes to a file or a pipe: one line per picture, however long its path."""


@dataclass(frozen=True)
class Row:
    """One picture's line of output; scores on 0-100, or an error."""

    path: str
    score: float | None
    score_low: float | None
    score_high: float | None
    checkpoint: str
    error: str | None


COLUMNS: Final = tuple(field.name for field in fields(Row))


def find_pictures(paths: Iterable[Path], *, recursive: bool) -> list[Path]:
    """Files as given, and the supported pictures of each directory, sorted; extensions in any case."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = path.rglob("*") if recursive else path.iterdir()
            found += sorted(p for p in inside if p.suffix.lower() in SUPPORTED_EXTENSIONS and p.is_file())
        else:
            found.append(path)
    return found


def score_row(predictor: Predictor, path: Path) -> Row:
    """Score one file; a file that cannot be scored becomes a row with its error."""
    checkpoint = predictor.manifest.id
    try:
        score = predictor.score(path).score
    except ImageError as error:
        return Row(str(path), None, None, None, checkpoint, f"{error.code}: {error}")
    except OSError as error:
        return Row(str(path), None, None, None, checkpoint, f"unreadable: {error.strerror}")
    return Row(str(path), round(score.value, 3), round(score.low, 3), round(score.high, 3), checkpoint, None)


def write_csv(rows: Iterable[Row], output: IO[str]) -> None:
    """A header and a line per row, written as they come; text that a spreadsheet would run is quoted."""
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([inert(value) for value in asdict(row).values()])


def write_jsonl(rows: Iterable[Row], output: IO[str]) -> None:
    """One JSON object per line, written as they come."""
    for row in rows:
        output.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def write_table(rows: Iterable[Row], output: IO[str]) -> None:
    """A table for people, written at the end; paths stand as they are, never as markup."""
    table = Table(*COLUMNS, box=None)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in asdict(row).values()))
    width = None if output.isatty() else _UNBOUNDED_WIDTH
    Console(file=output, width=width, markup=False, emoji=False, highlight=False).print(table)


WRITERS: Final[dict[str, Callable[[Iterable[Row], IO[str]], None]]] = {
    "table": write_table,
    "csv": write_csv,
    "jsonl": write_jsonl,
}


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file."""
    if path is None:
        yield sys.stdout
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file


def run_score(arguments: argparse.Namespace) -> int:
    """Load once, one row per picture; 1 where any picture could not be scored."""
    pictures = find_pictures(arguments.paths, recursive=arguments.recursive)
    if not pictures:
        sys.stderr.write("error: got no picture, expected files or directories that hold some (see --recursive)\n")
        return 2
    predictor = load(arguments.checkpoint, root=arguments.checkpoints, device=arguments.device)
    failed = 0

    def rows() -> Iterator[Row]:
        nonlocal failed
        for path in track(pictures, description="scoring", console=Console(stderr=True)):
            row = score_row(predictor, path)
            failed += row.error is not None
            yield row

    with open_output(arguments.output) as output:
        WRITERS[arguments.format](rows(), output)
    if failed:
        sys.stderr.write(f"{failed} of {len(pictures)} pictures could not be scored\n")
    return 1 if failed else 0


def run_checkpoints(arguments: argparse.Namespace) -> int:
    """List checkpoints by their `config.json`, or load each of them with `--verify`; 1 where any is refused."""
    served, refused = verify(arguments.checkpoints) if arguments.verify else list_manifests(arguments.checkpoints)
    for manifest in served:
        sys.stdout.write(f"ok       {manifest.id}  {manifest.title}  {manifest.weights_sha256[:12]}\n")
    for refusal in refused:
        where = f"{refusal.file}, {refusal.field}"
        sys.stdout.write(f"refused  {refusal.checkpoint_id}  {where}: {refusal.reason}\n")
    if not served and not refused:
        sys.stderr.write(f"error: got no checkpoint in {arguments.checkpoints}, expected folders with a config.json\n")
        return 2
    return 1 if refused else 0


def build_parser() -> argparse.ArgumentParser:
    """The parser, one sub-command per task."""
    parser = argparse.ArgumentParser(prog="python -m models", description="Score pictures, and check checkpoints.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--checkpoints", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="folder of checkpoints"
    )

    command = commands.add_parser("score", parents=[shared], help="score pictures: one row each on standard output")
    command.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="picture files, or directories of them")
    command.add_argument("--checkpoint", default=DEFAULT_CHECKPOINT_ID, metavar="ID", help="default: %(default)s")
    command.add_argument("--format", choices=WRITERS, default="table", help="default: %(default)s")
    command.add_argument("--recursive", action="store_true", help="search directories below the given ones, too")
    command.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")
    command.add_argument("--device", default="auto", help="auto, cpu or cuda (default: %(default)s)")
    command.set_defaults(run=run_score)

    command = commands.add_parser("checkpoints", parents=[shared], help="list checkpoints")
    command.add_argument("--verify", action="store_true", help="load each and check it down to its golden score")
    command.set_defaults(run=run_checkpoints)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command; users' mistakes become one line on stderr and exit code 2."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except (UnknownCheckpoint, CheckpointRefused, DeviceError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
