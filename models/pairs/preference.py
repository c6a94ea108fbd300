"""Which of two pictures is better, and how sure that is.

Errors of scores have heavier tails than the normal: their difference is taken as Student's t with two degrees of
freedom, whose quartiles are those of the normal with the same deviation. Of the degrees 1.5 to 8 and the normal it has
the least log loss on held-out pairs; `models.pairs.calibration` measures what its promises are worth.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.prediction import Score

Floats = NDArray[np.floating]

WIDTH: Final = 1.3648
"""Twice the squared ratio of the upper quartiles, 0.6745 of the normal to 0.8165 of t with two degrees of freedom."""


def probability_better(first: Score, second: Score) -> float:
    """P (0-1) that people would rate the first picture higher; with that of the swapped pair it adds up to one."""
    variance = np.array(first.std**2 + second.std**2)
    return float(probabilities_better(np.array(first.value - second.value), variance))


def probabilities_better(difference: Floats, variance: Floats) -> Floats:
    """The same of differences between scores, and of sums of both variances (above 0), in points; any shape."""
    probability: Floats = (1 + difference / np.sqrt(difference**2 + WIDTH * variance)) / 2
    return probability
