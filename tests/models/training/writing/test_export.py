"""An exported folder is whole, says how its weights came about, and names clusters by what they meet."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
import torch

from models.checkpoints.manifest import WEIGHTS_FILE
from models.checkpoints.reading import read_manifest
from models.figures.files import CURVE_FILE, METRICS_FILE, PREDICTIONS_FILE
from models.heads.config import Formulation
from models.registry import list_models
from models.taxonomy import CLEAN, TAXONOMY
from models.training.writing.export import cluster_names, head_cluster_names
from models.trunk.record import SHARED_FOLDER
from tests.models.builders import TINY_CLUSTERS, generic_head, tiny_config


def _certain(*groups: str) -> torch.Tensor:
    members = {CLEAN: (CLEAN,), **TAXONOMY.groups}
    probabilities_KC = torch.full((len(groups), len(TAXONOMY.classes)), 1e-3)
    for cluster, group in enumerate(groups):
        probabilities_KC[cluster, TAXONOMY.class_index(members[group][0])] = 1
    return probabilities_KC


def test_clusters_are_named_after_their_groups_and_numbered_where_several_share_one() -> None:
    assert cluster_names(_certain("clean", "blur", "noise", "blur")) == ("clean", "blur 1", "noise", "blur 2")


def test_a_group_counts_by_the_sum_of_its_types() -> None:
    probabilities_KC = torch.zeros(1, len(TAXONOMY.classes))
    probabilities_KC[0, TAXONOMY.class_index("jpeg")] = 0.4
    for name in TAXONOMY.groups["blur"]:
        probabilities_KC[0, TAXONOMY.class_index(name)] = 0.2
    assert cluster_names(probabilities_KC) == ("blur",)


def test_a_cluster_of_clean_pictures_is_not_named_after_distortions_that_hardly_show() -> None:
    probabilities_KC = _certain("clean", "brightness", "noise")
    probabilities_KC[0, TAXONOMY.class_index("darken")] = 1.2
    probabilities_KC /= probabilities_KC.sum(1, keepdim=True)
    assert cluster_names(probabilities_KC)[0] == "clean"


@pytest.mark.parametrize(("variant", "formulation"), list_models())
def test_clusters_are_named_by_a_type_matrix_and_numbered_without_one(variant: str, formulation: Formulation) -> None:
    head = generic_head(tiny_config(variant, formulation))
    names = head_cluster_names(head)
    if "mixture" not in head.parts:
        assert names is None
    elif head.cluster_types_KC is None:
        assert names == tuple(f"cluster {number}" for number in range(1, TINY_CLUSTERS + 1))
    else:
        assert names == cluster_names(head.cluster_types_KC)


def test_the_manifest_names_weights_data_splits_and_experts(whole_checkpoints: Path) -> None:
    folder = whole_checkpoints / "moe"
    manifest = read_manifest(folder)
    weights = (folder / WEIGHTS_FILE).read_bytes()
    assert manifest.weights.sha256 == hashlib.sha256(weights).hexdigest()
    assert manifest.weights.size_bytes == len(weights)
    assert [(data.name, data.num_pictures) for data in manifest.training.datasets] == [
        ("biq2021", 60),
        ("live", 60),
        ("synthetic", 1260),
        ("synthetic_biq2021", 240),
        ("blurred_biq2021", 60),
        ("compound_synthetic_biq2021", 78),
        ("mixed", 285),
    ]
    assert manifest.expert_names == manifest.cluster_names
    assert manifest.training.split_sha256 == json.loads((folder / METRICS_FILE).read_text())["split_sha256"]
    splits = whole_checkpoints / SHARED_FOLDER / "splits" / f"{manifest.training.split_sha256[:12]}.csv"
    assert hashlib.sha256(splits.read_bytes()).hexdigest() == manifest.training.split_sha256


def test_predictions_lie_beside_the_weights(whole_checkpoints: Path) -> None:
    with (whole_checkpoints / "moe" / PREDICTIONS_FILE).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12  # a fifth of the photographs
    assert {row["top_cluster"] for row in rows} <= {str(cluster) for cluster in range(8)}


def test_the_training_curve_lies_beside_the_weights(whole_checkpoints: Path) -> None:
    with (whole_checkpoints / "moe" / CURVE_FILE).open(newline="") as file:
        steps = [int(row["step"]) for row in csv.DictReader(file)]
    assert steps == sorted(steps)
    assert steps[0] == 0
