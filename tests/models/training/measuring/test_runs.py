"""A run measures what its protocol says, calibrates what ships, and does no finished piece again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
import torch

from models.figures.predictions import COLUMNS
from models.figures.training_curve import write_curve
from models.prediction import INTERVAL_COVERAGE
from models.training.data.corpus import Corpus
from models.training.data.folds import Fold
from models.training.data.splits import splits_sha256
from models.training.fitting.recipes import Recipe
from models.training.fitting.trainer import TRAINER_VERSION, fit_head
from models.training.measuring import runs
from models.training.measuring.evaluation import predict_fold
from models.training.measuring.runs import (
    Protocol,
    Run,
    run_key,
    run_recipe,
    training_curve,
)
from tests.models.builders import drawn_corpus, tiny_recipe

RECIPE = tiny_recipe("no_gmm")
PROTOCOL = Protocol(num_splits=2, num_held_out_splits=1)
AWAY_PIECES = ("away_set_biq2021_00", "away_set_live_00", "away_synthetic_synthetic_00")
PIECES = ("final_0", "split_00", "split_01", *AWAY_PIECES)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus()


@pytest.fixture(scope="module")
def runs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def run(corpus: Corpus, runs_folder: Path) -> Run:
    return run_recipe(RECIPE, corpus, PROTOCOL, runs=runs_folder, jobs=1)


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Counts the heads that are fitted."""
    fit = Mock(wraps=fit_head)
    monkeypatch.setattr(runs, "fit_head", fit)
    return fit


def test_every_piece_of_the_protocol_is_a_file_and_there_are_no_others(
    run: Run, corpus: Corpus, runs_folder: Path
) -> None:
    names = {path.name for path in (runs_folder / run_key(RECIPE, corpus)).iterdir()}
    assert names == {*(f"{piece}.json" for piece in PIECES), "final_0.safetensors", "predictions_00.csv"}


def _same(run: Run, other: Run) -> bool:
    weights, others = run.final.fitted.head.state_dict(), other.final.fitted.head.state_dict()
    return (
        run.metrics == other.metrics
        and run.predictions == other.predictions
        and run.final.interval_quantile == other.final.interval_quantile
        and run.final.fitted.curve == other.final.fitted.curve
        and all(torch.equal(value, others[name]) for name, value in weights.items())
    )


def test_finished_pieces_are_read_and_not_trained_again(
    run: Run, corpus: Corpus, runs_folder: Path, fits: Mock
) -> None:
    assert _same(run_recipe(RECIPE, corpus, PROTOCOL, runs=runs_folder, jobs=1), run)
    assert fits.call_count == 0


@pytest.mark.parametrize("piece", PIECES)
def test_a_stopped_run_trains_the_missing_piece_alone_and_comes_to_the_same(
    piece: str, run: Run, corpus: Corpus, runs_folder: Path, fits: Mock
) -> None:
    (runs_folder / run_key(RECIPE, corpus) / f"{piece}.json").unlink()
    assert _same(run_recipe(RECIPE, corpus, PROTOCOL, runs=runs_folder, jobs=1), run)
    assert fits.call_count == 1


def test_two_jobs_come_to_the_same_digits_as_one(run: Run, corpus: Corpus, tmp_path: Path) -> None:
    assert _same(run_recipe(RECIPE, corpus, PROTOCOL, runs=tmp_path, jobs=2), run)


def _other_label(corpus: Corpus) -> Corpus:
    first, *rest = corpus.photographs.dataset.examples
    dataset = replace(corpus.photographs.dataset, examples=(replace(first, label=0.123), *rest))
    return replace(corpus, rated=(replace(corpus.photographs, dataset=dataset), *corpus.rated[1:]))


def _other_feature(corpus: Corpus) -> Corpus:
    features_ND = corpus.further.table.features_ND.copy()
    features_ND[-1, -1] += 1
    table = replace(corpus.further.table, features_ND=features_ND)
    return replace(corpus, further=replace(corpus.further, table=table))


CHANGES: dict[str, Callable[[Recipe, Corpus], tuple[Recipe, Corpus]]] = {
    "steps": lambda recipe, corpus: (replace(recipe, steps=13), corpus),
    "seed": lambda recipe, corpus: (replace(recipe, seed=1), corpus),
    "a loss": lambda recipe, corpus: (replace(recipe, losses=replace(recipe.losses, rank=2.0)), corpus),
    "alignment": lambda recipe, corpus: (replace(recipe, alignment=replace(recipe.alignment, steps=6)), corpus),
    "model": lambda recipe, corpus: (replace(recipe, model=replace(recipe.model, dropout=0.1)), corpus),
    "a label": lambda recipe, corpus: (recipe, _other_label(corpus)),
    "a feature": lambda recipe, corpus: (recipe, _other_feature(corpus)),
    "a rated set less": lambda recipe, corpus: (recipe, replace(corpus, rated=corpus.rated[:1])),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_would_give_another_head_is_another_run(change: str, corpus: Corpus) -> None:
    assert run_key(*CHANGES[change](RECIPE, corpus)) != run_key(RECIPE, corpus)


def test_another_trainer_is_another_run(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run_key(RECIPE, corpus)
    monkeypatch.setattr(runs, "TRAINER_VERSION", TRAINER_VERSION + 1)
    assert run_key(RECIPE, corpus) != before


def test_a_recipe_under_another_name_is_the_same_run(corpus: Corpus) -> None:
    assert run_key(replace(RECIPE, name="mine", title="Mine"), corpus) == run_key(RECIPE, corpus)


def test_metrics_name_their_splits_and_their_scale(run: Run, corpus: Corpus) -> None:
    assert run.metrics.num_splits == len(run.metrics.splits) == 2
    assert [split.seed for split in run.metrics.splits] == [0, 1]
    assert run.metrics.split_sha256 == splits_sha256(run.splits)
    values = [split.photographs.srcc for split in run.metrics.splits]
    assert run.metrics.summary.photographs.srcc.median == pytest.approx(np.median(values), abs=1e-6)
    scale = corpus.scales(run.splits[-1]).synthetic
    assert vars(run.metrics.synthetic_scale) == pytest.approx({"slope": scale.slope, "offset": scale.offset}, abs=1e-6)


def test_further_rated_sets_are_measured_on_every_split_and_held_out_whole(run: Run) -> None:
    assert set(run.metrics.summary.further_rated) == {"live"}
    assert set(run.metrics.held_out_sets) == {"biq2021", "live"}
    for figures in run.metrics.held_out_sets.values():
        assert -1 <= figures.agreement.srcc.median <= 1


def test_predictions_are_those_of_the_first_splits_test_photographs(run: Run, corpus: Corpus) -> None:
    header, *rows = run.predictions.decode().splitlines()
    assert header == ",".join(COLUMNS)
    assert [row.split(",")[0] for row in rows] == corpus.photographs.ids(run.splits[0], "test")


def test_the_baseline_has_none_and_a_variant_is_compared_with_one_as_large(
    run: Run, corpus: Corpus, tmp_path: Path
) -> None:
    assert run.metrics.matched_baseline is None
    recipe = tiny_recipe("moe", steps=3, alignment_steps=2)
    metrics = run_recipe(recipe, corpus, Protocol(2, 0), runs=tmp_path, jobs=1).metrics
    baseline = metrics.matched_baseline
    assert baseline.recipe.startswith("no_gmm_")
    assert baseline.comparison.photographs.srcc.num_pairs == 2
    without = run_recipe(recipe, corpus, Protocol(2, 0, has_baseline=False), runs=tmp_path, jobs=1).metrics
    assert without.matched_baseline is None
    assert without.splits == metrics.splits


def _calibration_fold(run: Run, corpus: Corpus) -> Fold:
    return corpus.rated_folds(run.splits[-1], "validation", corpus.scales(run.splits[-1]))[0]


def test_the_shipped_interval_covers_its_calibration_fold(run: Run, corpus: Corpus) -> None:
    fold = _calibration_fold(run, corpus)
    output = predict_fold(run.final.fitted.head, fold)
    residual_N = np.abs(output.score.numpy() - fold.scores_N)
    assert (residual_N <= run.final.interval_quantile * output.score_std.numpy() + 1e-4).mean() >= INTERVAL_COVERAGE


def test_deviations_are_as_large_as_the_calibration_residuals(run: Run, corpus: Corpus) -> None:
    fold = _calibration_fold(run, corpus)
    output = predict_fold(run.final.fitted.head, fold)
    normalised_N = (output.score.numpy() - fold.scores_N) / output.score_std.numpy()
    assert np.sqrt(np.mean(normalised_N**2)) == pytest.approx(1, rel=1e-4)


def test_the_head_that_ships_is_frozen_and_in_eval_mode(run: Run) -> None:
    head = run.final.fitted.head
    assert not any(module.training for module in head.modules())
    assert not any(parameter.requires_grad for parameter in head.parameters())


def test_the_training_curve_is_a_table(run: Run) -> None:
    header, first, *rest = write_curve(training_curve(run.final.fitted)).decode().splitlines()
    assert header == "step,squared_error,correlation,rank,order_pairs"
    assert first.split(",")[0] == "0"
    assert all(len(row.split(",")) == 5 for row in rest)
