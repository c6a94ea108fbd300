"""What a set's labels mean, and affine maps of them to scores on 0-100: raw labels of two sets are never mixed.

Legend: N pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.training.splits import Split


class LabelScaleError(ValueError):
    """Labels that do not determine a map to scores."""


@dataclass(frozen=True)
class LabelScale:
    """Nominal range of a set's labels, and whether a high label means high quality (MOS) or low (DMOS)."""

    low: float
    high: float
    higher_is_better: bool = True

    def to_score(self) -> tuple[float, float]:
        """Slope and offset of the map that takes the worst nominal label to 0 and the best to 100."""
        worst, best = (self.low, self.high) if self.higher_is_better else (self.high, self.low)
        slope = 100 / (best - worst)
        return slope, -slope * worst


UNIT_SCALE: Final = LabelScale(0, 1)
FIVE_GRADES: Final = LabelScale(1, 5)
PERCENT_SCALE: Final = LabelScale(0, 100)


def aligned_scores(labels_N: NDArray[np.float32], scale: LabelScale) -> NDArray[np.float32]:
    """Labels as scores on 0-100, higher is better; labels beyond the nominal range land beyond 0-100."""
    slope, offset = scale.to_score()
    return (labels_N * slope + offset).astype(np.float32)


def fitted_scale(
    nominal: LabelScale,
    labels_N: NDArray[np.float32],
    anchors_N: NDArray[np.float32],
    *,
    references_N: Sequence[str],
    split: Split,
) -> tuple[float, float]:
    """Slope and offset that take labels closest (least squares) to `anchors_N` on 0-100, by the training fold alone.

    Anchors are scores of the same pictures from elsewhere, such as predictions of a model of another set; a timid model
    flattens the map. Raises `LabelScaleError` where the fold has fewer than two distinct labels, or where the anchors
    contradict the labels' direction.
    """
    rows = split.indices(references_N, "train")
    if np.unique(labels_N[rows]).size < 2:
        raise LabelScaleError(f"got {rows.size} training pictures of one label or none, expected two labels or more")
    slope, offset = np.polyfit(labels_N[rows].astype(np.float64), anchors_N[rows].astype(np.float64), 1)
    if slope * nominal.to_score()[0] <= 0:
        expected = "rising" if nominal.higher_is_better else "falling"
        raise LabelScaleError(f"got anchors with a slope of {slope:.3g} over the labels, expected them {expected}")
    return float(slope), float(offset)
