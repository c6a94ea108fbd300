"""Checkpoints against each other and against baselines, split by split; what a difference allows to be said.

Legend: S splits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from models.figures.records import Interval, PairedComparison, Part
from models.figures.statistics import Floats, compare_paired
from models.figures.verdicts import Verdict, holm, suited_p, verdict
from models.training.results.evidence.measured import Measured, SplitValue, rank_key, srcc_on


def ranks(measured: Sequence[Measured], part: Part) -> dict[str, int]:
    """Place of every checkpoint by median SRCC on photographs or synthetic pictures, 1 is best."""
    order = sorted(measured, key=lambda entry: rank_key(entry, part))
    return {entry.id: place for place, entry in enumerate(order, 1)}


def paired(entry: Measured, other: Measured, value: SplitValue) -> PairedComparison:
    """On the splits that both have, a figure less the other's; positive where the other's is smaller."""
    return difference(entry.per_split(value), other.per_split(value))


def difference(values_S: Floats, others_S: Floats) -> PairedComparison:
    """Values less others, paired on the splits that both have, the first ones."""
    shared = min(len(values_S), len(others_S))
    return _compared(tuple(values_S[:shared].tolist()), tuple(others_S[:shared].tolist()))


@lru_cache(maxsize=4096)  # tables and sentences ask for the same ones
def _compared(values_S: tuple[float, ...], others_S: tuple[float, ...]) -> PairedComparison:
    return compare_paired(np.array(values_S), np.array(others_S))


def _holm_of_tests(differences: Sequence[PairedComparison]) -> list[float]:
    """Holm's correction of each difference's own test; one over too few splits is no test, has NaN, does not count."""
    return holm([suited_p(found) for found in differences])


def matched_differences(measured: Sequence[Measured], part: Part) -> dict[str, PairedComparison]:
    """Each mixture's difference to the baseline of its own size, by checkpoint, where one was trained."""
    by_id = {entry.id: entry.against_matched(part) for entry in measured if entry.is_mixture}
    return {name: found for name, found in by_id.items() if found is not None}


def holm_of(differences: Mapping[str, PairedComparison]) -> dict[str, float]:
    """Holm's correction over one family of comparisons, by checkpoint; NaN for those over too few splits."""
    return dict(zip(differences, _holm_of_tests(list(differences.values())), strict=True))


def matched_verdicts(measured: Sequence[Measured], part: Part) -> dict[str, Verdict]:
    """Verdicts on the differences to baselines of the same size, which stand up to Holm's correction as well."""
    differences = matched_differences(measured, part)
    p_holm = holm_of(differences)
    return {name: verdict(found, p_holm[name]) for name, found in differences.items()}


@dataclass(frozen=True)
class Pairwise:
    """Every checkpoint (row) less every other one (column) in SRCC; `p_holm` is corrected over all pairs.

    Pairs over too few splits have a difference and a `p_holm` of NaN.
    """

    ids: tuple[str, ...]
    differences: Mapping[tuple[str, str], PairedComparison]
    p_holm: Mapping[tuple[str, str], float]


def pairwise(measured: Sequence[Measured], part: Part) -> Pairwise:
    """All pairs of checkpoints on one part; both directions are filled, each pair is tested once."""
    pairs = [(first, second) for place, first in enumerate(measured) for second in measured[place + 1 :]]
    tested = {(first.id, second.id): paired(first, second, srcc_on(part)) for first, second in pairs}
    corrected = dict(zip(tested, _holm_of_tests(list(tested.values())), strict=True))
    differences = tested | {(second, first): _reversed(found) for (first, second), found in tested.items()}
    p_holm = corrected | {(second, first): p for (first, second), p in corrected.items()}
    return Pairwise(tuple(entry.id for entry in measured), differences, p_holm)


def _reversed(found: PairedComparison) -> PairedComparison:
    interval = Interval(-found.interval.high, -found.interval.low)
    return replace(
        found, median_difference=-found.median_difference, interval=interval, mean_difference=-found.mean_difference
    )
