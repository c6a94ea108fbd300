"""Baseline without a mixture: features -> regressor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from models.heads.alignment import AlignedMixture
from models.heads.config import MixtureConfig
from models.heads.outputs import IQAOutput
from models.heads.projection import Projection
from models.heads.regressors import Regressor, to_score
from models.heads.variant import Variant


@dataclass(frozen=True, kw_only=True)
class NoGMMConfig(MixtureConfig):
    """With `has_type_encoder`, which an ablation asks for, the sizes of a mixture count, too."""

    variant: ClassVar[str] = "no_gmm"

    has_type_encoder: bool = False


class NoGMM(Variant):
    """Projected features -> one regressor.

    With a type encoder, which an ablation asks for, the regressor reads the aligned embedding, too, and the mixture
    on it stays unused: what is left of an aligned variant without its mixture.
    """

    config_class = NoGMMConfig
    config: NoGMMConfig

    def __init__(self, config: NoGMMConfig) -> None:
        super().__init__(config)
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.aligned = AlignedMixture(config) if config.has_type_encoder else None
        self.regressor = Regressor(
            config.projection_dim + (0 if self.aligned is None else config.embedding_dim),
            kind=config.regressor,
            hidden_dim=config.hidden_dim,
            dropout=config.dropout,
        )

    @property
    def alignment(self) -> AlignedMixture | None:
        """Encoder and unused mixture, with a type encoder."""
        return self.aligned

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score and its standard deviation."""
        scaled_BD = self.scaler(features_BD)
        read_BP = self.projection(scaled_BD)
        if self.aligned is not None:
            read_BP = torch.cat([read_BP, self.aligned.encoder(scaled_BD)], 1)
        score_B = to_score(self.regressor(read_BP))
        return IQAOutput(score_B, self._constant_std(score_B), features_BD)
