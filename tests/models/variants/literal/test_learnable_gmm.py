"""Plan 3 is as the founding document writes it: each picture brings the mixture along that it is then scored by."""

from __future__ import annotations

import math

import torch

from models.variants.literal.learnable_gmm import PredictedMixture, SeedLearnableGMM, literal_log_joint
from tests.models.builders import TINY_CLUSTERS, TINY_EMBEDDING, generic_head, random_features, tiny_config


def _head() -> SeedLearnableGMM:
    head = generic_head(tiny_config("learnable_gmm", "seed"))
    assert isinstance(head, SeedLearnableGMM)
    return head


def _mixtures(count: int) -> PredictedMixture:
    generator = torch.Generator().manual_seed(0)
    shape = (count, TINY_CLUSTERS, TINY_EMBEDDING)
    means_BKd, log_variances_BKd = (torch.randn(shape, generator=generator) for _ in range(2))
    return PredictedMixture(means_BKd, log_variances_BKd, torch.randn(count, TINY_CLUSTERS, generator=generator))


def test_the_literal_log_density_lacks_the_gaussians_constant_and_nothing_else() -> None:
    x_Bd, mixture = torch.randn(6, TINY_EMBEDDING), _mixtures(6)
    normal = torch.distributions.Normal(mixture.means_BKd, (0.5 * mixture.log_variances_BKd).exp())
    log_density_BK = normal.log_prob(x_Bd.unsqueeze(1)).sum(2) + mixture.mixing_logits_BK.log_softmax(1)
    constant = TINY_EMBEDDING / 2 * math.log(2 * math.pi)
    torch.testing.assert_close(literal_log_joint(x_Bd, mixture), log_density_BK + constant, atol=1e-3, rtol=0)


def test_likelihood_can_be_bought_by_a_mean_at_the_sample_and_a_variance_of_nothing() -> None:
    """Row 9 of the design's table: what is scored is not a density."""
    x_Bd, mixture = torch.randn(1, TINY_EMBEDDING), _mixtures(1)
    bought = [
        literal_log_joint(x_Bd, PredictedMixture(x_Bd.unsqueeze(1), torch.full((1, 1, 3), level), torch.zeros(1, 1)))
        for level in (0.0, -50.0, -500.0)
    ]
    assert [round(value.item()) for value in bought] == [0, 75, 750]
    assert literal_log_joint(x_Bd, mixture).max() < bought[1]


def test_every_picture_has_a_mixture_of_its_own() -> None:
    head = _head()
    first, second = head.network(head.projection(random_features(2))).means_BKd
    assert head.cluster_mixture is None
    assert (first - second).abs().max() > 0.1


def test_parts_of_the_head_are_those_of_its_literal_densities() -> None:
    head = _head()
    output = head(random_features(6))
    assert output.embedding is not None
    joint_BK = literal_log_joint(output.embedding, head.network(head.projection(random_features(6))))
    torch.testing.assert_close(output.posteriors, joint_BK.softmax(1))
    torch.testing.assert_close(output.log_likelihood, joint_BK.logsumexp(1))
