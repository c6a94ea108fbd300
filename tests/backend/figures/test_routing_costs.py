"""What shuffled routing costs is one figure: Compare, Experts, model cards and results page say the same of it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from backend.figures.answers import feature_figures
from backend.figures.expert_schemas import FoldsResponse
from models.checkpoints.manifest import CARD_FILE, CHECKPOINTS_FOLDER
from models.checkpoints.reading import checkpoint_folders
from models.figures.measurements import metrics_in
from models.figures.records import PARTS
from models.figures.routing_costs import routing_costs
from models.figures.verdicts import is_decorative

FOLDERS = checkpoint_folders(CHECKPOINTS_FOLDER)
RESULTS = Path(__file__).resolve().parents[3] / "docs" / "results"
ON_CARD = re.compile(r"the median of paired differences: (\S+) on photographs, (\S+) on synthetic pictures\.")
PLACES = {"photographs": "photographs", "synthetic pictures": "synthetic"}


def results_page() -> dict[tuple[str, str], float]:
    with (RESULTS / "interventions.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["checkpoint"].split()[0], PLACES[row["on"]]): float(row["cost of shuffling"]) for row in rows}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_place_says_the_same_cost_and_the_same_of_it(folder: Path) -> None:
    metrics = metrics_in(folder)
    folds = FoldsResponse.of(metrics).interventions
    for features, block in {"frozen": metrics, "fine_tuned": metrics.fine_tuned}.items():
        router = None if block is None else feature_figures(block).router
        if block is None or routing_costs(block.splits, "photographs") is None:
            assert router is None
            continue
        assert router is not None
        for part in PARTS:
            costs = routing_costs(block.splits, part)
            assert costs is not None
            cost, on_compare = costs.shuffled.median_difference, getattr(router, part)
            assert on_compare.shuffled_cost.median_difference == round(cost, 6)
            assert on_compare.is_decorative == is_decorative(costs)
            if features == metrics.shipped_on:
                assert folds is not None
                assert folds.cost is not None
                on_experts = folds.cost.of(part)
                assert (on_experts.srcc, on_experts.is_decorative) == (round(cost, 6), on_compare.is_decorative)
            if features == "frozen":
                assert results_page()[folder.name, part] == pytest.approx(cost, abs=1e-6)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_experts_show_the_figures_of_what_ships(folder: Path) -> None:
    metrics, folds = metrics_in(folder), FoldsResponse.of(metrics_in(folder))
    assert (folds.features, folds.num_splits) == (metrics.shipped_on, metrics.shipped.num_splits)
    clusters = metrics.shipped.summary.clusters
    assert (folds.agreement is None) == (clusters is None)
    if clusters is not None and folds.agreement is not None:
        assert folds.agreement["group"].ami == clusters.group.ami


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_model_card_says_the_cost_on_each_features_it_has(folder: Path) -> None:
    metrics = metrics_in(folder)
    blocks = [block for block in (metrics.fine_tuned, metrics) if block is not None]
    expected = [
        tuple(
            f"{found.shuffled.median_difference:.3f}" for part in PARTS if (found := routing_costs(block.splits, part))
        )
        for block in blocks
    ]
    assert ON_CARD.findall((folder / CARD_FILE).read_text()) == [costs for costs in expected if costs]
