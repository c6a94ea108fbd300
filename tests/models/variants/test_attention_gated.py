"""The posterior enters the attention, so that clusters decide what is attended to."""

from __future__ import annotations

import pytest
import torch

from models.heads.config import ConfigError
from models.registry import create_model
from models.variants.attention_gated import PosteriorAttention
from tests.models.builders import TINY_CLUSTERS, generic_head, random_features, tiny_config


@pytest.fixture
def attention() -> PosteriorAttention:
    torch.manual_seed(0)
    return PosteriorAttention(16)


def test_a_one_hot_posterior_attends_to_its_cluster_alone(attention: PosteriorAttention) -> None:
    log_posteriors_BK = torch.tensor([[0.0, -80.0, -80.0]])
    _, weights_BK = attention(torch.randn(1, 16), torch.randn(1, 3, 16), log_posteriors_BK)
    torch.testing.assert_close(weights_BK, torch.tensor([[1.0, 0.0, 0.0]]))


def test_a_uniform_posterior_leaves_plain_attention(attention: PosteriorAttention) -> None:
    query_BP, clusters_BKP = torch.randn(4, 16), torch.randn(4, 3, 16)
    uniform = attention(query_BP, clusters_BKP, torch.full((4, 3), 1 / 3).log())
    without = attention(query_BP, clusters_BKP, torch.zeros(4, 3))
    torch.testing.assert_close(uniform, without)
    assert without[1].std(1).min() > 0


def test_attention_equals_torchs_own_where_the_posterior_is_uniform(attention: PosteriorAttention) -> None:
    reference = torch.nn.MultiheadAttention(16, 8, batch_first=True)
    with torch.no_grad():
        projections = (attention.query, attention.key, attention.value)
        reference.in_proj_weight.copy_(torch.cat([linear.weight for linear in projections]))
        reference.in_proj_bias.copy_(torch.cat([attention.query.bias, torch.zeros(16), attention.value.bias]))
        reference.out_proj.load_state_dict(attention.output.state_dict())
    query_BP, clusters_BKP = torch.randn(4, 16), torch.randn(4, 3, 16)
    expected_B1P, weights_B1K = reference(query_BP.unsqueeze(1), clusters_BKP, clusters_BKP)
    attended_BP, weights_BK = attention(query_BP, clusters_BKP, torch.zeros(4, 3))
    torch.testing.assert_close(attended_BP, expected_B1P.squeeze(1))
    torch.testing.assert_close(weights_BK, weights_B1K.squeeze(1))


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


def test_a_width_that_heads_cannot_share_is_refused() -> None:
    with pytest.raises(ConfigError, match="got projection_dim = 12, expected a multiple of 8 attention heads"):
        create_model(tiny_config("attention_gated", projection_dim=12))
