"""A checkpoint is measured on a rated set of someone's own: what it says of each picture, beside what people said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from models.checkpoints.reading import read_manifest
from models.figures.statistics import srcc
from models.heads.variant import Variant
from models.labels.scales import LabelScale
from models.loading import load_head, load_predictor
from models.predictor import Predictor
from models.registry import create_model
from models.training.data.readers.ratings import RatedSet, Rating, rated_set
from models.training.data.trunk import Trunk
from models.training.measuring.set_evaluation import SetEvaluation, evaluate_on_set
from models.variants.literal.distortion_aware import SeedDistortionAwareConfig
from tests.conftest import Draw

DMOS = [70.0, 20.0, 45.0, 60.0, 30.0, 5.0]


@pytest.fixture(scope="module")
def pictures(draw_picture: Draw, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pictures")
    paths = [folder / f"{seed}.png" for seed in range(len(DMOS))]
    for seed, path in enumerate(paths):
        Image.fromarray(draw_picture(seed, height=48, width=48)).save(path)
    return paths


def _rated(name: str, pictures: list[Path]) -> RatedSet:
    ratings = [
        Rating("labels.csv", path.name, path, label, reference=f"{name}/one", distortion_type="jpeg", level=3)
        for path, label in zip(pictures, DMOS, strict=True)
    ]
    return rated_set(name, name.upper(), LabelScale(0, 100, higher_is_better=False), ratings)


def _evaluate(
    whole_checkpoints: Path, trunk: Trunk, rated: RatedSet, cache: Path, *, head: Variant | None = None
) -> SetEvaluation:
    folder = whole_checkpoints / "no_gmm"
    manifest = read_manifest(folder)
    return evaluate_on_set(manifest, head or load_head(folder, manifest), trunk, rated, cache=cache)


def test_figures_compare_what_the_checkpoint_says_of_each_picture_with_its_label(
    whole_checkpoints: Path, trunk: Trunk, pictures: list[Path], tmp_path: Path
) -> None:
    predictor = load_predictor(whole_checkpoints / "no_gmm", device="cpu")
    predicted_N = np.array([predictor.score(path).score.value for path in pictures])
    figures = _evaluate(whole_checkpoints, trunk, _rated("csiq", pictures), tmp_path).figures
    expected = srcc(predicted_N, 100 - np.array(DMOS))  # DMOS falls as quality rises
    assert figures.agreement.srcc == pytest.approx(expected)
    assert figures.srcc_by_type == pytest.approx({"jpeg": expected})


def test_a_head_that_sees_crops_is_given_those_of_the_sets_pictures(
    whole_checkpoints: Path, trunk: Trunk, pictures: list[Path], tmp_path: Path
) -> None:
    torch.manual_seed(0)
    head = create_model(SeedDistortionAwareConfig()).eval().requires_grad_(False)
    predictor = Predictor(read_manifest(whole_checkpoints / "no_gmm"), head, trunk.runtime)
    predicted_N = np.array([predictor.score(path).score.value for path in pictures])
    figures = _evaluate(whole_checkpoints, trunk, _rated("csiq", pictures), tmp_path, head=head).figures
    assert figures.agreement.srcc == pytest.approx(srcc(predicted_N, 100 - np.array(DMOS)))


@pytest.mark.parametrize(("name", "was_trained_on"), [("live", True), ("csiq", False)])
def test_it_says_whether_the_set_was_trained_on(
    name: str, was_trained_on: bool, whole_checkpoints: Path, trunk: Trunk, pictures: list[Path], tmp_path: Path
) -> None:
    assert _evaluate(whole_checkpoints, trunk, _rated(name, pictures), tmp_path).was_trained_on == was_trained_on
