"""Gaussian mixtures in log space: densities, posteriors, EM, and a learnable module around them.

Legend: B or N samples, K clusters, d embedding dimensions.

One function per quantity, after scikit-learn's `mixture` package, whose numbers these equal for every covariance type.
Covariances are kept as Cholesky factors of the precisions, upper triangular U with precision = U U^T, so that no
inverse is taken in a forward pass. Shapes of the factor: full (K, d, d), tied (d, d), diag (K, d), spherical (K,).
EM follows Bishop, "Pattern Recognition and Machine Learning" (2006), section 9.2.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol, Self, get_args

import torch
from torch import Tensor, nn

from models.heads.config import ConfigError, CovarianceType


class MixtureParameters(NamedTuple):
    """A mixture's numbers; means are (K, d), or (B, K, d) where each sample has its own."""

    log_mixing_weights_K: Tensor
    means_Kd: Tensor
    precision_factor: Tensor
    covariance_type: CovarianceType


class FittedMixture(Protocol):
    """The attributes of scikit-learn's fitted `GaussianMixture` that are read here."""

    weights_: object
    means_: object
    precisions_cholesky_: object
    covariance_type: str


def check_covariance_type(name: str) -> CovarianceType:
    """The name itself where it is a covariance type; raises `ConfigError` otherwise."""
    for known in get_args(CovarianceType):
        if name == known:
            checked: CovarianceType = known
            return checked
    raise ConfigError(f"got covariance type {name!r}, expected one of {', '.join(get_args(CovarianceType))}")


def component_log_prob(x_Bd: Tensor, parameters: MixtureParameters) -> Tensor:
    """log N(x | cluster) of each sample under each cluster: (B, K)."""
    difference_BKd = x_Bd.unsqueeze(1) - parameters.means_Kd
    factor = parameters.precision_factor
    match parameters.covariance_type:
        case "full":
            whitened_BKd = torch.einsum("bkd,kde->bke", difference_BKd, factor)
            log_determinant = factor.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        case "tied":
            whitened_BKd = difference_BKd @ factor
            log_determinant = factor.diagonal().log().sum()
        case "diag":
            whitened_BKd = difference_BKd * factor
            log_determinant = factor.log().sum(-1)
        case "spherical":
            whitened_BKd = difference_BKd * factor.unsqueeze(-1)
            log_determinant = x_Bd.shape[1] * factor.log()
    constant = x_Bd.shape[1] * math.log(2 * math.pi)
    return log_determinant - 0.5 * (constant + whitened_BKd.square().sum(-1))


def log_joint(x_Bd: Tensor, parameters: MixtureParameters) -> Tensor:
    """log p(x, cluster): (B, K)."""
    return component_log_prob(x_Bd, parameters) + parameters.log_mixing_weights_K


def log_likelihood(x_Bd: Tensor, parameters: MixtureParameters) -> Tensor:
    """log p(x): (B,)."""
    return log_joint(x_Bd, parameters).logsumexp(1)


def log_posteriors(x_Bd: Tensor, parameters: MixtureParameters) -> Tensor:
    """log p(cluster | x): (B, K); the exponentials of each row sum to one."""
    return log_joint(x_Bd, parameters).log_softmax(1)


def moved(parameters: MixtureParameters, offsets_BKd: Tensor | None) -> MixtureParameters:
    """The mixture that each sample sees: means moved by its own offsets, where it has any."""
    return parameters if offsets_BKd is None else parameters._replace(means_Kd=parameters.means_Kd + offsets_BKd)


def _precision_factor(covariance: Tensor, covariance_type: CovarianceType) -> Tensor:
    if covariance_type in ("diag", "spherical"):
        return covariance.rsqrt()
    lower = torch.linalg.cholesky(covariance)
    identity = torch.eye(covariance.shape[-1], dtype=covariance.dtype, device=covariance.device)
    inverse: Tensor = torch.linalg.solve_triangular(lower, identity.expand_as(lower), upper=False)
    return inverse.mT


def _covariance(
    x_Nd: Tensor, responsibilities_NK: Tensor, means_Kd: Tensor, covariance_type: CovarianceType, floor: float
) -> Tensor:
    counts_K = responsibilities_NK.sum(0) + 10 * torch.finfo(x_Nd.dtype).eps
    if covariance_type in ("full", "tied"):
        difference_KNd = x_Nd - means_Kd.unsqueeze(1)
        weighted_KNd = responsibilities_NK.T.unsqueeze(-1) * difference_KNd
        scatter_Kdd = weighted_KNd.mT @ difference_KNd
        ridge_dd = floor * torch.eye(x_Nd.shape[1], dtype=x_Nd.dtype, device=x_Nd.device)
        if covariance_type == "tied":
            return scatter_Kdd.sum(0) / counts_K.sum() + ridge_dd
        return scatter_Kdd / counts_K[:, None, None] + ridge_dd
    difference_NKd = x_Nd.unsqueeze(1) - means_Kd
    variance_Kd = (responsibilities_NK.unsqueeze(-1) * difference_NKd.square()).sum(0) / counts_K.unsqueeze(1) + floor
    return variance_Kd if covariance_type == "diag" else variance_Kd.mean(1)


def maximisation(
    x_Nd: Tensor, responsibilities_NK: Tensor, covariance_type: CovarianceType, *, covariance_floor: float = 1e-6
) -> MixtureParameters:
    """M step: the parameters under which the weighted samples are likeliest, `covariance_floor` on the diagonal."""
    counts_K = responsibilities_NK.sum(0) + 10 * torch.finfo(x_Nd.dtype).eps
    means_Kd = responsibilities_NK.T @ x_Nd / counts_K.unsqueeze(1)
    covariance = _covariance(x_Nd, responsibilities_NK, means_Kd, covariance_type, covariance_floor)
    log_weights_K = (counts_K / counts_K.sum()).log()
    return MixtureParameters(log_weights_K, means_Kd, _precision_factor(covariance, covariance_type), covariance_type)


def em_step(x_Nd: Tensor, parameters: MixtureParameters, *, covariance_floor: float = 1e-6) -> MixtureParameters:
    """One E and one M step; differentiable in samples and parameters."""
    responsibilities_NK = log_posteriors(x_Nd, parameters).exp()
    return maximisation(x_Nd, responsibilities_NK, parameters.covariance_type, covariance_floor=covariance_floor)


class GaussianMixture(nn.Module):
    """A learnable mixture with a temperature T >= 1 on its posteriors.

    Its parameters are free of constraints: mixing logits, means, the logarithm of the precision factor's diagonal and,
    for `full` and `tied`, the entries above it. At T = 1 posteriors equal scikit-learn's `predict_proba`; without
    `has_temperature` there is no parameter for it and T is exactly that.
    """

    def __init__(
        self, num_clusters: int, dim: int, *, covariance_type: CovarianceType = "tied", has_temperature: bool = True
    ) -> None:
        super().__init__()
        self.covariance_type = check_covariance_type(covariance_type)
        self.mixing_logits_K = nn.Parameter(torch.zeros(num_clusters))
        self.means_Kd = nn.Parameter(torch.randn(num_clusters, dim))
        shape = {"full": (num_clusters, dim), "tied": (dim,), "diag": (num_clusters, dim), "spherical": (num_clusters,)}
        self.log_factor_diagonal = nn.Parameter(torch.zeros(shape[covariance_type]))
        has_upper = covariance_type in ("full", "tied")
        self.factor_upper = nn.Parameter(torch.zeros(*shape[covariance_type], dim)) if has_upper else None
        self.temperature_excess_logit = nn.Parameter(torch.tensor(-4.0)) if has_temperature else None

    @property
    def temperature(self) -> Tensor:
        """T >= 1, what the log joint is divided by before the softmax; learned."""
        if self.temperature_excess_logit is None:
            return torch.ones((), device=self.means_Kd.device)
        return 1 + nn.functional.softplus(self.temperature_excess_logit)

    def current(self) -> MixtureParameters:
        """The parameters as densities need them."""
        factor = self.log_factor_diagonal.clamp(-10, 10).exp()
        if self.factor_upper is not None:
            factor = torch.diag_embed(factor) + self.factor_upper.triu(1)
        return MixtureParameters(self.mixing_logits_K.log_softmax(0), self.means_Kd, factor, self.covariance_type)

    def forward(self, x_Bd: Tensor, offsets_BKd: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Log posteriors (B, K), tempered, and log likelihood (B,)."""
        joint_BK = log_joint(x_Bd, moved(self.current(), offsets_BKd))
        return (joint_BK / self.temperature).log_softmax(1), joint_BK.logsumexp(1)

    @torch.no_grad()
    def set_temperature(self, temperature: float) -> None:
        """Set T, which must be above 1; raises `ConfigError` for a mixture without a temperature."""
        if self.temperature_excess_logit is None:
            raise ConfigError(f"got temperature {temperature} for a mixture that has none, expected has_temperature")
        self.temperature_excess_logit.fill_(math.log(math.expm1(temperature - 1)))

    @torch.no_grad()
    def set_parameters(self, parameters: MixtureParameters) -> Self:
        """Take over the numbers of a fitted mixture of the same size and covariance type."""
        if parameters.covariance_type != self.covariance_type or parameters.means_Kd.shape != self.means_Kd.shape:
            raise ConfigError(
                f"got a {parameters.covariance_type} mixture with means {tuple(parameters.means_Kd.shape)}, "
                f"expected {self.covariance_type} with {tuple(self.means_Kd.shape)}"
            )
        self.mixing_logits_K.copy_(parameters.log_mixing_weights_K)
        self.means_Kd.copy_(parameters.means_Kd)
        factor = parameters.precision_factor
        if self.factor_upper is not None:
            self.factor_upper.copy_(factor.triu(1))
            factor = factor.diagonal(dim1=-2, dim2=-1)
        self.log_factor_diagonal.copy_(factor.log())
        return self


def parameters_from_sklearn(fitted: FittedMixture) -> MixtureParameters:
    """The numbers of scikit-learn's fitted `GaussianMixture`, as float32 tensors."""
    weights, means, factor = (
        torch.as_tensor(value, dtype=torch.float32)
        for value in (fitted.weights_, fitted.means_, fitted.precisions_cholesky_)
    )
    return MixtureParameters(weights.log(), means, factor, check_covariance_type(fitted.covariance_type))
