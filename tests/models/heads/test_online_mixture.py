"""In eval mode it is the mixture it has become; in training it is read off the data by EM, and follows slowly."""

from __future__ import annotations

from typing import Final, get_args

import pytest
import torch
from torch import Tensor

from models.heads.config import CovarianceType
from models.heads.mixture import GaussianMixture, MixtureParameters, em_step, log_joint, log_likelihood
from models.heads.online_mixture import COVARIANCE_FLOOR, EM_STEPS, MOMENTUM, PRIOR_COUNT, QUEUE_SIZE, OnlineMixture

COVARIANCE_TYPES: Final[tuple[CovarianceType, ...]] = get_args(CovarianceType)
K: Final = 3
DIM: Final = 2
CENTRES: Final = torch.tensor([[-3.0, 0.0], [3.0, 0.0], [0.0, 4.0]])

every_covariance = pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)


def _points(count: int = 60, *, seed: int = 0) -> Tensor:
    """As many around each of the centres."""
    generator = torch.Generator().manual_seed(seed)
    return CENTRES[torch.arange(count) % K] + 0.7 * torch.randn(count, DIM, generator=generator)


def _mixture(covariance_type: CovarianceType = "tied") -> OnlineMixture:
    torch.manual_seed(0)
    return OnlineMixture(K, DIM, covariance_type=covariance_type)


def _numbers(mixture: GaussianMixture) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in mixture.named_parameters()}


def _as_if_each_cluster_had_held(prior: float, sample_Nd: Tensor, start: MixtureParameters) -> MixtureParameters:
    """EM with a Dirichlet prior, from its definition: `prior` more samples per cluster, where it stood at first."""
    parameters = start
    for _ in range(EM_STEPS):
        learned = em_step(sample_Nd, parameters, covariance_floor=COVARIANCE_FLOOR)
        counts_K1 = len(sample_Nd) * learned.log_mixing_weights_K.exp().unsqueeze(1)
        means_Kd = (counts_K1 * learned.means_Kd + prior * start.means_Kd) / (counts_K1 + prior)
        weights_K = (counts_K1 + prior).squeeze(1) / (counts_K1 + prior).sum()
        parameters = learned._replace(log_mixing_weights_K=weights_K.log(), means_Kd=means_Kd)
    return parameters


@every_covariance
def test_in_eval_mode_it_equals_the_plain_mixture_of_its_parameters_and_learns_nothing(
    covariance_type: CovarianceType,
) -> None:
    online = _mixture(covariance_type).train()
    online(_points())
    online.eval()
    plain = GaussianMixture(K, DIM, covariance_type=covariance_type)
    plain.load_state_dict(online.state_dict())
    before, queue_Qd = _numbers(online), online.queue_Qd
    for ours, expected in zip(online(_points(9)), plain(_points(9)), strict=True):
        assert torch.equal(ours, expected)
    assert all(torch.equal(value, before[name]) for name, value in _numbers(online).items())
    assert online.queue_Qd is queue_Qd


@every_covariance
def test_training_reads_two_em_steps_with_a_prior_off_the_batch(covariance_type: CovarianceType) -> None:
    mixture, x_Bd = _mixture(covariance_type).train(), _points()
    expected = _as_if_each_cluster_had_held(PRIOR_COUNT, x_Bd, mixture.eval().current())
    log_posteriors_BK, log_likelihood_B = mixture.train()(x_Bd)
    joint_BK = log_joint(x_Bd, expected)
    torch.testing.assert_close(log_posteriors_BK, (joint_BK / mixture.temperature).log_softmax(1), atol=1e-4, rtol=0)
    torch.testing.assert_close(log_likelihood_B, joint_BK.logsumexp(1), atol=1e-4, rtol=0)


def test_the_second_batch_is_read_together_with_the_first() -> None:
    mixture, first_Bd, second_Bd = _mixture().train(), _points(), _points(30, seed=1)
    mixture(first_Bd)
    expected = _as_if_each_cluster_had_held(PRIOR_COUNT, torch.cat([second_Bd, first_Bd]), mixture.current())
    _, log_likelihood_B = mixture(second_Bd)
    torch.testing.assert_close(log_likelihood_B, log_likelihood(second_Bd, expected), atol=1e-4, rtol=0)


@every_covariance
def test_parameters_go_a_twentieth_of_the_way_to_what_was_learned(covariance_type: CovarianceType) -> None:
    mixture, x_Bd = _mixture(covariance_type).train(), _points()
    before = _numbers(mixture)
    target = GaussianMixture(K, DIM, covariance_type=covariance_type)
    target.set_parameters(_as_if_each_cluster_had_held(PRIOR_COUNT, x_Bd, mixture.current()))
    temperature = mixture.temperature
    mixture(x_Bd)
    after, goal = _numbers(mixture), _numbers(target)
    for name in ("mixing_logits_K", "means_Kd", "log_factor_diagonal"):
        expected = before[name] + MOMENTUM * (goal[name] - before[name])
        torch.testing.assert_close(after[name], expected, atol=1e-4, rtol=0)
    assert torch.equal(mixture.temperature, temperature)


def test_batch_after_batch_it_finds_the_clusters() -> None:
    mixture = _mixture().train()
    for seed in range(200):
        mixture(_points(30, seed=seed))
    means_Kd = mixture.eval().current().means_Kd
    nearest_K = torch.cdist(means_Kd, CENTRES).min(1)
    assert nearest_K.indices.sort().values.tolist() == [0, 1, 2]
    assert nearest_K.values.max() < 0.25
    torch.testing.assert_close(mixture.mixing_logits_K.softmax(0), torch.full((K,), 1 / K), atol=0.03, rtol=0)


def test_gradients_flow_to_the_embedding_through_the_steps_and_none_to_the_parameters() -> None:
    mixture, x_Bd = _mixture().train(), _points(12).requires_grad_()
    log_posteriors_BK, _ = mixture(x_Bd)
    torch.autograd.backward(log_posteriors_BK[0, 0])
    assert x_Bd.grad is not None
    assert x_Bd.grad.isfinite().all()
    assert (x_Bd.grad[1:].abs().sum(1) > 0).all()  # other rows move the mixture that row 0 is judged by
    assert all(not value.requires_grad and value.grad is None for value in mixture.parameters())


def test_two_views_of_one_step_can_be_learned_from_together() -> None:
    """As the consistency loss does: the second reading moves the mixture before the first one's backward pass."""
    mixture, x_Bd = _mixture().train(), _points(12).requires_grad_()
    one_BK, _ = mixture(x_Bd)
    other_BK, _ = mixture(x_Bd + 0.1)
    torch.autograd.backward((one_BK - other_BK).square().sum())
    assert x_Bd.grad is not None
    assert x_Bd.grad.isfinite().all()


@every_covariance
@pytest.mark.parametrize("count", [1, 2, 64])
def test_a_collapsed_batch_leaves_posteriors_gradients_and_parameters_finite(
    covariance_type: CovarianceType, count: int
) -> None:
    mixture, x_Bd = _mixture(covariance_type).train(), torch.full((count, DIM), 1.5, requires_grad=True)
    for _ in range(3):
        log_posteriors_BK, log_likelihood_B = mixture(x_Bd)
    torch.autograd.backward(log_posteriors_BK[:, 0].sum() + log_likelihood_B.sum())
    for value in (log_posteriors_BK, log_likelihood_B, x_Bd.grad, *mixture.parameters()):
        assert value is not None
        assert value.isfinite().all()
    torch.testing.assert_close(log_posteriors_BK.exp().sum(1), torch.ones(count))


def test_a_cluster_far_from_all_data_neither_dies_nor_moves() -> None:
    mixture = _mixture().train()
    with torch.no_grad():
        mixture.means_Kd.copy_(CENTRES)
        mixture.means_Kd[2] = 100.0
    for seed in range(20):
        mixture(_points(40, seed=seed))
    assert mixture.mixing_logits_K.softmax(0).min() > 0.01
    torch.testing.assert_close(mixture.means_Kd[2], torch.full((DIM,), 100.0), atol=0.1, rtol=0)


def test_the_queue_holds_the_latest_rows_without_a_gradient_and_no_more_than_its_size() -> None:
    mixture, latest_Bd = _mixture().train(), _points(50, seed=9).requires_grad_()
    for seed in range(3):
        mixture(_points(1000, seed=seed))
    mixture(latest_Bd)
    assert mixture.queue_Qd.shape == (QUEUE_SIZE, DIM)
    assert torch.equal(mixture.queue_Qd[:50], latest_Bd)
    assert torch.equal(mixture.queue_Qd[50:1050], _points(1000, seed=2))
    assert not mixture.queue_Qd.requires_grad


def test_the_queue_is_no_part_of_the_weights() -> None:
    mixture = _mixture().train()
    names = set(mixture.state_dict())
    mixture(_points())
    assert set(mixture.state_dict()) == names == set(GaussianMixture(K, DIM).state_dict())


def test_an_embedding_that_is_not_finite_is_an_error_and_leaves_the_parameters() -> None:
    mixture = _mixture("diag").train()
    before = _numbers(mixture)
    with pytest.raises(ArithmeticError, match="got a mixture that is not finite"):
        mixture(torch.full((4, DIM), float("nan")))
    assert all(torch.equal(value, before[name]) for name, value in _numbers(mixture).items())


def test_offsets_move_the_means_that_a_sample_is_judged_by_and_not_what_is_learned() -> None:
    moved, unmoved, x_Bd = _mixture().train(), _mixture().train(), _points(6)
    _, far_B = moved(x_Bd, torch.full((6, K, DIM), 5.0))
    _, near_B = unmoved(x_Bd)
    assert (far_B < near_B).all()
    assert all(torch.equal(value, _numbers(unmoved)[name]) for name, value in _numbers(moved).items())
