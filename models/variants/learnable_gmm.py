"""Plan 3, differentiable mixture with learnable priors: shared parameters, moved a little by a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from models.heads.alignment import MixtureReading
from models.heads.config import MixtureConfig
from models.heads.online_mixture import OnlineMixture
from models.heads.outputs import IQAOutput
from models.heads.projection import Projection
from models.heads.regressors import Regressor, to_score
from models.heads.variant import AlignedVariant, PosteriorDriven

OFFSET_BOUND = 0.25
"""Largest move of a shared mean along each axis of the embedding: clusters keep their identity."""


class BoundedOffsets(nn.Module):
    """The document's network from features to mixture parameters, here to bounded offsets of the shared means."""

    def __init__(self, num_features: int, num_clusters: int, embedding_dim: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(num_features, 256),
            nn.ReLU(),
            nn.Linear(256, 256),
            nn.ReLU(),
            nn.Linear(256, num_clusters * embedding_dim),
        )
        self.shape = (num_clusters, embedding_dim)

    def forward(self, x_BP: Tensor) -> Tensor:
        """(B, P) -> (B, K, d), each entry within +-`OFFSET_BOUND`."""
        raw_BX: Tensor = self.layers(x_BP)
        bounded_BX: Tensor = OFFSET_BOUND * torch.tanh(raw_BX)
        return bounded_BX.view(-1, *self.shape)


@dataclass(frozen=True, kw_only=True)
class LearnableGMMConfig(MixtureConfig):
    """A mixture on a low-dimensional embedding."""

    variant: ClassVar[str] = "learnable_gmm"


class LearnableGMM(AlignedVariant, PosteriorDriven):
    """A shared mixture learned by unrolled EM, end to end; features and posteriors -> regressor."""

    mixture_class = OnlineMixture
    config_class = LearnableGMMConfig
    config: LearnableGMMConfig

    def __init__(self, config: LearnableGMMConfig) -> None:
        super().__init__(config)
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.offsets = BoundedOffsets(config.projection_dim, config.num_clusters, config.embedding_dim)
        self.regressor = Regressor(
            config.projection_dim + config.num_clusters,
            kind=config.regressor,
            hidden_dim=config.hidden_dim,
            dropout=config.dropout,
        )

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score with posteriors and class log probabilities."""
        scaled_BD = self.scaler(features_BD)
        projected_BP = self.projection(scaled_BD)
        reading: MixtureReading = self.aligned(scaled_BD, self.offsets(projected_BP))
        score_B = self._score(projected_BP, reading.log_posteriors_BK)
        return reading.output(score_B, self._constant_std(score_B), features_BD)

    def score_under(self, features_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        """Scores (B,) with the posteriors replaced: an intervention."""
        return self._score(self.projection(self.scaler(features_BD)), log_posteriors_BK)

    def _score(self, projected_BP: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        return to_score(self.regressor(torch.cat([projected_BP, log_posteriors_BK.exp()], 1)))
