"""Experts start as one, then part; their mixture's mean and deviation are those of the density."""

from __future__ import annotations

import pytest
import torch

from models.heads.experts import STD_FLOOR, ExpertPool, mixture_moments


@pytest.fixture
def pool() -> ExpertPool:
    torch.manual_seed(0)
    return ExpertPool(6, 4, kind="mlp", hidden_dim=5, dropout=0.0)


def test_untrained_experts_agree_because_their_residuals_have_no_gain(pool: ExpertPool) -> None:
    scores_BE = pool(torch.randn(9, 6))
    assert torch.equal(scores_BE, scores_BE[:, :1].expand(-1, 4))


def test_gain_lets_experts_differ_from_what_they_share(pool: ExpertPool) -> None:
    x_BP = torch.randn(9, 6)
    at_zero_BE = pool.logits(x_BP)
    pool.residual_gain.data.fill_(1.0)
    at_one_BE = pool.logits(x_BP)
    pool.residual_gain.data.fill_(2.0)
    assert at_one_BE.std(1).min() > 0
    torch.testing.assert_close(pool.logits(x_BP) - at_one_BE, at_one_BE - at_zero_BE)


def test_the_gain_has_a_gradient_while_it_is_zero(pool: ExpertPool) -> None:
    torch.autograd.backward(pool(torch.randn(9, 6))[:, 1].mean())
    assert pool.residual_gain.grad is not None
    assert pool.residual_gain.grad.abs() > 0


@pytest.mark.parametrize("raw", [-1e6, -5.0, 0.0, 5.0])
def test_no_expert_is_more_certain_than_the_floor(pool: ExpertPool, raw: float) -> None:
    pool.raw_std_E.data.fill_(raw)
    assert (pool.stds(torch.zeros(2, 4)) >= STD_FLOOR).all()


def test_moments_equal_those_of_the_mixture_density() -> None:
    weights_BE = torch.tensor([[0.2, 0.5, 0.3]], dtype=torch.float64)
    scores_BE = torch.tensor([[20.0, 55.0, 90.0]], dtype=torch.float64)
    stds_BE = torch.tensor([[4.0, 9.0, 2.0]], dtype=torch.float64)
    grid = torch.linspace(-100, 200, 30001, dtype=torch.float64)
    components = torch.distributions.Normal(scores_BE[0], stds_BE[0])
    density = (weights_BE[0] * components.log_prob(grid.unsqueeze(1)).exp()).sum(1)
    mean = torch.trapezoid(density * grid, grid)
    std = torch.trapezoid(density * (grid - mean).square(), grid).sqrt()

    mean_B, std_B = mixture_moments(weights_BE, scores_BE, stds_BE)
    assert mean_B.item() == pytest.approx(mean.item())
    assert std_B.item() == pytest.approx(std.item())


def test_agreeing_experts_are_as_uncertain_as_each_of_them() -> None:
    _, std_B = mixture_moments(torch.full((1, 4), 0.25), torch.full((1, 4), 60.0), torch.full((1, 4), 7.0))
    assert std_B.item() == pytest.approx(7)
