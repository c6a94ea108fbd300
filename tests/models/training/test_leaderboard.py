"""Checkpoints are read, ranked and compared split by split, and only where the splits are the same."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path

import pytest

from models.checkpoints import METRICS_FILE
from models.metrics import Interval, PairedComparison
from models.training.comparison import ComparisonError
from models.training.leaderboard import (
    Measured,
    find,
    holm,
    holm_of,
    leaderboard,
    matched_differences,
    paired,
    pairwise,
    ranks,
    read_measured,
    verdict,
)
from tests.models.training.metrics_builders import write_checkpoint


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


def _found(low: float, high: float, *, num_pairs: int = 10) -> PairedComparison:
    return PairedComparison((low + high) / 2, Interval(low, high), 0.01, num_pairs)


def test_the_best_on_photographs_comes_first(measured: tuple[Measured, ...]) -> None:
    assert [entry.id for entry in measured] == ["moe", "no_gmm", "vanilla_gmm"]
    assert ranks(measured, "synthetic") == {"moe": 1, "no_gmm": 2, "vanilla_gmm": 3}


def test_what_was_not_measured_is_missing_and_not_an_error(measured: tuple[Measured, ...]) -> None:
    baseline = find(measured, "no_gmm")
    assert baseline is not None
    assert baseline.median("clusters", "group", "ami") is None
    assert all(math.isnan(value) for value in baseline.per_split("interventions", "photographs", "own"))
    assert baseline.against_matched("photographs") is None
    assert find(measured, "soup") is None


def test_a_mixture_is_compared_with_its_own_baseline(measured: tuple[Measured, ...]) -> None:
    differences = matched_differences(measured, "photographs")
    assert list(differences) == ["moe", "vanilla_gmm"]
    assert differences["moe"].median_difference == pytest.approx(0.02, abs=0.004)
    assert verdict(differences["moe"]) == "better"
    assert holm_of(differences)["moe"] == pytest.approx(2 * differences["moe"].p_value)


def test_a_difference_is_shown_only_by_an_interval_without_zero_and_enough_splits() -> None:
    assert verdict(_found(0.001, 0.01)) == "better"
    assert verdict(_found(-0.01, -0.001)) == "worse"
    assert verdict(_found(-0.001, 0.01)) == "no difference shown"
    assert verdict(_found(0.001, 0.01, num_pairs=5)) == "too few splits"


def test_holm_multiplies_by_what_is_left_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_holm_does_not_count_what_was_not_tested() -> None:
    corrected = holm([0.01, math.nan, 0.02])
    assert corrected[0] == pytest.approx(0.02)
    assert math.isnan(corrected[1])


def test_both_directions_of_a_pair_mirror_each_other(measured: tuple[Measured, ...]) -> None:
    found = pairwise(measured, "photographs")
    there, back = found.differences["moe", "no_gmm"], found.differences["no_gmm", "moe"]
    assert there.median_difference == -back.median_difference > 0
    assert there.interval.low == -back.interval.high
    assert found.p_holm["moe", "no_gmm"] == found.p_holm["no_gmm", "moe"] == pytest.approx(3 * there.p_value)


def test_a_pair_is_compared_on_the_same_splits(measured: tuple[Measured, ...]) -> None:
    first, second = measured[0], measured[1]
    gain = paired(first, second, "photographs", "srcc")
    assert gain.num_pairs == 10
    assert gain.interval.high - gain.interval.low < 0.01  # splits differ by .06, heads on one split hardly


def test_the_leaderboard_names_the_bytes_that_it_was_made_from(root: Path, measured: tuple[Measured, ...]) -> None:
    board = leaderboard(measured)
    digest = hashlib.sha256((root / "moe" / METRICS_FILE).read_bytes()).hexdigest()
    assert board["inputs"]["moe"][METRICS_FILE] == digest


def test_the_leaderboard_holds_what_paired_plots_need(measured: tuple[Measured, ...]) -> None:
    board = leaderboard(measured)
    assert json.loads(json.dumps(board, allow_nan=False)) == board
    first = board["checkpoints"][0]
    assert (first["id"], first["ranks"]) == ("moe", {"photographs": 1, "synthetic": 1})
    assert len(first["splits"]["photographs"]["srcc"]) == len(board["seeds"]) == 10
    assert first["matched_baseline"]["srcc_p_holm"]["photographs"] is not None
    matrix = board["pairwise"]["median_difference"]
    assert [matrix[place][place] for place in range(3)] == [None] * 3
    assert matrix[0][1] == -matrix[1][0]
    assert board["checkpoints"][1]["matched_baseline"] is None


def test_other_splits_are_refused(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "moe", variant="moe")
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm", split_sha256="6" * 64)
    with pytest.raises(ComparisonError, match=r"got no_gmm on splits 666666666666 .* expected 555555555555"):
        read_measured(tmp_path)


def test_fewer_splits_are_refused(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "moe", variant="moe")
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm", num_splits=3)
    with pytest.raises(ComparisonError, match=r"with seeds \[0, 1, 2\], expected"):
        read_measured(tmp_path)


def test_figures_of_another_version_are_refused_by_name(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path, "no_gmm", variant="no_gmm") / METRICS_FILE
    metrics = json.loads(path.read_text())
    del metrics["summary"]["order"]
    path.write_text(json.dumps(metrics))
    with pytest.raises(ComparisonError, match=r"got no_gmm/metrics.json without order, expected"):
        read_measured(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", "null"])
def test_metrics_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    (write_checkpoint(tmp_path, "no_gmm", variant="no_gmm") / METRICS_FILE).write_text(text)
    with pytest.raises(ComparisonError, match=r"no_gmm/metrics.json"):
        read_measured(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ComparisonError, match="got no checkpoint under"):
        read_measured(tmp_path)
