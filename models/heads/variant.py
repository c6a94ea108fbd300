"""What all variants are: a module from features to one typed output, and what it says about itself.

Legend: B images, D features, K clusters, C classes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import ClassVar

import torch
from torch import Tensor, nn

from models.heads.alignment import AlignedMixture
from models.heads.config import MixtureConfig, ModelConfig
from models.heads.mixture import GaussianMixture
from models.heads.outputs import IQAOutput, Part
from models.heads.projection import FeatureScaler
from models.heads.spread import ResidualSpread


class Variant(nn.Module, ABC):
    """A family member: features -> IQAOutput, deterministic in eval, each row independent of the others.

    One with a `crop_px` has the crops `crops_BCHW` as a second argument of its `forward`: each picture's centre at its
    native size, `crop_px` a side, as `models.trunk.crops` cuts it.
    """

    config_class: ClassVar[type[ModelConfig]]
    """What the variant is built from."""
    parts: ClassVar[tuple[Part, ...]] = ()
    """Parts of the output that the variant fills, in the order of `PARTS`."""
    crop_px: ClassVar[int | None] = None
    """Side in pixels of the crops that the variant sees beside the features; `None`: it sees features alone."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.scaler = FeatureScaler(config.layout.num_features)
        self.register_buffer("residual_std", torch.tensor(10.0))
        self.residual_std: Tensor
        """Standard deviation of the validation residual in points, for variants without a likelihood of their own."""
        self.spread: ResidualSpread | None = None
        if config.spread_sources is not None:
            self.take_spread(ResidualSpread(config.layout.num_stage_features, config.spread_sources))

    def stages(self, features_BD: Tensor) -> Tensor:
        """The standardised features of the pooled stages."""
        scaled_BD: Tensor = self.scaler(features_BD)
        return scaled_BD[:, self.config.layout.stage_columns]

    def take_spread(self, spread: ResidualSpread) -> None:
        """From now on `score_std` is what the spread says of a picture, whatever the variant itself says."""
        self.config = replace(self.config, spread_sources=spread.num_sources)
        if self.spread is None:
            self.register_forward_hook(_with_predicted_spread)
        self.spread = spread

    @property
    def cluster_mixture(self) -> GaussianMixture | None:
        """The mixture that makes the clusters, or `None` where there is none."""
        return None

    @property
    def num_clusters(self) -> int | None:
        """K, or `None` where the output carries no posteriors; each sample may have a mixture of its own."""
        mixture = self.cluster_mixture
        return None if mixture is None else len(mixture.means_Kd)

    @property
    def alignment(self) -> AlignedMixture | None:
        """The part that learns distortions before the head is trained, or `None`."""
        return None

    @property
    def cluster_types_KC(self) -> Tensor | None:
        """Row-stochastic cluster-type matrix (K, C), or `None` where clusters are not aligned with types."""
        return None

    @property
    def has_experts(self) -> bool:
        """Whether the output carries expert scores and routing weights."""
        return "experts" in self.parts

    @property
    def expert_names(self) -> tuple[str, ...] | None:
        """Names of the experts where the architecture fixes them, else `None`: they are named by their clusters."""
        return None

    @abstractmethod
    def forward(self, features_BD: Tensor) -> IQAOutput:
        """Backbone features (B, D) -> every part that the variant has."""

    def _constant_std(self, score_B: Tensor) -> Tensor:
        return self.residual_std.expand_as(score_B)


def _with_predicted_spread(head: nn.Module, _: object, output: IQAOutput) -> IQAOutput:
    assert isinstance(head, Variant)
    assert head.spread is not None
    return output._replace(score_std=head.spread(head.stages(output.features), output.score))


class AlignedVariant(Variant):
    """A variant whose clusters are those of a distortion embedding, and are aligned with types."""

    parts: ClassVar[tuple[Part, ...]] = ("types", "mixture")
    mixture_class: ClassVar[type[GaussianMixture]] = GaussianMixture

    def __init__(self, config: MixtureConfig) -> None:
        super().__init__(config)
        self.aligned = AlignedMixture(config, mixture_class=self.mixture_class)

    @property
    def alignment(self) -> AlignedMixture:
        """Encoder, mixture and cluster-type matrix."""
        return self.aligned

    @property
    def cluster_mixture(self) -> GaussianMixture:
        """The mixture on the distortion embedding."""
        return self.aligned.mixture

    @property
    def cluster_types_KC(self) -> Tensor:
        """What each cluster says about the classes."""
        return self.aligned.cluster_types.probabilities()


class PosteriorDriven(Variant):
    """A variant without experts whose score hangs on the posteriors, and can be asked for under others."""

    @abstractmethod
    def score_under(self, features_BD: Tensor, log_posteriors_BK: Tensor) -> Tensor:
        """Scores (B,) with the log posteriors (B, K) replaced: an intervention."""
