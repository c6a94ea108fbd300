"""Attention over cluster features follows the posterior that biases it."""

from __future__ import annotations

import pytest
import torch

from models.heads.attention import PosteriorAttention
from models.heads.config import ConfigError


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


def test_a_width_that_heads_cannot_share_is_refused() -> None:
    with pytest.raises(ConfigError, match="got projection_dim = 12, expected a multiple of 8 attention heads"):
        PosteriorAttention(12)
