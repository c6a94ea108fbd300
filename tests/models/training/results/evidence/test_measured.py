"""Checkpoints are read, and only where they stand on the same splits, or on the first of them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.figures.files import METRICS_FILE, FiguresUnreadable
from models.figures.measurements import ComparisonError, Summary
from models.figures.records import Spread
from models.training.results.evidence.measured import (
    LIVE,
    Measured,
    find,
    on_all_splits,
    read_measured,
    row_name,
    srcc_on,
)
from models.training.results.evidence.readings import group_ami
from tests.models.training.metrics_builders import write_checkpoint


def _group_accuracy(summary: Summary) -> Spread | None:
    return summary.group_accuracy


def _srcc(summary: Summary) -> Spread | None:
    return summary.photographs.srcc


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("measured")
    write_checkpoint(root, "no_gmm", variant="no_gmm")
    write_checkpoint(root, "moe", variant="moe", gain=0.02)
    write_checkpoint(root, "vanilla_gmm", variant="vanilla_gmm", gain=-0.02)
    return root


@pytest.fixture(scope="module")
def measured(root: Path) -> tuple[Measured, ...]:
    return read_measured(root)


def test_the_best_on_photographs_comes_first(measured: tuple[Measured, ...]) -> None:
    assert [entry.id for entry in measured] == ["moe", "no_gmm", "vanilla_gmm"]


def test_what_was_not_measured_is_missing_and_not_an_error(measured: tuple[Measured, ...]) -> None:
    baseline = find(measured, "no_gmm")
    assert baseline is not None
    assert baseline.median(group_ami) is None
    assert all(math.isnan(value) for value in baseline.per_split(group_ami))
    assert baseline.against_matched("photographs") is None
    assert find(measured, "soup") is None


def test_other_splits_are_refused(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "moe", variant="moe")
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm", split_sha256="6" * 64)
    with pytest.raises(ComparisonError, match=r"got no_gmm on splits 666666666666 .* expected 555555555555"):
        read_measured(tmp_path)


def test_figures_of_another_version_are_refused_by_name(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path, "no_gmm", variant="no_gmm") / METRICS_FILE
    metrics = json.loads(path.read_text())
    del metrics["summary"]["order"]
    path.write_text(json.dumps(metrics))
    with pytest.raises(FiguresUnreadable, match=r"no_gmm/metrics.json, summary.order: got nothing, expected"):
        read_measured(tmp_path)


def test_a_comparison_without_its_spread_is_of_another_version(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path, "moe", variant="moe") / METRICS_FILE
    metrics = json.loads(path.read_text())
    del metrics["matched_baseline"]["comparison"]["photographs"]["srcc"]["deviation"]
    path.write_text(json.dumps(metrics))
    with pytest.raises(FiguresUnreadable, match=r"matched_baseline.comparison.*.deviation: got nothing, expected"):
        read_measured(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", "null"])
def test_metrics_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    (write_checkpoint(tmp_path, "no_gmm", variant="no_gmm") / METRICS_FILE).write_text(text)
    with pytest.raises(FiguresUnreadable, match=r"no_gmm/metrics.json"):
        read_measured(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ComparisonError, match="got no checkpoint under"):
        read_measured(tmp_path)


def test_the_first_splits_alone_are_enough_and_rows_say_how_many(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "moe", variant="moe", num_splits=3)
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm")
    measured = read_measured(tmp_path)
    assert {row_name(entry, measured) for entry in measured} == {"`moe` (3 splits)", "`no_gmm`"}
    assert [entry.id for entry in on_all_splits(measured)] == ["no_gmm"]


def _rewrite(folder: Path, change: Any) -> None:
    path = folder / METRICS_FILE
    metrics = json.loads(path.read_text())
    change(metrics)
    path.write_text(json.dumps(metrics))


@pytest.mark.parametrize("kept", [slice(1, 4), slice(0, 6, 2)])
def test_splits_that_are_not_the_first_are_refused(tmp_path: Path, kept: slice) -> None:
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm")
    _rewrite(
        write_checkpoint(tmp_path, "moe", variant="moe"),
        lambda metrics: metrics.update(splits=metrics["splits"][kept]),
    )
    with pytest.raises(ComparisonError, match=r"got moe on .* seeds \[.*\], expected .* or the first of them"):
        read_measured(tmp_path)


def test_metrics_without_fine_tuned_figures_are_whole(measured: tuple[Measured, ...]) -> None:
    assert [entry.fine_tuned for entry in measured] == [None] * 3


def test_fine_tuned_figures_are_read_as_the_frozen_ones_are(tmp_path: Path) -> None:
    write_checkpoint(
        tmp_path, "moe", variant="moe", fine_tuned_gain=0.05, fine_tuned_values={("group_accuracy",): 0.97}
    )
    (frozen,) = read_measured(tmp_path)
    tuned = frozen.fine_tuned
    assert tuned is not None
    assert (tuned.id, tuned.seeds, tuned.fine_tuned) == ("moe", (0, 1, 2), None)
    assert tuned.median(_group_accuracy) == 0.97 != frozen.median(_group_accuracy)
    assert tuned.held_out(LIVE) is not None
    gain = tuned.against_matched("photographs")
    assert gain is not None
    assert gain.num_pairs == 3


def test_fine_tuned_figures_of_splits_that_are_not_the_first_are_refused(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path, "moe", variant="moe", fine_tuned_gain=0.05)
    _rewrite(folder, lambda metrics: metrics["fine_tuned"]["splits"].reverse())
    with pytest.raises(ComparisonError, match=r"got moe on fine-tuned features with seeds \[2, 1, 0\]"):
        read_measured(tmp_path)


def test_fine_tuned_figures_of_another_version_are_refused_by_name(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path, "moe", variant="moe", fine_tuned_gain=0.05)
    _rewrite(folder, lambda metrics: metrics["fine_tuned"].pop("matched_baseline"))
    with pytest.raises(FiguresUnreadable, match=r"fine_tuned.matched_baseline: got nothing"):
        read_measured(tmp_path)


def test_the_first_splits_are_summarised_anew(measured: tuple[Measured, ...]) -> None:
    whole = measured[0]
    first = whole.on_first(3)
    assert first.seeds == (0, 1, 2)
    expected = np.median(whole.per_split(srcc_on("photographs"))[:3])
    assert first.median(_srcc) == pytest.approx(expected) != whole.median(_srcc)
    assert first.against_matched("photographs") is None
