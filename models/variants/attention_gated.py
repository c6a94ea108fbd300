"""Plan 2, attention-gated feature fusion: cross-attention over per-cluster features, biased by the posterior."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.heads.config import ConfigError, ModelConfig
from models.heads.mixture import GaussianMixture
from models.heads.outputs import IQAOutput
from models.heads.regressors import Regressor, to_score
from models.variants.base import AlignedMixture, MixtureReading, Projection, Variant

_NUM_HEADS = 8


class ClusterFeatures(nn.Module):
    """Per cluster a Linear, LayerNorm, ReLU of its own: (B, P) -> (B, K, P)."""

    def __init__(self, dim: int, num_clusters: int) -> None:
        super().__init__()
        self.weight_KPQ = nn.Parameter(torch.randn(num_clusters, dim, dim) * dim**-0.5)
        self.bias_KP = nn.Parameter(torch.zeros(num_clusters, dim))
        self.norm_weight_KP = nn.Parameter(torch.ones(num_clusters, dim))
        self.norm_bias_KP = nn.Parameter(torch.zeros(num_clusters, dim))

    def forward(self, x_BP: Tensor) -> Tensor:
        """(B, P) -> (B, K, P)."""
        linear_BKP = torch.einsum("bp,kpq->bkq", x_BP, self.weight_KPQ) + self.bias_KP
        normalised_BKP = F.layer_norm(linear_BKP, linear_BKP.shape[-1:])
        return F.relu(normalised_BKP * self.norm_weight_KP + self.norm_bias_KP)


class PosteriorAttention(nn.Module):
    """Eight heads; query = features, keys and values = cluster features, log posterior as additive bias."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        if dim % _NUM_HEADS:
            raise ConfigError(f"got projection_dim = {dim}, expected a multiple of {_NUM_HEADS} attention heads")
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim, bias=False)  # softmax is blind to a bias shared by all keys
        self.value = nn.Linear(dim, dim)
        self.output = nn.Linear(dim, dim)

    def forward(self, query_BP: Tensor, clusters_BKP: Tensor, log_posteriors_BK: Tensor) -> tuple[Tensor, Tensor]:
        """Attended features (B, P) and attention weights (B, K), the mean over heads."""
        batch, num_clusters, dim = clusters_BKP.shape
        per_head = (batch, num_clusters, _NUM_HEADS, dim // _NUM_HEADS)
        query_BHQ = self.query(query_BP).view(batch, _NUM_HEADS, -1)
        key_BKHQ, value_BKHQ = self.key(clusters_BKP).view(per_head), self.value(clusters_BKP).view(per_head)
        scores_BHK = torch.einsum("bhq,bkhq->bhk", query_BHQ, key_BKHQ) * per_head[-1] ** -0.5
        weights_BHK = (scores_BHK + log_posteriors_BK.unsqueeze(1)).softmax(-1)
        attended_BP = torch.einsum("bhk,bkhq->bhq", weights_BHK, value_BKHQ).reshape(batch, dim)
        return self.output(attended_BP), weights_BHK.mean(1)


class AttentionGated(Variant):
    """Posterior-weighted cluster features plus attended ones -> regressor."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.aligned = AlignedMixture(config)
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.clusters = ClusterFeatures(config.projection_dim, config.num_clusters)
        self.attention = PosteriorAttention(config.projection_dim)
        self.regressor = Regressor(
            config.projection_dim, kind=config.regressor, hidden_dim=config.hidden_dim, dropout=config.dropout
        )

    @property
    def cluster_mixture(self) -> GaussianMixture:
        """The mixture on the distortion embedding."""
        return self.aligned.mixture

    @property
    def cluster_types_KC(self) -> Tensor:
        """What each cluster says about the classes."""
        return self.aligned.cluster_types.probabilities()

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
