"""A configuration that no model can be built from is refused, and every field of it is read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
import torch

from models.config import ConfigError, ModelConfig
from models.registry import create_model
from tests.models.builders import generic_head, tiny_config


@pytest.mark.parametrize("name", ["num_clusters", "num_experts", "embedding_dim", "projection_dim", "hidden_dim"])
def test_sizes_start_at_one(name: str) -> None:
    with pytest.raises(ConfigError, match=f"got {name} = 0, expected at least 1"):
        tiny_config("moe", **{name: 0})


@pytest.mark.parametrize("dropout", [-0.1, 1.0])
def test_dropout_is_a_share_below_one(dropout: float) -> None:
    with pytest.raises(ConfigError, match="expected 0 <= dropout < 1"):
        ModelConfig("moe", dropout=dropout)


CHANGES: dict[str, Any] = {
    "stage_channels": (2, 3, 4, 5, 7),
    "num_clusters": 6,
    "embedding_dim": 4,
    "projection_dim": 24,
    "hidden_dim": 9,
    "regressor": "linear",
    "covariance_type": "full",
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_size_changes_the_weights_of_a_mixture_of_experts(name: str) -> None:
    changed = {name: CHANGES[name]} | ({"num_experts": 6} if name == "num_clusters" else {})

    def shapes(config: ModelConfig) -> dict[str, torch.Size]:
        return {key: value.shape for key, value in create_model(config).state_dict().items()}

    assert shapes(tiny_config("moe", **changed)) != shapes(tiny_config("moe"))


def test_dropout_acts_in_training_only() -> None:
    head = generic_head(tiny_config("no_gmm", dropout=0.5))
    features_BD = torch.randn(4, head.config.layout.num_features)
    assert torch.equal(head(features_BD).score, head(features_BD).score)
    head.train()
    assert not torch.equal(head(features_BD).score, head(features_BD).score)


def test_every_field_is_covered_here() -> None:
    read_elsewhere = {"variant", "formulation", "backbone", "preprocess", "num_experts", "dropout"}
    assert {field.name for field in fields(ModelConfig)} == read_elsewhere | set(CHANGES)
