"""Labels of any set become scores on 0-100, higher is better."""

from __future__ import annotations

import numpy as np
import pytest

from models.labels.scales import (
    UNSTATED,
    LabelScale,
    RangeRefused,
    StatedLabels,
    aligned_scores,
    scale_of,
)


@pytest.mark.parametrize(
    ("scale", "labels", "scores"),
    [
        (LabelScale(1, 5), (1, 3, 5), (0, 50, 100)),
        (LabelScale(0, 1, higher_is_better=False), (0, 0.25, 1), (100, 75, 0)),
        (LabelScale(0, 100, higher_is_better=False), (-2.6, 108.8), (102.6, -8.8)),
    ],
)
def test_the_worst_nominal_label_is_0_and_the_best_100(
    scale: LabelScale, labels: tuple[float, ...], scores: tuple[float, ...]
) -> None:
    assert aligned_scores(np.array(labels, np.float32), scale).tolist() == pytest.approx(scores, abs=1e-4)


GRADES = tuple(1 + 4 * step / 39 for step in range(40))


@pytest.mark.parametrize(
    ("labels", "low", "high"),
    [
        ((0.1, 0.9), 0, 1),
        (GRADES, 1, 5),
        ((0.6, 2.4, 4.5), 0, 5),
        ((0.6, 6.0, 9.5), 0, 10),
        ((12, 90), 0, 100),
    ],
)
def test_a_range_that_has_one_reading_is_taken(labels: tuple[float, ...], low: float, high: float) -> None:
    assert scale_of(labels, UNSTATED) == LabelScale(low, high)


@pytest.mark.parametrize(
    ("labels", "readings"),
    [
        ((*GRADES, 0.2), "on 1 to 5 or on 0 to 5"),
        ((0.9, 2.5, 4.5), "on 1 to 5 or on 0 to 5"),
        ((*GRADES, 45), "on 1 to 5 or on 0 to 100"),
        ((0.1, 0.5, 1.04), "on 0 to 1 or on 0 to 5"),
        ((1.5, 4, 6.8), "on 1 to 7 or on 0 to 10"),
        ((2, 9.1), "on 1 to 10 or on 0 to 10"),
    ],
)
def test_a_range_with_two_readings_is_refused_unless_it_is_said(labels: tuple[float, ...], readings: str) -> None:
    with pytest.raises(RangeRefused, match=f"which may be {readings}, expected it to be said"):
        scale_of(labels, UNSTATED)
    assert scale_of(labels, StatedLabels((0, 100))) == LabelScale(0, 100)


@pytest.mark.parametrize("labels", [(10.0, 120.0), (-40.0, 60.0), (1.2, 4.8, 63.0)])
def test_labels_far_beyond_the_range_that_was_said_are_refused(labels: tuple[float, ...]) -> None:
    bounds = (1.0, 5.0) if len(labels) == 3 else (0.0, 100.0)
    with pytest.raises(RangeRefused, match="as was said"):
        scale_of(labels, StatedLabels(bounds))


def test_labels_of_realigned_raters_lie_a_little_beyond() -> None:
    assert scale_of((-2.6, 111.8), StatedLabels((0, 100), "dmos")) == LabelScale(0, 100, higher_is_better=False)
