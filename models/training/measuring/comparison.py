"""Whether a variant beats a baseline that was measured on the same splits.

Legend: S splits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from models.figures.measurements import ComparedFigures, ComparisonError, SplitFigures
from models.figures.records import Agreement, PairedComparison, Part, Parts
from models.figures.statistics import Floats, compare_paired

Splits = Sequence[SplitFigures]


def against_baseline(splits: Splits, baseline: Splits) -> Parts[ComparedFigures]:
    """Paired differences of figures to a baseline's.

    A difference is positive where the baseline is worse; it says something of the mixture where the baseline has as
    many parameters. Raises `ComparisonError` where the seeds are not the same.
    """
    seeds, baseline_seeds = ([split.seed for split in run] for run in (splits, baseline))
    if seeds != baseline_seeds:
        raise ComparisonError(f"got splits {seeds} against a baseline's {baseline_seeds}, expected the same for both")

    def compared(part: Part, value: Callable[[Agreement[float]], float]) -> PairedComparison:
        return compare_paired(_values(splits, part, value), _values(baseline, part, value))

    def figures(part: Part) -> ComparedFigures:
        return ComparedFigures(compared(part, lambda found: found.srcc), compared(part, lambda found: found.plcc))

    return Parts(figures("photographs"), figures("synthetic"))


def _values(splits: Splits, part: Part, value: Callable[[Agreement[float]], float]) -> Floats:
    return np.array([value(split.agreement(part)) for split in splits], np.float64)
