"""Plan 4, distortion-aware multi-expert architecture: experts keyed by the taxonomy's groups, and a fusion path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from models.heads.alignment import MixtureReading
from models.heads.config import ExpertPerGroup, MixtureConfig
from models.heads.experts import ExpertPool, mixture_moments
from models.heads.outputs import IQAOutput
from models.heads.projection import Projection
from models.heads.regressors import Regressor, to_score
from models.heads.variant import AlignedVariant
from models.taxonomy import TAXONOMY


@dataclass(frozen=True, kw_only=True)
class DistortionAwareConfig(ExpertPerGroup, MixtureConfig):
    """A mixture beside the experts, which are the taxonomy's groups."""

    variant: ClassVar[str] = "distortion_aware"


class DistortionAware(AlignedVariant):
    """Own distortion encoder and classifier; score = (1 - w) sum p(group) x expert + w x fusion, w learned."""

    config_class = DistortionAwareConfig
    parts = ("types", "mixture", "experts", "fusion")
    config: DistortionAwareConfig

    def __init__(self, config: DistortionAwareConfig) -> None:
        super().__init__(config)
        self.classifier = nn.Linear(config.embedding_dim, len(TAXONOMY.classes))
        self.projection = Projection(config.layout.num_features, config.projection_dim, dropout=config.dropout)
        self.experts = ExpertPool(
            config.projection_dim,
            config.num_experts,
            kind=config.regressor,
            hidden_dim=config.hidden_dim,
            dropout=config.dropout,
        )
        self.fusion = Regressor(
            config.projection_dim + config.embedding_dim + config.num_clusters,
            kind=config.regressor,
            hidden_dim=config.hidden_dim,
            dropout=config.dropout,
        )
        self.fusion_logit = nn.Parameter(torch.tensor(-2.2))  # a tenth to fusion: training starts on the experts
        group_of_class = torch.tensor(TAXONOMY.group_of_class)
        membership_CG = nn.functional.one_hot(group_of_class, config.num_experts).float()
        self.register_buffer("membership_CG", membership_CG, persistent=False)
        self.membership_CG: Tensor

    @property
    def expert_names(self) -> tuple[str, ...]:
        """The taxonomy's groups."""
        return TAXONOMY.group_names

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score with class logits, routing by group, experts and the fusion path."""
        scaled_BD = self.scaler(features_BD)
        reading: MixtureReading = self.aligned(scaled_BD)
        logits_BC = self.classifier(reading.embedding_Bd)
        routing_BE = logits_BC.softmax(1) @ self.membership_CG
        projected_BP = self.projection(scaled_BD)
        expert_scores_BE = self.experts(projected_BP)
        expert_stds_BE = self.experts.stds(expert_scores_BE)
        expert_path_B, std_B = mixture_moments(routing_BE, expert_scores_BE, expert_stds_BE)
        posteriors_BK = reading.log_posteriors_BK.exp()
        fusion_B = to_score(self.fusion(torch.cat([projected_BP, reading.embedding_Bd, posteriors_BK], 1)))
        share_B = torch.sigmoid(self.fusion_logit).expand_as(fusion_B)
        score_B = expert_path_B + share_B * (fusion_B - expert_path_B)
        return reading.output(score_B, std_B, features_BD)._replace(
            routing_weights=routing_BE,
            expert_scores=expert_scores_BE,
            expert_stds=expert_stds_BE,
            distortion_logits=logits_BC,
            fusion_score=fusion_B,
            fusion_weight=share_B,
        )
