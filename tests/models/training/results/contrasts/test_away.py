"""Away from home the page says where the best mixture is above both the baseline and the ridge, and nothing before."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.figures.leaderboard import read_leaderboard, write_leaderboard
from models.training.results.contrasts.away import away_section, away_tables, pays_sentences
from models.training.results.evidence.measured import Measured, read_measured
from models.training.results.leaderboard import leaderboard
from models.training.results.page import Evidence, all_tables, results_page
from tests.models.training.metrics_builders import LIVE, write_checkpoint


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Measured, ...]:
    root = tmp_path_factory.mktemp("away")
    write_checkpoint(root, "no_gmm", variant="no_gmm", away={"ss01": 0.72, "ss02": 0.45, LIVE: 0.9})
    write_checkpoint(root, "moe", variant="moe", away={"ss01": 0.8, "ss02": 0.5, LIVE: 0.88}, uniform_cost=0.02)
    return read_measured(root)


def test_a_mixture_pays_where_it_is_above_the_baseline_and_the_ridge(measured: tuple[Measured, ...]) -> None:
    pays, *places = pays_sentences(measured)
    assert pays.startswith("The mixture pays on photographs of source ss01, left out. It does not on ")
    assert "source ss02" in pays  # above the baseline, below the ridge
    assert "LIVE, regenerated held out whole" in pays  # above the ridge, below the baseline
    assert places[0].endswith(
        "the best mixture is `moe` with SRCC 0.800, `no_gmm` has 0.720, the ridge on the same features 0.700."
    )


def test_tables_have_the_places_side_by_side_and_a_row_for_the_ridge(measured: tuple[Measured, ...]) -> None:
    table = away_tables(measured)[0]
    assert table.header[:4] == (
        "checkpoint",
        "home, photographs",
        "home, synthetic pictures",
        "photographs of source ss01, left out",
    )
    assert {row[0] for row in table.rows} == {"`no_gmm`", "`moe`", "ridge on the same features"}


def test_the_page_and_the_leaderboard_have_them(measured: tuple[Measured, ...]) -> None:
    evidence = Evidence(measured)
    assert "## At home and away from home" in results_page(evidence, all_tables(evidence))
    board = read_leaderboard(write_leaderboard(leaderboard(measured)))
    row = next(row for row in board.checkpoints if row.id == "moe")
    assert row.away is not None
    assert row.away["ss01"].against_ridge.median_difference == pytest.approx(0.1)
    assert row.away["ss01"].uniform_cost is not None
    assert row.away["ss01"].uniform_cost.median_difference == pytest.approx(0.02)


def test_nothing_is_said_where_nothing_was_measured(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "moe", variant="moe")
    measured = read_measured(tmp_path)
    assert (away_section(measured, {}), away_tables(measured), pays_sentences(measured)) == ([], [], [])
    evidence = Evidence(measured)
    assert "away from home" not in results_page(evidence, all_tables(evidence))
