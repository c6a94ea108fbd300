"""A head is measured away from home on pictures of which it was told nothing, and in no other way than at home."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.figures.files import from_json
from models.figures.measurements import AWAY, AwayHead
from models.training.data.corpus import Corpus
from models.training.data.splits import FIRST_SUBSET_SEED
from models.training.measuring.away import (
    AwayTrial,
    SplitCorpus,
    set_trials,
    source_trials,
    synthetic_trials,
)
from models.training.measuring.runs import Protocol, away_result, frozen_splits, measure, run_recipe
from tests.models.builders import drawn_corpus, tiny_recipe

SOURCES = ("ss01", "ss02", "ss03")
RECIPE = tiny_recipe("moe", steps=4, alignment_steps=2)


def _with_sources(corpus: Corpus) -> Corpus:
    examples = tuple(
        replace(example, subset=SOURCES[index % 3]) for index, example in enumerate(corpus.photographs.dataset.examples)
    )
    dataset = replace(corpus.photographs.dataset, examples=examples)
    return replace(corpus, rated=(replace(corpus.photographs, dataset=dataset), *corpus.rated[1:]))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return _with_sources(drawn_corpus())


@pytest.fixture(scope="module")
def trials(corpus: Corpus) -> dict[str, AwayTrial]:
    splits = frozen_splits(corpus, Protocol(1))
    sources = {name: SplitCorpus(split, corpus) for name, split in corpus.source_splits().items()}
    found = [*source_trials(sources), *set_trials(splits, first=0), *synthetic_trials(splits)]
    return {trial.name: trial for trial in found}


def _rows(features_ND: torch.Tensor) -> set[bytes]:
    return {row.tobytes() for row in features_ND.numpy()}


def _tested(trial: AwayTrial) -> set[bytes]:
    part, scale = trial.test(trial.corpus.scales(trial.split))
    return _rows(trial.corpus.fold(part, trial.split, "test", scale).features_ND)


def test_there_is_a_trial_for_every_source_set_and_for_distorted_pictures(trials: dict[str, AwayTrial]) -> None:
    assert {name: trial.kind for name, trial in trials.items()} == {
        **dict.fromkeys(SOURCES, "source"),
        "biq2021": "set",
        "live": "set",
        "synthetic": "synthetic",
    }
    assert [trials[name].split.seed - FIRST_SUBSET_SEED for name in SOURCES] == [0, 1, 2]


@pytest.mark.parametrize("name", [*SOURCES, "biq2021", "live"])
def test_what_is_left_out_is_tested_whole_and_never_in_the_training_fold(
    name: str, trials: dict[str, AwayTrial]
) -> None:
    trial = trials[name]
    examples = trial.tested.dataset.examples
    left_out = [row for row, example in enumerate(examples) if trial.kind == "set" or example.subset == name]
    assert _tested(trial) == _rows(torch.from_numpy(trial.tested.table.features_ND[left_out]))
    data = trial.training_set(trial.corpus.scales(trial.split))
    seen = set().union(*(_rows(part.features_ND) for part in data.rated), _rows(data.synthetic.features_ND))
    assert not _tested(trial) & seen
    contents = {examples[row].reference for row in left_out}
    further = trial.corpus.further
    taught = {
        further.table.features_ND[row].tobytes()
        for row in np.flatnonzero(np.isin(further.references_N, list(contents)))
    }
    assert not taught & _rows(data.synthetic.features_ND)


def test_distorted_pictures_without_scores_teach_types_alone(trials: dict[str, AwayTrial]) -> None:
    trial = trials["synthetic"]
    data = trial.training_set(trial.corpus.scales(trial.split))
    assert len(data.rated) == 1
    assert not data.synthetic.are_scored
    assert not len(data.pairs.better_PD)


@pytest.mark.parametrize("name", ["ss01", "synthetic", "biq2021"])
@pytest.mark.parametrize("recipe", ["moe", "learnable_gmm", "self_supervised", "no_gmm"])
def test_every_head_has_figures_away_from_home(recipe: str, name: str, trials: dict[str, AwayTrial]) -> None:
    found = from_json(AWAY, away_result(tiny_recipe(recipe, steps=3, alignment_steps=2), trials[name]), "")
    assert np.isfinite(found.figures.agreement.srcc)
    assert np.isfinite(found.plain.ridge.srcc)
    assert (found.routing is None) == (recipe == "no_gmm")
    assert (found.conformal is None) == (name == "biq2021")  # no photograph is left to calibrate intervals with


def _head(name: str, trials: dict[str, AwayTrial]) -> AwayHead:
    return from_json(AWAY, away_result(RECIPE, trials[name]), "")


def test_own_routing_gives_the_heads_own_figures(trials: dict[str, AwayTrial]) -> None:
    found = _head("live", trials)
    assert found.routing is not None
    assert found.routing.srcc.own == pytest.approx(found.figures.agreement.srcc, abs=1e-4)
    assert found.routing.plcc.own == pytest.approx(found.figures.agreement.plcc, abs=1e-4)
    assert found.plain.table is not None


def test_a_run_has_figures_at_home_and_away_with_the_plain_predictors_beside_them(
    corpus: Corpus, tmp_path: Path
) -> None:
    metrics = run_recipe(RECIPE, corpus, Protocol(1, 1, has_baseline=False), runs=tmp_path, jobs=1).metrics
    assert metrics.away is not None
    assert set(metrics.away) == {*SOURCES, "biq2021", "live", "synthetic"}
    assert metrics.away["ss01"].kind == "source"
    assert set(metrics.held_out_sets) == {"biq2021", "live"}
    assert metrics.held_out_sets["live"] == metrics.away["live"].summary.figures
    home = metrics.summary
    assert home.plain is not None
    assert home.plain.photographs.ridge.srcc is not None
    assert home.interventions is not None
    assert home.interventions.photographs.mean is not None
    assert set(home.photographs_by_source or {}) == set(SOURCES)


def test_a_single_rated_set_cannot_be_held_out(corpus: Corpus, tmp_path: Path) -> None:
    alone = replace(corpus, rated=corpus.rated[:1])
    splits = frozen_splits(alone, Protocol(1))
    assert set_trials(splits, first=0) == []
    assert measure(RECIPE, splits, set_trials(splits, first=0), runs=tmp_path, jobs=1).away == {}
