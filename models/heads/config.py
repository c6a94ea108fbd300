"""What a model is built from: frozen, and written to a checkpoint's `config.json` field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from models.trunk.features import FeatureLayout
from models.trunk.preprocess import PreprocessConfig

Formulation = Literal["seed", "stable"]
CovarianceType = Literal["full", "tied", "diag", "spherical"]
RegressorKind = Literal["linear", "mlp"]

LITE0_STAGE_CHANNELS: Final = (16, 24, 40, 112, 320)


class ConfigError(ValueError):
    """A configuration that no model can be built from."""


@dataclass(frozen=True)
class ModelConfig:
    """Every constructor value of a variant.

    `num_clusters` is K and `num_experts` is E; `embedding_dim` is what the mixture sees, `projection_dim` what
    regressors and experts see, `hidden_dim` the width of their hidden layers. `formulation` is `stable` (the default)
    or `seed`, as the founding document writes it. Without `has_gate` the posteriors alone route, without
    `has_attention_bias` they do not reach the attention; with `has_type_encoder` the baseline reads the embedding that
    distortions were taught to, without its mixture: what ablations switch.
    """

    variant: str
    formulation: Formulation = "stable"
    backbone: str = "efficientnet_lite0"
    stage_channels: tuple[int, ...] = LITE0_STAGE_CHANNELS
    preprocess: PreprocessConfig = field(default_factory=PreprocessConfig)
    num_clusters: int = 8
    num_experts: int = 8
    embedding_dim: int = 16
    projection_dim: int = 128
    hidden_dim: int = 64
    regressor: RegressorKind = "mlp"
    covariance_type: CovarianceType = "tied"
    dropout: float = 0.4
    has_gate: bool = True
    has_attention_bias: bool = True
    has_type_encoder: bool = False

    def __post_init__(self) -> None:
        for name in ("num_clusters", "num_experts", "embedding_dim", "projection_dim", "hidden_dim"):
            if getattr(self, name) < 1:
                raise ConfigError(f"got {name} = {getattr(self, name)}, expected at least 1")
        if not 0 <= self.dropout < 1:
            raise ConfigError(f"got dropout = {self.dropout}, expected 0 <= dropout < 1")

    @property
    def layout(self) -> FeatureLayout:
        """Where in the features each stage and the statistics lie."""
        return FeatureLayout(self.stage_channels)
