"""Attention over the features that each cluster makes of a picture.

Legend: B images, P = Q projection, K clusters, H heads.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.heads.config import ConfigError

_NUM_HEADS: Final = 8


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
