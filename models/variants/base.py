"""What every variant is made of: standardised features, a projection, a distortion encoder, an aligned mixture.

Legend: B images, D features, P projection, d embedding, K clusters, C classes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Final, NamedTuple

import torch
from torch import Tensor, nn

from models.heads.config import ModelConfig
from models.heads.dropout import ByteDropout
from models.heads.mixture import GaussianMixture
from models.heads.outputs import IQAOutput
from models.taxonomy import TAXONOMY

_FEATURE_CLAMP: Final = 8.0


class FeatureScaler(nn.Module):
    """Standardises features with the training set's mean and deviation, bounded so that extremes stay finite."""

    def __init__(self, num_features: int) -> None:
        super().__init__()
        self.register_buffer("mean_D", torch.zeros(num_features))
        self.register_buffer("std_D", torch.ones(num_features))
        self.mean_D: Tensor
        self.std_D: Tensor

    @torch.no_grad()
    def fit(self, features_ND: Tensor) -> None:
        """Take mean and deviation from training features."""
        self.mean_D.copy_(features_ND.mean(0))
        self.std_D.copy_(features_ND.std(0).clamp(min=1e-6))

    def forward(self, features_BD: Tensor) -> Tensor:
        """(B, D) -> (B, D), within +-8 standard deviations; a value that is not a number counts as the mean."""
        scaled_BD = (features_BD - self.mean_D) / self.std_D
        return scaled_BD.nan_to_num(nan=0.0).clamp(-_FEATURE_CLAMP, _FEATURE_CLAMP)


class Projection(nn.Module):
    """The document's linear feature projection, with dropout on both sides: (B, D) -> (B, P)."""

    def __init__(self, num_features: int, projection_dim: int, *, dropout: float) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            ByteDropout(dropout), nn.Linear(num_features, projection_dim), nn.LayerNorm(projection_dim), nn.GELU()
        )

    def forward(self, scaled_BD: Tensor) -> Tensor:
        """(B, D) -> (B, P)."""
        projected_BP: Tensor = self.layers(scaled_BD)
        return projected_BP


class DistortionEncoder(nn.Module):
    """All stages but the last and scene statistics -> a low-dimensional embedding in which distortions separate."""

    def __init__(self, config: ModelConfig) -> None:
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

    def __init__(self, config: ModelConfig, *, mixture_class: type[GaussianMixture] = GaussianMixture) -> None:
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


class Variant(nn.Module, ABC):
    """A family member: features -> IQAOutput, deterministic in eval, each row independent of the others.

    One with a `crop_px` has the crops `crops_BCHW` as a second argument of its `forward`: each picture's centre at its
    native size, `crop_px` a side, as `models.trunk.crops` makes it.
    """

    crop_px: ClassVar[int | None] = None
    """Side in pixels of the crops that the variant sees beside the features; `None`: it sees features alone."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.scaler = FeatureScaler(config.layout.num_features)
        self.register_buffer("residual_std", torch.tensor(10.0))
        self.residual_std: Tensor
        """Standard deviation of the validation residual in points, for variants without a likelihood of their own."""

    @property
    def cluster_mixture(self) -> GaussianMixture | None:
        """The mixture that makes the clusters, or `None` where there is none."""
        return None

    @property
    def has_clusters(self) -> bool:
        """Whether the output carries posteriors, though each sample may have a mixture of its own."""
        return self.cluster_mixture is not None

    @property
    def cluster_types_KC(self) -> Tensor | None:
        """Row-stochastic cluster-type matrix (K, C), or `None` where clusters are not aligned with types."""
        return None

    @property
    def has_experts(self) -> bool:
        """Whether the output carries expert scores and routing weights."""
        return False

    @property
    def expert_names(self) -> tuple[str, ...] | None:
        """Names of the experts where the architecture fixes them, else `None`: they are named by their clusters."""
        return None

    @abstractmethod
    def forward(self, features_BD: Tensor) -> IQAOutput:
        """Backbone features (B, D) -> every part that the variant has."""

    def _constant_std(self, score_B: Tensor) -> Tensor:
        return self.residual_std.expand_as(score_B)
