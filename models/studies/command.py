"""`python -m models study`: arguments, progress, and what the figures say in a table."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from models.labels.columns import ROLES
from models.studies.findings.records import (
    MIN_FITTED,
    REPORT_FILE,
    UNMATCHED_FILE,
    CheckpointFigures,
    Estimate,
    StudyFigures,
)
from models.studies.findings.wording import fit_words, verdict_words
from models.studies.pictures.kept import KeptPicture
from models.studies.pictures.picture_set import PictureSet, StudyRefused
from models.terminal import answer, printable, tell

EXAMPLES: Final = """examples:
  python -m models study photos/ --output study/
  python -m models study photos/ --labels scores.csv --output study/
  python -m models study scores.csv --output study/ --checkpoint moe no_gmm --range 1 5
  python -m models study photos/ --labels scores.csv --output study/ --fit
  python -m models study photos/ --labels opinions.tsv --column image=shot label=taste --output study/

A table needs a column with the pictures' names (image, name, file …); mos, score or dmos, std, type, level and
reference are recognised, and further columns are kept. Run it again with the same --output to go on after a stop,
with other labels or with further checkpoints: only what is missing is computed.
"""
_SHOWN: Final = 3
"""Names of rows without a picture that are told; the file has all."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of the command, but for the folder of checkpoints."""
    command.description = "Score a set of pictures under several checkpoints, and measure them against its labels."
    command.epilog, command.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    command.add_argument(
        "pictures", type=Path, metavar="FOLDER|CSV", help="pictures in a folder and below, or a table that names some"
    )
    command.add_argument("--output", type=Path, required=True, metavar="DIR", help="the study's folder")
    command.add_argument("--labels", type=Path, metavar="CSV", help="a table (CSV or TSV) of the folder's pictures")
    command.add_argument(
        "--checkpoint", nargs="+", metavar="ID", help="which checkpoints answer (default: all but the literal ones)"
    )
    command.add_argument("--range", nargs=2, type=float, metavar=("LOW", "HIGH"), help="what the labels are on")
    command.add_argument("--direction", choices=("mos", "dmos"), help="whether a high label is good (mos) or bad")
    command.add_argument(
        "--column",
        nargs="+",
        default=[],
        metavar="ROLE=NAME",
        help=f"which column is which; ROLE is one of {', '.join(ROLES)}",
    )
    command.add_argument(
        "--mapping", choices=("logistic", "linear"), help="what maps scores to labels (default: by their number)"
    )
    command.add_argument(
        "--fit", action="store_true", help=f"fit every head to the labels, too ({MIN_FITTED} of them or more)"
    )
    command.add_argument(
        "--maps",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="draw a map of the pictures for each checkpoint (default)",
    )
    command.add_argument(
        "--subset", type=int, metavar="N", help="choose N pictures, diverse and balanced over clusters and scores"
    )
    command.add_argument(
        "--stars", action="store_true", help="write an XMP sidecar with 1 to 5 stars for each picture, into xmp/"
    )
    command.add_argument("--device", default="auto", help="auto, cpu or cuda (default: %(default)s)")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the study or go on with it, and say what came out; 1 where any picture could not be read."""
    from models.studies.asking import study  # not above: what it stands on takes a while to load

    made = study(
        arguments.pictures,
        output=arguments.output,
        labels=arguments.labels,
        checkpoints=arguments.checkpoint,
        label_range=None if arguments.range is None else tuple(arguments.range),
        direction=arguments.direction,
        columns=dict(_named_column(text) for text in arguments.column),
        mapping=arguments.mapping,
        fit=arguments.fit,
        maps=arguments.maps,
        subset=arguments.subset,
        stars=arguments.stars,
        root=arguments.checkpoints,
        device=arguments.device,
        progress=tracked,
        on_found=_tell_found,
        on_error=lambda error: tell(f"warning: {error.filename}: {error.strerror}; its pictures are left out"),
    )
    _show(made.figures)
    if arguments.fit and not made.figures.fits:
        got = f"got {made.figures.counts.rated} labels"
        tell(f"warning: {got}, expected {MIN_FITTED} or more, of three contents or more, to fit a head")
    answer(f"{made.folder / REPORT_FILE}")
    return 1 if made.figures.counts.faults else 0


def _named_column(text: str) -> tuple[str, str]:
    role, separator, name = text.partition("=")
    if not separator:
        raise StudyRefused(f"got --column {text}, expected ROLE=NAME with ROLE one of {', '.join(ROLES)}")
    return role, name


def _tell_found(found: PictureSet) -> None:
    table = found.table
    tell(f"{len(found.pictures)} pictures")
    if table is None:
        return
    columns = table.columns
    tell(f"{table.file}: names in column {columns.image}, labels in column {columns.label or '(none)'}")
    tell(f"labels taken as {table.scale}" if table.scale else "no picture has a label")
    if found.unmatched_rows:
        first = ", ".join(row.image for row in found.unmatched_rows[:_SHOWN])
        tell(f"warning: {len(found.unmatched_rows)} rows name no picture that is there ({first} …): {UNMATCHED_FILE}")
    if found.unmatched_pictures:
        tell(f"warning: {len(found.unmatched_pictures)} pictures have no row: {UNMATCHED_FILE}")


class _Rate(ProgressColumn):
    """Pictures a second."""

    def render(self, task: Task) -> Text:
        """As far as it is known."""
        return Text("" if task.speed is None else f"{task.speed:.1f}/s")


def tracked(pictures: Iterator[KeptPicture], total: int) -> Iterator[KeptPicture]:
    """The pictures as they come, with their number, rate and time left on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield from progress.track(pictures, total=total, description="looking")


def _show(figures: StudyFigures) -> None:
    for code, count in figures.counts.faults.items():
        tell(f"warning: {count} pictures could not be read ({code}): pictures.csv")
    if any(one.agreement for one in figures.checkpoints):
        Console(markup=False, emoji=False, highlight=False).print(_table(figures))
    if groups := figures.duplicates.groups:
        tell(
            f"{len(groups)} groups of near-duplicates, {sum(map(len, groups))} pictures: pictures.csv, duplicate_group"
        )
    if figures.fits:
        Console(markup=False, emoji=False, highlight=False).print(_fits(figures))
    for sentence in (*verdict_words(figures), *fit_words(figures)):
        answer(printable(sentence))


def _fits(figures: StudyFigures) -> Table:
    table = Table("checkpoint", "SRCC fitted", "less shipped", "RMSE fitted", "less shipped", box=None)
    for one in figures.fits:
        cells = (
            _written(one.fitted.srcc, 3),
            _written(one.srcc, 3),
            _written(one.fitted.rmse, 1),
            _written(one.rmse, 1),
        )
        table.add_row(printable(one.checkpoint), *cells)
    return table


def _table(figures: StudyFigures) -> Table:
    table = Table("checkpoint", "SRCC", "PLCC", "KRCC", "RMSE", "coverage", box=None)
    for one in figures.checkpoints:
        table.add_row(printable(one.id), *_cells(one))
    return table


def _cells(one: CheckpointFigures) -> tuple[str, ...]:
    if one.agreement is None or one.coverage is None:
        return ()
    found = one.agreement
    correlations = (_written(figure, 3) for figure in (found.srcc, found.plcc, found.krcc))
    return (*correlations, _written(found.rmse, 1), f"{one.coverage.measured.value:.0%}")


def _written(figure: Estimate, digits: int) -> str:
    return f"{figure.value:.{digits}f} [{figure.low:.{digits}f} to {figure.high:.{digits}f}]"
