"""Plan 2 is as the founding document writes it: posteriors weigh cluster features, and attention never sees them."""

from __future__ import annotations

import torch

from models.heads.regressors import to_score
from models.variants.literal.attention_gated import SeedAttentionGated
from tests.models.builders import TINY_CLUSTERS, generic_head, random_features, tiny_config


def _head() -> SeedAttentionGated:
    head = generic_head(tiny_config("attention_gated", "seed"))
    assert isinstance(head, SeedAttentionGated)
    return head


def test_the_attention_never_sees_the_posterior() -> None:
    head, features_BD = _head(), random_features(6)
    before = head(features_BD)
    head.mixture.means_Kd.data.add_(torch.randn_like(head.mixture.means_Kd))
    after = head(features_BD)
    assert before.attention_weights is not None
    assert after.attention_weights is not None
    assert torch.equal(after.attention_weights, before.attention_weights)
    assert (after.score != before.score).any()


def test_the_regressor_reads_weighted_plus_attended_cluster_features() -> None:
    head, features_BD = _head(), random_features(6)
    output = head(features_BD)
    assert output.embedding is not None
    assert output.posteriors is not None
    clusters_BKP = head.clusters(output.embedding)
    weighted_BP = sum(output.posteriors[:, k, None] * clusters_BKP[:, k] for k in range(TINY_CLUSTERS))
    attended_BP, _ = head.attention(output.embedding, clusters_BKP, torch.zeros(6, TINY_CLUSTERS))
    torch.testing.assert_close(output.score, to_score(head.regressor(weighted_BP + attended_BP)))
