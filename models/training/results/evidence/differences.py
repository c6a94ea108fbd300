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
from models.figures.verdicts import Judged, Verdict, judged, verdict
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


def matched_differences(measured: Sequence[Measured], part: Part) -> dict[str, PairedComparison]:
    """Each mixture's difference to the baseline of its own size, by checkpoint, where one was trained."""
    by_id = {entry.id: entry.against_matched(part) for entry in measured if entry.is_mixture}
    return {name: found for name, found in by_id.items() if found is not None}


def judged_by_id(differences: Mapping[str, PairedComparison]) -> dict[str, Judged]:
    """What each difference of one family allows to be said, by checkpoint."""
    return dict(zip(differences, judged(list(differences.values())), strict=True))


def matched_verdicts(measured: Sequence[Measured], part: Part) -> dict[str, Verdict]:
    """Verdicts on the differences to baselines of the same size, which are one family."""
    return {name: found.verdict for name, found in judged_by_id(matched_differences(measured, part)).items()}


@dataclass(frozen=True)
class Pairwise:
    """Every checkpoint (row) less every other one (column) in SRCC, judged as one family of all pairs."""

    ids: tuple[str, ...]
    differences: Mapping[tuple[str, str], PairedComparison]
    judged: Mapping[tuple[str, str], Judged]


def pairwise(measured: Sequence[Measured], part: Part) -> Pairwise:
    """All pairs of checkpoints on one part; both directions are filled, each pair is tested once."""
    pairs = [(first, second) for place, first in enumerate(measured) for second in measured[place + 1 :]]
    tested = {(first.id, second.id): paired(first, second, srcc_on(part)) for first, second in pairs}
    one_way = dict(zip(tested, judged(list(tested.values())), strict=True))
    back = {(second, first): _reversed(found) for (first, second), found in tested.items()}
    other_way = {
        pair: replace(one_way[pair[::-1]], verdict=verdict(found, one_way[pair[::-1]].p_holm))
        for pair, found in back.items()
    }
    return Pairwise(tuple(entry.id for entry in measured), tested | back, one_way | other_way)


def _reversed(found: PairedComparison) -> PairedComparison:
    interval = Interval(-found.interval.high, -found.interval.low)
    return replace(
        found, median_difference=-found.median_difference, interval=interval, mean_difference=-found.mean_difference
    )
