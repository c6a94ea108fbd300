"""Posterior and gate both have a say in the routing, whatever they disagree on."""

from __future__ import annotations

import pytest
import torch

from models.heads.gating import Gate, route


def test_opposed_posterior_and_gate_still_share_all_the_weight() -> None:
    log_posteriors_BE = torch.tensor([[0.0, -27.6]]).log_softmax(1)
    log_gating_BE = torch.tensor([[-27.6, 0.0]]).log_softmax(1)
    routing_BE = route(log_posteriors_BE, log_gating_BE)
    torch.testing.assert_close(routing_BE, torch.tensor([[0.5, 0.5]]))


@pytest.mark.parametrize("gap", [1.0, 50.0, 1e4])
def test_routing_is_normalised_and_finite_at_any_gap(gap: float) -> None:
    log_posteriors_BE = torch.tensor([[0.0, -gap, -2 * gap]]).log_softmax(1)
    routing_BE = route(log_posteriors_BE, log_posteriors_BE.flip(1))
    assert torch.isfinite(routing_BE).all()
    assert routing_BE.sum().item() == pytest.approx(1)


def test_the_gate_can_overrule_a_soft_posterior() -> None:
    log_posteriors_BE = torch.tensor([[0.7, 0.3]]).log()
    assert route(log_posteriors_BE, torch.tensor([[0.1, 0.9]]).log()).argmax().item() == 1
    assert route(log_posteriors_BE, torch.tensor([[0.5, 0.5]]).log()).argmax().item() == 0


def test_an_undecided_gate_leaves_the_posterior_and_the_other_way_round() -> None:
    weights_BE, uniform_BE = torch.tensor([[0.2, 0.5, 0.3]]), torch.full((1, 3), 1 / 3)
    torch.testing.assert_close(route(weights_BE.log(), uniform_BE.log()), weights_BE)
    torch.testing.assert_close(route(uniform_BE.log(), weights_BE.log()), weights_BE)


def test_gradients_reach_the_gate_where_the_posterior_is_almost_one_hot() -> None:
    log_posteriors_BE = torch.tensor([[0.0, -10.0]]).log_softmax(1)
    log_gating_BE = torch.tensor([[-9.0, 0.0]], requires_grad=True)
    torch.autograd.backward(route(log_posteriors_BE, log_gating_BE)[0, 1])
    assert log_gating_BE.grad is not None
    assert log_gating_BE.grad.abs().min() > 0.1


def test_gating_weights_of_each_picture_sum_to_one() -> None:
    gate = Gate(6, 4, hidden_dim=5)
    torch.testing.assert_close(gate(100 * torch.randn(7, 6)).exp().sum(1), torch.ones(7))


def test_gating_weights_are_the_softmax_of_the_gates_logits() -> None:
    gate, features_BD = Gate(6, 4, hidden_dim=5), torch.randn(7, 6)
    torch.testing.assert_close(gate(features_BD).exp(), gate.logits(features_BD).softmax(1))
    assert (gate.logits(features_BD).logsumexp(1) != 0).all()
