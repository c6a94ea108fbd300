"""An ablation is read as it was measured, and its sentence follows its figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.figures.statistics import Interval, PairedComparison
from models.training.measuring.ablations import ABLATIONS_FILE, ablation_figures
from models.training.measuring.comparison import ComparisonError, against_baseline
from models.training.results.contrasts.ablated import (
    Ablated,
    Side,
    ablation_sentence,
    ablations_section,
    ablations_table,
    few_splits_sentence,
    read_ablations,
)
from tests.models.training.metrics_builders import drawn_splits


def _found(median: float, num_pairs: int = 3) -> PairedComparison:
    return PairedComparison(median, Interval(median - 0.004, median + 0.004), 0.25, num_pairs, median, 0.004)


def _side(srcc: float, cost: float | None, ami: float | None) -> Side:
    costs = None if cost is None else _found(cost)
    return Side({"photographs": srcc, "synthetic": srcc}, {"photographs": costs, "synthetic": costs}, ami)


def _ablated(whole: Side, ablated: Side, *, change: float, num_pairs: int = 3) -> Ablated:
    found = _found(change, num_pairs)
    return Ablated("moe-x", "moe", "no x", whole, ablated, {"photographs": found, "synthetic": found})


def test_a_sentence_says_what_is_lost_without_a_component() -> None:
    said = ablation_sentence(_ablated(_side(0.83, 0.1, 0.76), _side(0.81, 0.01, 0.3), change=-0.02))
    assert said.startswith("`moe`, no x: on photographs SRCC is lower on every split, -0.020 (-0.024 to -0.016);")
    assert "shuffling on photographs costs 0.010 instead of 0.100" in said
    assert said.endswith("AMI of clusters and group is 0.300 instead of 0.760.")


def test_what_a_recipe_lacks_is_not_spoken_of() -> None:
    said = ablation_sentence(_ablated(_side(0.83, None, None), _side(0.83, None, None), change=0.001))
    assert "without a clear direction" in said
    assert "shuffling" not in said
    assert "AMI" not in said


def test_few_splits_are_admitted_and_enough_are_not_excused() -> None:
    few, many = (_ablated(_side(1, 0, 0), _side(1, 0, 0), change=0, num_pairs=count) for count in (3, 10))
    assert few_splits_sentence((few, many)) == [
        "1 of 2 were measured on no more than 3 splits, and a verdict needs 6: read these as directions."
    ]
    assert few_splits_sentence((many,)) == []


@pytest.fixture
def written(tmp_path: Path) -> Path:
    whole, changed = drawn_splits("moe", num_splits=3), drawn_splits("moe", num_splits=3, gain=-0.02)
    entry: dict[str, Any] = {
        "recipe": "moe",
        "says": "no balance",
        "whole": ablation_figures(whole),
        "ablated": ablation_figures(changed),
        "difference": against_baseline(changed, whole),
    }
    report = {"split_sha256": "0" * 64, "num_splits": 3, "ablations": {"moe-no_balance": entry}}
    (tmp_path / ABLATIONS_FILE).write_text(json.dumps(report))
    return tmp_path


def test_what_is_written_is_read_back(written: Path) -> None:
    ablations = read_ablations(written)
    assert ablations is not None
    (found,) = ablations
    assert (found.name, found.recipe, found.says) == ("moe-no_balance", "moe", "no balance")
    assert found.differences["photographs"].median_difference == pytest.approx(-0.02)
    cost = found.whole.shuffling_cost["synthetic"]
    assert cost is not None
    assert cost.num_pairs == 3
    assert found.whole.group_ami is not None
    table = ablations_table(ablations)
    assert table.csv.splitlines()[1].startswith("moe-no_balance,no balance,")
    page = "\n".join(ablations_section(ablations, {"ablations": table}))
    assert "`moe`, no balance: on photographs SRCC is lower on every split, -0.020" in page


def test_without_a_file_the_section_says_how_to_measure(tmp_path: Path) -> None:
    assert read_ablations(tmp_path) is None
    page = "\n".join(ablations_section(None, {"ablations": ablations_table(None)}))
    assert "Ablations were not measured" in page
    assert "ablate all" in page


def test_an_older_file_is_refused(written: Path) -> None:
    path = written / ABLATIONS_FILE
    report = json.loads(path.read_text())
    del report["ablations"]["moe-no_balance"]["whole"]["shuffling_cost"]
    path.write_text(json.dumps(report))
    with pytest.raises(ComparisonError, match=r"KeyError .*shuffling_cost.* from ablations.json"):
        read_ablations(written)
