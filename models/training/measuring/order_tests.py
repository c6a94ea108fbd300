"""Order tests that need no human score of any picture: distorted pictures of contents that no training fold saw.

The D, L and P tests are those of Ma et al., "Waterloo exploration database: new challenges for image quality assessment
models" (IEEE TIP 2017), section III, with two simplifications that their docstrings name.

Legend: N pictures, P pristine and Q distorted ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_curve

from models.figures.records import OrderTests
from models.figures.statistics import srcc
from models.training.data.folds import Fold
from models.training.fitting.losses import RANK_MIN_GAP

PAIR_MIN_GAP: Final = 30.0
"""Gap between two labels, in points, above which nobody doubts which picture is better."""
_ROWS_AT_ONCE: Final = 512

Scores = NDArray[np.float32]


def order_tests(predicted_N: Scores, fold: Fold) -> OrderTests[float]:
    """Every order test of one fold's predictions."""
    return OrderTests(
        d_test=pristine_test(predicted_N, fold),
        l_test=level_test(predicted_N, fold),
        p_test=pair_test(predicted_N, fold),
        level_order_violations=level_order_violations(predicted_N, fold),
    )


def pristine_test(predicted_N: Scores, fold: Fold) -> float:
    """D-test: balanced accuracy of telling pristine from visibly distorted pictures at the best threshold on the score.

    Levels below 2 and distortions that change nothing are left out; NaN where either side has no picture.
    """
    pristine_N = fold.levels_N == 0
    distorted_N = fold.visible_N & (fold.classes_N > 0)
    if not (pristine_N.any() and distorted_N.any()):
        return float("nan")
    counts_N = pristine_N | distorted_N
    false_rate, true_rate, _ = roc_curve(pristine_N[counts_N], predicted_N[counts_N])
    return float(0.5 + (true_rate - false_rate).max() / 2)


def level_test(predicted_N: Scores, fold: Fold) -> float:
    """L-test: mean over references and types of the SRCC between scores and labels of the levels.

    Labels stand in for level numbers, because the levels of `mean_shift` and `contrast_change` are not ordered by
    severity. A chain whose scores are all alike has no order and counts as 0.
    """
    values = [srcc(predicted_N[rows], fold.scores_N[rows]) for rows in _chains(fold)]
    return float(np.nan_to_num(values).mean()) if values else float("nan")


def pair_test(predicted_N: Scores, fold: Fold) -> float:
    """P-test: share of pairs of pictures, of any content, at least 30 points apart that the scores put in order.

    The source takes pairs on which several full-reference metrics agree; here the labels decide. A tie is wrong.
    """
    right = pairs = 0
    for first in range(0, len(predicted_N), _ROWS_AT_ONCE):
        rows = slice(first, first + _ROWS_AT_ONCE)
        counts = fold.scores_N[rows, None] - fold.scores_N >= PAIR_MIN_GAP
        pairs += int(counts.sum())
        right += int((counts & (predicted_N[rows, None] > predicted_N)).sum())
    return right / pairs if pairs else float("nan")


def level_order_violations(predicted_N: Scores, fold: Fold) -> float:
    """Share of pairs of levels, of one reference and type, whose labels clearly differ and whose scores disagree."""
    wrong = pairs = 0
    for rows in _chains(fold):
        counts = fold.scores_N[rows, None] - fold.scores_N[rows] >= 100 * RANK_MIN_GAP
        pairs += int(counts.sum())
        wrong += int((counts & (predicted_N[rows, None] <= predicted_N[rows])).sum())
    return wrong / pairs if pairs else float("nan")


def _chains(fold: Fold) -> Iterator[NDArray[np.int64]]:
    """Positions of the distorted pictures of each reference and type, two or more."""
    _, reference_N = np.unique(fold.references_N, return_inverse=True)
    distorted = np.flatnonzero((fold.levels_N > 0) & (fold.classes_N > 0))
    key = np.stack([reference_N[distorted], fold.classes_N[distorted]])
    order = np.lexsort(key)
    changes = np.flatnonzero((np.diff(key[:, order]) != 0).any(0)) + 1
    yield from (rows for rows in np.split(distorted[order], changes) if len(rows) > 1)
