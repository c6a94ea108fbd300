"""The posterior enters the attention, so that clusters decide what is attended to."""

from __future__ import annotations

import pytest
import torch

from tests.models.builders import TINY_CLUSTERS, generic_head, random_features, tiny_config


@pytest.mark.parametrize("has_bias", [True, False])
def test_only_without_its_bias_does_the_attention_not_see_the_posterior(has_bias: bool) -> None:
    head = generic_head(tiny_config("attention_gated", has_attention_bias=has_bias))
    before = head(random_features(6))
    head.get_parameter("aligned.mixture.means_Kd").data[:, 0] += torch.arange(TINY_CLUSTERS)
    after = head(random_features(6))
    assert before.attention_weights is not None
    assert after.attention_weights is not None
    assert torch.equal(after.attention_weights, before.attention_weights) != has_bias
    assert (after.score != before.score).any()  # cluster features are weighed by it all the same
