"""A configuration that no model can be built from is refused, and every field of each variant's is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, Final

import pytest
import torch

from models.heads.config import SIZES, ConfigError, Formulation, ModelConfig
from models.heads.dropout import ByteDropout
from models.registry import list_models
from models.trunk.preprocess import PreprocessConfig
from tests.models.builders import asked, generic_head, random_features, tiny_config

CHANGES: Final[dict[str, Any]] = {
    "stage_channels": (2, 3, 4, 5, 7),
    "num_clusters": 6,
    "embedding_dim": 4,
    "projection_dim": 24,
    "hidden_dim": 9,
    "regressor": "linear",
    "covariance_type": "full",
    "dropout": 0.1,
    "has_gate": False,
    "has_attention_bias": False,
    "has_type_encoder": True,
    "spread_sources": 2,
}
BELOW_THE_HEAD: Final = {"backbone": "other", "preprocess": PreprocessConfig(crop_px=64)}
"""Read where features are made."""


def _every_field() -> Iterator[tuple[str, Formulation, str]]:
    for key in list_models():
        yield from ((*key, entry.name) for entry in fields(tiny_config(*key)))


def _traits(config: ModelConfig) -> tuple[Any, ...]:
    """What a head is: names and shapes of its weights, its rates of dropout, and its answer."""
    head = generic_head(config)
    shapes = {name: value.shape for name, value in head.state_dict().items()}
    rates = [module.dropped_steps for module in head.modules() if isinstance(module, ByteDropout)]
    output = asked(head, random_features(3, num_features=config.layout.num_features))
    return shapes, rates, output.score.tolist()


@pytest.mark.parametrize(("variant", "formulation", "name"), list(_every_field()))
def test_every_field_of_a_variant_changes_its_head(variant: str, formulation: Formulation, name: str) -> None:
    if name in BELOW_THE_HEAD:
        return
    config = tiny_config(variant, formulation)
    if variant == "no_gmm" and name in {"num_clusters", "embedding_dim", "covariance_type"}:
        config = tiny_config(variant, formulation, has_type_encoder=True)
    assert _traits(replace(config, **{name: CHANGES[name]})) != _traits(config)


@pytest.mark.parametrize("name", sorted(set(SIZES) - {"num_experts"}))
def test_sizes_start_at_one(name: str) -> None:
    with pytest.raises(ConfigError, match=f"got {name} = 0, expected at least 1"):
        tiny_config("moe", **{name: 0})


@pytest.mark.parametrize("dropout", [-0.1, 1.0])
def test_dropout_is_a_share_below_one(dropout: float) -> None:
    with pytest.raises(ConfigError, match="expected 0 <= dropout < 1"):
        tiny_config("moe", dropout=dropout)


def test_sources_are_counted_from_nothing() -> None:
    with pytest.raises(ConfigError, match="got spread_sources = -1, expected none, or 0 and above"):
        tiny_config("moe", spread_sources=-1)


def test_what_a_variant_does_not_read_it_cannot_be_asked_for() -> None:
    with pytest.raises(TypeError, match="has_gate"):
        tiny_config("vanilla_gmm", has_gate=False)
    with pytest.raises(TypeError, match="covariance_type"):
        tiny_config("moe", "seed", covariance_type="tied")


def test_dropout_acts_in_training_only() -> None:
    head = generic_head(tiny_config("no_gmm", dropout=0.5))
    features_BD = torch.randn(4, head.config.layout.num_features)
    assert torch.equal(head(features_BD).score, head(features_BD).score)
    head.train()
    assert not torch.equal(head(features_BD).score, head(features_BD).score)


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
