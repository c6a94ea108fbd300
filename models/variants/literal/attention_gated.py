"""Plan 2 as the founding document writes it: the posterior weighs cluster features and never enters the attention.

Legend: B images, D features, P projection, K clusters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from models.heads.attention import ClusterFeatures, PosteriorAttention
from models.heads.config import SeedConfig
from models.heads.outputs import IQAOutput
from models.heads.regressors import Regressor, to_score
from models.heads.variant import PosteriorDriven
from models.variants.literal.projected import ProjectedMixture


@dataclass(frozen=True, kw_only=True)
class SeedAttentionGatedConfig(SeedConfig):
    """A diagonal mixture on the projected features."""

    variant: ClassVar[str] = "attention_gated"


class SeedAttentionGated(ProjectedMixture, PosteriorDriven):
    """A diagonal mixture on projected features; posterior-weighted cluster features plus attended ones -> regressor."""

    config_class = SeedAttentionGatedConfig
    parts = ("mixture", "attention")
    config: SeedAttentionGatedConfig

    def __init__(self, config: SeedAttentionGatedConfig) -> None:
        super().__init__(config)
        width = config.projection_dim
        self.add_mixture(config)
        self.clusters = ClusterFeatures(width, config.num_clusters)
        self.attention = PosteriorAttention(width)
        self.regressor = Regressor(width, kind=config.regressor, hidden_dim=config.hidden_dim, dropout=config.dropout)

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score with posteriors and attention weights."""
        projected_BP = self.projection(self.scaler(features_BD))
        log_posteriors_BK, log_likelihood_B = self.mixture(projected_BP)
        score_B, attention_BK = self._attend(projected_BP, log_posteriors_BK)
        return IQAOutput(
            score_B,
            self._constant_std(score_B),
            features_BD,
            embedding=projected_BP,
            posteriors=log_posteriors_BK.exp(),
            log_likelihood=log_likelihood_B,
            attention_weights=attention_BK,
        )

    def score_under(self, features_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        """Scores (B,) with the posteriors replaced: an intervention."""
        return self._attend(self.projection(self.scaler(features_BD)), log_posteriors_BK)[0]

    def _attend(self, projected_BP: Tensor, log_posteriors_BK: Tensor) -> tuple[Tensor, Tensor]:
        clusters_BKP = self.clusters(projected_BP)
        no_bias_BK = torch.zeros_like(log_posteriors_BK)
        attended_BP, attention_BK = self.attention(projected_BP, clusters_BKP, no_bias_BK)
        weighted_BP = (log_posteriors_BK.exp().unsqueeze(2) * clusters_BKP).sum(1)
        return to_score(self.regressor(weighted_BP + attended_BP)), attention_BK
