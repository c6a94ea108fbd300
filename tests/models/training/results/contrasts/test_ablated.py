"""An ablation is read as it was measured, and its sentence follows its figures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from models.figures.ablations import AblationReport, AblationSide, MeasuredAblation, write_ablations
from models.figures.files import ABLATIONS_FILE, FiguresUnreadable
from models.figures.measurements import ComparedFigures
from models.figures.records import Interval, PairedComparison, Parts, Spread
from models.training.measuring.ablations import ablation_side
from models.training.measuring.comparison import against_baseline
from models.training.results.contrasts.ablated import (
    ablation_sentence,
    ablations_section,
    ablations_table,
    ablations_under,
    few_splits_sentence,
)
from tests.models.training.metrics_builders import drawn_splits


def _found(median: float, num_pairs: int = 3) -> PairedComparison:
    return PairedComparison(median, Interval(median - 0.004, median + 0.004), 0.25, num_pairs, median, 0.004)


def _side(srcc: float, cost: float | None, ami: float | None) -> AblationSide:
    side = ablation_side(drawn_splits("moe", num_splits=1))
    assert side.clusters is not None
    at_srcc, unmeasured = Spread(srcc, srcc, srcc), None
    agreement = replace(side.photographs, srcc=at_srcc)
    group = replace(side.clusters.group, ami=unmeasured if ami is None else Spread(ami, ami, ami))
    return replace(
        side,
        photographs=agreement,
        synthetic=agreement,
        shuffling_cost=None if cost is None else Parts(_found(cost), _found(cost)),
        clusters=replace(side.clusters, group=group),
    )


def ablated_of(whole: AblationSide, ablated: AblationSide, *, change: float, num_pairs: int = 3) -> MeasuredAblation:
    """An ablation of `moe` with the same change on both parts."""
    found = _found(change, num_pairs)
    compared = ComparedFigures(found, found)
    return MeasuredAblation("moe", "no x", num_pairs, [], whole, ablated, Parts(compared, compared))


def test_a_sentence_says_what_is_lost_without_a_component() -> None:
    said = ablation_sentence(ablated_of(_side(0.83, 0.1, 0.76), _side(0.81, 0.01, 0.3), change=-0.02))
    assert said.startswith("`moe`, no x: on photographs SRCC is lower on every split, -0.020 (-0.024 to -0.016);")
    assert "shuffling on photographs costs 0.010 instead of 0.100" in said
    assert said.endswith("AMI of clusters and group is 0.300 instead of 0.760.")


def test_what_a_recipe_lacks_is_not_spoken_of() -> None:
    said = ablation_sentence(ablated_of(_side(0.83, None, None), _side(0.83, None, None), change=0.001))
    assert "without a clear direction" in said
    assert "shuffling" not in said
    assert "AMI" not in said


def test_few_splits_are_admitted_and_enough_are_not_excused() -> None:
    few, many = (ablated_of(_side(1, 0, 0), _side(1, 0, 0), change=0, num_pairs=count) for count in (3, 10))
    assert few_splits_sentence({"few": few, "many": many}) == [
        "1 of 2 were measured on no more than 3 splits, and a verdict needs 6: read these as directions."
    ]
    assert few_splits_sentence({"many": many}) == []


@pytest.fixture
def written(tmp_path: Path) -> Path:
    whole, changed = drawn_splits("moe", num_splits=3), drawn_splits("moe", num_splits=3, gain=-0.02)
    difference = against_baseline(changed, whole)
    entry = MeasuredAblation("moe", "no balance", 3, [], ablation_side(whole), ablation_side(changed), difference)
    (tmp_path / ABLATIONS_FILE).write_bytes(write_ablations(AblationReport("0" * 64, {"moe-no_balance": entry})))
    return tmp_path


def test_what_is_written_is_read_back(written: Path) -> None:
    ablations = ablations_under(written)
    assert ablations is not None
    ((name, found),) = ablations.items()
    assert (name, found.recipe, found.says) == ("moe-no_balance", "moe", "no balance")
    assert found.difference.photographs.srcc.median_difference == pytest.approx(-0.02)
    assert found.whole.shuffling_cost is not None
    assert found.whole.shuffling_cost.synthetic.num_pairs == 3
    table = ablations_table(ablations)
    assert table.csv.splitlines()[1].startswith("moe-no_balance,no balance,")
    page = "\n".join(ablations_section(ablations, {"ablations": table}))
    assert "`moe`, no balance: on photographs SRCC is lower on every split, -0.020" in page


def test_without_a_file_the_section_says_how_to_measure(tmp_path: Path) -> None:
    assert ablations_under(tmp_path) is None
    page = "\n".join(ablations_section(None, {"ablations": ablations_table(None)}))
    assert "Ablations were not measured" in page
    assert "ablate all" in page


def test_an_older_file_is_refused(written: Path) -> None:
    path = written / ABLATIONS_FILE
    report = json.loads(path.read_text())
    del report["ablations"]["moe-no_balance"]["whole"]["shuffling_cost"]
    path.write_text(json.dumps(report))
    with pytest.raises(FiguresUnreadable, match=r"ablations.json, .*shuffling_cost: got nothing"):
        ablations_under(written)
