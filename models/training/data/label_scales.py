"""What a set's labels mean, and affine maps of them to scores on 0-100: raw labels of two sets are never mixed.

Legend: N pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


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
