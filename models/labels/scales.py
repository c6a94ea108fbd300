"""What a set's labels mean, and affine maps of them to scores on 0-100: raw labels of two sets are never mixed.

Where nobody says the range of a table, it is the narrowest common one that holds all labels, unless a narrower one all
but holds them, or labels from 1 up would have another meaning on another range: then nothing but the owner can tell.

Legend: N pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LabelScale:
    """Nominal range of a set's labels, and whether a high label means high quality (MOS) or low (DMOS)."""

    low: float
    high: float
    higher_is_better: bool = True

    def __str__(self) -> str:
        return f"{'MOS' if self.higher_is_better else 'DMOS'} on {self.low:g} to {self.high:g}"

    def to_score(self) -> tuple[float, float]:
        """Slope and offset of the map that takes the worst nominal label to 0 and the best to 100."""
        worst, best = (self.low, self.high) if self.higher_is_better else (self.high, self.low)
        slope = 100 / (best - worst)
        return slope, -slope * worst


Direction = Literal["mos", "dmos"]
Range = tuple[float, float]


@dataclass(frozen=True)
class StatedLabels:
    """What the owner of a table says of its labels: their range, and whether they are MOS or DMOS; `None`: nothing.

    Raises `RangeRefused` for a range that is none.
    """

    bounds: Range | None = None
    direction: Direction | None = None

    def __post_init__(self) -> None:
        if self.bounds is not None and not self.bounds[0] < self.bounds[1]:
            raise RangeRefused(f"got a range from {_words(self.bounds)}, expected the lower end first")

    @property
    def is_anything(self) -> bool:
        """Whether anything is said."""
        return self != UNSTATED


UNSTATED: Final = StatedLabels()


class RangeRefused(ValueError):
    """Labels that may be on one range or another, or that are not on the one that was said."""


UNIT_SCALE: Final = LabelScale(0, 1)
FIVE_GRADES: Final = LabelScale(1, 5)
PERCENT_SCALE: Final = LabelScale(0, 100)
_TEN_POINTS: Final[Range] = (0, 10)
COMMON_RANGES: Final[tuple[Range, ...]] = ((0, 1), (1, 5), (0, 5), _TEN_POINTS, (0, 100))
"""From the narrowest, as tables of opinions have them."""
_SEVEN_GRADES: Final[Range] = (1, 7)
_TEN_GRADES: Final[Range] = (1, 10)
_MANY: Final = 0.95
"""Where so many labels lie within a narrower range, the others may be slips of the pen."""
_BEYOND: Final = 0.05
"""How far beyond a range, in parts of it, a label may lie by rounding or by taking out the raters' habits."""
_FAR_BEYOND: Final = 0.15
"""The same where the range was said; LIVE's DMOS of 0 to 100 go up to 111.8."""


def scale_of(labels: Sequence[float], stated: StatedLabels) -> LabelScale:
    """What a table's labels are on; raises `RangeRefused` where its owner has to say it, or said another."""
    low, high = stated.bounds or _guessed_range(labels)
    margin = _FAR_BEYOND * (high - low)
    if min(labels) < low - margin or max(labels) > high + margin:
        raise RangeRefused(
            f"got labels from {min(labels):g} to {max(labels):g}, expected them on {_words((low, high))}, as was said"
        )
    return LabelScale(low, high, higher_is_better=stated.direction != "dmos")


def _guessed_range(labels: Sequence[float]) -> Range:
    got = f"got labels from {min(labels):g} to {max(labels):g}"
    holding = [bounds for bounds in COMMON_RANGES if _share_within(labels, bounds) == 1]
    if not holding:
        raise RangeRefused(f"{got}, expected them within 0 to 100, or their range to be said")
    wide = holding[0]
    other = _other_reading(labels, wide)
    if other is not None:
        raise RangeRefused(f"{got}, which may be on {_words(other)} or on {_words(wide)}, expected it to be said")
    return wide


def _other_reading(labels: Sequence[float], wide: Range) -> Range | None:
    """A range that would change what the labels mean as much as the one that holds them all."""
    if wide == _TEN_POINTS and min(labels) >= 1:
        return _SEVEN_GRADES if max(labels) <= _SEVEN_GRADES[1] else _TEN_GRADES
    for bounds in COMMON_RANGES[: COMMON_RANGES.index(wide)]:
        margin = _BEYOND * (bounds[1] - bounds[0])
        is_near = bounds[0] - margin <= min(labels) and max(labels) <= bounds[1] + margin
        if is_near or _share_within(labels, bounds) >= _MANY:
            return bounds
    return None


def _share_within(labels: Sequence[float], bounds: Range) -> float:
    return sum(bounds[0] <= label <= bounds[1] for label in labels) / len(labels)


def _words(bounds: Range) -> str:
    return f"{bounds[0]:g} to {bounds[1]:g}"


def aligned_scores(labels_N: NDArray[np.float32], scale: LabelScale) -> NDArray[np.float32]:
    """Labels as scores on 0-100, higher is better; labels beyond the nominal range land beyond 0-100."""
    slope, offset = scale.to_score()
    return (labels_N * slope + offset).astype(np.float32)
