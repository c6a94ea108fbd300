"""The mixture of experts routes by posterior and gate together."""

from __future__ import annotations

import torch

from models.heads.gating import route
from tests.models.builders import TINY_CLUSTERS, generic_head, random_features, tiny_config


def test_routing_is_the_product_of_posterior_and_gate() -> None:
    output = generic_head(tiny_config("moe"))(random_features(8))
    assert output.posteriors is not None
    assert output.gating_weights is not None
    expected_BE = route(output.posteriors.log(), output.gating_weights.log())
    torch.testing.assert_close(output.routing_weights, expected_BE)


def test_without_a_gate_the_posteriors_alone_route() -> None:
    output = generic_head(tiny_config("moe", has_gate=False))(random_features(8))
    assert output.posteriors is not None
    torch.testing.assert_close(output.routing_weights, output.posteriors)
    torch.testing.assert_close(output.gating_weights, torch.full((8, TINY_CLUSTERS), 1 / TINY_CLUSTERS))


def test_an_untrained_mixture_of_experts_scores_as_its_shared_expert_however_it_routes() -> None:
    head = generic_head(tiny_config("moe"))
    head.get_parameter("experts.residual_gain").data.zero_()
    output = head(random_features(8))
    assert output.expert_scores is not None
    torch.testing.assert_close(output.score, output.expert_scores[:, 0])


def test_disagreeing_experts_widen_the_deviation() -> None:
    head, features_BD = generic_head(tiny_config("moe")), random_features(8)
    gain = head.get_parameter("experts.residual_gain")
    gain.data.zero_()
    agreeing = head(features_BD)
    gain.data.fill_(3.0)
    torch.testing.assert_close(head(features_BD).routing_weights, agreeing.routing_weights)
    assert (head(features_BD).score_std.square() > 0).all()
    spread_B = head(features_BD).expert_scores.std(1)
    assert (head(features_BD).score_std > agreeing.score_std)[spread_B > 10].all()
