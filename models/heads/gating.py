"""Posterior and gate -> routing weights.

Legend: B images, D features, E experts (one per cluster).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Gate(nn.Module):
    """Features -> log gating weights (B, E), the gate's own opinion before it meets the posterior."""

    def __init__(self, num_features: int, num_experts: int, *, hidden_dim: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(num_features, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, num_experts))

    def logits(self, features_BD: Tensor) -> Tensor:
        """(B, D) -> (B, E), before they are normalised."""
        logits_BE: Tensor = self.layers(features_BD)
        return logits_BE

    def forward(self, features_BD: Tensor) -> Tensor:
        """(B, D) -> (B, E); the exponentials of each row sum to one."""
        return self.logits(features_BD).log_softmax(1)


def route(log_posteriors_BE: Tensor, log_gating_weights_BE: Tensor) -> Tensor:
    """Routing weights as a product of experts in log space: (B, E), rows sum to one.

    A plain product divided by its sum + 1e-8, as the founding document writes it, ignores the gate where a posterior
    is one-hot and sums to almost nothing where the two disagree. Hinton, "Training products of experts" (2002).
    """
    return torch.softmax(log_posteriors_BE + log_gating_weights_BE, 1)
