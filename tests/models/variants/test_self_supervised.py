"""More of any distortion never raises a score while the routing stays what it is."""

from __future__ import annotations

import torch

from models.heads.online_mixture import OnlineMixture
from models.variants.self_supervised import NUM_SEVERITIES, SelfSupervised
from tests.models.builders import TINY_CLUSTERS, TINY_PROJECTION, generic_head, random_features, tiny_config


def _head() -> SelfSupervised:
    head = generic_head(tiny_config("self_supervised"))
    assert isinstance(head, SelfSupervised)
    return head


def test_raising_any_severity_never_raises_the_score_at_fixed_routing() -> None:
    head = _head()
    projected_BP, severities_BS = torch.randn(40, TINY_PROJECTION), 3 * torch.rand(40, NUM_SEVERITIES)
    routing_BE = torch.randn(40, TINY_CLUSTERS).softmax(1)
    score_B = (routing_BE * head.expert_scores(projected_BP, severities_BS)).sum(1)
    for severity in range(NUM_SEVERITIES):
        raised_BS = severities_BS.clone()
        raised_BS[:, severity] += 1
        raised_B = (routing_BE * head.expert_scores(projected_BP, raised_BS)).sum(1)
        assert (raised_B < score_B).all()


def test_severities_are_never_negative() -> None:
    severities_BS = _head()(20 * random_features(50)).severities
    assert severities_BS is not None
    assert (severities_BS >= 0).all()


def test_routing_does_not_read_the_severities() -> None:
    head, features_BD = _head(), random_features(9)
    before = head(features_BD)
    head.severity_head.bias.data += 2
    after = head(features_BD)
    assert before.routing_weights is not None
    assert after.routing_weights is not None
    assert torch.equal(after.routing_weights, before.routing_weights)
    assert (after.score < before.score).all()


def test_its_mixture_learns_by_em_in_training_alone() -> None:
    head = _head()
    assert isinstance(head.cluster_mixture, OnlineMixture)
    before = head.cluster_mixture.means_Kd.clone()
    head(random_features(20))
    assert torch.equal(head.cluster_mixture.means_Kd, before)
    head.train()(random_features(20))
    assert (head.cluster_mixture.means_Kd != before).all()
