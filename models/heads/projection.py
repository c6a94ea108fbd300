"""What every variant begins with: standardised features, and a projection of them.

Legend: B images, D features, P projection, N training pictures.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn

from models.heads.dropout import ByteDropout

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
