"""Baseline without a mixture: features -> regressor."""

from __future__ import annotations

from torch import Tensor

from models.config import ModelConfig
from models.outputs import IQAOutput
from models.regressors import Regressor, to_score
from models.variants.base import Projection, Variant


class NoGMM(Variant):
    """Projected features -> one regressor."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.regressor = Regressor(
            config.projection_dim, kind=config.regressor, hidden_dim=config.hidden_dim, dropout=config.dropout
        )

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score and its standard deviation."""
        score_B = to_score(self.regressor(self.projection(self.scaler(features_BD))))
        return IQAOutput(score_B, self._constant_std(score_B), features_BD)
