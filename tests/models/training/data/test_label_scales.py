"""Labels of any set become scores on 0-100, higher is better."""

from __future__ import annotations

import numpy as np
import pytest

from models.training.data.label_scales import LabelScale, aligned_scores


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
