"""Command line of the training package: `python -m models.training --help`."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from models.backbone import BackboneError
from models.checkpoints import CHECKPOINTS_FOLDER
from models.config import ConfigError
from models.images import ImageError, from_path
from models.predictor import DeviceError, select_device
from models.preprocess import Preprocess
from models.training.contact_sheet import render_contact_sheet
from models.training.corpus import load_corpus
from models.training.datasets import DatasetError
from models.training.export import export_run
from models.training.recipes import RECIPES, find_recipe
from models.training.runs import run_recipe
from models.training.samples import build_samples
from models.training.splits import NUM_SPLITS
from models.training.trunk import prepare_trunk


def train(arguments: argparse.Namespace) -> None:
    """Features, ten splits, final weights, checkpoint folder."""
    recipe = find_recipe(arguments.recipe)
    trunk = prepare_trunk(recipe.model.backbone, root=arguments.out, device=select_device(arguments.device))
    corpus = load_corpus(
        biq2021=arguments.biq2021,
        pristine=arguments.pristine,
        runtime=trunk.runtime,
        preprocess=Preprocess(recipe.model.preprocess),
        trunk_sha256=trunk.record.sha256,
        layout=trunk.layout,
        cache=arguments.cache,
    )
    run = run_recipe(recipe, corpus, num_splits=arguments.splits, runs=arguments.runs)
    folder = export_run(run, corpus, runtime=trunk.runtime, trunk=trunk.record, root=arguments.out)
    summary = run.metrics["summary"]["photographs"]["srcc"]
    sys.stdout.write(f"{folder}: SRCC {summary['median']:.3f} on held-out photographs ({arguments.splits} splits)\n")


def contact_sheet(arguments: argparse.Namespace) -> None:
    """All types and levels of one photograph on one sheet."""
    render_contact_sheet(from_path(arguments.photograph).pixels_HWC, arguments.output)
    sys.stdout.write(f"{arguments.output}\n")


def samples(arguments: argparse.Namespace) -> None:
    """The photographs that ship with the Score page, and their distorted copies."""
    build_samples(arguments.output, wallpapers=arguments.wallpapers)
    sys.stdout.write(f"{arguments.output}\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser, one sub-command per task."""
    parser = argparse.ArgumentParser(
        prog="python -m models.training",
        description="Train, measure and export CENIQA variants; draw what they train on.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("train", help="train, measure on held-out splits and export one recipe")
    command.add_argument("recipe", choices=sorted(RECIPES), help="what to train")
    command.add_argument(
        "--biq2021", type=Path, required=True, metavar="DIR", help="folder with labels.csv and images/"
    )
    command.add_argument(
        "--pristine", type=Path, nargs="+", required=True, metavar="DIR", help="folders of undistorted photographs"
    )
    command.add_argument("--out", type=Path, default=CHECKPOINTS_FOLDER, metavar="DIR", help="where checkpoints lie")
    command.add_argument("--cache", type=Path, default=Path("cache"), metavar="DIR", help="computed features")
    command.add_argument("--runs", type=Path, default=Path("runs"), metavar="DIR", help="finished splits, for resuming")
    command.add_argument("--splits", type=int, default=NUM_SPLITS, metavar="N", help="number of splits (default 10)")
    command.add_argument("--device", default="auto", help="auto, cpu or cuda: where features are computed")
    command.set_defaults(run=train)

    command = commands.add_parser("contact-sheet", help="draw one photograph under every distortion type and level")
    command.add_argument("photograph", type=Path, help="an undistorted photograph")
    command.add_argument("output", type=Path, help="the PNG to write")
    command.set_defaults(run=contact_sheet)

    command = commands.add_parser("samples", help="build the sample photographs that ship with the Score page")
    command.add_argument("output", type=Path, help="the folder to write pictures and samples.json to")
    command.add_argument(
        "--wallpapers", type=Path, metavar="DIR", help="unpacked pictures of Debian's lomiri-wallpapers-16.04"
    )
    command.set_defaults(run=samples)
    return parser


def main() -> int:
    """Run one sub-command; users' mistakes become one line on stderr and exit code 2."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    arguments = build_parser().parse_args()
    try:
        arguments.run(arguments)
    except (DatasetError, ConfigError, BackboneError, ImageError, DeviceError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
