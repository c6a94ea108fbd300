"""What it costs a head when the routing of its pictures is taken from others, or made equal: paired, split by split.

The one way to say so: the median of paired differences. Medians of two columns are never subtracted from each other.

Legend: S splits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.figures.measurements import SplitFigures
from models.figures.records import PairedComparison, Part, Replaced, Replacements
from models.figures.statistics import Floats, compare_paired


@dataclass(frozen=True)
class RoutingCosts:
    """SRCC with a head's own weights less SRCC with others in their place, on one part; positive is a loss."""

    replaced: Replaced
    shuffled: PairedComparison
    uniform: PairedComparison


def routing_costs(splits: Sequence[SplitFigures], part: Part) -> RoutingCosts | None:
    """What replacing the routing weights, or the posteriors, costs; `None` where there is nothing to replace."""
    replaced = next((split.interventions.replaced for split in splits if split.interventions is not None), None)
    if replaced is None:
        return None
    own_S = _values(splits, part, lambda left: left.own)
    shuffled_S, uniform_S = (
        _values(splits, part, value) for value in (lambda left: left.shuffled, lambda left: left.uniform)
    )
    return RoutingCosts(replaced, compare_paired(own_S, shuffled_S), compare_paired(own_S, uniform_S))


def _values(splits: Sequence[SplitFigures], part: Part, value: Callable[[Replacements[float]], float]) -> Floats:
    left = (split.interventions for split in splits)
    return np.array([np.nan if found is None else value(found.of(part)) for found in left], np.float64)
