"""What a difference allows to be said, and that nothing is said of what has no ends."""

from __future__ import annotations

import math

import pytest

from models.figures.records import Interval, PairedComparison
from models.figures.verdicts import smallest_p_holm, verdict


def found(low: float, high: float, *, num_pairs: int = 10, deviation: float = 0.0) -> PairedComparison:
    middle = (low + high) / 2
    return PairedComparison(middle, Interval(low, high), 0.01, num_pairs, middle, deviation)


@pytest.mark.parametrize(
    ("low", "high", "p_holm", "count", "expected"),
    [
        (0.01, 0.02, 0.01, 10, "better"),
        (-0.02, -0.01, 0.01, 10, "worse"),
        (0.01, 0.02, 0.20, 10, "hinted at: better"),
        (-0.02, -0.01, math.nan, 10, "hinted at: worse"),
        (-0.01, 0.02, 0.01, 10, "no difference shown"),
        (0.0, 0.02, 0.01, 10, "no difference shown"),
        (math.nan, math.nan, 0.01, 10, "no difference shown"),
        (0.01, 0.02, 0.01, 5, "too few splits"),
    ],
)
def test_shown_needs_everything_to_agree(low: float, high: float, p_holm: float, count: int, expected: str) -> None:
    assert verdict(found(low, high, num_pairs=count), p_holm) == expected


def test_splits_that_differ_much_only_hint() -> None:
    assert verdict(found(0.01, 0.02, deviation=0.1), 0.01) == "hinted at: better"


def test_many_pairs_on_few_splits_can_show_nothing() -> None:
    assert smallest_p_holm(10, 45) > 0.05
    assert smallest_p_holm(10, 9) < 0.05
    assert smallest_p_holm(3, 45) == 1
