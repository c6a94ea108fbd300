"""The mixture's numbers are scikit-learn's, its posteriors are probabilities, and nothing makes it lose its footing."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, get_args

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as SklearnMixture
from torch import Tensor

from models.heads.config import ConfigError, CovarianceType
from models.heads.mixture import (
    GaussianMixture,
    MixtureParameters,
    check_covariance_type,
    component_log_prob,
    em_step,
    log_likelihood,
    log_posteriors,
    maximisation,
    moved,
    parameters_from_sklearn,
)

COVARIANCE_TYPES: Final[tuple[CovarianceType, ...]] = get_args(CovarianceType)
K: Final = 4
DIM: Final = 3


def _points(count: int = 240) -> NDArray[np.float64]:
    rng = np.random.default_rng(3)
    centres = rng.normal(0, 3, (K, DIM))
    stretch = rng.normal(0, 1, (K, DIM, DIM))
    cluster_N = rng.integers(0, K, count)
    points: NDArray[np.float64] = np.einsum("nd,nde->ne", rng.normal(0, 1, (count, DIM)), stretch[cluster_N])
    return points + centres[cluster_N]


@cache
def _fitted(covariance_type: CovarianceType) -> SklearnMixture:
    return SklearnMixture(K, covariance_type=covariance_type, random_state=0, max_iter=500).fit(_points())


def _exact(fitted: SklearnMixture) -> MixtureParameters:
    factor = torch.from_numpy(np.ascontiguousarray(fitted.precisions_cholesky_))
    weights, means = torch.from_numpy(fitted.weights_).log(), torch.from_numpy(fitted.means_)
    return MixtureParameters(weights, means, factor, check_covariance_type(fitted.covariance_type))


def _some_parameters(covariance_type: CovarianceType = "full") -> MixtureParameters:
    return _exact(_fitted(covariance_type))


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_densities_equal_those_of_scikit_learn(covariance_type: CovarianceType) -> None:
    fitted, elsewhere = _fitted(covariance_type), _points(400)[240:] * 1.5
    parameters, x_Nd = _exact(fitted), torch.from_numpy(elsewhere)
    np.testing.assert_allclose(log_posteriors(x_Nd, parameters).exp(), fitted.predict_proba(elsewhere), atol=1e-12)
    np.testing.assert_allclose(log_likelihood(x_Nd, parameters), fitted.score_samples(elsewhere), rtol=1e-11)


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_module_with_fitted_parameters_and_no_temperature_gives_scikit_learns_posteriors(
    covariance_type: CovarianceType,
) -> None:
    fitted, points = _fitted(covariance_type), _points()
    mixture = GaussianMixture(K, DIM, covariance_type=covariance_type, has_temperature=False)
    mixture.set_parameters(parameters_from_sklearn(fitted))
    with torch.no_grad():
        log_posteriors_NK, log_likelihood_N = mixture(torch.from_numpy(points).float())
    np.testing.assert_allclose(log_posteriors_NK.exp(), fitted.predict_proba(points), atol=1e-4)
    np.testing.assert_allclose(log_likelihood_N, fitted.score_samples(points), atol=1e-3)


def _initial_precisions(covariance_type: CovarianceType) -> NDArray[np.float64]:
    scale = np.linspace(0.5, 2, K)
    shapes = {
        "full": scale[:, None, None] * np.eye(DIM),
        "tied": np.eye(DIM),
        "diag": scale[:, None] * np.ones(DIM),
        "spherical": scale,
    }
    return shapes[covariance_type]


@pytest.mark.parametrize("num_steps", [1, 2, 7])
@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_em_steps_follow_scikit_learns_iterations(covariance_type: CovarianceType, num_steps: int) -> None:
    points = _points()
    start: dict[str, Any] = {
        "weights_init": np.array([0.1, 0.2, 0.3, 0.4]),
        "means_init": points[[0, 50, 100, 150]],
        "precisions_init": _initial_precisions(covariance_type),
    }
    fitted = SklearnMixture(K, covariance_type=covariance_type, max_iter=num_steps, tol=0, **start)
    with pytest.warns(ConvergenceWarning):
        fitted.fit(points)

    parameters = MixtureParameters(
        torch.from_numpy(start["weights_init"]).log(),
        torch.from_numpy(start["means_init"]),
        torch.from_numpy(start["precisions_init"]).sqrt(),  # multiples of the identity are their own Cholesky factors
        covariance_type,
    )
    for _ in range(num_steps):
        parameters = em_step(torch.from_numpy(points), parameters)
    np.testing.assert_allclose(parameters.means_Kd, fitted.means_, atol=1e-9)
    np.testing.assert_allclose(parameters.log_mixing_weights_K.exp(), fitted.weights_, atol=1e-10)
    np.testing.assert_allclose(parameters.precision_factor, fitted.precisions_cholesky_, atol=1e-8)


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_em_never_lowers_the_likelihood(covariance_type: CovarianceType) -> None:
    x_Nd = torch.from_numpy(_points())
    rng = torch.Generator().manual_seed(0)
    responsibilities_NK = torch.rand(len(x_Nd), K, generator=rng, dtype=torch.float64).softmax(1)
    parameters, values = maximisation(x_Nd, responsibilities_NK, covariance_type), []
    for _ in range(12):
        values.append(log_likelihood(x_Nd, parameters).mean().item())
        parameters = em_step(x_Nd, parameters)
    assert np.all(np.diff(values) > -1e-6)
    assert values[-1] > values[0]


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
@pytest.mark.parametrize("count", [1, 2, 50])
def test_em_on_one_repeated_point_stays_finite(covariance_type: CovarianceType, count: int) -> None:
    x_Nd = torch.ones(count, DIM)
    parameters = GaussianMixture(K, DIM, covariance_type=covariance_type).current()
    for _ in range(3):
        parameters = em_step(x_Nd, parameters)
    for value in (parameters.log_mixing_weights_K, parameters.means_Kd, parameters.precision_factor):
        assert torch.isfinite(value).all()
    assert torch.isfinite(log_likelihood(x_Nd, parameters)).all()


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_a_cluster_that_owns_no_point_does_not_spoil_the_others(covariance_type: CovarianceType) -> None:
    x_Nd = torch.from_numpy(_points())
    responsibilities_NK = torch.zeros(len(x_Nd), K, dtype=torch.float64)
    responsibilities_NK[:, 0] = 1
    parameters = maximisation(x_Nd, responsibilities_NK, covariance_type)
    np.testing.assert_allclose(parameters.means_Kd[0], x_Nd.mean(0), atol=1e-12)
    np.testing.assert_allclose(log_posteriors(x_Nd, parameters).exp()[:, 0], 1, atol=1e-9)


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
@pytest.mark.parametrize("value", [0.0, 1e6, -1e6])
def test_a_far_away_point_has_finite_posteriors_that_sum_to_one(covariance_type: CovarianceType, value: float) -> None:
    log_posteriors_1K, log_likelihood_1 = GaussianMixture(K, DIM, covariance_type=covariance_type)(
        torch.full((1, DIM), value)
    )
    assert torch.isfinite(log_likelihood_1).all()
    assert log_posteriors_1K.exp().sum().item() == pytest.approx(1)


def test_a_point_unlike_all_training_points_has_a_low_likelihood() -> None:
    parameters = _some_parameters()
    near, far = torch.from_numpy(_points()), torch.from_numpy(_points() + 50)
    assert log_likelihood(far, parameters).max() < log_likelihood(near, parameters).min()


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_one_cluster_has_posterior_one_everywhere(covariance_type: CovarianceType) -> None:
    log_posteriors_N1, _ = GaussianMixture(1, DIM, covariance_type=covariance_type)(100 * torch.randn(9, DIM))
    assert torch.equal(log_posteriors_N1, torch.zeros(9, 1))


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_permuting_clusters_permutes_posteriors_and_leaves_the_likelihood(covariance_type: CovarianceType) -> None:
    parameters, x_Nd, order = _some_parameters(covariance_type), torch.from_numpy(_points()), torch.tensor([2, 0, 3, 1])
    factor = parameters.precision_factor if covariance_type == "tied" else parameters.precision_factor[order]
    permuted = MixtureParameters(
        parameters.log_mixing_weights_K[order], parameters.means_Kd[order], factor, covariance_type
    )
    torch.testing.assert_close(log_posteriors(x_Nd, permuted), log_posteriors(x_Nd, parameters)[:, order])
    torch.testing.assert_close(log_likelihood(x_Nd, permuted), log_likelihood(x_Nd, parameters))


def test_offsets_move_the_means_of_their_own_sample_only() -> None:
    mixture, x_2d = GaussianMixture(K, DIM), torch.randn(2, DIM)
    offsets_2Kd = torch.zeros(2, K, DIM)
    offsets_2Kd[1] = 5
    moved_2K, untouched_2K = mixture(x_2d, offsets_2Kd)[0], mixture(x_2d)[0]
    torch.testing.assert_close(moved_2K[0], untouched_2K[0])
    torch.testing.assert_close(moved_2K[1:], mixture(x_2d[1:] - 5)[0])


def test_a_mixture_that_nothing_moves_is_the_mixture_itself() -> None:
    parameters = GaussianMixture(K, DIM).current()
    assert moved(parameters, None) is parameters
    offsets_BKd = torch.randn(5, K, DIM)
    torch.testing.assert_close(moved(parameters, offsets_BKd).means_Kd - parameters.means_Kd, offsets_BKd)
    assert moved(parameters, offsets_BKd).precision_factor is parameters.precision_factor


@pytest.mark.parametrize("temperature", [1.01, 1.5, 8.0])
def test_a_temperature_that_is_set_is_the_one_in_force(temperature: float) -> None:
    mixture = GaussianMixture(K, DIM)
    mixture.set_temperature(temperature)
    assert mixture.temperature.item() == pytest.approx(temperature, rel=1e-5)


def test_a_mixture_without_a_temperature_refuses_one() -> None:
    with pytest.raises(ConfigError, match=r"got temperature 1.5 for a mixture that has none"):
        GaussianMixture(K, DIM, has_temperature=False).set_temperature(1.5)


@pytest.mark.parametrize("logit", [-1e4, -4.0, 0.0, 30.0])
def test_temperature_is_never_below_one(logit: float) -> None:
    mixture = GaussianMixture(K, DIM)
    mixture.temperature_excess_logit.data.fill_(logit)
    assert mixture.temperature.item() >= 1


def test_a_higher_temperature_softens_posteriors_and_leaves_their_order_and_the_likelihood() -> None:
    mixture, x_Nd = GaussianMixture(K, DIM), torch.from_numpy(_points()).float()
    sharp_NK, likelihood_N = mixture(x_Nd)
    mixture.temperature_excess_logit.data.fill_(5.0)
    soft_NK, same_N = mixture(x_Nd)
    assert (soft_NK.max(1).values <= sharp_NK.max(1).values + 1e-6).all()
    assert torch.equal(soft_NK.argmax(1), sharp_NK.argmax(1))
    assert torch.equal(likelihood_N, same_N)


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_gradients_reach_samples_and_every_parameter(covariance_type: CovarianceType) -> None:
    mixture = GaussianMixture(K, DIM, covariance_type=covariance_type)
    x_Nd = torch.from_numpy(_points()).float().requires_grad_()
    log_posteriors_NK, log_likelihood_N = mixture(x_Nd)
    torch.autograd.backward(log_likelihood_N.mean() + log_posteriors_NK[:, 0].mean())
    for name, value in [("x_Nd", x_Nd), *mixture.named_parameters()]:
        assert value.grad is not None, name
        assert torch.isfinite(value.grad).all(), name
        assert value.grad.abs().sum() > 0, name


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_an_em_step_is_differentiable_in_samples_and_means(covariance_type: CovarianceType) -> None:
    parameters = _some_parameters(covariance_type)
    x_Nd = torch.from_numpy(_points()[:6]).requires_grad_()

    def new_means(samples_Nd: Tensor, means_Kd: Tensor) -> Tensor:
        return em_step(samples_Nd, parameters._replace(means_Kd=means_Kd), covariance_floor=0.1).means_Kd

    assert torch.autograd.gradcheck(new_means, (x_Nd, parameters.means_Kd.clone().requires_grad_()), atol=1e-4)


def test_component_densities_integrate_to_one() -> None:
    parameters = MixtureParameters(torch.zeros(1), torch.tensor([[0.3]]), torch.tensor([[2.0]]), "diag")
    grid = torch.linspace(-6, 6, 4001)
    density = component_log_prob(grid.unsqueeze(1), parameters).exp().squeeze(1)
    assert torch.trapezoid(density, grid).item() == pytest.approx(1, abs=1e-5)


def test_an_unknown_covariance_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="got covariance type 'round', expected one of full, tied, diag, spherical"):
        check_covariance_type("round")


@pytest.mark.parametrize(("covariance_type", "num_clusters"), [("full", K), ("diag", K + 1)])
def test_a_fitted_mixture_of_another_kind_or_size_is_refused(
    covariance_type: CovarianceType, num_clusters: int
) -> None:
    mixture = GaussianMixture(num_clusters, DIM, covariance_type=covariance_type)
    with pytest.raises(ConfigError, match=r"got a diag mixture with means \(4, 3\), expected"):
        mixture.set_parameters(_some_parameters("diag"))
