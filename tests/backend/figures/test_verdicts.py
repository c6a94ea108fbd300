"""The service's verdicts against those of the pages that training writes: one rule, twice."""

from __future__ import annotations

import json
import math

import pytest

from backend.figures import verdicts as figure_verdicts
from backend.figures.files import PARTS, LeaderboardFile, MetricsFile
from backend.figures.schemas import FeatureFigures, LeaderboardResponse
from backend.figures.verdicts import smallest_p_holm, verdict
from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.figures.statistics import Interval, PairedComparison
from models.training.results.contrasts.routing import router_costs
from models.training.results.evidence import differences, rules
from models.training.results.evidence.measured import Measured, read_measured


@pytest.fixture(scope="module")
def measured() -> tuple[Measured, ...]:
    return read_measured(CHECKPOINTS_FOLDER)


@pytest.fixture(scope="module")
def board() -> LeaderboardResponse:
    return LeaderboardResponse.of(
        LeaderboardFile.model_validate(json.loads((CHECKPOINTS_FOLDER / "leaderboard.json").read_text()))
    )


def test_the_numbers_of_the_rule_are_the_same() -> None:
    assert figure_verdicts.MIN_PAIRS == differences.MIN_PAIRS
    assert figure_verdicts.LEVEL == differences.LEVEL
    assert math.isclose(figure_verdicts.TEST_TO_TRAIN, differences.TEST_TO_TRAIN)
    assert figure_verdicts.MIN_ROUTING_COST == rules.MIN_ROUTING_COST


def test_mixtures_get_the_verdicts_of_the_results_page(
    measured: tuple[Measured, ...], board: LeaderboardResponse
) -> None:
    for part in PARTS:
        expected = differences.matched_verdicts(measured, part)
        found = {
            row.id: getattr(row.frozen.matched_baseline, part).verdict
            for row in board.checkpoints
            if row.frozen.matched_baseline is not None
        }
        assert found == expected


def test_pairs_get_the_verdict_of_the_same_rule_with_holms_p(
    measured: tuple[Measured, ...], board: LeaderboardResponse
) -> None:
    first, *others = measured
    expected = differences.pairwise(measured, "photographs")
    row = board.pairwise.ids.index(first.id)
    for other in others:
        column = board.pairwise.ids.index(other.id)
        pair = (first.id, other.id)
        word = differences.verdict(expected.differences[pair], expected.p_holm[pair])
        assert board.pairwise.verdict[row][column] == word
        p_corrected = board.pairwise.p_corrected[row][column]
        assert p_corrected is not None
        assert math.isclose(p_corrected, differences.corrected_p(expected.differences[pair]), abs_tol=2e-5)


def test_routers_cost_what_the_results_page_says(measured: tuple[Measured, ...]) -> None:
    for entry in measured[:4]:
        metrics = MetricsFile.model_validate(json.loads((CHECKPOINTS_FOLDER / entry.id / "metrics.json").read_text()))
        router = FeatureFigures.of(metrics).router
        assert router is not None
        for part in PARTS:
            expected, found = router_costs(entry, part), getattr(router, part)
            assert expected is not None
            assert math.isclose(
                found.shuffled_cost.median_difference, expected.shuffled.median_difference, abs_tol=1e-6
            )
            assert found.is_decorative == rules.is_decorative(expected)


@pytest.mark.parametrize(
    ("low", "high", "p_corrected", "p_holm", "count", "expected"),
    [
        (0.01, 0.02, 0.01, 0.01, 10, "better"),
        (-0.02, -0.01, 0.01, 0.01, 10, "worse"),
        (0.01, 0.02, 0.20, 0.01, 10, "hinted at: better"),
        (0.01, 0.02, 0.01, 0.20, 10, "hinted at: better"),
        (-0.02, -0.01, 0.01, math.nan, 10, "hinted at: worse"),
        (-0.01, 0.02, 0.01, 0.01, 10, "no difference shown"),
        (0.0, 0.02, 0.01, 0.01, 10, "no difference shown"),
        (math.nan, math.nan, math.nan, math.nan, 10, "no difference shown"),
        (0.01, 0.02, 0.01, 0.01, 5, "too few splits"),
    ],
)
def test_shown_needs_everything_to_agree(
    low: float, high: float, p_corrected: float, p_holm: float, count: int, expected: str
) -> None:
    found = PairedComparison((low + high) / 2, Interval(low, high), 0.01, count, 0.0, 0.0)
    assert verdict(found, p_corrected, p_holm) == expected


def test_many_pairs_on_few_splits_can_show_nothing() -> None:
    assert smallest_p_holm(10, 45) > 0.05
    assert smallest_p_holm(10, 9) < 0.05
    assert smallest_p_holm(3, 45) == 1
