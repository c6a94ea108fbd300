"""Figures of merit equal scipy's, scikit-learn's, or a count by hand."""

from __future__ import annotations

import itertools
from dataclasses import astuple

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    mutual_info_score,
    normalized_mutual_info_score,
)

from models.figures.records import Interval, MutualInformation, PairedComparison
from models.figures.statistics import (
    WHOLE_SCALE_STDS,
    agreement,
    bootstrap_over_references,
    cluster_agreement,
    compare_paired,
    conformal_quantile,
    corrected_p_value,
    coverage_of_std,
    effective_number,
    expected_calibration_error,
    logistic_fit,
    mean_entropy,
    mutual_information,
    num_dead,
    saturation,
    srcc,
    srcc_of_samples,
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


def test_ties_have_their_middle_rank_as_scipys_have() -> None:
    predicted_N, actual_N = RNG.integers(0, 5, 80), RNG.integers(0, 4, 80)
    assert srcc(predicted_N, actual_N) == pytest.approx(stats.spearmanr(predicted_N, actual_N).statistic)


def test_samples_with_repeats_are_ranked_as_if_written_out() -> None:
    predicted_N, actual_N = np.round(PREDICTED_N[:40], -1), ACTUAL_N[:40]
    counts_SN = RNG.integers(0, 4, (25, 40))
    expected = [stats.spearmanr(np.repeat(predicted_N, n), np.repeat(actual_N, n)).statistic for n in counts_SN]
    assert srcc_of_samples(predicted_N, actual_N, counts_SN) == pytest.approx(expected)


def test_a_sample_of_one_picture_has_no_rank_correlation() -> None:
    assert np.isnan(srcc_of_samples(PREDICTED_N[:3], ACTUAL_N[:3], np.array([[0, 7, 0]]))).all()


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_pictures_too_few_for_the_logistic_leave_its_figures_undefined(count: int) -> None:
    figures = agreement(PREDICTED_N[:count], ACTUAL_N[:count])
    assert np.isnan([figures.plcc_fitted, figures.rmse]).all()
    assert np.isfinite([figures.srcc, figures.krcc, figures.plcc]).all() == (count > 1)


def test_a_constant_prediction_has_an_error_and_no_correlation() -> None:
    figures = agreement(np.full(50, 40.0), ACTUAL_N[:50])
    assert np.isnan([figures.srcc, figures.krcc, figures.plcc, figures.plcc_fitted]).all()
    assert figures.rmse == pytest.approx(np.std(ACTUAL_N[:50]), rel=1e-3)


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
        assert np.isfinite(astuple(figures)).all()


def test_float32_predictions_are_measured_in_double_precision() -> None:
    narrow = agreement(PREDICTED_N.astype(np.float32), ACTUAL_N.astype(np.float32))
    assert vars(narrow) == pytest.approx(vars(agreement(PREDICTED_N, ACTUAL_N)), abs=1e-4)


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


def test_the_conformal_quantile_takes_the_next_rank_up_and_of_too_few_the_whole_scale() -> None:
    residuals_N = np.arange(1.0, 21.0)  # 20 of them: ceil(21 * .9) = 19
    assert conformal_quantile(RNG.permutation(residuals_N), coverage=0.9) == 19
    assert conformal_quantile(residuals_N[:9], coverage=0.9) == 9
    assert conformal_quantile(residuals_N[:8], coverage=0.9) == WHOLE_SCALE_STDS
    assert conformal_quantile(residuals_N[:0], coverage=0.9) == WHOLE_SCALE_STDS


def test_the_bootstrap_draws_whole_references() -> None:
    references_N = np.repeat(["a", "b", "c", "d"], 25)
    values_N = np.repeat([0.0, 1.0, 2.0, 3.0], 25)

    def mean(counts_SN: np.ndarray) -> np.ndarray:
        assert (counts_SN.sum(1) == 100).all()
        assert (counts_SN.reshape(-1, 4, 25) == counts_SN[:, ::25, None]).all()
        return counts_SN @ values_N / counts_SN.sum(1)

    interval = bootstrap_over_references(mean, references_N, num_samples=400)
    assert interval.low < 1 < 2 < interval.high  # 100 independent rows would give 1.3 to 1.7
    assert interval == bootstrap_over_references(mean, references_N, num_samples=400)


def test_the_bootstrap_leaves_out_samples_without_a_value() -> None:
    references_N = np.array(["a", "b"])
    interval = bootstrap_over_references(
        lambda counts_SN: np.where(counts_SN.min(1) == 0, np.nan, 7.0), references_N, num_samples=50
    )
    assert interval == Interval(7, 7)
    unknown = bootstrap_over_references(lambda counts_SN: np.full(len(counts_SN), np.nan), references_N)
    assert np.isnan([unknown.low, unknown.high]).all()


def test_paired_splits_show_a_gain_that_unpaired_ones_would_hide() -> None:
    splits = np.random.default_rng(0)
    baseline_S = splits.uniform(0.7, 0.9, 10)
    gained = compare_paired(baseline_S + splits.uniform(0.005, 0.015, 10), baseline_S)
    assert gained.p_value == pytest.approx(2 / 2**10)  # all ten differences have one sign
    assert 0.005 < gained.interval.low < gained.median_difference < gained.interval.high < 0.015
    lost = compare_paired(baseline_S, baseline_S + 0.01)
    assert (lost.median_difference, lost.num_pairs) == (pytest.approx(-0.01), 10)


def test_equal_splits_prove_nothing_and_unknown_ones_are_left_out() -> None:
    assert compare_paired(np.ones(5), np.ones(5)) == PairedComparison(0, Interval(0, 0), 1, 5, 0, 0)
    assert compare_paired(np.array([1.0, np.nan, 3.0]), np.zeros(3)).num_pairs == 2
    assert np.isnan(compare_paired(np.array([np.nan]), np.zeros(1)).p_value)
    with pytest.raises(ValueError, match="got 3 values and 2"):
        compare_paired(np.ones(3), np.ones(2))


@pytest.mark.parametrize("tenths", [[3, 3, -1, 2, 5], [0, 1, -1, 4, 0, 2], [2, 2], [-5, 0, -5, -1, 3, 1, 1]])
def test_the_signed_rank_test_is_scipys_where_sizes_tie(tenths: list[int]) -> None:
    difference_S = np.array(tenths) / 10
    expected = stats.wilcoxon(difference_S).pvalue
    assert compare_paired(difference_S, np.zeros(len(tenths))).p_value == pytest.approx(expected, rel=1e-12)


def test_without_shared_pictures_the_corrected_test_is_students() -> None:
    values_S, baseline_S = np.random.default_rng(0).normal(0.1, 0.1, 10), np.zeros(10)
    found = compare_paired(values_S, baseline_S)
    assert corrected_p_value(found, test_to_train=0) == pytest.approx(stats.ttest_rel(values_S, baseline_S).pvalue)


def test_splits_that_share_pictures_prove_less() -> None:
    difference_S = np.array([0.01, 0.02, 0.03, 0.0])
    found = compare_paired(difference_S, np.zeros(4))
    statistic = 0.015 / np.sqrt((1 / 4 + 2 / 7) * difference_S.var(ddof=1))
    assert corrected_p_value(found, test_to_train=2 / 7) == pytest.approx(2 * stats.t.sf(statistic, 3))
    assert corrected_p_value(found, test_to_train=2 / 7) > corrected_p_value(found, test_to_train=0)
    lost = compare_paired(np.zeros(4), difference_S)
    assert corrected_p_value(lost, test_to_train=2 / 7) == corrected_p_value(found, test_to_train=2 / 7)


def test_differences_without_a_spread_have_a_p_and_a_single_one_has_none() -> None:
    equal, shifted = compare_paired(np.ones(5), np.ones(5)), compare_paired(np.full(4, 1.5), np.ones(4))
    assert corrected_p_value(equal, test_to_train=0.3) == 1
    assert corrected_p_value(shifted, test_to_train=0.3) == 0
    assert np.isnan(corrected_p_value(compare_paired(np.ones(1), np.zeros(1)), test_to_train=0.3))


def test_a_normal_residual_is_covered_as_often_as_promised() -> None:
    coverage = coverage_of_std(np.random.default_rng(0).normal(0, 1, 20_000))
    assert coverage == pytest.approx({"50": 0.5, "80": 0.8, "90": 0.9, "95": 0.95}, abs=0.01)


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    probabilities_NC = np.tile([0.7, 0.3], (100, 1))
    assert expected_calibration_error(probabilities_NC, np.repeat([0, 1], [70, 30])) == pytest.approx(0)
    assert expected_calibration_error(probabilities_NC, np.repeat([0, 1], [40, 60])) == pytest.approx(0.3)
    sure_NC = np.repeat([[1.0, 0.0], [0.5, 0.5]], 50, axis=0)  # gaps of one sign in each bin do not cancel
    assert expected_calibration_error(sure_NC, np.repeat([1, 0], 50)) == pytest.approx((1 + 0.5) / 2)


def test_cluster_agreement_equals_scikit_learns() -> None:
    cluster_N, label_N = RNG.integers(0, 5, 300), RNG.choice(np.array(["blur", "noise", "clean"]), 300)
    figures = cluster_agreement(cluster_N, label_N)
    assert figures.ami == pytest.approx(adjusted_mutual_info_score(label_N, cluster_N))
    assert figures.nmi == pytest.approx(normalized_mutual_info_score(label_N, cluster_N))
    assert figures.ari == pytest.approx(adjusted_rand_score(label_N, cluster_N))


def test_mutual_information_of_one_hot_rows_equals_scikit_learns() -> None:
    expert_N, type_N = RNG.integers(0, 4, 300), RNG.integers(3, 9, 300)
    expert_N[type_N == 3] = 0
    figures = mutual_information(np.eye(4)[expert_N], type_N)
    assert figures.nats == pytest.approx(mutual_info_score(type_N, expert_N))
    assert figures.normalised == pytest.approx(normalized_mutual_info_score(type_N, expert_N))


def test_rows_that_are_all_alike_say_nothing_about_labels() -> None:
    found = mutual_information(np.full((30, 4), 0.25), RNG.integers(0, 3, 30))
    assert (found.nats, found.normalised) == pytest.approx((0, 0), abs=1e-9)
    assert mutual_information(np.eye(4)[[1] * 5], np.zeros(5, int)) == MutualInformation(0, 0)


def test_a_cluster_below_a_tenth_of_its_share_is_dead() -> None:
    assert num_dead(np.array([[0.96, 0.026, 0.014]])) == 2  # a tenth of a third is .033
    assert num_dead(np.full((3, 5), 0.2)) == 0


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
