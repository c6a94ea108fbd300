"""Figures of samples are those that SciPy takes of the drawn pictures, ties and copies included."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from models.studies.figures import samples
from models.studies.figures.samples import Floats, Samples, estimate, krcc_in, mean_in, plcc_in, srcc_in

RNG = np.random.default_rng(3)
LABEL = RNG.integers(0, 12, 30).astype(float)  # with ties
SCORE = np.round(LABEL + RNG.normal(0, 3, 30), 1)


def drawn(sample: Samples) -> list[np.ndarray]:
    """Which pictures each sample holds, copies one by one."""
    return [np.repeat(np.arange(len(counts_N)), counts_N) for counts_SN in sample for counts_N in counts_SN]


@pytest.mark.parametrize(
    ("figure", "by_scipy"),
    [
        (srcc_in, lambda x, y: stats.spearmanr(x, y).statistic),
        (plcc_in, lambda x, y: stats.pearsonr(x, y).statistic),
        (krcc_in, lambda x, y: stats.kendalltau(x, y).statistic),
    ],
)
def test_correlations_of_samples_equal_scipys(
    figure: Callable[[Samples, Floats, Floats], Floats], by_scipy: Callable[[Floats, Floats], float]
) -> None:
    sample = Samples(np.arange(30), num_samples=40)
    expected = [by_scipy(SCORE[rows], LABEL[rows]) for rows in drawn(sample)]
    np.testing.assert_allclose(figure(sample, SCORE, LABEL), expected, atol=1e-6)


def test_kendalls_coefficient_of_many_pictures_is_the_same_with_fewer_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = Samples(np.arange(30))
    whole = krcc_in(sample, SCORE, LABEL)
    monkeypatch.setattr(samples, "MOST_PAIRED", 10)
    few = krcc_in(sample, SCORE, LABEL)
    assert len(few) == samples.FEW_SAMPLES
    assert abs(few.mean() - whole.mean()) < 0.02


def test_pictures_of_one_reference_are_drawn_together() -> None:
    sample = Samples.of(["a", "a", "b", "c", "c", "c"])
    for counts_SN in sample:
        assert (counts_SN[:, 0] == counts_SN[:, 1]).all()
        assert (counts_SN[:, 3] == counts_SN[:, 5]).all()
        assert (counts_SN[:, [0, 2, 3]].sum(1) == 3).all()


def test_the_samples_do_not_depend_on_how_many_are_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = np.concatenate(list(Samples(np.arange(30))))
    monkeypatch.setattr(samples, "_CELLS_AT_ONCE", 700)
    np.testing.assert_array_equal(np.concatenate(list(Samples(np.arange(30)))), whole)


def test_the_interval_of_a_mean_is_near_that_of_the_normal() -> None:
    values_N = np.random.default_rng(0).normal(0, 1, 400)
    found = estimate(values_N.mean(), mean_in(Samples(np.arange(400)), values_N))
    expected = stats.norm.interval(0.95, values_N.mean(), values_N.std() / 20)
    assert (found.low, found.high) == pytest.approx(expected, abs=0.015)
