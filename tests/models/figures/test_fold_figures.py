"""Figures of metrics.json: read where they are, left out where they are not, and refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.figures.fold_figures import FiguresRefused, FoldAgreement, Spread, read_fold_figures

SPREAD = {"median": 0.5, "min": 0.4, "max": 0.6}


def read(summary: Any, num_splits: Any = 3) -> Any:
    return read_fold_figures(json.dumps({"num_splits": num_splits, "summary": summary}).encode())


def test_figures_are_read_and_what_was_not_measured_is_left_out() -> None:
    clusters = {"group": {"ami": SPREAD, "nmi": None, "purity": SPREAD}, "bic": {"2": SPREAD, "16": None}}
    interventions = {"replaced": "posteriors", "photographs": {"own": SPREAD, "wrong": None}, "synthetic": {}}
    found = read({"clusters": clusters, "interventions": interventions, "more": 1})
    spread = Spread(0.5, 0.4, 0.6)
    assert found.agreement == {"group": FoldAgreement(ami=spread, nmi=None)}
    assert found.bic == {2: spread}
    assert (found.num_splits, found.interventions.photographs) == (3, {"own": spread})


def test_a_variant_without_a_mixture_has_no_cluster_figures() -> None:
    found = read({"clusters": None, "interventions": None})
    assert (found.agreement, found.bic, found.interventions) == (None, None, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"summary": 3, "num_splits": 1}',
        b'{"summary": {"clusters": {"bic": {"two": {}}}}}',
        b'{"summary": {}, "num_splits": Infinity}',
        b'{"summary": {"clusters": {"bic": {"2": {"median": NaN, "min": 1, "max": 2}}}}, "num_splits": 3}',
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes) -> None:
    with pytest.raises(FiguresRefused, match=r"got figures .* expected summary"):
        read_fold_figures(data)


def test_a_spread_that_is_none_is_refused() -> None:
    with pytest.raises(FiguresRefused, match="expected"):
        read({"clusters": {"bic": {"2": {"median": "much"}}}})


@pytest.mark.parametrize("folder", sorted(CHECKPOINTS_FOLDER.glob("*/metrics.json")), ids=lambda path: path.parent.name)
def test_what_ships_can_be_read(folder: Path) -> None:
    found = read_fold_figures(folder.read_bytes())
    assert found.num_splits == json.loads(folder.read_bytes())["num_splits"]
    assert (found.agreement is None) == (folder.parent.name == "no_gmm")
