"""Held-out figures as the evaluation wrote them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER, METRICS_FILE
from models.checkpoints.reading import checkpoint_folders
from models.figures.held_out import MetricsUnreadable, read_held_out

SHIPPED = checkpoint_folders(CHECKPOINTS_FOLDER)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_every_shipped_checkpoint_has_figures_within_their_range(folder: Path) -> None:
    held_out = read_held_out(folder)
    assert held_out.num_splits >= 1
    assert [figures.name for figures in held_out.sets][:2] == ["photographs", "synthetic"]
    for figures in held_out.sets:
        assert figures.srcc is not None
        assert -1 <= figures.srcc.low <= figures.srcc.median <= figures.srcc.high <= 1


def test_figures_are_those_of_the_file(tmp_path: Path) -> None:
    agreement = {"srcc": {"median": 0.8, "min": 0.7, "max": 0.9}, "plcc": None}
    summary = {"photographs": agreement, "synthetic": agreement, "further_rated": None}
    metrics = {"num_splits": 3, "summary": summary, "held_out_sets": {"live": {"agreement": agreement}, "x": None}}
    (tmp_path / METRICS_FILE).write_text(json.dumps(metrics))
    held_out = read_held_out(tmp_path)
    assert [(figures.name, figures.fold) for figures in held_out.sets] == [
        ("photographs", "test_fold"),
        ("synthetic", "test_fold"),
        ("live", "held_out_whole"),
    ]
    first = held_out.sets[0]
    assert first.srcc is not None
    assert (first.srcc.low, first.srcc.median, first.srcc.high) == (0.7, 0.8, 0.9)
    assert first.plcc is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"num_splits": 1, "summary": 7}', '{"num_splits": null}'])
def test_a_file_of_another_kind_is_unreadable_and_nothing_worse(tmp_path: Path, text: str) -> None:
    (tmp_path / METRICS_FILE).write_text(text)
    with pytest.raises(MetricsUnreadable, match="expected"):
        read_held_out(tmp_path)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(MetricsUnreadable, match="no readable"):
        read_held_out(tmp_path)
