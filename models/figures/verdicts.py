"""What a difference between two checkpoints allows to be said: the one rule, for the service and the results page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

from models.figures.protocol import TEST_SHARE, TRAINING_SHARE
from models.figures.records import PairedComparison
from models.figures.routing_costs import RoutingCosts
from models.figures.statistics import corrected_p_value

MIN_PAIRS: Final = 6
"""Fewest splits from which anything is concluded: with five, no two-sided p of Wilcoxon's test is below .05.

With fewer, a difference's bootstrap interval is the range from its smallest to its largest value.
"""
LEVEL: Final = 0.05
TEST_TO_TRAIN: Final = TEST_SHARE / TRAINING_SHARE
"""Test pictures per training picture of a content-disjoint split."""
MIN_ROUTING_COST: Final = 0.02
"""SRCC that shuffling the routing has to cost before a score counts as depending on it."""

Verdict = Literal["better", "worse", "hinted at: better", "hinted at: worse", "no difference shown", "too few splits"]
HINTS: Final[tuple[Verdict, ...]] = ("hinted at: better", "hinted at: worse")


def has_enough(found: PairedComparison) -> bool:
    """Whether there are enough splits to conclude anything."""
    return found.num_pairs >= MIN_PAIRS


def corrected_p(found: PairedComparison) -> float:
    """P of the corrected resampled t-test for content-disjoint splits; NaN for a single one."""
    return corrected_p_value(found, test_to_train=TEST_TO_TRAIN)


def verdict(found: PairedComparison, *p_values: float) -> Verdict:
    """What a difference allows to be said: nothing where the 95 % interval holds zero, or has no ends.

    It is shown where the corrected p, and every further p of it that is given, is below .05, and hinted at otherwise.
    """
    if not has_enough(found):
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


def smallest_p_holm(num_pairs: int, num_comparisons: int) -> float:
    """The smallest p that Wilcoxon's exact test can reach on so many splits, after Holm's correction."""
    return min(1.0, 2.0 ** (1 - num_pairs) * num_comparisons)


def is_decorative(costs: RoutingCosts) -> bool:
    """Whether another picture's routing does as well as a picture's own."""
    return not costs.shuffled.median_difference >= MIN_ROUTING_COST
