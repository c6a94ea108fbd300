"""What differences between checkpoints allow to be said: the rule of `docs/results.md`, applied to stored figures.

`models.training.results` has the same rule for the pages that it writes; the service may not load what trains, and a
test holds both against each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from backend.figures.files import Comparison
from models.figures.statistics import Interval, PairedComparison, corrected_p_value

MIN_PAIRS: Final = 6
"""Fewest splits from which anything is concluded."""
LEVEL: Final = 0.05
TEST_TO_TRAIN: Final = 0.2 / 0.7
"""Test pictures per training picture of a content-disjoint split."""
MIN_ROUTING_COST: Final = 0.02
"""SRCC that shuffling the routing has to cost before a score counts as depending on it."""

Verdict = Literal["better", "worse", "hinted at: better", "hinted at: worse", "no difference shown", "too few splits"]


def paired(found: Comparison) -> PairedComparison:
    """A stored comparison as `models.figures.statistics` has it; what is null is NaN."""
    interval = Interval(_number(found.interval.low), _number(found.interval.high))
    return PairedComparison(
        _number(found.median_difference),
        interval,
        _number(found.p_value),
        found.num_pairs,
        _number(found.mean_difference),
        _number(found.deviation),
    )


def stored(found: PairedComparison) -> Comparison:
    """The way back, rounded to six decimals; NaN becomes null."""
    return Comparison.model_validate(
        {
            "median_difference": plain(found.median_difference),
            "interval": {"low": plain(found.interval.low), "high": plain(found.interval.high)},
            "p_value": plain(found.p_value),
            "num_pairs": found.num_pairs,
            "mean_difference": plain(found.mean_difference),
            "deviation": plain(found.deviation),
        }
    )


def plain(value: float) -> float | None:
    """Rounded to six decimals; null for NaN."""
    return None if math.isnan(value) else round(value, 6)


def corrected_p(found: PairedComparison) -> float:
    """P of the corrected resampled t-test; NaN for fewer than two splits."""
    return corrected_p_value(found, test_to_train=TEST_TO_TRAIN)


def verdict(found: PairedComparison, p_corrected: float, p_holm: float) -> Verdict:
    """Shown where the 95 % interval excludes zero and both p are below .05; hinted at where the interval alone does."""
    if found.num_pairs < MIN_PAIRS:
        return "too few splits"
    low, high = found.interval
    if not (low > 0 or high < 0):
        return "no difference shown"
    is_shown = p_corrected < LEVEL and p_holm < LEVEL
    if low > 0:
        return "better" if is_shown else "hinted at: better"
    return "worse" if is_shown else "hinted at: worse"


def over_splits(
    values: Sequence[float | None], others: Sequence[float | None], *, median: float, interval: Interval, p: float
) -> PairedComparison:
    """A stored median, interval and p with mean and deviation of the same differences, on the splits that both have."""
    pairs = zip(values, others, strict=False)  # a checkpoint with fewer splits has the first ones
    differences = np.array([one - other for one, other in pairs if one is not None and other is not None])
    count = len(differences)
    mean = float(differences.mean()) if count else math.nan
    deviation = float(differences.std(ddof=1)) if count > 1 else math.nan
    return PairedComparison(median, interval, p, count, mean, deviation)


def smallest_p_holm(num_pairs: int, num_comparisons: int) -> float:
    """The smallest p that Wilcoxon's exact test can reach on so many splits, after Holm's correction."""
    return min(1.0, 2.0 ** (1 - num_pairs) * num_comparisons)


def _number(value: float | None) -> float:
    return math.nan if value is None else value
