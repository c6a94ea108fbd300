"""What a checkpoint says of the pictures that were looked at, as numbers.

Legend: N pictures, K clusters, E experts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.checkpoints.manifest import Manifest

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Experts:
    """Routing weights and the experts' own scores (N, E), and the fusion's share and score, 0 where there is none."""

    weights_NE: Floats
    scores_NE: Floats
    fusion_weight_N: Floats
    fusion_score_N: Floats

    def score_under(self, weights_NE: Floats) -> Floats:
        """Scores (N,) with other routing weights; all else stays what it is."""
        routed_N = (weights_NE * self.scores_NE).sum(1)
        score_N: Floats = (1 - self.fusion_weight_N) * routed_N + self.fusion_weight_N * self.fusion_score_N
        return score_N


@dataclass(frozen=True)
class Answers:
    """One checkpoint's scores and interval ends (N,), and what it has of clusters (N, K) and experts."""

    manifest: Manifest
    score_N: Floats
    low_N: Floats
    high_N: Floats
    posteriors_NK: Floats | None
    experts: Experts | None
