"""Whether a variant beats a baseline that was measured on the same splits.

Legend: S splits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from models.figures.statistics import Floats, compare_paired
from models.training.measuring.evaluation import to_plain

COMPARED_PARTS: Final = ("photographs", "synthetic")
COMPARED_FIGURES: Final = ("srcc", "plcc")

Results = Sequence[Mapping[str, Any]]


class ComparisonError(ValueError):
    """Two runs that were not measured on the same splits."""


def against_baseline(results: Results, baseline: Results) -> dict[str, dict[str, Any]]:
    """Paired differences of plain split results to a baseline's, by data set and figure, ready for JSON.

    A difference is positive where the baseline is worse; it says something of the mixture where the baseline has as
    many parameters. Raises `ComparisonError` where the seeds are not the same.
    """
    seeds, baseline_seeds = ([result["seed"] for result in run] for run in (results, baseline))
    if seeds != baseline_seeds:
        raise ComparisonError(f"got splits {seeds} against a baseline's {baseline_seeds}, expected the same for both")
    return {
        part: {
            name: to_plain(compare_paired(_values(results, part, name), _values(baseline, part, name)))
            for name in COMPARED_FIGURES
        }
        for part in COMPARED_PARTS
    }


def _values(results: Results, part: str, name: str) -> Floats:
    return np.array([result[part][name] for result in results], dtype=np.float64)  # None becomes NaN
