"""Command line: `python -m models score PATH…`, `python -m models study FOLDER` and more, see `--help`."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, cast

from rich.console import Console
from rich.progress import track

from models.checkpoints.manifest import CHECKPOINTS_FOLDER, DEFAULT_CHECKPOINT_ID
from models.checkpoints.reading import list_manifests
from models.checkpoints.refusal import CheckpointRefused
from models.figures.files import FiguresUnreadable
from models.images.folders import pictures_in
from models.labels.rows import Asked, LabelsRefused
from models.labels.scales import RangeRefused
from models.loading import UnknownCheckpoint, load, verify
from models.predictor import Predictor
from models.scoring_cli.score_file import HeldRows, OutputRefused, fill_file, held_rows, refuse_existing
from models.scoring_cli.score_rows import (
    LINE_FORMATS,
    Row,
    for_spreadsheets,
    score_row,
    wanted_key,
    write_parquet,
    write_table,
)
from models.studies.command import add_arguments as add_study_arguments
from models.studies.contrast_command import add_arguments as add_contrast_arguments
from models.studies.pictures.picture_set import StudyRefused
from models.terminal import CommandParser, TerminalText, answer, tell
from models.trunk.runtimes import DeviceError


def find_pictures(paths: Iterable[Path], *, recursive: bool) -> list[Path]:
    """Files as given, and the supported pictures of each directory, sorted; extensions in any case."""
    found: list[Path] = []
    for path in paths:
        found += pictures_in(path, recursive=recursive, on_error=_warn_of_folder) if path.is_dir() else [path]
    return found


def _warn_of_folder(error: OSError) -> None:
    tell(f"warning: {error.filename}: {error.strerror}; the pictures in it are left out")


def run_score(arguments: argparse.Namespace) -> int:
    """Load once, one row per picture; 1 where any picture could not be scored."""
    check_output(arguments)
    pictures = find_pictures(arguments.paths, recursive=arguments.recursive)
    if not pictures:
        tell("error: got no picture, expected files or directories that hold some (see --recursive)")
        return 2
    predictor = load(arguments.checkpoint, root=arguments.checkpoints, device=arguments.device)
    held = held_in_output(arguments, predictor, pictures)
    rows = write_rows(arguments, held, score_missing(predictor, pictures, held.kept))
    failed = sum(row.error is not None for row in rows)
    if failed:
        tell(f"{failed} of {len(pictures)} pictures could not be scored")
    return 1 if failed else 0


def check_output(arguments: argparse.Namespace) -> None:
    """Raise `OutputRefused` for a format that does not fit the output, and for an output that would be lost."""
    output = arguments.output
    if (arguments.byte_order_mark or arguments.protect) and arguments.format != "csv":
        raise OutputRefused(f"got --format {arguments.format}, expected csv with --byte-order-mark or --protect")
    if arguments.format == "parquet" and output is None:
        raise OutputRefused("got --format parquet without --output, expected a file to write it to")
    if arguments.resume and (output is None or arguments.format not in LINE_FORMATS):
        raise OutputRefused(f"got --resume, expected --output and --format {' or '.join(LINE_FORMATS)} with it")
    if output is None:
        return
    if not output.parent.is_dir():  # now, not after hours of scoring
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output))
    if not arguments.resume and not arguments.overwrite:
        refuse_existing(output)


def held_in_output(arguments: argparse.Namespace, predictor: Predictor, pictures: Sequence[Path]) -> HeldRows:
    """The rows of runs before this one; none but with `--resume`."""
    if not arguments.resume:
        return HeldRows((None,) * len(pictures))
    wanted = [wanted_key(predictor, path) for path in pictures]
    held = held_rows(arguments.output, LINE_FORMATS[arguments.format], wanted)
    num_kept = sum(row is not None for row in held.kept)
    tell(f"{num_kept} of {len(pictures)} pictures are in {arguments.output} already")
    if held.others:
        tell(f"{len(held.others)} rows of other pictures or checkpoints stay in it")
    return held


def score_missing(predictor: Predictor, pictures: Sequence[Path], kept: Sequence[Row | None]) -> Iterator[Row]:
    """Score the pictures without a row, in their order, with the progress of all of them on standard error."""
    missing = [path for path, row in zip(pictures, kept, strict=True) if row is None]
    num_kept = len(pictures) - len(missing)
    console = Console(stderr=True)
    for path in track(missing, "scoring", total=len(pictures), completed=num_kept, console=console):
        yield score_row(predictor, path)


def write_rows(arguments: argparse.Namespace, held: HeldRows, missing: Iterator[Row]) -> list[Row]:
    """All rows, written in the format that was asked for; those that are a line each as they come."""
    output, line_format = arguments.output, LINE_FORMATS.get(arguments.format)
    if line_format is not None and arguments.format == "csv":
        has_mark = arguments.byte_order_mark or held.has_mark
        line_format = for_spreadsheets(line_format, has_mark=has_mark, is_protected=arguments.protect)
    if line_format is not None and output is not None and not is_special(output):
        return fill_file(output, line_format, held, missing)
    if arguments.format == "parquet":
        return write_parquet(missing, output)
    with open_output(output) as file:
        return (write_table if line_format is None else line_format.write)(missing, file)


def is_special(path: Path) -> bool:
    """Whether there is something other than a file, such as a pipe or a terminal, that only takes what comes."""
    return path.exists() and not path.is_file()


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file."""
    if path is None:
        yield cast(IO[str], TerminalText(sys.stdout)) if sys.stdout.isatty() else sys.stdout
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file


def run_checkpoints(arguments: argparse.Namespace) -> int:
    """List checkpoints by their `config.json`, or load each of them with `--verify`; 1 where any is refused."""
    served, refused = verify(arguments.checkpoints) if arguments.verify else list_manifests(arguments.checkpoints)
    for manifest in served:
        answer(f"ok       {manifest.id}  {manifest.title}  {manifest.weights_sha256[:12]}")
    for refusal in refused:
        where = f"{refusal.file}, {refusal.field}"
        answer(f"refused  {refusal.checkpoint_id}  {where}: {refusal.reason}")
    if not served and not refused:
        tell(f"error: got no checkpoint in {arguments.checkpoints}, expected folders with a config.json")
        return 2
    return 1 if refused else 0


def build_parser() -> argparse.ArgumentParser:
    """The parser, one sub-command per task."""
    parser = CommandParser(prog="python -m models", description="Score and study pictures, and check checkpoints.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = CommandParser(add_help=False)
    shared.add_argument(
        "--checkpoints", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="folder of checkpoints"
    )

    command = commands.add_parser("score", parents=[shared], help="score pictures: one row each on standard output")
    command.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="picture files, or directories of them")
    command.add_argument("--checkpoint", default=DEFAULT_CHECKPOINT_ID, metavar="ID", help="default: %(default)s")
    command.add_argument(
        "--format", choices=("table", *LINE_FORMATS, "parquet"), default="table", help="default: %(default)s"
    )
    command.add_argument("--recursive", action="store_true", help="search directories below the given ones, too")
    command.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")
    existing = command.add_mutually_exclusive_group()
    existing.add_argument("--resume", action="store_true", help="go on with --output; rows of other runs stay in it")
    existing.add_argument("--overwrite", action="store_true", help="replace what --output has")
    command.add_argument("--device", default="auto", help="auto, cpu or cuda (default: %(default)s)")
    command.add_argument(
        "--byte-order-mark", action="store_true", help="begin a CSV file with one, by which spreadsheets know UTF-8"
    )
    command.add_argument(
        "--protect",
        action="store_true",
        help="put an apostrophe before texts of a CSV file that spreadsheets would run",
    )
    command.set_defaults(run=run_score)

    command = commands.add_parser("study", parents=[shared], help="several checkpoints on a set, beside its labels")
    add_study_arguments(command)
    add_contrast_arguments(commands.add_parser("contrast", help="one study against another"))

    command = commands.add_parser("checkpoints", parents=[shared], help="list checkpoints")
    command.add_argument("--verify", action="store_true", help="load each and check it down to its golden score")
    command.set_defaults(run=run_checkpoints)
    return parser


REFUSALS: Final = (
    *(UnknownCheckpoint, CheckpointRefused, DeviceError, OutputRefused),
    *(StudyRefused, RangeRefused, FiguresUnreadable),
)
"""Users' mistakes."""
_HOW_TO_SAY: Final[Mapping[Asked | None, str]] = MappingProxyType(
    {"image": " (--column image=NAME)", "range": " (--range LOW HIGH)", None: ""}
)


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command; users' mistakes become one line on stderr and exit code 2."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except LabelsRefused as error:
        tell(f"error: {error}{_HOW_TO_SAY[error.asks]}")
        return 2
    except (*REFUSALS, OSError) as error:
        tell(f"error: {error}")
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
