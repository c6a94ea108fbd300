"""Scores stay within 0-100, and penalties grow with every severity."""

from __future__ import annotations

import pytest
import torch

from models.heads.regressors import MonotonicSum, Regressor, to_score


def test_scores_lie_on_0_to_100_and_keep_the_order_of_the_logits() -> None:
    scores = to_score(torch.tensor([-1e6, -2.0, 0.0, 2.0, 1e6]))
    assert scores.tolist() == sorted(scores.tolist())
    assert (scores[0].item(), scores[2].item(), scores[-1].item()) == (0, 50, 100)


def test_a_linear_regressor_adds_up_its_inputs() -> None:
    regressor = Regressor(3, kind="linear", hidden_dim=8, dropout=0.5)
    one_B, other_B = torch.randn(4, 3), torch.randn(4, 3)
    at_zero = regressor(torch.zeros(4, 3))
    torch.testing.assert_close(regressor(one_B + other_B), regressor(one_B) + regressor(other_B) - at_zero)


def test_a_regressor_with_a_hidden_layer_is_not_linear() -> None:
    torch.manual_seed(0)
    regressor = Regressor(3, kind="mlp", hidden_dim=8, dropout=0.0)
    x_BP = 3 * torch.randn(4, 3)
    bent_B = regressor(x_BP) + regressor(-x_BP) - 2 * regressor(torch.zeros(4, 3))
    assert bent_B.abs().max() > 0.01


@pytest.fixture
def penalties() -> MonotonicSum:
    torch.manual_seed(0)
    return MonotonicSum(7, 3)


def test_no_severity_costs_nothing(penalties: MonotonicSum) -> None:
    torch.testing.assert_close(penalties(torch.zeros(2, 7)), torch.zeros(2, 3), atol=1e-6, rtol=0)


def test_raising_any_one_severity_raises_every_penalty(penalties: MonotonicSum) -> None:
    severities_BS = 4 * torch.rand(50, 7)
    for severity in range(7):
        raised_BS = severities_BS.clone()
        raised_BS[:, severity] += 0.5
        assert (penalties(raised_BS) > penalties(severities_BS)).all()


def test_penalties_stay_monotone_with_weights_of_any_sign(penalties: MonotonicSum) -> None:
    with torch.no_grad():
        for parameter in penalties.parameters():
            parameter.copy_(10 * torch.randn_like(parameter))
    grid_BS = torch.linspace(0.1, 5, 30).unsqueeze(1).expand(-1, 7)
    penalties_BE = penalties(grid_BS)
    assert (penalties_BE >= 0).all()
    assert (penalties_BE.diff(dim=0) >= 0).all()
