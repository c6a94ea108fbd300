"""What each sub-command of `python -m models.training` does; `__main__` only reads their arguments."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from models.checkpoints.manifest import Manifest
from models.checkpoints.model_record import ModelRecord
from models.checkpoints.reading import checkpoint_folders, read_manifest
from models.figures.files import to_plain
from models.figures.measurements import SET
from models.heads.config import ConfigError
from models.images import from_path
from models.labels.scales import UNSTATED, StatedLabels
from models.loading import load_head
from models.maps.building.projecting import UMAPProjector
from models.registry import create_model
from models.terminal import answer, tell
from models.training.data.corpus import Corpus, load_corpus
from models.training.data.datasets import DatasetError
from models.training.data.readers.ratings import RatedSet
from models.training.data.splits import final_split
from models.training.data.trunk import Trunk, prepare_trunk, prepare_tuned_trunk, recorded_trunk
from models.training.fitting.fine_tuning import FineTuning
from models.training.fitting.recipes import BASELINE, RECIPES, Recipe, find_recipe
from models.training.fitting.tuned_trunks import tuned_corpus, tuned_extractor, tuned_stages, tuning_ground
from models.training.measuring.ablations import ABLATIONS, measure_ablations
from models.training.measuring.away import SplitCorpus
from models.training.measuring.runs import FineTuned, Protocol, run_recipe, splits_of
from models.training.measuring.set_evaluation import evaluate_on_set
from models.training.pictures.contact_sheet import render_contact_sheet
from models.training.pictures.map_building import build_map
from models.training.pictures.map_images import open_images
from models.training.pictures.samples import build_samples
from models.training.rated_sets import READERS, TABLE, read_rated, without_broken
from models.training.results.page import compare as write_comparison
from models.training.set_comparison import compare_on_set, comparison_adapter, scores_on_set
from models.training.writing.colour_sensitivity import measure_sensitivities, write_sensitivity
from models.training.writing.export import describe_checkpoint, export_run
from models.training.writing.model_card import write_cards
from models.training.writing.whole_graph import export_whole_graph
from models.trunk.preprocess import Preprocess
from models.trunk.record import SHARED_FOLDER
from models.trunk.runtimes import select_device

log = logging.getLogger(__name__)

ALL = "all"


def train(arguments: argparse.Namespace) -> None:
    """Features, splits, held-out sets, matched baseline, final weights and checkpoint folder of each recipe."""
    names = list(RECIPES) if arguments.recipe == [ALL] else arguments.recipe
    if arguments.experiment is not None and len(names) > 1:
        got = f"got --experiment {arguments.experiment} for {len(names)} recipes"
        raise ConfigError(f"{got}, expected one recipe: a checkpoint folder holds one")
    recipes = [_with_options(find_recipe(name), arguments) for name in names]
    trunk, corpus = _trunk_and_corpus(recipes, arguments)
    fine_tuned = None
    if arguments.fine_tuned_splits:
        fine_tuned, trunk = _fine_tuned(trunk, corpus, recipes[0], arguments)
    protocol = Protocol(arguments.splits, arguments.held_out_splits, has_baseline=arguments.baseline)
    for recipe in recipes:
        run = run_recipe(recipe, corpus, protocol, runs=arguments.runs, jobs=arguments.jobs, fine_tuned=fine_tuned)
        folder = export_run(run, corpus, runtime=trunk.runtime, trunk=trunk.record, root=arguments.out)
        srcc = run.metrics.summary.photographs.srcc
        said = "SRCC not measured" if srcc is None else f"SRCC {srcc.median:.3f}"
        answer(f"{folder}: {said} on held-out photographs ({arguments.splits} splits)")


def colour_sensitivity(arguments: argparse.Namespace) -> None:
    """Changes of every checkpoint's scores by how colour is decoded, written beside the checkpoints."""
    folders = checkpoint_folders(arguments.out)
    found = measure_sensitivities(folders, arguments.pictures)
    write_sensitivity(arguments.out, found, num_pictures=len(arguments.pictures))
    log.info("wrote the sensitivity of %d checkpoints", len(found))


def _with_options(recipe: Recipe, arguments: argparse.Namespace) -> Recipe:
    """The recipe with what the command line asks otherwise."""
    model = ModelRecord.of(recipe.model)
    if arguments.num_clusters is not None:
        model = replace(model, num_clusters=arguments.num_clusters)
    if arguments.num_experts is not None:
        model = replace(model, num_experts=arguments.num_experts)
    if arguments.regressor is not None:
        model = replace(model, regressor=arguments.regressor)
    name = recipe.name if arguments.experiment is None else arguments.experiment
    seeds = {} if arguments.seed is None else {"seed": arguments.seed}
    return replace(recipe, name=name, model=model.config(), **seeds)


def _trunk_and_corpus(recipes: Sequence[Recipe], arguments: argparse.Namespace) -> tuple[Trunk, Corpus]:
    recipe = recipes[0]
    trunk = prepare_trunk(recipe.model.backbone, root=arguments.out, device=select_device(arguments.device))
    corpus = load_corpus(
        rated=rated_sets(arguments.rated, arguments),
        pristine=arguments.pristine,
        trunk=trunk,
        preprocess=Preprocess(recipe.model.preprocess),
        cache=arguments.cache,
        crop_px=max((size for recipe in recipes if (size := create_model(recipe.model).crop_px)), default=None),
    )
    return trunk, corpus


def _fine_tuned(
    frozen: Trunk, corpus: Corpus, recipe: Recipe, arguments: argparse.Namespace
) -> tuple[FineTuned, Trunk]:
    """A fine-tuned trunk per split and the one that ships, and the corpus of each."""
    ground = tuning_ground(
        corpus,
        backbone=recipe.model.backbone,
        frozen_sha256=frozen.record.sha256,
        layout=frozen.layout,
        preprocess=Preprocess(recipe.model.preprocess),
        cache=arguments.cache,
        jobs=arguments.jobs,
    )
    device = select_device(arguments.device)
    splits = splits_of(corpus, Protocol(arguments.fine_tuned_splits))
    stages = tuned_stages(
        ground,
        [*splits, final_split(corpus.references)],
        FineTuning(),
        device=device,
        runs=arguments.runs,
        jobs=arguments.jobs,
    )
    *corpora, final = (tuned_corpus(ground, late, cache=arguments.cache, jobs=arguments.jobs) for late in stages)
    measured = tuple(SplitCorpus(split, found) for split, found in zip(splits, corpora, strict=True))
    extractor = tuned_extractor(recipe.model.backbone, stages[-1])
    trunk = prepare_tuned_trunk(extractor, root=arguments.out, device=device)
    return FineTuned(measured, final), trunk


def named_path(text: str) -> tuple[str, Path]:
    """`name=path` as its two parts; raises `DatasetError` for any other text or name."""
    name, separator, path = text.partition("=")
    if not separator or name not in READERS:
        raise DatasetError(f"got --rated {text}, expected NAME=PATH with NAME one of {', '.join(READERS)}")
    return name, Path(path)


def rated_sets(texts: Sequence[str], arguments: argparse.Namespace) -> list[RatedSet]:
    """The sets that `--rated` names, each with what its labels are taken for on stderr.

    Raises `DatasetError` where two sets have one name, which would make their pictures one content.
    """
    sets = [_rated_set(*named_path(text), arguments) for text in texts]
    names = [rated.name for rated in sets]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise DatasetError(f"got several sets called {', '.join(twice)}, expected one of each name: rename a folder")
    return sets


def _rated_set(name: str, path: Path, arguments: argparse.Namespace) -> RatedSet:
    rated = read_rated(name, path, stated_labels(arguments) if name == TABLE else UNSTATED)
    if arguments.skip_broken:
        rated, broken = without_broken(rated)
        for error in broken:
            log.warning("left out: %s", error)
    tell(f"{rated.title}: {len(rated.examples)} pictures, labels taken as {rated.scale}")
    return rated


def stated_labels(arguments: argparse.Namespace) -> StatedLabels:
    """What the command line says of a table's labels; raises `DatasetError` for a range that is none."""
    if arguments.range is not None and not arguments.range[0] < arguments.range[1]:
        low, high = arguments.range
        raise DatasetError(f"got --range {low:g} {high:g}, expected the lower end first")
    return StatedLabels(None if arguments.range is None else tuple(arguments.range), arguments.direction)


def ablate(arguments: argparse.Namespace) -> None:
    """Ablations, all or those named, on a few splits: `ablations.json` beside the checkpoints."""
    _, corpus = _trunk_and_corpus([find_recipe(BASELINE)], arguments)
    names = list(ABLATIONS) if arguments.ablation == [ALL] else arguments.ablation
    path = measure_ablations(
        names, corpus, num_splits=arguments.splits, root=arguments.out, runs=arguments.runs, jobs=arguments.jobs
    )
    answer(f"{path}")


def evaluate(arguments: argparse.Namespace) -> None:
    """Checkpoints on a rated set: agreement with people, and of several their differences, as JSON."""
    (rated,) = rated_sets([arguments.rated], arguments)
    figures, scores = {}, {}
    for name in dict.fromkeys(arguments.checkpoint):
        manifest = read_manifest(arguments.out / name)
        head, trunk = load_head(arguments.out / name, manifest), _recorded_trunk(manifest, arguments)
        evaluation = evaluate_on_set(manifest, head, trunk, rated, cache=arguments.cache)
        if evaluation.was_trained_on:
            log.warning("%s was trained on pictures of %s: these figures flatter it", name, rated.title)
        figures[name] = to_plain(SET, evaluation.figures)
        scores[name] = scores_on_set(manifest, head, trunk, rated, cache=arguments.cache)
    compared = comparison_adapter().dump_python(compare_on_set(rated, scores), mode="json")
    plain = {"labels": asdict(rated.scale), "checkpoints": figures, **compared}
    sys.stdout.write(json.dumps(plain, indent=1) + "\n")


def embed(arguments: argparse.Namespace) -> None:
    """An embedding map of each checkpoint."""
    images = open_images(
        arguments.pictures,
        labels=stated_labels(arguments),
        shared=arguments.out / SHARED_FOLDER,
        wallpapers=arguments.wallpapers,
    )
    projector = UMAPProjector(arguments.neighbours, arguments.min_dist, arguments.seed)
    for name in arguments.checkpoint:
        trunk = _recorded_trunk(read_manifest(arguments.out / name), arguments)
        folder = build_map(arguments.out / name, images, trunk=trunk, cache=arguments.cache, projector=projector)
        answer(f"{folder}")


def _recorded_trunk(manifest: Manifest, arguments: argparse.Namespace) -> Trunk:
    device = select_device(arguments.device)
    return recorded_trunk(manifest.model.backbone, manifest.trunk, root=arguments.out, device=device)


def describe(arguments: argparse.Namespace) -> None:
    """Titles and descriptions of today's recipes, in checkpoints that were trained before."""
    for name in arguments.checkpoint:
        folder = arguments.out / name
        recipe = find_recipe(read_manifest(folder).training.recipe)
        answer(f"{describe_checkpoint(folder, recipe)}")


def export(arguments: argparse.Namespace) -> None:
    """A checkpoint as one ONNX file."""
    names = export_whole_graph(arguments.out / arguments.checkpoint, arguments.output)
    answer(f"{arguments.output}: {', '.join(names)}")


def compare(arguments: argparse.Namespace) -> None:
    """Results page, tables and leaderboard from the metrics of every checkpoint."""
    for path in write_comparison(arguments.out, arguments.docs):
        answer(f"{path}")


def cards(arguments: argparse.Namespace) -> None:
    """Every checkpoint's model card, from its manifest and metrics."""
    for path in write_cards(arguments.out):
        answer(f"{path}")


def contact_sheet(arguments: argparse.Namespace) -> None:
    """All types and levels of one photograph on one sheet."""
    render_contact_sheet(from_path(arguments.photograph).pixels_HWC, arguments.output)
    answer(f"{arguments.output}")


def samples(arguments: argparse.Namespace) -> None:
    """The photographs that ship with the Score page, and their distorted copies."""
    build_samples(arguments.output, wallpapers=arguments.wallpapers)
    answer(f"{arguments.output}")
