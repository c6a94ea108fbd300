"""The leaderboard holds what paired plots need, on frozen and on fine-tuned features."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from models.figures.files import METRICS_FILE
from models.figures.leaderboard import write_leaderboard
from models.training.results.evidence.measured import LIVE, Measured, read_measured
from models.training.results.leaderboard import leaderboard
from tests.models.training.metrics_builders import write_checkpoint


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("measured")
    write_checkpoint(root, "no_gmm", variant="no_gmm")
    write_checkpoint(root, "moe", variant="moe", gain=0.02, fine_tuned_gain=0.05)
    write_checkpoint(root, "vanilla_gmm", variant="vanilla_gmm", gain=-0.02, num_splits=3)
    return root


@pytest.fixture(scope="module")
def measured(root: Path) -> tuple[Measured, ...]:
    return read_measured(root)


def plain(measured: tuple[Measured, ...]) -> Any:
    """The leaderboard as its file has it."""
    return json.loads(write_leaderboard(leaderboard(measured)))


def test_the_leaderboard_names_the_bytes_that_it_was_made_from(root: Path, measured: tuple[Measured, ...]) -> None:
    board = plain(measured)
    digest = hashlib.sha256((root / "moe" / METRICS_FILE).read_bytes()).hexdigest()
    assert board["inputs"]["moe"][METRICS_FILE] == digest


def test_the_leaderboard_holds_what_paired_plots_need(measured: tuple[Measured, ...]) -> None:
    board = plain(measured)
    first = board["checkpoints"][0]
    assert (first["id"], first["ranks"]) == ("moe", {"photographs": 1, "synthetic": 1})
    assert len(first["splits"]["photographs"]["srcc"]) == len(board["seeds"]) == 10
    assert first["matched_baseline"]["srcc_p_holm"]["photographs"] is not None
    matrix = board["pairwise"]["median_difference"]
    assert [matrix[place][place] for place in range(3)] == [None] * 3
    assert matrix[0][1] == -matrix[1][0]
    assert board["checkpoints"][1]["matched_baseline"] is None


def test_a_row_with_fewer_splits_says_so_and_has_the_first_seeds(measured: tuple[Measured, ...]) -> None:
    board = plain(measured)
    rows = {row["id"]: row for row in board["checkpoints"]}
    assert {name: row["num_splits"] for name, row in rows.items()} == {"moe": 10, "no_gmm": 10, "vanilla_gmm": 3}
    assert len(rows["vanilla_gmm"]["splits"]["photographs"]["srcc"]) == 3
    assert rows["vanilla_gmm"]["matched_baseline"]["srcc_p_holm"]["photographs"] > 0
    place = board["pairwise"]["ids"].index("vanilla_gmm")
    assert board["pairwise"]["num_pairs"][0][place] == 3
    assert 0 < board["pairwise"]["p_holm"][0][place] < 1


def test_fine_tuned_figures_stand_beside_the_frozen_ones(measured: tuple[Measured, ...]) -> None:
    rows = {row["id"]: row for row in plain(measured)["checkpoints"]}
    assert rows["no_gmm"]["fine_tuned"] is None
    tuned = rows["moe"]["fine_tuned"]
    assert tuned["num_splits"] == len(tuned["splits"]["synthetic"]["srcc"]) == 3
    assert (
        tuned["figures"]["photographs"]["srcc"]["median"] > rows["moe"]["figures"]["photographs"]["srcc"]["max"] - 0.05
    )
    assert list(tuned["held_out_sets"]) == [LIVE]
    assert list(tuned["further_rated"]) == [LIVE]
    assert tuned["matched_baseline"]["comparison"]["photographs"]["srcc"]["num_pairs"] == 3
    assert tuned["clusters"] is not None
    assert tuned["interventions"] is not None
