"""A run measures every split, calibrates what ships, and does no finished split again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from models.metrics import INTERVAL_COVERAGE
from models.training import runs
from models.training.corpus import PHOTOGRAPH_SCALE, Corpus
from models.training.evaluation import predict_fold
from models.training.runs import Run, curve_csv, run_key, run_recipe
from models.training.splits import splits_sha256
from models.training.trainer import fit_head
from tests.models.builders import drawn_corpus, tiny_recipe

RECIPE = tiny_recipe("no_gmm")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus()


@pytest.fixture(scope="module")
def runs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def run(corpus: Corpus, runs_folder: Path) -> Run:
    return run_recipe(RECIPE, corpus, num_splits=2, runs=runs_folder)


def test_finished_splits_are_read_and_not_trained_again(
    run: Run, corpus: Corpus, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "fit_head", Mock(side_effect=AssertionError("a finished split was trained again")))
    monkeypatch.setattr(runs, "fit_final", Mock(return_value=run.final))
    assert run_recipe(RECIPE, corpus, num_splits=2, runs=runs_folder).metrics == run.metrics


def test_a_stopped_run_trains_the_missing_split_alone(
    run: Run, corpus: Corpus, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = runs_folder / run_key(RECIPE, corpus)
    (folder / "split_01.json").unlink()
    fit = Mock(wraps=fit_head)
    monkeypatch.setattr(runs, "fit_final", Mock(return_value=run.final))
    monkeypatch.setattr(runs, "fit_head", fit)
    assert run_recipe(RECIPE, corpus, num_splits=2, runs=runs_folder).metrics == run.metrics
    assert [call.kwargs["seed"] for call in fit.call_args_list] == [1]


def test_another_recipe_or_other_features_are_another_run(corpus: Corpus) -> None:
    other = drawn_corpus(seed=1)
    keys = {run_key(RECIPE, corpus), run_key(replace(RECIPE, steps=13), corpus), run_key(RECIPE, other)}
    assert len(keys) == 3


def test_metrics_name_their_splits(run: Run) -> None:
    assert run.metrics["num_splits"] == len(run.metrics["splits"]) == 2
    assert [result["seed"] for result in run.metrics["splits"]] == [0, 1]
    assert run.metrics["split_sha256"] == splits_sha256(run.splits)
    values = [result["photographs"]["srcc"] for result in run.metrics["splits"]]
    assert run.metrics["summary"]["photographs"]["srcc"]["median"] == pytest.approx(np.median(values), abs=1e-6)


def test_the_shipped_interval_covers_its_calibration_fold(run: Run, corpus: Corpus) -> None:
    fold = corpus.fold(corpus.photographs, run.splits[-1], "validation", PHOTOGRAPH_SCALE)
    output = predict_fold(run.final.fitted.head, fold)
    residual_N = np.abs(output.score.numpy() - fold.scores_N)
    assert (residual_N <= run.final.interval_quantile * output.score_std.numpy() + 1e-4).mean() >= INTERVAL_COVERAGE


def test_the_constant_deviation_is_that_of_the_calibration_residual(run: Run, corpus: Corpus) -> None:
    fold = corpus.fold(corpus.photographs, run.splits[-1], "validation", PHOTOGRAPH_SCALE)
    output = predict_fold(run.final.fitted.head, fold)
    rms = np.sqrt(np.mean((output.score.numpy() - fold.scores_N) ** 2))
    assert output.score_std[0].item() == pytest.approx(rms, rel=1e-4)


def test_the_training_curve_is_a_table(run: Run) -> None:
    header, first, *rest = curve_csv(run.final.fitted).splitlines()
    assert header == "step,squared_error,correlation,rank,blur_rank"
    assert first.split(",")[0] == "0"
    assert all(len(row.split(",")) == 5 for row in rest)
