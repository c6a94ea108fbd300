"""Plan 1 as the founding document writes it: posterior times gate over its sum, and experts that share nothing.

Legend: B images, D features, P projection, K clusters, E = K experts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

import torch
from torch import Tensor, nn

from models.heads.config import ExpertPerCluster, SeedConfig
from models.heads.gating import Gate
from models.heads.outputs import IQAOutput
from models.heads.regressors import Regressor, to_score
from models.variants.literal.projected import ProjectedMixture

_EPSILON: Final = 1e-8


def literal_route(posteriors_BE: Tensor, gating_weights_BE: Tensor) -> Tensor:
    """Posterior x gate / (sum + 1e-8): (B, E), rows sum to s / (s + 1e-8), where s is the sum of the products.

    That is one within rounding until posterior and gate disagree by some twelve nats, and nothing where they exclude
    each other. `models.heads.gating.route` is the amended form.
    """
    product_BE = posteriors_BE * gating_weights_BE
    return product_BE / (product_BE.sum(1, keepdim=True) + _EPSILON)


@dataclass(frozen=True, kw_only=True)
class SeedMixtureOfExpertsConfig(ExpertPerCluster, SeedConfig):
    """A diagonal mixture on the projected features, and an expert for each of its clusters."""

    variant: ClassVar[str] = "moe"


class SeedMixtureOfExperts(ProjectedMixture):
    """A diagonal mixture on the projected features; posterior x gate weighs E regressors that end in a sigmoid.

    Weights and score are literal: where posterior and gate exclude each other the weights sum to less than one and the
    score falls with them, so that the score is the sum of contributions everywhere and the flaw can be seen. Log
    variances are kept as -2 times the logarithm of the precision's factor.
    """

    config_class = SeedMixtureOfExpertsConfig
    parts = ("mixture", "gate", "experts")
    config: SeedMixtureOfExpertsConfig

    def __init__(self, config: SeedMixtureOfExpertsConfig) -> None:
        super().__init__(config)
        width, hidden_dim, dropout = config.projection_dim, config.hidden_dim, config.dropout
        self.add_mixture(config)
        self.gate = Gate(width, config.num_experts, hidden_dim=hidden_dim)
        self.experts = nn.ModuleList(
            Regressor(width, kind=config.regressor, hidden_dim=hidden_dim, dropout=dropout)
            for _ in range(config.num_experts)
        )

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score = sum of routing weight x expert score, with every part of the way there."""
        projected_BP = self.projection(self.scaler(features_BD))
        log_posteriors_BK, log_likelihood_B = self.mixture(projected_BP)
        gating_logits_BE = self.gate.logits(projected_BP)
        posteriors_BK, gating_BE = log_posteriors_BK.exp(), gating_logits_BE.softmax(1)
        routing_BE = literal_route(posteriors_BK, gating_BE)
        expert_scores_BE = to_score(torch.stack([expert(projected_BP) for expert in self.experts], 1))
        score_B = (routing_BE * expert_scores_BE).sum(1)
        return IQAOutput(
            score_B,
            self._constant_std(score_B),
            features_BD,
            embedding=projected_BP,
            posteriors=posteriors_BK,
            log_likelihood=log_likelihood_B,
            gating_weights=gating_BE,
            gating_logits=gating_logits_BE,
            routing_weights=routing_BE,
            expert_scores=expert_scores_BE,
        )
