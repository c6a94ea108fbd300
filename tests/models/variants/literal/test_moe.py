"""Plan 1 is as the founding document writes it: nothing is shared, and weights are products over their sum."""

from __future__ import annotations

import numpy as np
import torch
from scipy.stats import multivariate_normal

from models.heads.regressors import to_score
from models.registry import create_model
from models.variants.literal.moe import SeedMixtureOfExperts, literal_route
from tests.models.builders import generic_head, random_features, tiny_config


def _head() -> SeedMixtureOfExperts:
    head = generic_head(tiny_config("moe", "seed"))
    assert isinstance(head, SeedMixtureOfExperts)
    return head


def test_weights_are_products_over_their_sum() -> None:
    weights_BE = literal_route(torch.tensor([[0.2, 0.8]]), torch.tensor([[0.75, 0.25]]))
    torch.testing.assert_close(weights_BE, torch.tensor([[0.15 / 0.35, 0.20 / 0.35]]))


def test_weights_and_score_of_the_head_are_the_literal_ones_however_unlike_its_pictures_are() -> None:
    output = _head()(8 * random_features(200))
    assert output.posteriors is not None
    assert output.gating_weights is not None
    assert output.routing_weights is not None
    product_BE = output.posteriors * output.gating_weights
    sum_B = product_BE.sum(1)
    torch.testing.assert_close(output.routing_weights, product_BE / (sum_B.unsqueeze(1) + 1e-8))
    torch.testing.assert_close(output.routing_weights.sum(1), sum_B / (sum_B + 1e-8))


def test_the_mixture_is_diagonal_without_a_temperature_on_the_projected_features() -> None:
    head = _head()
    output, mixture = head(random_features(6)), head.mixture
    assert output.embedding is not None
    assert output.log_likelihood is not None
    assert mixture.temperature.item() == 1
    torch.testing.assert_close(output.embedding, head.projection(head.scaler(random_features(6))))
    weights_K = mixture.mixing_logits_K.softmax(0)
    variances_Kd = (-2 * mixture.log_factor_diagonal).exp()
    densities_KB = [
        multivariate_normal(mean.detach().numpy(), np.diag(variance.detach().numpy())).pdf(output.embedding.detach())
        for mean, variance in zip(mixture.means_Kd, variances_Kd, strict=True)
    ]
    joint_BK = np.stack(densities_KB, 1) * weights_K.detach().numpy()
    np.testing.assert_allclose(output.log_likelihood.detach(), np.log(joint_BK.sum(1)), rtol=1e-4)
    np.testing.assert_allclose(output.posteriors.detach(), joint_BK / joint_BK.sum(1, keepdims=True), atol=1e-4)


def test_experts_share_nothing_and_differ_from_the_start() -> None:
    head, features_BD = create_model(tiny_config("moe", "seed")).eval(), random_features(6)
    assert isinstance(head, SeedMixtureOfExperts)
    before_BE = head(features_BD).expert_scores
    assert before_BE is not None
    assert before_BE.std(1).min() > 0
    for parameter in head.experts[2].parameters():
        parameter.data.add_(1)
    after_BE = head(features_BD).expert_scores
    assert after_BE is not None
    assert (after_BE != before_BE).any(0).tolist() == [False, False, True, False, False]


def test_each_expert_is_one_regressor_that_ends_in_a_sigmoid() -> None:
    head = _head()
    output = head(random_features(6))
    assert output.expert_scores is not None
    torch.testing.assert_close(output.expert_scores[:, 1], to_score(head.experts[1](output.embedding)))
