"""How splits become one summary: median, smallest and largest value of every number, in the shape of a split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from models.figures.files import to_plain
from models.figures.measurements import (
    AWAY,
    AWAY_SUMMARY,
    SET,
    SET_SUMMARY,
    SPLIT,
    SUMMARY,
    AwayHead,
    AwaySummary,
    SetSummary,
    SplitFigures,
    Summary,
)
from models.figures.records import SetFigures, stored

_NOT_SUMMARISED: Final = frozenset({"seed", "number"})
"""Numbers that name something and measure nothing."""


def summarise(splits: Sequence[SplitFigures]) -> Summary:
    """Figures over splits.

    Lists of one shape have the median of every element; names stay where all splits agree; what no split has, or what
    differs in shape, is `None`. Splits in which a number is missing are left out of it.
    """
    return SUMMARY.validate_python(_summary([to_plain(SPLIT, split) for split in splits]))


def summarise_set(heads: Sequence[SetFigures[float]]) -> SetSummary:
    """Figures on one rated set over heads, in the same way."""
    return SET_SUMMARY.validate_python(_summary([to_plain(SET, figures) for figures in heads]))


def summarise_away(heads: Sequence[AwayHead]) -> AwaySummary:
    """Figures away from home over heads, in the same way."""
    return AWAY_SUMMARY.validate_python(_summary([to_plain(AWAY, figures) for figures in heads]))


def _summary(values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    if not known:
        return None
    if all(isinstance(value, Mapping) for value in known):
        names = dict.fromkeys(name for value in known for name in value if name not in _NOT_SUMMARISED)
        return {name: _summary([value.get(name) for value in known]) for name in names}
    if all(_is_number(value) for value in known):
        return {"median": stored(float(np.median(known))), "min": min(known), "max": max(known)}
    if all(value == known[0] for value in known) and not _has_numbers(known[0]):
        return known[0]
    return {"median": _median(known)} if all(_has_numbers(value) for value in known) else None


def _median(values: Sequence[Any]) -> Any:
    """Element by element; `None` for an element that no split has or that differs in shape."""
    known = [value for value in values if value is not None]
    if known and all(_is_number(value) for value in known):
        return stored(float(np.median(known)))
    if known and all(isinstance(value, list) for value in known) and len({len(value) for value in known}) == 1:
        return [_median(elements) for elements in zip(*known, strict=True)]
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_numbers(value: Any) -> bool:
    return isinstance(value, list) and any(_is_number(item) or _has_numbers(item) for item in value)
