"""P(A better than B) is Student's t with two degrees of freedom between the normal's quartiles, and symmetric."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from models.pairs.preference import WIDTH, probabilities_better, probability_better
from models.prediction import Score


def score(value: float, std: float) -> Score:
    return Score(value, std, value, value)


def test_it_is_scipys_distribution_between_the_quartiles_of_the_normal() -> None:
    difference, deviation = np.linspace(-60, 60, 25), 12.0
    ratio = stats.norm.ppf(0.75) / stats.t.ppf(0.75, 2)
    assert pytest.approx(2 * ratio**2, abs=1e-4) == WIDTH
    expected = stats.t.cdf(difference / (ratio * deviation), 2)
    np.testing.assert_allclose(probabilities_better(difference, np.full(25, deviation**2)), expected, atol=1e-5)


def test_swapped_pairs_add_up_and_equal_scores_say_nothing() -> None:
    better, worse = score(62, 6), score(50, 9)
    assert probability_better(better, worse) + probability_better(worse, better) == pytest.approx(1)
    assert probability_better(score(50, 3), score(50, 20)) == 0.5
    assert probability_better(better, worse) > 0.5


def test_less_is_promised_where_scores_are_less_sure() -> None:
    promised = [probability_better(score(60, std), score(50, std)) for std in (2, 5, 10, 20)]
    assert promised == sorted(promised, reverse=True)
