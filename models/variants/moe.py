"""Plan 1, mixture of expert regressors (MoECENIQA): one regressor per cluster, weighed by posterior and gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from models.heads.alignment import MixtureReading
from models.heads.config import ExpertPerCluster, MixtureConfig
from models.heads.experts import ExpertPool, mixture_moments
from models.heads.gating import Gate, route
from models.heads.outputs import IQAOutput, Part
from models.heads.projection import Projection
from models.heads.variant import AlignedVariant


@dataclass(frozen=True, kw_only=True)
class MixtureOfExpertsConfig(ExpertPerCluster, MixtureConfig):
    """Without `has_gate`, which an ablation asks for, the posteriors alone route."""

    variant: ClassVar[str] = "moe"

    has_gate: bool = True


class MixtureOfExperts(AlignedVariant):
    """Posterior and gate multiply in log space and weigh K experts; their mixture gives score and deviation."""

    config_class = MixtureOfExpertsConfig
    parts: ClassVar[tuple[Part, ...]] = ("types", "mixture", "gate", "experts")
    config: MixtureOfExpertsConfig

    def __init__(self, config: MixtureOfExpertsConfig) -> None:
        super().__init__(config)
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.gate = Gate(config.projection_dim, config.num_experts, hidden_dim=config.hidden_dim)
        self.experts = ExpertPool(
            config.projection_dim,
            config.num_experts,
            kind=config.regressor,
            hidden_dim=config.hidden_dim,
            dropout=config.dropout,
        )

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score = sum of routing weight x expert score, with every part of the way there."""
        scaled_BD = self.scaler(features_BD)
        projected_BP = self.projection(scaled_BD)
        return self._mix(features_BD, self.aligned(scaled_BD), projected_BP, self.experts(projected_BP))

    def _mix(
        self, features_BD: Tensor, reading: MixtureReading, projected_BP: Tensor, expert_scores_BE: Tensor
    ) -> IQAOutput:
        gating_logits_BE = (
            self.gate.logits(projected_BP) if self.config.has_gate else torch.zeros_like(expert_scores_BE)
        )
        log_gating_BE = gating_logits_BE.log_softmax(1)
        routing_BE = route(reading.log_posteriors_BK, log_gating_BE)
        expert_stds_BE = self.experts.stds(expert_scores_BE)
        score_B, score_std_B = mixture_moments(routing_BE, expert_scores_BE, expert_stds_BE)
        return reading.output(score_B, score_std_B, features_BD)._replace(
            gating_weights=log_gating_BE.exp(),
            gating_logits=gating_logits_BE,
            routing_weights=routing_BE,
            expert_scores=expert_scores_BE,
            expert_stds=expert_stds_BE,
        )
