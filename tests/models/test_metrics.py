"""Figures of merit equal scipy's, scikit-learn's, or a count by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

from models.metrics import (
    agreement,
    bootstrap_over_references,
    cluster_agreement,
    conformal_quantile,
    effective_number,
    logistic_fit,
    mean_entropy,
    saturation,
    srcc,
)

RNG = np.random.default_rng(0)
ACTUAL_N = RNG.uniform(10, 90, 200)
PREDICTED_N = ACTUAL_N + RNG.normal(0, 12, 200)


def test_correlations_equal_a_count_by_hand() -> None:
    predicted_N, actual_N = PREDICTED_N[:30], ACTUAL_N[:30]
    ranks = [np.argsort(np.argsort(values)) for values in (predicted_N, actual_N)]
    pairs = [
        np.sign(predicted_N[i] - predicted_N[j]) * np.sign(actual_N[i] - actual_N[j])
        for i, j in itertools.combinations(range(30), 2)
    ]
    figures = agreement(predicted_N, actual_N)
    assert figures.srcc == pytest.approx(np.corrcoef(ranks[0], ranks[1])[0, 1])
    assert figures.krcc == pytest.approx(np.mean(pairs))
    assert figures.plcc == pytest.approx(np.corrcoef(predicted_N, actual_N)[0, 1])


def test_rank_correlation_is_blind_to_a_monotone_map_and_turns_with_the_scale() -> None:
    assert srcc(np.exp(PREDICTED_N / 20), ACTUAL_N) == pytest.approx(srcc(PREDICTED_N, ACTUAL_N))
    assert srcc(-PREDICTED_N, ACTUAL_N) == pytest.approx(-srcc(PREDICTED_N, ACTUAL_N))


def test_rank_correlation_with_a_constant_is_undefined() -> None:
    assert np.isnan(srcc(np.ones(5), np.arange(5.0)))
    assert np.isnan(srcc(np.arange(5.0), np.ones(5)))


def test_the_logistic_fit_undoes_a_logistic_scale() -> None:
    predicted_N = RNG.uniform(-3, 3, 300)
    actual_N = 20 + 60 / (1 + np.exp(-(predicted_N - 0.4) / 0.7))
    figures = agreement(predicted_N, actual_N)
    assert figures.plcc < 0.99
    assert figures.plcc_fitted == pytest.approx(1, abs=1e-6)
    assert figures.rmse == pytest.approx(0, abs=0.01)


def test_the_logistic_fit_keeps_the_order_of_predictions() -> None:
    fitted_N = logistic_fit(PREDICTED_N, ACTUAL_N)
    assert stats.spearmanr(fitted_N, PREDICTED_N).statistic == pytest.approx(1)


def test_predictions_that_say_nothing_are_measured_without_a_complaint() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        figures = agreement(rng.normal(50, 1e-3, 6), rng.uniform(0, 100, 6))
        assert np.isfinite(figures).all()


def test_float32_predictions_are_measured_in_double_precision() -> None:
    narrow = agreement(PREDICTED_N.astype(np.float32), ACTUAL_N.astype(np.float32))
    assert narrow == pytest.approx(agreement(PREDICTED_N, ACTUAL_N), abs=1e-4)


@pytest.mark.parametrize("coverage", [0.5, 0.9])
def test_a_conformal_interval_covers_new_pictures_at_least_as_promised(coverage: float) -> None:
    rng = np.random.default_rng(1)
    covered = [
        (
            np.abs(rng.standard_cauchy(20)) <= conformal_quantile(np.abs(rng.standard_cauchy(60)), coverage=coverage)
        ).mean()
        for _ in range(300)
    ]
    assert np.mean(covered) == pytest.approx(coverage, abs=0.03)


def test_the_conformal_quantile_takes_the_next_rank_up_and_stops_at_the_largest() -> None:
    residuals_N = np.arange(1.0, 21.0)  # 20 of them: ceil(21 * .9) = 19
    assert conformal_quantile(RNG.permutation(residuals_N), coverage=0.9) == 19
    assert conformal_quantile(residuals_N[:3], coverage=0.9) == 3


def test_the_bootstrap_draws_whole_references() -> None:
    references_N = np.repeat(["a", "b", "c", "d"], 25)
    values_N = np.repeat([0.0, 1.0, 2.0, 3.0], 25)
    drawn_sizes: set[int] = set()

    def mean(rows: np.ndarray) -> float:
        drawn_sizes.update(np.unique(references_N[rows], return_counts=True)[1].tolist())
        return float(values_N[rows].mean())

    interval = bootstrap_over_references(mean, references_N, num_samples=400)
    assert all(size % 25 == 0 for size in drawn_sizes)
    assert interval.low < 1 < 2 < interval.high  # 100 independent rows would give 1.3 to 1.7
    assert interval == bootstrap_over_references(mean, references_N, num_samples=400)


def test_cluster_agreement_equals_scikit_learns() -> None:
    cluster_N, label_N = RNG.integers(0, 5, 300), RNG.choice(np.array(["blur", "noise", "clean"]), 300)
    figures = cluster_agreement(cluster_N, label_N)
    assert figures.ami == pytest.approx(adjusted_mutual_info_score(label_N, cluster_N))
    assert figures.nmi == pytest.approx(normalized_mutual_info_score(label_N, cluster_N))


def test_purity_is_the_share_of_each_clusters_commonest_label() -> None:
    cluster_N, label_N = np.array([0, 0, 0, 2, 2]), np.array(["a", "a", "b", "b", "b"])
    assert cluster_agreement(cluster_N, label_N).purity == pytest.approx(4 / 5)


def test_chance_alone_has_no_adjusted_agreement_and_a_relabelling_has_all_of_it() -> None:
    label_N = RNG.integers(0, 4, 2000)
    assert cluster_agreement(RNG.integers(0, 8, 2000), label_N).ami == pytest.approx(0, abs=0.01)
    assert cluster_agreement((label_N + 1) % 4, label_N).ami == pytest.approx(1)


def test_effective_number_counts_what_is_in_use() -> None:
    assert effective_number(np.eye(4)) == pytest.approx(4)
    assert effective_number(np.eye(4)[[0, 0, 0]]) == pytest.approx(1)
    assert effective_number(np.array([[0.5, 0.5, 0, 0]])) == pytest.approx(2)


def test_entropy_and_saturation_tell_one_hot_rows_from_uniform_ones() -> None:
    one_hot_NK, uniform_NK = np.eye(4), np.full((3, 4), 0.25)
    assert mean_entropy(one_hot_NK) == pytest.approx(0)
    assert mean_entropy(uniform_NK) == pytest.approx(np.log(4))
    assert (saturation(one_hot_NK), saturation(uniform_NK)) == (1, 0)
