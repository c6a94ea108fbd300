"""An ablation is its recipe but for one component, and is measured beside it on the same splits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from models.checkpoints.model_record import ModelRecord
from models.figures.files import ABLATIONS_FILE
from models.heads.config import ModelConfig
from models.registry import create_model
from models.training.data.corpus import Corpus
from models.training.data.splits import NUM_SPLITS, content_disjoint_split, splits_sha256
from models.training.data.training_set import TrainingSet
from models.training.fitting import recipes
from models.training.fitting.recipes import Recipe, find_recipe
from models.training.fitting.trainer import fit_head
from models.training.measuring import runs
from models.training.measuring.ablations import ABLATIONS, ablation_side, measure_ablations
from tests.models.builders import drawn_corpus, tiny_recipe
from tests.models.training.metrics_builders import drawn_splits

SEVERAL_PLACES = {
    "moe-types_without_mixture": {
        "model.variant",
        "model.has_type_encoder",
        "losses.likelihood",
        "losses.balance",
        "losses.gate_z",
    },
    "no_gmm-squared_error_alone": {"losses.correlation", "losses.rank", "losses.order_pairs"},
    "moe-no_gate": {"model.has_gate", "losses.gate_z"},
    "moe-no_balance": {"losses.balance", "losses.gate_z"},
    "self_supervised-no_contrast": {"losses.contrast", "alignment.contrast"},
}
"""Ablations of one component that is set in several places; all others differ in one field, or in K and E."""


def _flat(part: Any) -> dict[str, Any]:
    return asdict(ModelRecord.of(part) if isinstance(part, ModelConfig) else part)


def _differences(one: Recipe, other: Recipe) -> Iterator[str]:
    for field in fields(Recipe):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name in {"model", "losses", "alignment"}:
            before, after = _flat(mine), _flat(theirs)
            yield from (f"{field.name}.{name}" for name in before if before[name] != after[name])
        elif mine != theirs:
            yield field.name


@pytest.mark.parametrize("name", ABLATIONS)
def test_an_ablation_differs_from_its_recipe_in_one_component(name: str) -> None:
    ablation = ABLATIONS[name]
    differences = set(_differences(find_recipe(ablation.recipe), ablation.changed()))
    if name in SEVERAL_PLACES:
        assert differences == SEVERAL_PLACES[name]
    elif name.endswith("_experts"):
        assert differences == {"model.num_clusters", "model.num_experts"}
    else:
        assert len(differences) == 1


@pytest.mark.parametrize("name", ABLATIONS)
def test_an_ablation_changes_what_it_names_and_can_be_built(name: str) -> None:
    ablation = ABLATIONS[name]
    named = {f"{part}.{field}" for part in ("model", "losses", "alignment") for field in getattr(ablation, part) or {}}
    assert set(_differences(find_recipe(ablation.recipe), ablation.changed())) == named
    assert name.startswith(f"{ablation.recipe}-")
    model = ablation.changed().model
    assert create_model(model).config == model


def test_no_two_ablations_are_one() -> None:
    changed = [ablation.changed() for ablation in ABLATIONS.values()]
    assert all(one != other for place, one in enumerate(changed) for other in changed[:place])


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus(num_photographs=40, num_live=0)


@pytest.fixture
def _tiny_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_gmm", "moe"):
        tiny = tiny_recipe(name, steps=4, alignment_steps=3)
        monkeypatch.setitem(recipes.RECIPES, name, partial(Recipe, **vars(tiny)))


@pytest.fixture
def data(corpus: Corpus) -> TrainingSet:
    split = content_disjoint_split(corpus.references, seed=0)
    return corpus.training_set(split, corpus.scales(split))


@pytest.mark.usefixtures("_tiny_recipes")
@pytest.mark.parametrize("name", [name for name in ABLATIONS if ABLATIONS[name].recipe == "moe"])
def test_every_ablation_of_the_experts_can_be_trained(name: str, data: TrainingSet) -> None:
    changed = ABLATIONS[name].changed()
    curve = fit_head(changed, data, seed=0).curve
    assert set(curve[0].losses) == {loss for loss, weight in asdict(changed.losses).items() if weight}


def _measure(corpus: Corpus, root: Path, *names: str, num_splits: int = 2) -> dict[str, Any]:
    path = measure_ablations(names, corpus, num_splits=num_splits, root=root, runs=root / "runs", jobs=1)
    assert path == root / ABLATIONS_FILE
    report: dict[str, Any] = json.loads(path.read_text())
    return report


@pytest.mark.usefixtures("_tiny_recipes")
def test_a_report_has_whole_ablated_and_difference_on_the_same_splits(corpus: Corpus, tmp_path: Path) -> None:
    report = _measure(corpus, tmp_path, "no_gmm-no_order_pairs")
    splits = [content_disjoint_split(corpus.references, seed=seed) for seed in range(NUM_SPLITS)]
    assert report["split_sha256"] == splits_sha256(splits)
    found = report["ablations"]["no_gmm-no_order_pairs"]
    assert found["num_splits"] == 2
    assert (found["recipe"], found["says"]) == ("no_gmm", "no pairs with only an order")
    whole, ablated = (found[part]["photographs"]["srcc"]["median"] for part in ("whole", "ablated"))
    difference = found["difference"]["photographs"]["srcc"]
    assert difference["num_pairs"] == 2
    assert difference["median_difference"] == pytest.approx(ablated - whole, abs=1e-5)  # the median of two is the mean
    assert found["whole"]["clusters"] is None
    assert found["whole"]["shuffling_cost"] is None
    by_split = [found[part]["srcc_by_split"]["photographs"] for part in ("ablated", "whole")]
    median = sum(after - before for after, before in zip(*by_split, strict=True)) / 2
    assert median == pytest.approx(difference["median_difference"], abs=1e-5)


def test_the_cost_of_shuffling_is_paired_over_splits() -> None:
    own, shuffled = (("interventions", "photographs", name) for name in ("own", "shuffled"))
    splits = [
        drawn_splits("moe", num_splits=1, values={own: 0.8 + place / 100, shuffled: 0.7 + place / 100})[0]
        for place in range(3)
    ]
    costs = ablation_side(splits).shuffling_cost
    assert costs is not None
    assert (costs.photographs.median_difference, costs.photographs.num_pairs) == (pytest.approx(0.1), 3)


@pytest.mark.usefixtures("_tiny_recipes")
def test_the_whole_recipe_is_trained_once_for_all_its_ablations(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[Recipe] = []

    def remember(recipe: Recipe, data: TrainingSet, *, seed: int) -> Any:
        trained.append(recipe)
        return fit_head(recipe, data, seed=seed)

    monkeypatch.setattr(runs, "fit_head", remember)
    _measure(corpus, tmp_path, "no_gmm-no_order_pairs", "no_gmm-squared_error_alone")
    assert len(trained) == 3 * 2
    assert trained.count(find_recipe("no_gmm")) == 2


@pytest.mark.usefixtures("_tiny_recipes")
def test_other_ablations_are_kept_and_dropped_where_they_are_of_other_runs_or_cuts(
    corpus: Corpus, tmp_path: Path
) -> None:
    first = _measure(corpus, tmp_path, "no_gmm-no_order_pairs")
    second = _measure(corpus, tmp_path, "no_gmm-squared_error_alone")
    assert list(second["ablations"]) == ["no_gmm-no_order_pairs", "no_gmm-squared_error_alone"]
    assert second["ablations"]["no_gmm-no_order_pairs"] == first["ablations"]["no_gmm-no_order_pairs"]
    path = tmp_path / ABLATIONS_FILE
    second["ablations"]["no_gmm-no_order_pairs"]["runs"][0] = "no_gmm-of-another-trainer"
    path.write_text(json.dumps(second))
    assert list(_measure(corpus, tmp_path, "no_gmm-squared_error_alone")["ablations"]) == ["no_gmm-squared_error_alone"]
    third = _measure(corpus, tmp_path, "no_gmm-no_order_pairs", num_splits=3)
    assert {name: entry["num_splits"] for name, entry in third["ablations"].items()} == {
        "no_gmm-no_order_pairs": 3,
        "no_gmm-squared_error_alone": 2,
    }
    path.write_text(json.dumps(third | {"split_sha256": "0" * 64}))
    assert list(_measure(corpus, tmp_path, "no_gmm-squared_error_alone")["ablations"]) == ["no_gmm-squared_error_alone"]
