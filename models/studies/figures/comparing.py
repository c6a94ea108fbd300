"""One checkpoint less another on the same samples, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from models.studies.figures.agreeing import Standing
from models.studies.figures.samples import estimate
from models.studies.findings.records import MIN_RATED, CheckpointFigures, Counts, Difference, Verdict


def best_of(figures: Sequence[CheckpointFigures]) -> str | None:
    """The checkpoint with the highest SRCC; `None` where none has one."""
    known = [one for one in figures if one.agreement is not None and np.isfinite(one.agreement.srcc.value)]
    ranked = sorted(known, key=lambda one: -one.agreement.srcc.value if one.agreement is not None else 0.0)
    return ranked[0].id if ranked else None


def differences(standings: Mapping[str, Standing], other: str) -> tuple[Difference, ...]:
    """Every checkpoint less one of them, on the same samples."""
    return tuple(_less(name, other, standings) for name in standings if name != other)


def _less(name: str, other: str, standings: Mapping[str, Standing]) -> Difference:
    one, base = standings[name], standings[other]
    return Difference(
        name,
        other,
        estimate(one.srcc - base.srcc, one.srcc_S - base.srcc_S),
        estimate(one.rmse - base.rmse, one.rmse_S - base.rmse_S),
    )


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
