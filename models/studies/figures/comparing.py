"""One checkpoint less another on the same samples, and what that comes to.

Legend: R rated pictures, S samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.figures.statistics import srcc
from models.studies.figures.rated import Mapped, Rated
from models.studies.figures.samples import estimate, mean_in, srcc_in
from models.studies.findings.records import MIN_RATED, CheckpointFigures, Counts, Difference, Verdict

Floats = NDArray[np.floating]


def best_of(figures: Sequence[CheckpointFigures]) -> str | None:
    """The checkpoint with the highest SRCC; `None` where none has one."""
    known = [one for one in figures if one.agreement is not None and np.isfinite(one.agreement.srcc.value)]
    ranked = sorted(known, key=lambda one: -one.agreement.srcc.value if one.agreement is not None else 0.0)
    return ranked[0].id if ranked else None


def differences(rated: Rated, mapped: Mapping[str, Mapped], other: str) -> tuple[Difference, ...]:
    """Every checkpoint less one of them, on the same samples."""
    whole = {name: _both(found, rated) for name, found in mapped.items()}
    drawn = {name: _both_in(found, rated) for name, found in mapped.items()}
    return tuple(_less(name, other, whole, drawn) for name in mapped if name != other)


def _less(
    name: str, other: str, whole: Mapping[str, tuple[float, float]], drawn: Mapping[str, tuple[Floats, Floats]]
) -> Difference:
    srcc_less, rmse_less = (
        estimate(whole[name][figure] - whole[other][figure], drawn[name][figure] - drawn[other][figure])
        for figure in (0, 1)
    )
    return Difference(name, other, srcc_less, rmse_less)


def _both(found: Mapped, rated: Rated) -> tuple[float, float]:
    error_R = found.mapped_R - rated.label_R
    return srcc(found.score_R, rated.label_R), float(np.sqrt((error_R**2).mean()))


def _both_in(found: Mapped, rated: Rated) -> tuple[Floats, Floats]:
    squares_R = (found.mapped_R - rated.label_R) ** 2
    return srcc_in(rated.samples, found.score_R, rated.label_R), np.sqrt(mean_in(rated.samples, squares_R))


def verdict_of(counts: Counts, best: str | None, as_good: Sequence[str], *, num_checkpoints: int) -> Verdict:
    """What the figures come to."""
    if counts.rated == 0:
        return "no_labels"
    if counts.rated < MIN_RATED:
        return "few_labels"
    if best is None:
        return "equal_labels"
    if num_checkpoints == 1:
        return "one_checkpoint"
    return "tied" if as_good else "clear"
