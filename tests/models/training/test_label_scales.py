"""Labels of any set become scores on 0-100, higher is better; what is fitted, is fitted on the training fold."""

from __future__ import annotations

import numpy as np
import pytest

from models.training.label_scales import LabelScale, LabelScaleError, aligned_scores, fitted_scale
from models.training.splits import Split

REFERENCES = [f"set/{number}" for number in range(6)]
SPLIT = Split(0, dict(zip(REFERENCES, ("train", "train", "train", "train", "validation", "test"), strict=True)))
LABELS = np.array([1, 2, 3, 4, 5, 1], np.float32)


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


def test_a_fitted_map_finds_the_anchors_own_and_ignores_held_out_pictures() -> None:
    anchors = 12 * LABELS + 7
    anchors[4:] = (-500, 900)
    slope, offset = fitted_scale(LabelScale(1, 5), LABELS, anchors, references_N=REFERENCES, split=SPLIT)
    assert (slope, offset) == pytest.approx((12, 7))


def test_anchors_of_a_set_with_dmos_fall_as_the_labels_rise() -> None:
    dmos = LabelScale(1, 5, higher_is_better=False)
    slope, _ = fitted_scale(dmos, LABELS, 90 - 12 * LABELS, references_N=REFERENCES, split=SPLIT)
    assert slope == pytest.approx(-12)
    with pytest.raises(LabelScaleError, match="got anchors with a slope of 12 over the labels, expected them falling"):
        fitted_scale(dmos, LABELS, 12 * LABELS, references_N=REFERENCES, split=SPLIT)


def test_one_label_determines_no_map() -> None:
    same = np.full(6, 3, np.float32)
    with pytest.raises(LabelScaleError, match="got 4 training pictures of one label"):
        fitted_scale(LabelScale(1, 5), same, same, references_N=REFERENCES, split=SPLIT)
