"""Figures of drawn samples of a set's pictures, for bootstrap intervals: many samples at once, in bounded memory.

Legend: N pictures, S samples, G units that are drawn, U different values.

A sample is how often it holds each picture. The same samples are used for all checkpoints, so that differences
between these are paired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from models.figures.statistics import srcc_of_samples, ties_in_samples
from models.studies.findings.records import Estimate

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]

NUM_SAMPLES: Final = 1000
FEW_SAMPLES: Final = 200
"""Of Kendall's coefficient where there are more than `MOST_PAIRED` pictures."""
MOST_PAIRED: Final = 4000
"""Pictures of which all pairs are held at once: 64 MB."""
_CELLS_AT_ONCE: Final = 2_000_000
_COVERED: Final = (2.5, 97.5)


@dataclass(frozen=True)
class Samples:
    """Samples in which whole units, such as the pictures of one reference, are drawn with replacement."""

    unit_N: Ints
    num_samples: int = NUM_SAMPLES
    seed: int = 0

    @classmethod
    def of(cls, units: Sequence[str]) -> Samples:
        """Samples of pictures whose units have these names."""
        return cls(np.unique(np.array(units), return_inverse=True)[1])

    def __iter__(self) -> Iterator[Ints]:
        """How often each picture is drawn (S, N), some samples at a time."""
        rng = np.random.default_rng(self.seed)
        num_units = int(self.unit_N.max()) + 1
        at_once = max(1, _CELLS_AT_ONCE // len(self.unit_N))
        for first in range(0, self.num_samples, at_once):
            size = min(at_once, self.num_samples - first)
            yield rng.multinomial(num_units, np.full(num_units, 1 / num_units), size=size)[:, self.unit_N]


def estimate(value: float, values_S: Floats) -> Estimate:
    """A figure with the percentile interval of its samples; those that are NaN are left out."""
    known_S = values_S[np.isfinite(values_S)]
    low, high = np.percentile(known_S, _COVERED) if len(known_S) else (np.nan, np.nan)
    return Estimate(value, float(low), float(high))


def srcc_in(samples: Samples, predicted_N: Floats, actual_N: Floats) -> Floats:
    """Spearman's rank correlation (S,)."""
    return np.concatenate([srcc_of_samples(predicted_N, actual_N, counts_SN) for counts_SN in samples])


def plcc_in(samples: Samples, predicted_N: Floats, actual_N: Floats) -> Floats:
    """Pearson's correlation (S,)."""
    return np.concatenate([_plcc(predicted_N, actual_N, counts_SN) for counts_SN in samples])


def mean_in(samples: Samples, values_N: Floats) -> Floats:
    """The mean (S,)."""
    return np.concatenate([counts_SN @ values_N / counts_SN.sum(1) for counts_SN in samples])


def _plcc(predicted_N: Floats, actual_N: Floats, counts_SN: Ints) -> Floats:
    size_S = counts_SN.sum(1)
    first_N, second_N = predicted_N - predicted_N.mean(), actual_N - actual_N.mean()
    first_S, second_S = counts_SN @ first_N / size_S, counts_SN @ second_N / size_S
    covariance_S = counts_SN @ (first_N * second_N) / size_S - first_S * second_S
    spread_S = (counts_SN @ first_N**2 / size_S - first_S**2) * (counts_SN @ second_N**2 / size_S - second_S**2)
    correlation_S: Floats = np.full(len(counts_SN), np.nan)
    np.divide(covariance_S, np.sqrt(np.maximum(spread_S, 0)), out=correlation_S, where=spread_S > 1e-12)
    return correlation_S


def krcc_samples(count: int) -> int:
    """How many samples Kendall's coefficient is taken of."""
    return NUM_SAMPLES if count <= MOST_PAIRED else FEW_SAMPLES


def krcc_in(samples: Samples, predicted_N: Floats, actual_N: Floats) -> Floats:
    """Kendall's tau-b (S,): of all pairs at once, or sample by sample where these would be too many."""
    count = len(predicted_N)
    fewer = Samples(samples.unit_N, min(samples.num_samples, krcc_samples(count)), samples.seed)
    if count <= MOST_PAIRED:
        order_NN = _pair_order(predicted_N, actual_N)
        return np.concatenate([_krcc(order_NN, predicted_N, actual_N, counts_SN) for counts_SN in fewer])
    drawn = (np.repeat(np.arange(count), counts_N) for counts_SN in fewer for counts_N in counts_SN)
    return np.array([stats.kendalltau(predicted_N[rows], actual_N[rows]).statistic for rows in drawn])


def _pair_order(predicted_N: Floats, actual_N: Floats) -> Floats:
    """1 where a pair stands in the same order on both sides, -1 in the other, 0 where it is tied."""
    first_NN, second_NN = (np.sign(np.subtract.outer(values_N, values_N)) for values_N in (predicted_N, actual_N))
    order_NN: Floats = (first_NN * second_NN).astype(np.float32)
    return order_NN


def _krcc(order_NN: Floats, predicted_N: Floats, actual_N: Floats, counts_SN: Ints) -> Floats:
    counts = counts_SN.astype(np.float32)
    surplus_S = ((counts @ order_NN) * counts).sum(1, dtype=np.float64) / 2
    size_S = counts_SN.sum(1)
    pairs_S = size_S * (size_S - 1) / 2
    untied_S = (pairs_S - _tied_pairs(predicted_N, counts_SN)) * (pairs_S - _tied_pairs(actual_N, counts_SN))
    correlation_S: Floats = np.full(len(counts_SN), np.nan)
    np.divide(surplus_S, np.sqrt(untied_S), out=correlation_S, where=untied_S > 0)
    return correlation_S


def _tied_pairs(values_N: Floats, counts_SN: Ints) -> Floats:
    """Pairs of a sample (S,) with the same value, such as two copies of one picture."""
    ties_SU, _ = ties_in_samples(values_N, counts_SN)
    tied_S: Floats = (ties_SU * (ties_SU - 1) / 2).sum(1)
    return tied_S
