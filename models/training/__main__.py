"""Command line of the training package: `python -m models.training --help`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.refusal import CheckpointRefused
from models.figures.files import FiguresUnreadable
from models.figures.measurements import ComparisonError
from models.figures.protocol import NUM_HELD_OUT_SPLITS
from models.heads.config import ConfigError, RegressorKind
from models.images import ImageError
from models.labels.scales import Direction
from models.maps.building.projecting import ProjectionRefused
from models.maps.image_set import MapRefused
from models.terminal import CommandParser, PrintableFormatter, tell
from models.training import commands
from models.training.data.datasets import DatasetError
from models.training.data.splits import NUM_SPLITS, SplitError
from models.training.fitting.recipes import RECIPES
from models.training.fitting.tuned_trunks import NUM_TUNED_SPLITS
from models.training.measuring.ablations import ABLATIONS
from models.training.measuring.ablations import NUM_SPLITS as NUM_ABLATION_SPLITS
from models.training.rated_sets import READERS
from models.training.writing.whole_graph import WholeGraphError
from models.trunk.backbone import BackboneError
from models.trunk.runtimes import DeviceError

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[CommandParser]

USER_ERRORS = (
    BackboneError,
    CheckpointRefused,
    ComparisonError,
    ConfigError,
    DatasetError,
    DeviceError,
    FiguresUnreadable,
    ImageError,
    MapRefused,
    ProjectionRefused,
    OSError,
    SplitError,
    WholeGraphError,
)


def build_parser() -> argparse.ArgumentParser:
    """The parser, one sub-command per task."""
    parser = CommandParser(
        prog="python -m models.training",
        description="Train, measure, compare and export CENIQA variants; draw what they train on.",
    )
    parser.add_argument("--verbose", action="store_true", help="say more on stderr")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _add_train,
        _add_evaluate,
        _add_compare,
        _add_cards,
        _add_ablate,
        _add_embed,
        _add_describe,
        _add_export,
        _add_contact_sheet,
        _add_samples,
        _add_colour_sensitivity,
    ):
        add(subparsers)
    return parser


def _add_train(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("train", help="train recipes, measure them on held-out splits, write checkpoints")
    command.add_argument(
        "recipe",
        nargs="+",
        metavar="RECIPE",
        choices=[*RECIPES, commands.ALL],
        help=f"{', '.join(RECIPES)}, or {commands.ALL}",
    )
    _add_data(command, num_splits=NUM_SPLITS)
    command.add_argument(
        "--num-clusters", type=int, metavar="K", help="clusters of the mixture (default: the recipe's)"
    )
    command.add_argument("--num-experts", type=int, metavar="E", help="experts (default: the recipe's)")
    command.add_argument("--regressor", choices=get_args(RegressorKind), help="kind of regressors and experts")
    command.add_argument("--experiment", metavar="NAME", help="folder of the checkpoint (default: the recipe's name)")
    command.add_argument(
        "--seed", type=int, help="seed of weights and batches (splits have their own; default: the recipe's)"
    )
    command.add_argument(
        "--held-out-splits",
        type=int,
        default=NUM_HELD_OUT_SPLITS,
        metavar="N",
        help=f"heads per rated set that is held out whole, with two sets or more (default {NUM_HELD_OUT_SPLITS})",
    )
    command.add_argument(
        "--fine-tuned-splits",
        type=int,
        default=0,
        metavar="N",
        help="also fine-tune a trunk on each of the first N splits, measure there, and ship a head on a fine-tuned "
        f"trunk; {NUM_TUNED_SPLITS} in our own figures, hours on two cores (default 0: frozen trunk only)",
    )
    command.add_argument(
        "--baseline", action=argparse.BooleanOptionalAction, default=True, help="measure a baseline of the same size"
    )
    command.set_defaults(run=commands.train)


def _add_ablate(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("ablate", help="take components away one at a time and measure what is left")
    command.add_argument(
        "ablation",
        nargs="+",
        metavar="ABLATION",
        choices=[*ABLATIONS, commands.ALL],
        help=f"{', '.join(ABLATIONS)}, or {commands.ALL}",
    )
    _add_data(command, num_splits=NUM_ABLATION_SPLITS)
    command.set_defaults(run=commands.ablate)


def _add_evaluate(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("evaluate", help="measure checkpoints on a rated set")
    command.add_argument("checkpoint", nargs="+", help="their folders' names")
    _add_rated(command, nargs=None)
    _add_places(command)
    command.set_defaults(run=commands.evaluate)


def _add_compare(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("compare", help="write results page, tables and leaderboard from all metrics")
    command.add_argument("--out", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="where checkpoints lie")
    command.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR", help="where the page goes")
    command.set_defaults(run=commands.compare)


def _add_colour_sensitivity(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser(
        "colour-sensitivity", help="measure how far scores depend on how a decoder brings colour to full size"
    )
    command.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE", help="photographs to measure on")
    command.add_argument("--out", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="where checkpoints lie")
    command.set_defaults(run=commands.colour_sensitivity)


def _add_cards(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("cards", help="write every model card anew from manifest and metrics")
    command.add_argument("--out", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="where checkpoints lie")
    command.set_defaults(run=commands.cards)


def _add_embed(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("embed", help="build embedding maps of checkpoints")
    command.add_argument("checkpoint", nargs="+", help="their folders' names")
    command.add_argument("--pictures", type=Path, metavar="DIR|CSV", help="own pictures (default: the set that ships)")
    _add_labels(command)
    command.add_argument("--neighbours", type=int, default=15, metavar="N", help="pictures that each is tied to (15)")
    command.add_argument("--min-dist", type=float, default=0.1, metavar="D", help="how close points may lie (0.1)")
    command.add_argument("--seed", type=int, default=0, help="seed of the projection")
    command.add_argument(
        "--wallpapers",
        type=Path,
        metavar="DIR",
        help="unpacked pictures of Debian's lomiri-wallpapers-16.04, to build the set that ships where it is missing",
    )
    _add_places(command)
    command.set_defaults(run=commands.embed)


def _add_describe(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("describe", help="write recipes' titles and descriptions into their checkpoints")
    command.add_argument("checkpoint", nargs="+", help="their folders' names")
    command.add_argument("--out", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="where checkpoints lie")
    command.set_defaults(run=commands.describe)


def _add_export(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("export", help="write a checkpoint as one ONNX file, pixels to every output")
    command.add_argument("checkpoint", help="its folder's name")
    command.add_argument("output", type=Path, help="the .onnx file to write")
    command.add_argument("--out", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="where checkpoints lie")
    command.set_defaults(run=commands.export)


def _add_contact_sheet(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("contact-sheet", help="draw one photograph under every distortion type and level")
    command.add_argument("photograph", type=Path, help="an undistorted photograph")
    command.add_argument("output", type=Path, help="the PNG to write")
    command.set_defaults(run=commands.contact_sheet)


def _add_samples(subparsers: _Subparsers) -> None:
    command = subparsers.add_parser("samples", help="build the sample photographs that ship with the Score page")
    command.add_argument("output", type=Path, help="the folder to write pictures and samples.json to")
    command.add_argument(
        "--wallpapers", type=Path, metavar="DIR", help="unpacked pictures of Debian's lomiri-wallpapers-16.04"
    )
    command.set_defaults(run=commands.samples)


def _add_data(command: argparse.ArgumentParser, *, num_splits: int) -> None:
    """What training reads, and how much it measures."""
    _add_rated(command, nargs="+")
    command.add_argument(
        "--pristine", type=Path, nargs="+", required=True, metavar="DIR", help="folders of undistorted photographs"
    )
    command.add_argument(
        "--splits", type=int, default=num_splits, metavar="N", help=f"content-disjoint splits (default {num_splits})"
    )
    command.add_argument("--runs", type=Path, default=Path("runs"), metavar="DIR", help="finished pieces, for resuming")
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count(), metavar="N", help="pieces at a time, a thread each (default: cores)"
    )
    _add_places(command)


def _add_rated(command: argparse.ArgumentParser, *, nargs: str | None) -> None:
    command.add_argument(
        "--rated",
        nargs=nargs,
        required=True,
        metavar="NAME=PATH",
        help=f"rated pictures, NAME one of {', '.join(READERS)}; the first set's scale is the studio's",
    )
    _add_labels(command)
    command.add_argument("--skip-broken", action="store_true", help="go on without rated pictures that cannot be read")


def _add_labels(command: argparse.ArgumentParser) -> None:
    """What the owner of a table says of its labels."""
    command.add_argument(
        "--range",
        nargs=2,
        type=float,
        metavar=("LOW", "HIGH"),
        help="range of a CSV table's labels (default: the narrowest of 0-1, 1-5, 0-5, 0-10 and 0-100 that holds all, "
        "where it is the only reading)",
    )
    command.add_argument(
        "--direction", choices=get_args(Direction), help="whether a high label of a CSV table is good (mos, default)"
    )


def _add_places(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="where checkpoints lie")
    command.add_argument("--cache", type=Path, default=Path("cache"), metavar="DIR", help="computed features")
    command.add_argument("--device", default="auto", help="auto, cpu or cuda: where features are computed")


def main() -> int:
    """Run one sub-command; users' mistakes become one line on stderr and exit code 2."""
    arguments = build_parser().parse_args()
    level = logging.INFO if arguments.verbose else logging.WARNING
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(PrintableFormatter("%(levelname)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[lines])
    try:
        arguments.run(arguments)
    except USER_ERRORS as error:
        tell(f"error: {error}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
