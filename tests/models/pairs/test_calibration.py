"""Pairs are counted in both orders, and what shipped checkpoints promise of pairs holds on held-out photographs."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.figures.files import PREDICTIONS_FILE
from models.figures.predictions import PredictionRow, read_predictions
from models.pairs.calibration import largest_gap, mean_gap, pair_calibration

TABLES = sorted(CHECKPOINTS_FOLDER.glob(f"*/{PREDICTIONS_FILE}"))


def row(name: str, label: float, score: float, std: float = 10.0) -> PredictionRow:
    return PredictionRow(name, name, "unknown", 0, label, score, std, None, None)


def test_pairs_are_taken_in_both_orders_without_those_that_people_tied() -> None:
    bins = pair_calibration([row("a", 80, 70), row("b", 40, 30), row("c", 40, 60)])
    assert sum(found.count for found in bins) == 4  # b and c have the same label
    upper = [found for found in bins[5:] if found.count]
    assert [found.measured for found in upper] == [1.0] * len(upper)
    for below, above in zip(bins, reversed(bins), strict=True):
        assert below.count == above.count
        assert math.isnan(below.promised) or below.promised == pytest.approx(1 - above.promised)


def test_what_is_promised_holds_where_errors_are_as_they_are_said_to_be() -> None:
    rng = np.random.default_rng(0)
    label_N, std_N = rng.uniform(0, 100, 500), rng.uniform(4, 12, 500)
    score_N = label_N + std_N * rng.standard_normal(500)
    rows = [
        row(str(number), *map(float, cells)) for number, cells in enumerate(zip(label_N, score_N, std_N, strict=True))
    ]
    assert mean_gap(pair_calibration(rows)) < 0.03
    doubted = [row(found.id, found.label, found.score, found.score_std * 8) for found in rows]
    assert largest_gap(pair_calibration(doubted)) > 0.2


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.parent.name)
def test_shipped_checkpoints_keep_within_five_points_on_held_out_photographs(table: Path) -> None:
    bins = pair_calibration(read_predictions(table.read_bytes()))
    assert min(found.count for found in bins) > 1000
    assert largest_gap(bins) < 0.05
