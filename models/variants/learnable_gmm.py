"""Plan 3, differentiable mixture with learnable priors: shared parameters, moved a little by a network."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.config import ModelConfig
from models.mixture import GaussianMixture
from models.outputs import IQAOutput
from models.regressors import Regressor, to_score
from models.variants.base import DistortionEncoder, Projection, Variant

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


class LearnableGMM(Variant):
    """A shared mixture trained end to end; features and posteriors -> regressor."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.encoder = DistortionEncoder(config)
        self.mixture = GaussianMixture(
            config.num_clusters, config.embedding_dim, covariance_type=config.covariance_type
        )
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.offsets = BoundedOffsets(config.projection_dim, config.num_clusters, config.embedding_dim)
        self.regressor = Regressor(
            config.projection_dim + config.num_clusters,
            kind=config.regressor,
            hidden_dim=config.hidden_dim,
            dropout=config.dropout,
        )

    @property
    def cluster_mixture(self) -> GaussianMixture:
        """The shared mixture, before a sample's offsets."""
        return self.mixture

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score, embedding, posteriors and log likelihood."""
        scaled_BD = self.scaler(features_BD)
        projected_BP = self.projection(scaled_BD)
        embedding_Bd = self.encoder(scaled_BD)
        log_posteriors_BK, log_likelihood_B = self.mixture(embedding_Bd, self.offsets(projected_BP))
        posteriors_BK = log_posteriors_BK.exp()
        score_B = to_score(self.regressor(torch.cat([projected_BP, posteriors_BK], 1)))
        return IQAOutput(
            score_B,
            self._constant_std(score_B),
            features_BD,
            embedding=embedding_Bd,
            posteriors=posteriors_BK,
            log_likelihood=log_likelihood_B,
        )
