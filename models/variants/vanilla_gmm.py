"""The implementation that the founding document starts from: posteriors of an offline mixture beside the features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from models.heads.config import CovarianceType, MixtureConfig
from models.heads.mixture import GaussianMixture
from models.heads.outputs import IQAOutput
from models.heads.projection import Projection
from models.heads.regressors import Regressor, to_score
from models.heads.variant import PosteriorDriven


@dataclass(frozen=True, kw_only=True)
class VanillaGMMConfig(MixtureConfig):
    """The embedding are principal components; covariances are diagonal, as in the implementation that it repeats."""

    variant: ClassVar[str] = "vanilla_gmm"

    covariance_type: CovarianceType = "diag"


class VanillaGMM(PosteriorDriven):
    """Principal components -> scikit-learn's mixture, frozen; features and posteriors -> regressor."""

    config_class = VanillaGMMConfig
    parts = ("mixture",)
    config: VanillaGMMConfig

    def __init__(self, config: VanillaGMMConfig) -> None:
        super().__init__(config)
        self.register_buffer("components_Dd", torch.eye(config.layout.num_features, config.embedding_dim))
        self.components_Dd: Tensor
        self.mixture = GaussianMixture(
            config.num_clusters, config.embedding_dim, covariance_type=config.covariance_type, has_temperature=False
        ).requires_grad_(False)
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.regressor = Regressor(
            config.projection_dim + config.num_clusters,
            kind=config.regressor,
            hidden_dim=config.hidden_dim,
            dropout=config.dropout,
        )

    @property
    def cluster_mixture(self) -> GaussianMixture:
        """The offline mixture."""
        return self.mixture

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score, embedding, posteriors and log likelihood."""
        scaled_BD = self.scaler(features_BD)
        embedding_Bd = scaled_BD @ self.components_Dd
        log_posteriors_BK, log_likelihood_B = self.mixture(embedding_Bd)
        score_B = self._score(scaled_BD, log_posteriors_BK)
        return IQAOutput(
            score_B,
            self._constant_std(score_B),
            features_BD,
            embedding=embedding_Bd,
            posteriors=log_posteriors_BK.exp(),
            log_likelihood=log_likelihood_B,
        )

    def score_under(self, features_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        """Scores (B,) with the posteriors replaced: an intervention."""
        return self._score(self.scaler(features_BD), log_posteriors_BK)

    def _score(self, scaled_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        return to_score(self.regressor(torch.cat([self.projection(scaled_BD), log_posteriors_BK.exp()], 1)))
