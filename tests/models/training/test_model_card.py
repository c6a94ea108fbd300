"""Every figure in a model card is in metrics.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.checkpoints import CARD_FILE, METRICS_FILE, read_manifest
from models.training.model_card import figure, model_card


def test_a_figure_is_a_median_with_its_smallest_and_largest() -> None:
    assert figure({"median": 0.81234, "min": 0.7, "max": 0.9}) == "0.812 (0.700 to 0.900)"
    assert figure({"median": 11.26, "min": 10, "max": 12}, digits=1) == "11.3 (10.0 to 12.0)"


def _triples(entry: Any) -> Iterator[tuple[float, float, float]]:
    if not isinstance(entry, dict):
        return
    if entry.keys() == {"median", "min", "max"}:
        yield entry["median"], entry["min"], entry["max"]
    for value in entry.values():
        yield from _triples(value)


@pytest.mark.parametrize("checkpoint_id", ["moe", "no_gmm"])
def test_every_figure_of_the_card_is_in_the_metrics(whole_checkpoints: Path, checkpoint_id: str) -> None:
    folder = whole_checkpoints / checkpoint_id
    card = (folder / CARD_FILE).read_text()
    known = list(_triples(json.loads((folder / METRICS_FILE).read_text())["summary"]))
    shown = re.findall(r"(-?\d+\.\d+) \((-?\d+\.\d+) to (-?\d+\.\d+)\)", card)
    assert len(shown) >= 10
    for numbers in shown:
        digits = len(numbers[0].split(".")[1])
        assert tuple(map(float, numbers)) in {tuple(round(x, digits) for x in triple) for triple in known}


def test_a_card_without_a_mixture_is_silent_about_clusters_and_routing(whole_checkpoints: Path) -> None:
    baseline, mixture = ((whole_checkpoints / name / CARD_FILE).read_text() for name in ("no_gmm", "moe"))
    for heading in ("## Clusters", "## What the routing is worth"):
        assert heading in mixture
        assert heading not in baseline


def test_a_card_follows_from_manifest_and_metrics_alone(whole_checkpoints: Path) -> None:
    folder = whole_checkpoints / "moe"
    metrics = json.loads((folder / METRICS_FILE).read_text())
    assert model_card(read_manifest(folder), metrics) == (folder / CARD_FILE).read_text()
