"""How far from people a score is expected to be, picture by picture.

Legend: B images, D features of the pooled stages, S sources.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn

_MIDDLE: Final = 50.0
_STEP: Final = 20.0
_MOST_STEPS: Final = 3.0
SCORE_TERMS: Final = 2


def score_terms(score_B: Tensor) -> Tensor:
    """A score and its square about the middle of the scale (B, 2): the ends of the scale leave less room for errors."""
    steps_B = ((score_B - _MIDDLE) / _STEP).clamp(-_MOST_STEPS, _MOST_STEPS)
    return torch.stack([steps_B, steps_B.square()], 1)


class ResidualSpread(nn.Module):
    """A line in features, score and sources on the log scale, within the range that was seen in training: (B,) points.

    The sources of the training photographs differ in how well their labels can be predicted; a picture counts for each
    of them as far as it looks like its photographs. `models.training.fitting.spread` fits it.
    """

    def __init__(self, num_features: int, num_sources: int) -> None:
        super().__init__()
        empty = {
            "discriminants_DS": torch.zeros(num_features, num_sources),
            "discriminant_offsets_S": torch.zeros(num_sources),
            "slope_D": torch.zeros(num_features),
            "score_slopes": torch.zeros(SCORE_TERMS),
            "source_slopes_S": torch.zeros(num_sources),
            "intercept": torch.zeros(()),
            "bounds": torch.tensor([-10.0, 10.0]),
            "scale": torch.ones(()),
        }
        for name, value in empty.items():
            self.register_buffer(name, value)
        self.discriminants_DS: Tensor
        self.discriminant_offsets_S: Tensor
        self.slope_D: Tensor
        self.score_slopes: Tensor
        self.source_slopes_S: Tensor
        self.intercept: Tensor
        self.bounds: Tensor
        self.scale: Tensor
        """What turns a typical absolute residual into a standard deviation."""

    @property
    def num_sources(self) -> int:
        """S."""
        return len(self.source_slopes_S)

    def sources(self, scaled_BD: Tensor) -> Tensor:
        """How far each picture looks like the photographs of each source: (B, S), rows sum to one."""
        return (scaled_BD @ self.discriminants_DS + self.discriminant_offsets_S).softmax(1)

    def forward(self, scaled_BD: Tensor, score_B: Tensor) -> Tensor:
        """Standardised features of the pooled stages, and scores -> expected standard deviation (B,)."""
        log_B = scaled_BD @ self.slope_D + score_terms(score_B) @ self.score_slopes + self.intercept
        log_B = log_B + self.sources(scaled_BD) @ self.source_slopes_S
        low, high = self.bounds
        return self.scale * torch.minimum(torch.maximum(log_B, low), high).exp()
