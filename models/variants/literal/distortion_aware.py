"""Plan 4 as the founding document writes it: an encoder on pixels, experts in another order than their probabilities.

Legend: B images, D features, P projection, R = 256 distortion features, K clusters, C classes, E = 8 experts, H rows,
W columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

import torch
from torch import Tensor, nn

from models.heads.config import ConfigError, ExpertPerGroup, SeedConfig
from models.heads.outputs import IQAOutput
from models.heads.regressors import Regressor, to_score
from models.taxonomy import CLEAN, TAXONOMY
from models.variants.literal.projected import ProjectedMixture

CROP_PX: Final = 128
NUM_DISTORTION_FEATURES: Final = 256
FUSION_WEIGHT: Final = 0.5
DICTIONARY: Final = (*TAXONOMY.groups, CLEAN)
"""The document's experts, `clean` last, whereas classes and groups have it first: row 14 of the design's flaws."""


class PixelEncoder(nn.Module):
    """The document's two 3x3 convolutions at full resolution, averaged over the picture, and a linear layer."""

    def __init__(self) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(3, 64, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(64, 128, 3, padding=1),
            nn.ReLU(inplace=True),
        )
        self.linear = nn.Linear(128, NUM_DISTORTION_FEATURES)

    def forward(self, crops_BCHW: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, R); in training the convolutions count in bfloat16, which halves their time."""
        if self.training:
            with torch.autocast(crops_BCHW.device.type, torch.bfloat16):
                maps_BCHW = self.convolutions(crops_BCHW)
        else:
            maps_BCHW = self.convolutions(crops_BCHW)
        encoding_BR: Tensor = self.linear(maps_BCHW.float().mean((2, 3)))
        return encoding_BR


def group_probabilities(logits_BC: Tensor) -> Tensor:
    """Probability of each of the taxonomy's groups, the sum of its classes': (B, C) -> (B, E), rows sum to one."""
    group_of_class = torch.tensor(TAXONOMY.group_of_class, device=logits_BC.device)
    membership_CE = nn.functional.one_hot(group_of_class, len(TAXONOMY.group_names))
    return logits_BC.softmax(1) @ membership_CE.to(logits_BC.dtype)


@dataclass(frozen=True, kw_only=True)
class SeedDistortionAwareConfig(ExpertPerGroup, SeedConfig):
    """A diagonal mixture on the projected features beside the experts, which are the taxonomy's groups."""

    variant: ClassVar[str] = "distortion_aware"


class SeedDistortionAware(ProjectedMixture):
    """score = 1/2 (sum p(group) x expert + fusion), with experts and probabilities of groups in different orders.

    The encoder sees the picture's centre at its native size (row 12: at full resolution it would cost nine times the
    backbone). The classifier knows the 26 classes; a group's probability is the sum of its members'. Experts end in a
    sigmoid. Nothing keeps the experts from idling beside the fusion, whose half is fixed (row 11).
    """

    crop_px: ClassVar[int | None] = CROP_PX
    config_class = SeedDistortionAwareConfig
    parts = ("types", "mixture", "experts", "fusion")
    config: SeedDistortionAwareConfig

    def __init__(self, config: SeedDistortionAwareConfig) -> None:
        super().__init__(config)
        width, hidden_dim, dropout = config.projection_dim, config.hidden_dim, config.dropout
        self.encoder = PixelEncoder()
        self.classifier = nn.Linear(NUM_DISTORTION_FEATURES, len(TAXONOMY.classes))
        self.add_mixture(config)
        self.experts = nn.ModuleDict(
            {
                name: Regressor(width, kind=config.regressor, hidden_dim=hidden_dim, dropout=dropout)
                for name in DICTIONARY
            }
        )
        num_inputs = width + NUM_DISTORTION_FEATURES + config.num_clusters
        self.fusion = nn.Sequential(nn.Linear(num_inputs, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, 1))

    @property
    def expert_names(self) -> tuple[str, ...]:
        """Whose expert each is in the dictionary, and whose probability weighs it: never its own."""
        pairs = zip(DICTIONARY, TAXONOMY.group_names, strict=True)
        return tuple(f"{expert} by p({group})" for expert, group in pairs)

    def forward(self, features_BD: Tensor, crops_BCHW: Tensor | None = None) -> IQAOutput:
        """(B, D) and crops (B, 3, H, W) -> score with class logits, routing by group, experts and fusion.

        Raises `ConfigError` where there is not one crop per picture.
        """
        if crops_BCHW is None or len(crops_BCHW) != len(features_BD):
            count = 0 if crops_BCHW is None else len(crops_BCHW)
            raise ConfigError(f"got {count} crops for {len(features_BD)} pictures, expected one of each")
        distortion_BR = self.encoder(crops_BCHW)
        logits_BC = self.classifier(distortion_BR)
        routing_BE = group_probabilities(logits_BC)
        content_BP = self.projection(self.scaler(features_BD))
        log_posteriors_BK, log_likelihood_B = self.mixture(content_BP)
        posteriors_BK = log_posteriors_BK.exp()
        expert_scores_BE = to_score(torch.stack([expert(content_BP) for expert in self.experts.values()], 1))
        fusion_B = to_score(self.fusion(torch.cat([content_BP, distortion_BR, posteriors_BK], 1)).squeeze(1))
        score_B = FUSION_WEIGHT * ((routing_BE * expert_scores_BE).sum(1) + fusion_B)
        return IQAOutput(
            score_B,
            self._constant_std(score_B),
            features_BD,
            embedding=content_BP,
            posteriors=posteriors_BK,
            log_likelihood=log_likelihood_B,
            routing_weights=routing_BE,
            expert_scores=expert_scores_BE,
            distortion_logits=logits_BC,
            fusion_score=fusion_B,
            fusion_weight=torch.full_like(score_B, FUSION_WEIGHT),
        )
