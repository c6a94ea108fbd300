"""Files of figures are read and written again byte for byte, and refused by field where they are damaged."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import checkpoint_folders
from models.figures.ablations import read_ablations, write_ablations
from models.figures.files import (
    ABLATIONS_FILE,
    CURVE_FILE,
    LEADERBOARD_FILE,
    METRICS_FILE,
    PREDICTIONS_FILE,
    FiguresUnreadable,
)
from models.figures.leaderboard import read_leaderboard, write_leaderboard
from models.figures.measurements import metrics_in, read_metrics, write_metrics
from models.figures.predictions import read_predictions, write_predictions
from models.figures.records import Spread
from models.figures.training_curve import read_curve, write_curve

SHIPPED = checkpoint_folders(CHECKPOINTS_FOLDER)
MOE = (CHECKPOINTS_FOLDER / "moe" / METRICS_FILE).read_bytes()


def changed(value: Any, *path: str | int) -> bytes:
    """The figures of `moe` with another value at a path."""
    whole = json.loads(MOE)
    place = whole
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(whole).encode()


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
@pytest.mark.parametrize(
    ("name", "copy"),
    [
        pytest.param(METRICS_FILE, lambda data: write_metrics(read_metrics(data)), id="metrics"),
        pytest.param(PREDICTIONS_FILE, lambda data: write_predictions(read_predictions(data)), id="predictions"),
        pytest.param(CURVE_FILE, lambda data: write_curve(read_curve(data)), id="curve"),
    ],
)
def test_what_a_checkpoint_ships_is_written_as_it_was_read(
    folder: Path, name: str, copy: Callable[[bytes], bytes]
) -> None:
    data = (folder / name).read_bytes()
    assert copy(data) == data


def test_leaderboard_and_ablations_are_written_as_they_were_read() -> None:
    board, ablations = ((CHECKPOINTS_FOLDER / name).read_bytes() for name in (LEADERBOARD_FILE, ABLATIONS_FILE))
    assert write_leaderboard(read_leaderboard(board)) == board
    assert write_ablations(read_ablations(ablations)) == ablations


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_a_median_lies_between_the_smallest_and_the_largest(folder: Path) -> None:
    summary = metrics_in(folder).summary
    for agreement in (summary.photographs, summary.synthetic):
        assert agreement.srcc is not None
        assert -1 <= agreement.srcc.low <= agreement.srcc.median <= agreement.srcc.high <= 1


def test_a_figure_is_what_the_file_says_with_its_ends() -> None:
    srcc = json.loads(MOE)["summary"]["photographs"]["srcc"]
    assert read_metrics(MOE).summary.photographs.srcc == Spread(srcc["median"], srcc["min"], srcc["max"])


def test_what_no_split_has_is_none_and_what_one_lacks_is_nan() -> None:
    assert read_metrics(changed(None, "summary", "photographs", "srcc")).summary.photographs.srcc is None
    split = read_metrics(changed(None, "splits", 0, "photographs", "srcc")).splits[0]
    assert math.isnan(split.photographs.srcc)


def test_a_part_that_the_variant_lacks_may_be_left_out() -> None:
    whole = json.loads(MOE)
    del whole["summary"]["clusters"], whole["fine_tuned"]
    metrics = read_metrics(json.dumps(whole).encode())
    assert (metrics.summary.clusters, metrics.fine_tuned) == (None, None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "expected JSON", id="nothing"),
        pytest.param(b"[" * 100_000, "expected JSON", id="too deep"),
        pytest.param(b"[]", "the whole", id="another kind"),
        pytest.param(changed("much", "summary", "order", "d_test"), "summary.order.d_test", id="a word"),
        pytest.param(changed(float("nan"), "summary", "photographs", "srcc", "median"), "srcc.median", id="NaN"),
        pytest.param(changed(10**400, "summary", "photographs", "srcc", "min"), "srcc.min", id="too large"),
        pytest.param(changed(True, "splits", 2, "group_accuracy"), "group_accuracy", id="a truth value"),
        pytest.param(changed([], "splits"), "splits", id="no split"),
        pytest.param(changed({}, "summary", "order"), "summary.order.d_test: got nothing", id="another version"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_field(data: bytes, said: str) -> None:
    with pytest.raises(FiguresUnreadable) as refused:
        read_metrics(data, "moe/metrics.json")
    assert str(refused.value).startswith("moe/metrics.json")
    assert said in str(refused.value)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FiguresUnreadable, match=r"got no readable .*metrics.json"):
        metrics_in(tmp_path)
