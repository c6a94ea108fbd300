"""Plan 5, the complete pipeline: contrastive distortion features, learnable mixture, gated monotone experts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor, nn
from torch.nn import functional as F

from models.heads.online_mixture import OnlineMixture
from models.heads.outputs import IQAOutput
from models.heads.regressors import MonotonicSum, to_score
from models.taxonomy import TAXONOMY
from models.variants.moe import MixtureOfExperts, MixtureOfExpertsConfig

NUM_SEVERITIES = len(TAXONOMY.groups)


@dataclass(frozen=True, kw_only=True)
class SelfSupervisedConfig(MixtureOfExpertsConfig):
    """What `moe` is built from."""

    variant: ClassVar[str] = "self_supervised"


class SelfSupervised(MixtureOfExperts):
    """As `moe`, with experts 100 sigmoid(a_k - M_k(s)): at fixed routing a higher severity never raises a score."""

    mixture_class = OnlineMixture
    config_class = SelfSupervisedConfig
    parts = ("types", "mixture", "gate", "severities", "experts")
    config: SelfSupervisedConfig

    def __init__(self, config: SelfSupervisedConfig) -> None:
        super().__init__(config)
        self.severity_head = nn.Linear(config.embedding_dim, NUM_SEVERITIES)
        self.penalties = MonotonicSum(NUM_SEVERITIES, config.num_experts)

    def expert_scores(self, projected_BP: Tensor, severities_BS: Tensor) -> Tensor:
        """Expert scores (B, E) at given severities (B, S): the part that is monotone by construction."""
        return to_score(self.experts.logits(projected_BP) - self.penalties(severities_BS))

    def forward(self, features_BD: Tensor) -> IQAOutput:
        """(B, D) -> score = sum of routing weight x expert score, with severities."""
        scaled_BD = self.scaler(features_BD)
        reading = self.aligned(scaled_BD)
        projected_BP = self.projection(scaled_BD)
        severities_BS = F.softplus(self.severity_head(reading.embedding_Bd))
        expert_scores_BE = self.expert_scores(projected_BP, severities_BS)
        return self._mix(features_BD, reading, projected_BP, expert_scores_BE)._replace(severities=severities_BS)
