"""Heads that turn a vector into one number per image, before it is squashed to a score.

Legend: B images, P inputs, S severities, E experts.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.heads.config import RegressorKind
from models.heads.dropout import ByteDropout

SCORE_MAX: Final = 100.0


def to_score(logits: Tensor) -> Tensor:
    """Any shape of logits -> scores between 0 and 100."""
    return SCORE_MAX * torch.sigmoid(logits)


class Regressor(nn.Module):
    """A vector -> one logit: linear, with a hidden layer beside it for the kind `mlp`."""

    def __init__(self, num_inputs: int, *, kind: RegressorKind, hidden_dim: int, dropout: float) -> None:
        super().__init__()
        self.linear = nn.Linear(num_inputs, 1)
        self.residual: nn.Module | None = None
        if kind == "mlp":
            hidden = nn.Linear(num_inputs, hidden_dim)
            self.residual = nn.Sequential(hidden, nn.GELU(), ByteDropout(dropout), nn.Linear(hidden_dim, 1))

    def forward(self, x_BP: Tensor) -> Tensor:
        """(B, P) -> (B,)."""
        logit_B1: Tensor = self.linear(x_BP)
        if self.residual is not None:
            logit_B1 = logit_B1 + self.residual(x_BP)
        return logit_B1.squeeze(1)


class MonotonicSum(nn.Module):
    """Per-expert penalty M(s) >= 0 of severities s >= 0 that grows with each of them and is 0 at s = 0.

    One hidden layer of softplus units with positive weights on both sides, each unit less its value at zero; after
    Sill, "Monotonic networks" (NeurIPS 1997).
    """

    def __init__(self, num_severities: int, num_experts: int, *, hidden_dim: int = 8) -> None:
        super().__init__()
        self.raw_in_ESH = nn.Parameter(torch.randn(num_experts, num_severities, hidden_dim) * 0.3 - 1)
        self.bias_EH = nn.Parameter(torch.linspace(-2, 1, hidden_dim).repeat(num_experts, 1))
        self.raw_out_EH = nn.Parameter(torch.randn(num_experts, hidden_dim) * 0.3 - 1)

    def forward(self, severities_BS: Tensor) -> Tensor:
        """(B, S) -> (B, E)."""
        drive_BEH = torch.einsum("bs,esh->beh", severities_BS, F.softplus(self.raw_in_ESH)) + self.bias_EH
        units_BEH = F.softplus(drive_BEH) - F.softplus(self.bias_EH)
        return (units_BEH * F.softplus(self.raw_out_EH)).sum(-1)
