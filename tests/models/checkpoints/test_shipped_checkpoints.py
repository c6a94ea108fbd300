"""What ships is whole: weights, figures, cards, splits and graph agree with each other and with the promise."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import pytest

from models.checkpoints.integrity import check_graph
from models.checkpoints.manifest import CARD_FILE, CHECKPOINTS_FOLDER, DEFAULT_CHECKPOINT_ID, WEIGHTS_FILE
from models.checkpoints.model_record import ModelRecord
from models.checkpoints.reading import checkpoint_folders, read_manifest
from models.figures.measurements import Metrics, metrics_in
from models.loading import load_head, load_predictor
from models.training.fitting.recipes import RECIPES, find_recipe
from models.training.writing.colour_sensitivity import sensitivity_section
from models.training.writing.model_card import figure, model_card
from models.trunk.features import feature_extractor, state_sha256
from models.trunk.record import SHARED_FOLDER
from tests.places import ROOT

EXPECTED: Final = set(RECIPES)
SHIPPED: Final = sorted(EXPECTED | {folder.name for folder in checkpoint_folders(CHECKPOINTS_FOLDER)})
AMENDED: Final = [name for name, recipe in RECIPES.items() if recipe().model.formulation == "stable"]
MAX_TOTAL_BYTES: Final = 120 * 10**6
MIN_SRCC: Final = 0.78

shipped = pytest.mark.parametrize("checkpoint_id", SHIPPED)


def _folder(checkpoint_id: str) -> Path:
    return CHECKPOINTS_FOLDER / checkpoint_id


def _metrics(checkpoint_id: str) -> Metrics:
    return metrics_in(_folder(checkpoint_id))


def test_the_default_checkpoint_ships() -> None:
    assert DEFAULT_CHECKPOINT_ID in {folder.name for folder in checkpoint_folders(CHECKPOINTS_FOLDER)}


@shipped
def test_it_loads_down_to_its_golden_score(checkpoint_id: str) -> None:
    assert load_predictor(_folder(checkpoint_id), device="cpu").manifest.id == checkpoint_id


@shipped
def test_parameters_recounted_and_bytes_rehashed_are_as_written(checkpoint_id: str) -> None:
    manifest = read_manifest(_folder(checkpoint_id))
    head = load_head(_folder(checkpoint_id), manifest)
    data = (_folder(checkpoint_id) / WEIGHTS_FILE).read_bytes()
    assert sum(parameter.numel() for parameter in head.parameters()) == manifest.parameter_count
    assert hashlib.sha256(data).hexdigest() == manifest.weights.sha256


@shipped
def test_the_trunk_is_the_one_that_the_weights_were_fitted_on(checkpoint_id: str) -> None:
    manifest = read_manifest(_folder(checkpoint_id))
    trunk = feature_extractor(manifest.model.backbone, manifest.trunk.tuned_file(CHECKPOINTS_FOLDER))
    assert state_sha256(trunk) == manifest.trunk.sha256
    assert check_graph(_folder(checkpoint_id), manifest) is not None


@shipped
def test_the_stored_splits_are_those_that_were_measured(checkpoint_id: str) -> None:
    digest = read_manifest(_folder(checkpoint_id)).training.split_sha256
    splits = CHECKPOINTS_FOLDER / SHARED_FOLDER / "splits" / f"{digest[:12]}.csv"
    assert hashlib.sha256(splits.read_bytes()).hexdigest() == digest == _metrics(checkpoint_id).split_sha256


@shipped
def test_the_card_is_what_manifest_and_metrics_say(checkpoint_id: str) -> None:
    sensitivity = sensitivity_section(CHECKPOINTS_FOLDER, checkpoint_id)
    assert sensitivity, "measured by `python -m models.training colour-sensitivity`"
    expected = model_card(read_manifest(_folder(checkpoint_id)), _metrics(checkpoint_id), sensitivity=sensitivity)
    assert (_folder(checkpoint_id) / CARD_FILE).read_text() == expected


@shipped
def test_its_recipe_is_still_in_the_code_builds_the_same_model_and_says_the_same(checkpoint_id: str) -> None:
    manifest = read_manifest(_folder(checkpoint_id))
    recipe = find_recipe(manifest.training.recipe)
    assert ModelRecord.of(recipe.model) == manifest.model
    assert (recipe.title, recipe.description) == (manifest.title, manifest.description)


@pytest.mark.parametrize("checkpoint_id", AMENDED)
def test_it_agrees_with_people_on_held_out_photographs(checkpoint_id: str) -> None:
    metrics = _metrics(checkpoint_id)
    assert metrics.num_splits == 10
    assert metrics.summary.photographs.srcc.median >= MIN_SRCC
    assert metrics.summary.photographs_conformal.coverage.median == pytest.approx(0.9, abs=0.03)


def test_the_mixtures_card_says_what_clusters_and_routing_are_worth() -> None:
    metrics = _metrics("moe")
    assert metrics.summary.clusters.group.ami.median > 0.3
    assert "## What the routing is worth" in (_folder("moe") / CARD_FILE).read_text()


def test_all_that_ships_stays_within_its_size() -> None:
    total = sum(path.stat().st_size for path in CHECKPOINTS_FOLDER.rglob("*") if path.is_file())
    assert total <= MAX_TOTAL_BYTES


@shipped
def test_the_readme_repeats_the_measured_figures(checkpoint_id: str) -> None:
    readme = (ROOT / "README.md").read_text()
    metrics = _metrics(checkpoint_id)
    summary, tuned = metrics.summary, metrics.fine_tuned.summary
    rows = [line for line in readme.splitlines() if f"(`{checkpoint_id}`)" in line]
    assert len(rows) == 1
    frozen = (summary.photographs.srcc, summary.photographs.plcc, summary.synthetic.srcc)
    for entry in (*frozen, tuned.photographs.srcc, tuned.synthetic.srcc):
        assert figure(entry) in rows[0]
