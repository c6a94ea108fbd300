"""Each loss rewards what it is for, and not what the founding document's formula would have rewarded."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from models.taxonomy import UNKNOWN_INDEX
from models.training.losses import (
    alignment_loss,
    balance_loss,
    correlation_loss,
    mixture_likelihood,
    pair_rank_loss,
    rank_loss,
    squared_error,
)
from models.variants.base import ClusterTypeMatrix


def test_squared_error_is_in_squared_hundreds() -> None:
    assert squared_error(torch.tensor([50.0, 60.0]), torch.tensor([60.0, 60.0])).item() == pytest.approx(0.005)


def test_likelihood_equals_that_of_the_mixture_density() -> None:
    weights_BE, target_B = torch.tensor([[0.3, 0.7]]), torch.tensor([55.0])
    scores_BE, stds_BE = torch.tensor([[40.0, 60.0]]), torch.tensor([[5.0, 10.0]])
    components = torch.distributions.Normal(scores_BE / 100, stds_BE / 100)
    density_B = (weights_BE * components.log_prob(target_B / 100).exp()).sum(1)
    loss = mixture_likelihood(weights_BE, scores_BE, stds_BE, target_B)
    assert loss.item() == pytest.approx(-density_B.log().item(), rel=1e-5)


def test_the_founding_documents_diversity_pays_without_end_and_the_likelihood_does_not() -> None:
    """Experts at q - a and q + a leave the mixture's mean where it is, whatever a."""
    target_B, weights_BE, stds_BE = torch.tensor([50.0]), torch.tensor([[0.5, 0.5]]), torch.full((1, 2), 2.0)
    spreads = [torch.tensor([[50 - a, 50 + a]]) for a in (0.0, 10.0, 1000.0)]
    literal = [-scores_BE.std(1).item() for scores_BE in spreads]
    built = [mixture_likelihood(weights_BE, scores_BE, stds_BE, target_B).item() for scores_BE in spreads]
    assert literal == sorted(literal, reverse=True)
    assert literal[-1] < -1000
    assert built == sorted(built)


def test_an_expert_that_is_right_teaches_the_router_to_trust_it() -> None:
    logits_BE = torch.zeros(1, 2, requires_grad=True)
    scores_BE, stds_BE = torch.tensor([[30.0, 70.0]]), torch.full((1, 2), 10.0)
    torch.autograd.backward(mixture_likelihood(logits_BE.softmax(1), scores_BE, stds_BE, torch.tensor([70.0])))
    assert logits_BE.grad is not None
    assert logits_BE.grad[0, 1] < 0 < logits_BE.grad[0, 0]


def test_correlation_loss_runs_from_zero_to_one_and_is_blind_to_the_scale() -> None:
    target_B = torch.tensor([10.0, 40.0, 45.0, 90.0])
    assert correlation_loss(0.1 * target_B + 50, target_B).item() == pytest.approx(0, abs=1e-6)
    assert correlation_loss(-target_B, target_B).item() == pytest.approx(1)
    noisy_B = torch.tensor([30.0, 10.0, 60.0, 50.0])
    plcc = torch.corrcoef(torch.stack([noisy_B, target_B]))[0, 1].item()
    assert correlation_loss(noisy_B, target_B).item() == pytest.approx((1 - plcc) / 2, abs=1e-6)


def test_correlation_loss_of_constant_scores_is_finite_with_its_gradient() -> None:
    score_B = torch.full((4,), 50.0, requires_grad=True)
    torch.autograd.backward(correlation_loss(score_B, torch.tensor([1.0, 2.0, 3.0, 4.0])))
    assert score_B.grad is not None
    assert torch.isfinite(score_B.grad).all()


TARGET_QL = torch.tensor([[90.0, 80.0, 60.0, 40.0, 30.0, 10.0]])


def test_rank_loss_is_zero_on_a_chain_in_order() -> None:
    assert rank_loss(TARGET_QL, TARGET_QL).item() == 0
    assert rank_loss(0.5 * TARGET_QL + 20, TARGET_QL).item() == pytest.approx(0, abs=1e-6)


def test_rank_loss_counts_reversed_levels_the_more_the_farther_they_are() -> None:
    slightly, fully = TARGET_QL.clone(), TARGET_QL.flip(1)
    slightly[0, [2, 3]] = slightly[0, [3, 2]]
    assert 0 < rank_loss(slightly, TARGET_QL).item() < rank_loss(fully, TARGET_QL).item()


def test_rank_loss_ignores_levels_that_people_did_not_tell_apart() -> None:
    target_QL = torch.tensor([[50.0, 52.0, 48.0, 51.0, 49.0, 50.0]])
    assert rank_loss(torch.randn(1, 6), target_QL).item() == 0


def test_a_pair_costs_nothing_only_when_the_better_one_leads_by_the_margin() -> None:
    better_B, worse_B = torch.tensor([50.0]), torch.tensor([46.0])
    assert pair_rank_loss(better_B, worse_B).item() == 0
    assert pair_rank_loss(worse_B, better_B).item() == pytest.approx(0.07)
    assert pair_rank_loss(better_B, better_B).item() == pytest.approx(0.03)


def _classes(*indices: int) -> Tensor:
    return torch.tensor(indices)


def test_alignment_masks_pictures_whose_distortion_nobody_named() -> None:
    log_probs_BC = torch.randn(3, 26).log_softmax(1)
    known = alignment_loss(log_probs_BC[:1], _classes(4))
    assert alignment_loss(log_probs_BC, _classes(4, UNKNOWN_INDEX, UNKNOWN_INDEX)) == known


def test_alignment_is_least_short_of_certainty() -> None:
    def loss_at(probability: float) -> float:
        rest = (1 - probability) / 25
        return alignment_loss(torch.tensor([[probability] + [rest] * 25]).log(), _classes(0)).item()

    assert loss_at(0.9) < loss_at(0.5)
    assert loss_at(0.9) < loss_at(0.9999)


def test_alignment_of_unknown_pictures_alone_is_zero_with_a_gradient_of_zero() -> None:
    logits_BC = torch.randn(2, 26, requires_grad=True)
    loss = alignment_loss(logits_BC.log_softmax(1), _classes(UNKNOWN_INDEX, UNKNOWN_INDEX))
    torch.autograd.backward(loss)
    assert loss.item() == 0
    assert logits_BC.grad is not None
    assert torch.equal(logits_BC.grad, torch.zeros(2, 26))


def test_saturated_posteriors_learn_here_and_not_by_the_founding_documents_cross_entropy() -> None:
    """At a logit gap of 50 the wrong way, log(p + 1e-8) has a gradient of 2e-14."""
    literal_BK = torch.tensor([[50.0, 0.0]], dtype=torch.float64, requires_grad=True)
    torch.autograd.backward(-torch.log(literal_BK.softmax(1)[0, 1] + 1e-8))
    assert literal_BK.grad is not None
    assert literal_BK.grad[0, 1].abs().item() == pytest.approx(2e-14, rel=0.1)

    matrix = ClusterTypeMatrix(2).double()
    matrix.logits_KC.data[:, :2] = torch.tensor([[200.0, 0.0], [0.0, 200.0]])
    built_BK = literal_BK.detach().clone().requires_grad_()
    torch.autograd.backward(alignment_loss(matrix(built_BK.log_softmax(1)), _classes(1)))
    assert built_BK.grad is not None
    assert built_BK.grad[0, 1].item() == pytest.approx(-0.9, abs=0.01)  # one less what smoothing gives away


def test_balance_is_the_divergence_of_uniform_use_from_the_mean_routing() -> None:
    one_hot_BE = torch.eye(4)
    assert balance_loss(one_hot_BE).item() == pytest.approx(0, abs=1e-6)
    mean_E = torch.tensor([0.1, 0.2, 0.3, 0.4])
    expected = sum(0.25 * math.log(0.25 / share) for share in mean_E.tolist())
    assert balance_loss(mean_E.expand(5, 4)).item() == pytest.approx(expected, rel=1e-5)


def test_a_dead_expert_costs_much_and_still_has_a_gradient_to_revive_it() -> None:
    logits_BE = torch.tensor([[0.0, 0.0, -12.0]], requires_grad=True)
    loss = balance_loss(logits_BE.softmax(1))
    torch.autograd.backward(loss)
    assert loss.item() > 1
    assert logits_BE.grad is not None
    assert logits_BE.grad[0, 2] < -0.1
