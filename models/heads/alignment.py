"""Clusters that know distortions: an encoder, a mixture on its embedding, and what each cluster says of the types.

Legend: B images, D features, d embedding, K clusters, C classes.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from models.heads.config import MixtureConfig
from models.heads.dropout import ByteDropout
from models.heads.mixture import GaussianMixture
from models.heads.outputs import IQAOutput
from models.taxonomy import TAXONOMY


class DistortionEncoder(nn.Module):
    """All stages but the last and scene statistics -> a low-dimensional embedding in which distortions separate."""

    def __init__(self, config: MixtureConfig) -> None:
        super().__init__()
        columns = config.layout.distortion_columns
        self.register_buffer("columns", torch.tensor(columns), persistent=False)
        self.columns: Tensor
        self.layers = nn.Sequential(
            ByteDropout(config.dropout / 2),
            nn.Linear(len(columns), 256),
            nn.LayerNorm(256),
            nn.GELU(),
            ByteDropout(config.dropout),
            nn.Linear(256, 128),
            nn.GELU(),
            nn.LayerNorm(128),
            nn.Linear(128, config.embedding_dim),
        )

    def forward(self, scaled_BD: Tensor) -> Tensor:
        """(B, D) -> (B, d)."""
        embedding_Bd: Tensor = self.layers(scaled_BD[:, self.columns])
        return embedding_Bd


class ClusterTypeMatrix(nn.Module):
    """Learned row-stochastic T: what each cluster says about the 26 classes, so that K is free."""

    def __init__(self, num_clusters: int) -> None:
        super().__init__()
        self.logits_KC = nn.Parameter(torch.zeros(num_clusters, len(TAXONOMY.classes)))

    def forward(self, log_posteriors_BK: Tensor) -> Tensor:
        """log p(class | x) = logsumexp_k(log p(k | x) + log T[k, class]): (B, K) -> (B, C)."""
        return (log_posteriors_BK.unsqueeze(2) + self.logits_KC.log_softmax(1)).logsumexp(1)

    def probabilities(self) -> Tensor:
        """T itself: (K, C), rows sum to one."""
        return self.logits_KC.softmax(1)


class MixtureReading(NamedTuple):
    """A mixture's view of a batch."""

    embedding_Bd: Tensor
    log_posteriors_BK: Tensor
    log_likelihood_B: Tensor
    type_log_probs_BC: Tensor

    def output(self, score_B: Tensor, score_std_B: Tensor, features_BD: Tensor) -> IQAOutput:
        """Score and deviation with everything that the mixture says; its classes are the distortion logits."""
        return IQAOutput(
            score_B,
            score_std_B,
            features_BD,
            embedding=self.embedding_Bd,
            posteriors=self.log_posteriors_BK.exp(),
            log_likelihood=self.log_likelihood_B,
            distortion_logits=self.type_log_probs_BC,
            cluster_type_log_probs=self.type_log_probs_BC,
        )


class AlignedMixture(nn.Module):
    """Distortion encoder, mixture on its embedding, and the matrix that aligns clusters with distortion types."""

    def __init__(self, config: MixtureConfig, *, mixture_class: type[GaussianMixture] = GaussianMixture) -> None:
        super().__init__()
        self.encoder = DistortionEncoder(config)
        self.mixture = mixture_class(config.num_clusters, config.embedding_dim, covariance_type=config.covariance_type)
        self.cluster_types = ClusterTypeMatrix(config.num_clusters)

    def forward(self, scaled_BD: Tensor, offsets_BKd: Tensor | None = None) -> MixtureReading:
        """Standardised features -> embedding, log posteriors, log likelihood and class log probabilities.

        `offsets_BKd` move the mixture's means for each sample.
        """
        embedding_Bd = self.encoder(scaled_BD)
        log_posteriors_BK, log_likelihood_B = self.mixture(embedding_Bd, offsets_BKd)
        return MixtureReading(embedding_Bd, log_posteriors_BK, log_likelihood_B, self.cluster_types(log_posteriors_BK))
