"""A variant is compared with a baseline split by split."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models.training.measuring.comparison import ComparisonError, against_baseline


def _results(gain: float, *, seeds: int = 10) -> list[dict[str, Any]]:
    easy = np.random.default_rng(0).uniform(0.7, 0.9, seeds)  # splits differ far more than heads
    return [
        {"seed": seed, **{part: {"srcc": easy[seed] + gain, "plcc": None} for part in ("photographs", "synthetic")}}
        for seed in range(seeds)
    ]


def test_a_small_gain_on_every_split_is_found() -> None:
    compared = against_baseline(_results(0.01), _results(0))
    assert set(compared) == {"photographs", "synthetic"}
    gain = compared["photographs"]["srcc"]
    assert gain["median_difference"] == pytest.approx(0.01)
    assert gain["interval"] == pytest.approx({"low": 0.01, "high": 0.01})
    assert gain["p_value"] < 0.01


def test_what_was_measured_nowhere_is_not_compared() -> None:
    unmeasured = against_baseline(_results(0.01), _results(0))["photographs"]["plcc"]
    assert (unmeasured["median_difference"], unmeasured["num_pairs"]) == (None, 0)


def test_other_splits_are_refused() -> None:
    with pytest.raises(ComparisonError, match="expected the same"):
        against_baseline(_results(0, seeds=9), _results(0))
