"""Features -> expert scores.

Legend: B images, P inputs, E experts, H hidden units.

Every expert is one shared regressor plus a residual of its own, scaled by a gain that starts at zero: a mixture that
does not help costs nothing, and the score stays exactly the routed sum of expert scores.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.heads.config import RegressorKind
from models.heads.dropout import ByteDropout
from models.heads.regressors import SCORE_MAX, Regressor, to_score

STD_FLOOR: Final = 2.0
"""Smallest standard deviation of an expert, in points on 0-100: no likelihood can be bought with certainty."""


class ExpertPool(nn.Module):
    """E regressors evaluated together: logits, scores and one standard deviation each."""

    def __init__(
        self, num_inputs: int, num_experts: int, *, kind: RegressorKind, hidden_dim: int, dropout: float
    ) -> None:
        super().__init__()
        self.shared = Regressor(num_inputs, kind=kind, hidden_dim=hidden_dim, dropout=dropout)
        scale = num_inputs**-0.5
        self.hidden_EPH = nn.Parameter(torch.randn(num_experts, num_inputs, hidden_dim) * scale)
        self.hidden_bias_EH = nn.Parameter(torch.zeros(num_experts, hidden_dim))
        self.output_EH = nn.Parameter(torch.randn(num_experts, hidden_dim) * hidden_dim**-0.5)
        self.output_bias_E = nn.Parameter(torch.zeros(num_experts))
        self.residual_gain = nn.Parameter(torch.zeros(()))
        self.raw_std_E = nn.Parameter(torch.full((num_experts,), 0.1))
        self.dropout = ByteDropout(dropout)

    def logits(self, x_BP: Tensor) -> Tensor:
        """(B, P) -> each expert's logit, shared + gain * residual: (B, E)."""
        hidden_BEH = F.gelu(torch.einsum("bp,eph->beh", x_BP, self.hidden_EPH) + self.hidden_bias_EH)
        residual_BE = (self.dropout(hidden_BEH) * self.output_EH).sum(-1) + self.output_bias_E
        shared_B: Tensor = self.shared(x_BP)
        logits_BE: Tensor = shared_B.unsqueeze(1) + self.residual_gain * residual_BE
        return logits_BE

    def stds(self, like_BE: Tensor) -> Tensor:
        """Each expert's standard deviation in points, at least `STD_FLOOR`, for every row of `like_BE`."""
        return (STD_FLOOR + SCORE_MAX * F.softplus(self.raw_std_E - 3)).expand_as(like_BE)

    def forward(self, x_BP: Tensor) -> Tensor:
        """(B, P) -> expert scores on 0-100: (B, E)."""
        return to_score(self.logits(x_BP))


def mixture_moments(weights_BE: Tensor, scores_BE: Tensor, stds_BE: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation, each (B,), of the mixture of E Gaussians: Jacobs et al. (1991)."""
    mean_B = (weights_BE * scores_BE).sum(1)
    spread_BE = stds_BE.square() + (scores_BE - mean_B.unsqueeze(1)).square()
    return mean_B, (weights_BE * spread_BE).sum(1).sqrt()
