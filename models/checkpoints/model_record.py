"""A variant's configuration as `config.json` has it: one flat list of fields for all variants.

A variant reads its own fields. Of the others a record keeps what the file says, and a new one has what the variant
amounts to (`seed` has diagonal covariances, `moe` as many experts as clusters) or else the default: files of all
variants have the same fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from models.heads.config import (
    LITE0_STAGE_CHANNELS,
    CovarianceType,
    Formulation,
    ModelConfig,
    RegressorKind,
    check_numbers,
)
from models.registry import config_class
from models.trunk.preprocess import PreprocessConfig


@dataclass(frozen=True)
class ModelRecord:
    """Every field of every variant's configuration; `num_clusters` is K and `num_experts` is E."""

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
    spread_sources: int | None = None

    def __post_init__(self) -> None:
        check_numbers(self)

    @classmethod
    def of(cls, config: ModelConfig) -> ModelRecord:
        """The record of a configuration."""
        known = {entry.name: getattr(config, entry.name) for entry in fields(cls) if hasattr(config, entry.name)}
        return cls(**known)

    def config(self) -> ModelConfig:
        """The variant's own configuration; raises `ConfigError` for what no model can be built from."""
        kind = config_class(self.variant, self.formulation)
        config = kind(**{entry.name: getattr(self, entry.name) for entry in fields(kind)})
        config.check_experts(self.num_experts)
        return config
