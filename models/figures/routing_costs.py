"""What it costs a head when the routing of its pictures is taken from others, or made equal: paired, split by split.

The one way to say so: the median of paired differences. Medians of two columns are never subtracted from each other.

Legend: S splits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.figures.measurements import AwayHead, SplitFigures
from models.figures.records import PairedComparison, Part, Replaced, Replacements
from models.figures.statistics import Floats, compare_paired


@dataclass(frozen=True)
class RoutingCosts:
    """SRCC with a head's own weights less SRCC with others in their place, on one part; positive is a loss.

    `mean` has no pair in files that were written before it was measured.
    """

    replaced: Replaced
    shuffled: PairedComparison
    uniform: PairedComparison
    mean: PairedComparison


def routing_costs(splits: Sequence[SplitFigures], part: Part) -> RoutingCosts | None:
    """What replacing the routing weights, or the posteriors, costs; `None` where there is nothing to replace."""
    found = [split.interventions for split in splits]
    replaced = next((left.replaced for left in found if left is not None), None)
    return None if replaced is None else _costs(replaced, [None if left is None else left.of(part) for left in found])


def away_routing_costs(heads: Sequence[AwayHead]) -> RoutingCosts | None:
    """The same away from home, head by head."""
    found = [head.routing for head in heads]
    replaced = next((left.replaced for left in found if left is not None), None)
    return None if replaced is None else _costs(replaced, [None if left is None else left.srcc for left in found])


def _costs(replaced: Replaced, left: Sequence[Replacements[float] | None]) -> RoutingCosts:
    own_S = _values(left, lambda found: found.own)

    def cost(value: Callable[[Replacements[float]], float | None]) -> PairedComparison:
        return compare_paired(own_S, _values(left, value))

    return RoutingCosts(
        replaced, cost(lambda found: found.shuffled), cost(lambda found: found.uniform), cost(lambda found: found.mean)
    )


def _values(left: Sequence[Replacements[float] | None], value: Callable[[Replacements[float]], float | None]) -> Floats:
    known = (None if found is None else value(found) for found in left)
    return np.array([np.nan if number is None else number for number in known], np.float64)
