"""What a difference allows to be said, and that nothing is said of what has no ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.figures.records import Interval, PairedComparison
from models.figures.statistics import compare_paired
from models.figures.verdicts import corrected_p, holm, smallest_p_holm, suited_p, suited_test, verdict


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
        (0.01, 0.02, 0.01, 3, "better"),
        (0.01, 0.02, 0.20, 5, "hinted at: better"),
        (-0.02, -0.01, math.nan, 3, "hinted at: worse"),
        (math.nan, math.nan, math.nan, 3, "no difference shown"),
        (0.01, 0.02, 0.01, 2, "too few splits"),
    ],
)
def test_shown_needs_everything_to_agree(low: float, high: float, p_holm: float, count: int, expected: str) -> None:
    assert verdict(found(low, high, num_pairs=count), p_holm) == expected


def test_splits_that_differ_much_only_hint() -> None:
    assert verdict(found(0.01, 0.02, deviation=0.1), 0.01) == "hinted at: better"


def test_many_pairs_on_few_splits_can_show_nothing() -> None:
    assert smallest_p_holm(10, 45) > 0.05
    assert smallest_p_holm(10, 9) < 0.05
    assert smallest_p_holm(2, 1) == 1


def three_splits(*differences: float) -> PairedComparison:
    return compare_paired(np.array(differences), np.zeros(len(differences)))


def test_three_splits_that_agree_closely_show_a_difference_and_others_hint() -> None:
    clear, unclear = three_splits(0.1, 0.101, 0.102), three_splits(0.01, 0.02, 0.05)
    p_clear, p_unclear = holm([suited_p(clear), suited_p(unclear)])
    assert p_clear == pytest.approx(2 * corrected_p(clear))
    assert verdict(clear, p_clear) == "better"
    assert verdict(unclear, p_unclear) == "hinted at: better"


def test_three_splits_are_judged_only_as_one_of_a_family() -> None:
    assert verdict(three_splits(0.1, 0.101, 0.102)) == "too few splits"


def test_two_splits_and_what_was_not_measured_are_no_test_and_no_part_of_the_family() -> None:
    clear = suited_p(three_splits(0.1, 0.101, 0.102))
    without = [suited_p(three_splits(0.1, 0.101)), suited_p(three_splits(math.nan, math.nan, math.nan))]
    assert all(map(math.isnan, without))
    assert holm([clear, *without])[0] == clear


def test_many_splits_are_tested_by_ranks() -> None:
    found = compare_paired(np.linspace(0.01, 0.02, 10), np.zeros(10))
    assert suited_p(found) == found.p_value
    assert (suited_test(10), suited_test(6), suited_test(5), suited_test(2)) == (
        "signed_rank",
        "signed_rank",
        "corrected_t",
        None,
    )
