"""Dropout by bytes is dropout: the same mean, the right share, nothing at all in eval mode."""

from __future__ import annotations

import pytest
import torch

from models.heads.dropout import ByteDropout

RATES = (0.1, 0.25, 0.4, 0.5)
NUM_ENTRIES = 80_000


def _dropped(rate: float) -> torch.Tensor:
    torch.manual_seed(0)
    dropped: torch.Tensor = ByteDropout(rate).train()(torch.ones(NUM_ENTRIES))
    return dropped


@pytest.mark.parametrize("rate", RATES)
def test_the_right_share_is_dropped(rate: float) -> None:
    in_bytes = round(256 * rate) / 256
    assert (_dropped(rate) == 0).float().mean().item() == pytest.approx(in_bytes, abs=4e-3)


@pytest.mark.parametrize("rate", RATES)
def test_the_mean_is_kept_and_what_is_left_is_all_of_one_size(rate: float) -> None:
    dropped = _dropped(rate)
    kept = dropped[dropped != 0]
    assert dropped.mean().item() == pytest.approx(1, abs=0.01)
    assert kept.unique().tolist() == pytest.approx([256 / (256 - round(256 * rate))])


def test_neighbours_of_one_draw_are_dropped_independently() -> None:
    draws_XB = (_dropped(0.5) == 0).view(-1, 8).float()
    correlations_BB = torch.corrcoef(draws_XB.T)
    assert (correlations_BB - torch.eye(8)).abs().max() < 0.03


def test_in_eval_mode_it_is_the_identity() -> None:
    x = torch.randn(5, 7)
    assert ByteDropout(0.4).eval()(x) is x


@pytest.mark.parametrize("rate", [0.0, 1e-3])
def test_a_rate_that_rounds_to_nothing_drops_nothing(rate: float) -> None:
    x = torch.randn(5, 7)
    assert ByteDropout(rate).train()(x) is x


@pytest.mark.parametrize("shape", [(1,), (7,), (3, 5), (2, 3, 5), (0, 4)])
def test_any_shape_keeps_its_shape_and_type(shape: tuple[int, ...]) -> None:
    for dtype in (torch.float32, torch.float64):
        dropped = ByteDropout(0.4).train()(torch.ones(shape, dtype=dtype))
        assert dropped.shape == shape
        assert dropped.dtype == dtype


def test_gradients_pass_where_nothing_was_dropped_and_as_large_as_the_value() -> None:
    x = torch.ones(999, requires_grad=True)
    dropped = ByteDropout(0.4).train()(x)
    torch.autograd.backward(dropped.sum())
    assert x.grad is not None
    assert torch.equal(x.grad, dropped.detach())


def test_torchs_seed_decides_what_is_dropped_and_no_two_calls_drop_the_same() -> None:
    dropout, x = ByteDropout(0.5).train(), torch.ones(64)
    torch.manual_seed(1)
    first, second = dropout(x), dropout(x)
    torch.manual_seed(1)
    assert torch.equal(dropout(x), first)
    assert not torch.equal(first, second)


def test_it_has_no_weights() -> None:
    assert ByteDropout(0.4).state_dict() == {}
