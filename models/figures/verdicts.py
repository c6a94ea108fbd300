"""What a difference between two checkpoints allows to be said: the one rule, for the service and the results page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from models.figures.protocol import TEST_SHARE, TRAINING_SHARE
from models.figures.records import PairedComparison
from models.figures.routing_costs import RoutingCosts
from models.figures.statistics import corrected_p_value

MIN_PAIRS: Final = 6
"""Fewest splits for Wilcoxon's signed-rank test: with five, no two-sided p of it is below .05.

With fewer, a difference's bootstrap interval is the range from its smallest to its largest value.
"""
MIN_CONCLUDING: Final = 3
"""Fewest splits for the corrected resampled t-test to take its place: two differences hardly tell how far they vary."""
LEVEL: Final = 0.05
TEST_TO_TRAIN: Final = TEST_SHARE / TRAINING_SHARE
"""Test pictures per training picture of a content-disjoint split."""
MIN_ROUTING_COST: Final = 0.02
"""SRCC that shuffling the routing has to cost before a score counts as depending on it."""

Verdict = Literal["better", "worse", "hinted at: better", "hinted at: worse", "no difference shown", "too few splits"]
HINTS: Final[tuple[Verdict, ...]] = ("hinted at: better", "hinted at: worse")


Test = Literal["signed_rank", "corrected_t"]
"""Wilcoxon's signed-rank test with the corrected resampled t-test beside it, or the latter alone."""


@dataclass(frozen=True)
class Judged:
    """A difference as one of a family: its test, p of that after Holm's correction over the family, and the verdict.

    Where nothing is concluded from its splits, it has no test and a p of NaN.
    """

    test: Test | None
    p_holm: float
    verdict: Verdict


def judged(differences: Sequence[PairedComparison]) -> list[Judged]:
    """What each difference of a family allows to be said."""
    count = num_comparisons(differences)
    tests = [suited_test(found.num_pairs, count) for found in differences]
    p_holm = holm([_p_value(found, test) for found, test in zip(differences, tests, strict=True)])
    return [Judged(test, p, verdict(found, p)) for found, test, p in zip(differences, tests, p_holm, strict=True)]


def num_comparisons(differences: Sequence[PairedComparison]) -> int:
    """How many of a family are tested, which is what Holm's correction is over."""
    return sum(found.num_pairs >= MIN_CONCLUDING for found in differences)


def suited_test(num_pairs: int, num_comparisons: int = 1) -> Test | None:
    """The test that can show a difference over so many splits, one of so many; `None` where nothing is concluded.

    No p of Wilcoxon's test is below 2^(1 - splits), and Holm's correction multiplies the smallest of a family by the
    family's size. Where that is not below the level, whatever the figures are, the corrected t-test takes its place.
    """
    if num_pairs < MIN_CONCLUDING:
        return None
    return "signed_rank" if _smallest_signed_rank(num_pairs) * num_comparisons < LEVEL else "corrected_t"


def smallest_p_holm(num_pairs: int, num_comparisons: int) -> float:
    """The smallest p that the suited test can reach after Holm's correction; that of a t-test is 0."""
    match suited_test(num_pairs, num_comparisons):
        case "signed_rank":
            return _smallest_signed_rank(num_pairs) * num_comparisons
        case "corrected_t":
            return 0.0
        case None:
            return 1.0


def _smallest_signed_rank(num_pairs: int) -> float:
    return 2.0 ** (1 - num_pairs)


def _p_value(found: PairedComparison, test: Test | None) -> float:
    match test:
        case "signed_rank":
            return found.p_value
        case "corrected_t":
            return corrected_p(found)
        case None:
            return math.nan


def has_enough(found: PairedComparison) -> bool:
    """Whether there are enough splits for a difference to be judged by itself."""
    return found.num_pairs >= MIN_PAIRS


def corrected_p(found: PairedComparison) -> float:
    """P of the corrected resampled t-test for content-disjoint splits; NaN for a single one."""
    return corrected_p_value(found, test_to_train=TEST_TO_TRAIN)


def verdict(found: PairedComparison, *p_values: float) -> Verdict:
    """What a difference allows to be said: nothing where the 95 % interval holds zero, or has no ends.

    It is shown where the corrected p, and every further p of it that is given (that of its test after Holm's
    correction, where it is one of a family), is below .05, and hinted at otherwise. Few splits are judged as one of a
    family alone: by itself, one of many small differences would soon be shown.
    """
    is_judged = has_enough(found) or (bool(p_values) and suited_test(found.num_pairs) is not None)
    if not is_judged:
        return "too few splits"
    low, high = found.interval.low, found.interval.high
    if not (low > 0 or high < 0):
        return "no difference shown"
    is_shown = all(p < LEVEL for p in (corrected_p(found), *p_values))
    if low > 0:
        return "better" if is_shown else "hinted at: better"
    return "worse" if is_shown else "hinted at: worse"


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values corrected for their number; NaN stay NaN and do not count.

    Holm, "A simple sequentially rejective multiple test procedure" (Scandinavian Journal of Statistics, 1979).
    """
    corrected = [math.nan] * len(p_values)
    known = sorted((p, position) for position, p in enumerate(p_values) if not math.isnan(p))
    largest = 0.0
    for rank, (p, position) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - rank)))
        corrected[position] = largest
    return corrected


def is_decorative(costs: RoutingCosts) -> bool:
    """Whether another picture's routing does as well as a picture's own."""
    return not costs.shuffled.median_difference >= MIN_ROUTING_COST
