"""Decisions about pictures, the rule of a study, and where it puts a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Choice = Literal["keep", "reject"]
RuleKind = Literal["points", "percentile"]
Triage = Literal["pass", "review", "reject"]
TRIAGES: Final[tuple[Triage, ...]] = ("reject", "review", "pass")
"""From the low end of the scores to the high one."""


@dataclass(frozen=True)
class Decision:
    """What was decided about a picture by hand; `revision` counts its changes, and is 0 before the first."""

    choice: Choice | None = None
    tags: tuple[str, ...] = ()
    corrected_score: float | None = None
    revision: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is decided, as before the first change or after everything was taken back."""
        return self.choice is None and not self.tags and self.corrected_score is None


UNDECIDED: Final = Decision()


@dataclass(frozen=True)
class Rule:
    """Two thresholds on a checkpoint's scores, in points or as percentiles (both 0-100) of the study's own scores."""

    checkpoint: str
    kind: RuleKind
    low: float
    high: float


def thresholds(rule: Rule, scores: Floats) -> tuple[float, float]:
    """Both thresholds in points; `scores` are all that the study has under the rule's checkpoint."""
    if rule.kind == "points" or not len(scores):
        return rule.low, rule.high
    low, high = np.percentile(scores, (rule.low, rule.high))
    return float(low), float(high)


def triage(rule: Rule, scores: Sequence[float | None]) -> list[Triage | None]:
    """Where a rule puts each: below the low threshold, from the high one on, or between; `None` without a score."""
    known = np.array([score for score in scores if score is not None])
    places = np.searchsorted(thresholds(rule, known), known, side="right")
    found = iter(places.tolist())
    return [None if score is None else TRIAGES[next(found)] for score in scores]
