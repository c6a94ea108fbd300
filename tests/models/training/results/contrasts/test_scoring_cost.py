"""Times are judged by the goal that each checkpoint has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.figures.files import FiguresUnreadable
from models.training.results.contrasts.scoring_cost import (
    SCORING_COST_FILE,
    cost_goals,
    cost_sentence,
    not_timed_sentences,
    read_scoring_cost,
    scoring_cost_table,
)

RATIOS = {"no_gmm": 1.0, "moe": 1.1, "vanilla_gmm": 1.11, "distortion_aware": 1.3, "distortion_aware_seed": 5.0}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    report: dict[str, Any] = {
        "machine": "two cores",
        "picture": "512x384",
        "rounds": 20,
        "baseline": "no_gmm",
        "checkpoints": {name: {"median_ms": 100 * ratio, "ratio": ratio} for name, ratio in RATIOS.items()},
    }
    (tmp_path / SCORING_COST_FILE).write_text(json.dumps(report))
    return tmp_path


def test_each_checkpoint_is_judged_by_its_own_goal(root: Path) -> None:
    table = scoring_cost_table(read_scoring_cost(root))
    assert {str(row[0]): row[-1] for row in table.rows} == {
        "`no_gmm`": "met",
        "`moe`": "met",
        "`vanilla_gmm`": "not met",
        "`distortion_aware`": "met",
        "`distortion_aware_seed`": "exempt",
    }
    assert "two cores" in table.caption
    assert "512x384" in table.caption


def test_the_slow_and_the_exempt_are_named(root: Path) -> None:
    cost = read_scoring_cost(root)
    assert cost is not None
    said = cost_sentence(cost)
    assert said.startswith("Slower than wanted: `vanilla_gmm`.")
    assert "`distortion_aware_seed` is exempt and takes 5.00 times as long as `no_gmm`" in said
    assert not_timed_sentences(["moe", "self_supervised"], cost) == [
        "Not timed: `self_supervised`. No goal for time is met before they are."
    ]
    assert not_timed_sentences(["moe"], cost) == []


def test_no_goal_counts_the_exempt(root: Path) -> None:
    others, own = cost_goals(read_scoring_cost(root), list(RATIOS))
    assert set(others.ratios) == {"no_gmm", "moe", "vanilla_gmm"}
    assert (own.wanted, own.ratios) == (1.3, {"distortion_aware": 1.3})


def test_no_goal_is_met_while_a_checkpoint_was_not_timed(root: Path) -> None:
    others, own = cost_goals(read_scoring_cost(root), [*RATIOS, "self_supervised"])
    assert others.ratios == {}
    assert own.ratios


def test_without_a_file_nothing_is_reached(tmp_path: Path) -> None:
    assert read_scoring_cost(tmp_path) is None
    assert [goal.ratios for goal in cost_goals(None, ["moe"])] == [{}, {}]
    assert scoring_cost_table(None).rows == ()


@pytest.mark.parametrize("text", ["{", "[]", '{"checkpoints": {"moe": {"ratio": 1}}}'])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / SCORING_COST_FILE).write_text(text)
    with pytest.raises(FiguresUnreadable, match=r"from scoring_cost.json, expected machine"):
        read_scoring_cost(tmp_path)
