"""What P(A better than B) is worth: promised and measured share of held-out pairs in which A was rated higher.

Legend: N pictures, P pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.figures.predictions import PredictionRow
from models.pairs.preference import probabilities_better

NUM_PAIR_BINS: Final = 10


@dataclass(frozen=True)
class PairBin:
    """Pairs with nearly the same P: its mean, and the share of them in which the first picture was rated higher."""

    count: int
    promised: float
    measured: float


def pair_calibration(rows: Sequence[PredictionRow]) -> tuple[PairBin, ...]:
    """All pairs with different labels, each in both orders, in ten equal bins of P; shares of an empty bin are NaN."""
    label_N, score_N, std_N = (
        np.array([getattr(row, name) for row in rows]) for name in ("label", "score", "score_std")
    )
    first_P, second_P = np.nonzero(label_N[:, None] != label_N)
    probability_P = probabilities_better(
        score_N[first_P] - score_N[second_P], np.square(std_N[first_P]) + np.square(std_N[second_P])
    )
    bin_P = np.minimum((probability_P * NUM_PAIR_BINS).astype(int), NUM_PAIR_BINS - 1)
    count_B, promised_B, measured_B = (
        np.bincount(bin_P, weights, NUM_PAIR_BINS)
        for weights in (None, probability_P, label_N[first_P] > label_N[second_P])
    )
    shares = zip(count_B.tolist(), promised_B.tolist(), measured_B.tolist(), strict=True)
    return tuple(
        PairBin(count, promised / count, measured / count) if count else PairBin(0, np.nan, np.nan)
        for count, promised, measured in shares
    )


def largest_gap(bins: Sequence[PairBin]) -> float:
    """The largest distance of a bin's measured share from the promised one, 0-1."""
    return max(_gap(found) for found in bins if found.count)


def mean_gap(bins: Sequence[PairBin]) -> float:
    """The mean of these distances over the pairs."""
    return sum(found.count * _gap(found) for found in bins if found.count) / sum(found.count for found in bins)


def _gap(found: PairBin) -> float:
    return abs(found.measured - found.promised)
