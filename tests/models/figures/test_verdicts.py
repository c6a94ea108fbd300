"""What a difference allows to be said, and that nothing is said of what has no ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.figures.records import Interval, PairedComparison
from models.figures.statistics import compare_paired
from models.figures.verdicts import (
    LEVEL,
    MIN_CONCLUDING,
    MIN_PAIRS,
    corrected_p,
    holm,
    judged,
    smallest_p_holm,
    suited_test,
    verdict,
)


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


@pytest.mark.parametrize("num_pairs", range(MIN_CONCLUDING, 16))
@pytest.mark.parametrize("num_comparisons", [1, 2, 3, 10, 25, 26, 45, 55, 1000])
def test_a_test_that_cannot_succeed_is_never_chosen(num_pairs: int, num_comparisons: int) -> None:
    """Differences that all say the same as clearly as they can: the chosen test shows every one of them."""
    clearest = compare_paired(np.linspace(0.1, 0.1001, num_pairs), np.zeros(num_pairs))
    assert smallest_p_holm(num_pairs, num_comparisons) < LEVEL
    assert {found.verdict for found in judged([clearest] * num_comparisons)} == {"better"}


def test_the_test_of_ranks_is_chosen_wherever_it_can_succeed() -> None:
    assert [suited_test(count) for count in (2, 3, 5, 6, 10)] == [
        *(None, "corrected_t", "corrected_t", "signed_rank", "signed_rank")
    ]
    assert suited_test(MIN_PAIRS) == "signed_rank" != suited_test(MIN_PAIRS - 1)
    assert [suited_test(10, count) for count in (25, 26)] == ["signed_rank", "corrected_t"]  # 2 / 2**10 times 25, 26


def test_nothing_is_concluded_from_two_splits() -> None:
    assert smallest_p_holm(2, 1) == 1
    (found,) = judged([three_splits(0.1, 0.101)])
    assert (found.test, math.isnan(found.p_holm), found.verdict) == (None, True, "too few splits")


def three_splits(*differences: float) -> PairedComparison:
    return compare_paired(np.array(differences), np.zeros(len(differences)))


def test_three_splits_that_agree_closely_show_a_difference_and_others_hint() -> None:
    clear, unclear = three_splits(0.1, 0.101, 0.102), three_splits(0.01, 0.02, 0.05)
    says_clear, says_unclear = judged([clear, unclear])
    assert says_clear.p_holm == pytest.approx(2 * corrected_p(clear))
    assert (says_clear.verdict, says_unclear.verdict) == ("better", "hinted at: better")


def test_three_splits_are_judged_only_as_one_of_a_family() -> None:
    assert verdict(three_splits(0.1, 0.101, 0.102)) == "too few splits"


def test_two_splits_and_what_was_not_measured_are_no_test_and_no_part_of_the_family() -> None:
    clear = three_splits(0.1, 0.101, 0.102)
    (alone,) = judged([clear])
    first, *without = judged([clear, three_splits(0.1, 0.101), three_splits(math.nan, math.nan, math.nan)])
    assert first.p_holm == alone.p_holm == corrected_p(clear)
    assert [found.test for found in without] == [None, None]


def test_many_splits_are_tested_by_ranks_and_few_beside_them_by_the_mean() -> None:
    many = compare_paired(np.linspace(0.01, 0.02, 10), np.zeros(10))
    few = three_splits(0.1, 0.101, 0.102)
    by_ranks, by_mean = judged([many, few])
    assert (by_ranks.test, by_mean.test) == ("signed_rank", "corrected_t")
    assert sorted((by_ranks.p_holm, by_mean.p_holm)) == holm(sorted((many.p_value, corrected_p(few))))
