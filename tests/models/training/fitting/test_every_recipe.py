"""Every recipe goes the whole way in miniature: trained, exported, loaded to its golden score, asked of a picture."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from models.loading import load_predictor
from models.parts import Part, parts_of
from models.prediction import Prediction
from models.taxonomy import TAXONOMY
from models.training.data.corpus import Corpus
from models.training.data.trunk import Trunk
from models.training.fitting.recipes import RECIPES
from models.training.measuring.runs import Protocol, run_recipe
from models.training.writing.export import export_run
from tests.conftest import Draw
from tests.models.builders import drawn_corpus, tiny_recipe

NUM_CLUSTERS: Final = 8
FILLED_BY: Final[dict[Part, set[str]]] = {
    "types": {"distortion"},
    "mixture": {"posteriors", "cluster_names", "log_likelihood"},
    "gate": {"gating_weights"},
    "attention": {"attention_weights"},
    "severities": {"severities", "severity_names"},
    "experts": {"routing_weights", "experts"},
    "fusion": set(),
}
"""Fusion is one more expert."""
ALWAYS: Final = {"checkpoint", "variant", "formulation", "weights_sha256", "score", "image", "timing_ms"}
PROBABILITIES: Final = ("posteriors", "gating_weights", "routing_weights", "attention_weights")


@dataclass(frozen=True)
class Workshop:
    """What all recipes are trained with, and where their checkpoints go."""

    corpus: Corpus
    trunk: Trunk
    root: Path


@pytest.fixture(scope="module")
def workshop(trunk_root: Path, trunk: Trunk, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """All checkpoints lie beside one graph, so that it is read once."""
    root = tmp_path_factory.mktemp("every_recipe") / "checkpoints"
    shutil.copytree(trunk_root, root)
    return Workshop(drawn_corpus(num_photographs=40), trunk, root)


@pytest.fixture(scope="module", params=RECIPES)
def prediction(request: pytest.FixtureRequest, workshop: Workshop, draw_picture: Draw) -> Prediction:
    """Of a drawn picture, by a checkpoint that was trained, exported and loaded just now."""
    recipe = tiny_recipe(request.param, steps=3, alignment_steps=2)
    protocol = Protocol(num_splits=1, num_held_out_splits=0, has_baseline=False)
    run = run_recipe(recipe, workshop.corpus, protocol, runs=workshop.root.parent / "runs", jobs=1)
    trunk = workshop.trunk
    folder = export_run(run, workshop.corpus, runtime=trunk.runtime, trunk=trunk.record, root=workshop.root)
    return load_predictor(folder, device="cpu").score(draw_picture(0))  # refused where the golden score is missed


def _parts(prediction: Prediction) -> tuple[Part, ...]:
    return parts_of(RECIPES[prediction.checkpoint]().model)


def test_a_prediction_has_the_parts_of_its_variant_and_no_others(prediction: Prediction) -> None:
    present = {name for name, value in vars(prediction).items() if value not in (None, ())}
    assert present == ALWAYS.union(*(FILLED_BY[part] for part in _parts(prediction)))


def test_it_says_by_which_variant_and_formulation_it_was_made(prediction: Prediction) -> None:
    model = RECIPES[prediction.checkpoint]().model
    assert (prediction.variant, prediction.formulation) == (model.variant, model.formulation)


def test_a_score_lies_in_its_interval_and_on_the_scale(prediction: Prediction) -> None:
    score = prediction.score
    assert 0 <= score.low <= score.value <= score.high <= 100
    assert score.std > 0


def test_probabilities_sum_to_one_with_one_for_each_cluster_or_expert(prediction: Prediction) -> None:
    for name in PROBABILITIES:
        row = getattr(prediction, name)
        if row is not None:
            assert len(row) == NUM_CLUSTERS, name
            assert sum(row) == pytest.approx(1, abs=1e-5), name
    if prediction.distortion is not None:
        assert tuple(prediction.distortion.types) == TAXONOMY.classes
        assert sum(prediction.distortion.types.values()) == pytest.approx(1)
        assert sum(prediction.distortion.groups.values()) == pytest.approx(1)
    if prediction.severities is not None:
        assert len(prediction.severities) == len(TAXONOMY.groups)
        assert min(prediction.severities) >= 0


def test_contributions_of_experts_and_fusion_add_up_to_the_score(prediction: Prediction) -> None:
    if not prediction.experts:
        return
    assert sum(expert.contribution for expert in prediction.experts) == pytest.approx(prediction.score.value, abs=1e-3)
    kinds = [expert.kind for expert in prediction.experts]
    assert kinds.count("expert") == NUM_CLUSTERS
    assert kinds.count("fusion") == ("fusion" in _parts(prediction))


def test_clusters_and_experts_have_names_of_their_own(prediction: Prediction) -> None:
    for names in (prediction.cluster_names or (), tuple(expert.name for expert in prediction.experts)):
        assert len(set(names)) == len(names)
    if prediction.checkpoint == "distortion_aware_seed":
        assert prediction.experts[0].name == "blur by p(clean)"
    elif prediction.variant == "distortion_aware":
        assert tuple(expert.name for expert in prediction.experts) == (*TAXONOMY.group_names, "fusion")
