"""A mixture that learns by EM while the network below it learns by gradients.

Legend: B images of a batch, Q queued samples, N = B + Q, K clusters, d embedding dimensions.

As batch normalisation does with its statistics, training mode reads the mixture off the data at hand and keeps a moving
average of it; eval mode reads the average, and no EM step runs.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from models.heads.config import CovarianceType
from models.heads.mixture import GaussianMixture, MixtureParameters, em_step, log_joint, moved

QUEUE_SIZE: Final = 2048
EM_STEPS: Final = 2
MOMENTUM: Final = 0.05
PRIOR_COUNT: Final = 20.0
"""Samples that each cluster is given beforehand (MAP with a symmetric Dirichlet prior): none can die of one batch."""
COVARIANCE_FLOOR: Final = 1e-3


class OnlineMixture(GaussianMixture):
    """`GaussianMixture` whose training mode unrolls `EM_STEPS` differentiable EM steps on batch and queue.

    Gradients flow through the steps into the batch's embedding; the parameters themselves follow by a moving average.
    Neal and Hinton, "A view of the EM algorithm that justifies incremental, sparse, and other variants" (1998); Cappé
    and Moulines, "On-line expectation-maximization algorithm for latent data models" (JRSS B 2009).
    """

    def __init__(self, num_clusters: int, dim: int, *, covariance_type: CovarianceType = "tied") -> None:
        super().__init__(num_clusters, dim, covariance_type=covariance_type)
        self.requires_grad_(False)
        self.register_buffer("queue_Qd", torch.zeros(0, dim), persistent=False)
        self.queue_Qd: Tensor

    def forward(self, x_Bd: Tensor, offsets_BKd: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Log posteriors (B, K), tempered, and log likelihood (B,), under the parameters of the present mode."""
        parameters = self._learned_from(x_Bd) if self.training else self.current()
        joint_BK = log_joint(x_Bd, moved(parameters, offsets_BKd))
        return (joint_BK / self.temperature).log_softmax(1), joint_BK.logsumexp(1)

    def _learned_from(self, x_Bd: Tensor) -> MixtureParameters:
        here_Kd = self.means_Kd.clone()  # `_follow` moves the means before the backward pass has read them
        parameters = self.current()._replace(means_Kd=here_Kd)
        sample_Nd = torch.cat([x_Bd, self.queue_Qd])
        for _ in range(EM_STEPS):
            learned = em_step(sample_Nd, parameters, covariance_floor=COVARIANCE_FLOOR)
            parameters = _with_prior(learned, here_Kd, num_samples=len(sample_Nd))
        self._follow(parameters)
        self.queue_Qd = sample_Nd[:QUEUE_SIZE].detach()
        return parameters

    @torch.no_grad()
    def _follow(self, learned: MixtureParameters) -> None:
        if not all(bool(part.isfinite().all()) for part in (learned.means_Kd, learned.precision_factor)):
            raise ArithmeticError("got a mixture that is not finite from an EM step, expected finite embeddings")
        target = GaussianMixture(*self.means_Kd.shape, covariance_type=self.covariance_type, has_temperature=False)
        target.set_parameters(learned)
        for name, value in target.named_parameters():
            self.get_parameter(name).lerp_(value, MOMENTUM)


def _with_prior(learned: MixtureParameters, here_Kd: Tensor, *, num_samples: int) -> MixtureParameters:
    """MAP: mixing weights and means as if each cluster had held `PRIOR_COUNT` samples where it stood."""
    counts_K = learned.log_mixing_weights_K.exp() * num_samples
    share_K1 = (counts_K / (counts_K + PRIOR_COUNT)).unsqueeze(1)
    weights_K = (counts_K + PRIOR_COUNT) / (num_samples + PRIOR_COUNT * len(counts_K))
    means_Kd = share_K1 * learned.means_Kd + (1 - share_K1) * here_Kd
    return learned._replace(log_mixing_weights_K=weights_K.log(), means_Kd=means_Kd)
