"""A variant is compared with a baseline split by split."""

from __future__ import annotations

import math

import pytest

from models.figures.measurements import ComparisonError
from models.training.measuring.comparison import against_baseline
from tests.models.training.metrics_builders import drawn_splits

BASELINE = drawn_splits("no_gmm")


def test_a_small_gain_on_every_split_is_found() -> None:
    found = against_baseline(drawn_splits("no_gmm", gain=0.01), BASELINE)  # splits differ far more than heads
    for gain in (found.photographs.srcc, found.synthetic.plcc):
        assert (gain.median_difference, gain.num_pairs) == (pytest.approx(0.01), 10)
        assert (gain.interval.low, gain.interval.high) == (pytest.approx(0.01), pytest.approx(0.01))
        assert gain.p_value < 0.01


def test_what_was_measured_nowhere_is_not_compared() -> None:
    unmeasured = drawn_splits("no_gmm", values={("photographs", "plcc"): None})
    found = against_baseline(unmeasured, BASELINE).photographs.plcc
    assert (math.isnan(found.median_difference), found.num_pairs) == (True, 0)


def test_other_splits_are_refused() -> None:
    with pytest.raises(ComparisonError, match="expected the same"):
        against_baseline(BASELINE[:9], BASELINE)
