"""A configuration that no model can be built from is refused, and every field of it is read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
import torch

from models.heads.config import ConfigError, ModelConfig
from models.registry import create_model
from tests.models.builders import generic_head, random_features, tiny_config


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


def test_without_a_gate_the_posteriors_alone_route() -> None:
    head = generic_head(tiny_config("moe", has_gate=False))
    output = head(random_features(6))
    torch.testing.assert_close(output.routing_weights, output.posteriors)


def test_without_its_bias_the_attention_does_not_see_the_posteriors() -> None:
    features_BD = random_features(6)
    for has_bias, is_moved in ((True, True), (False, False)):
        head = generic_head(tiny_config("attention_gated", has_attention_bias=has_bias))
        before = head(features_BD).attention_weights
        with torch.no_grad():
            head.aligned.mixture.mixing_logits_K[0] += 5
        assert torch.allclose(before, head(features_BD).attention_weights) != is_moved


def test_the_baseline_with_a_type_encoder_reads_its_embedding_and_without_one_has_none() -> None:
    features_BD = random_features(6)
    assert generic_head(tiny_config("no_gmm")).aligned is None
    head = generic_head(tiny_config("no_gmm", has_type_encoder=True))
    before = head(features_BD)
    assert before.posteriors is None
    with torch.no_grad():
        for parameter in head.aligned.encoder.parameters():
            parameter.add_(0.5)
    assert not torch.allclose(before.score, head(features_BD).score)


def test_every_field_is_covered_here() -> None:
    read_elsewhere = {"variant", "formulation", "backbone", "preprocess", "num_experts", "dropout"}
    read_elsewhere |= {"has_gate", "has_attention_bias", "has_type_encoder"}
    assert {field.name for field in fields(ModelConfig)} == read_elsewhere | set(CHANGES)
