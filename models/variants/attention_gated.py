"""Plan 2, attention-gated feature fusion: cross-attention over per-cluster features, biased by the posterior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from models.heads.alignment import MixtureReading
from models.heads.attention import ClusterFeatures, PosteriorAttention
from models.heads.config import MixtureConfig
from models.heads.outputs import IQAOutput
from models.heads.projection import Projection
from models.heads.regressors import Regressor, to_score
from models.heads.variant import AlignedVariant, PosteriorDriven


@dataclass(frozen=True, kw_only=True)
class AttentionGatedConfig(MixtureConfig):
    """Without `has_attention_bias`, which an ablation asks for, the posteriors do not reach the attention."""

    variant: ClassVar[str] = "attention_gated"

    has_attention_bias: bool = True


class AttentionGated(AlignedVariant, PosteriorDriven):
    """Posterior-weighted cluster features plus attended ones -> regressor."""

    config_class = AttentionGatedConfig
    parts = ("types", "mixture", "attention")
    config: AttentionGatedConfig

    def __init__(self, config: AttentionGatedConfig) -> None:
        super().__init__(config)
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.clusters = ClusterFeatures(config.projection_dim, config.num_clusters)
        self.attention = PosteriorAttention(config.projection_dim)
        self.regressor = Regressor(
            config.projection_dim, kind=config.regressor, hidden_dim=config.hidden_dim, dropout=config.dropout
        )

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score with posteriors, class log probabilities and attention weights."""
        scaled_BD = self.scaler(features_BD)
        reading: MixtureReading = self.aligned(scaled_BD)
        score_B, attention_BK = self._attend(scaled_BD, reading.log_posteriors_BK)
        output = reading.output(score_B, self._constant_std(score_B), features_BD)
        return output._replace(attention_weights=attention_BK)

    def score_under(self, features_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        """Scores (B,) with the posteriors replaced: an intervention."""
        return self._attend(self.scaler(features_BD), log_posteriors_BK)[0]

    def _attend(self, scaled_BD: Tensor, log_posteriors_BK: Tensor) -> tuple[Tensor, Tensor]:
        projected_BP = self.projection(scaled_BD)
        clusters_BKP = self.clusters(projected_BP)
        bias_BK = log_posteriors_BK if self.config.has_attention_bias else torch.zeros_like(log_posteriors_BK)
        attended_BP, attention_BK = self.attention(projected_BP, clusters_BKP, bias_BK)
        weighted_BP = (log_posteriors_BK.exp().unsqueeze(2) * clusters_BKP).sum(1)
        return to_score(self.regressor(weighted_BP + attended_BP)), attention_BK
