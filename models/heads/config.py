"""What a model is built from: a frozen configuration per variant and formulation, of the parts that it has.

Each variant has its own beside it, so that it cannot be asked for what it does not read; what several have in common
is here. `models.checkpoints.model_record` is their form in a checkpoint's `config.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

from models.taxonomy import TAXONOMY
from models.trunk.features import FeatureLayout
from models.trunk.preprocess import PreprocessConfig

Formulation = Literal["seed", "stable"]
CovarianceType = Literal["full", "tied", "diag", "spherical"]
RegressorKind = Literal["linear", "mlp"]

LITE0_STAGE_CHANNELS: Final = (16, 24, 40, 112, 320)


class ConfigError(ValueError):
    """A configuration that no model can be built from."""


SIZES: Final = ("num_clusters", "num_experts", "embedding_dim", "projection_dim", "hidden_dim")
"""Fields that count something: at least one."""


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """What every variant is built from.

    `projection_dim` is what regressors and experts see, `hidden_dim` the width of their hidden layers. With
    `spread_sources`, the number of sources that it tells apart, a spread of the error is predicted for each picture.
    """

    variant: ClassVar[str]
    formulation: ClassVar[Formulation] = "stable"
    """`stable`, or `seed`: as the founding document writes it."""

    backbone: str = "efficientnet_lite0"
    stage_channels: tuple[int, ...] = LITE0_STAGE_CHANNELS
    preprocess: PreprocessConfig = field(default_factory=PreprocessConfig)
    projection_dim: int = 128
    hidden_dim: int = 64
    regressor: RegressorKind = "mlp"
    dropout: float = 0.4
    spread_sources: int | None = None

    def __post_init__(self) -> None:
        check_numbers(self)

    @property
    def layout(self) -> FeatureLayout:
        """Where in the features each stage and the statistics lie."""
        return FeatureLayout(self.stage_channels)

    def check_experts(self, num_experts: int) -> None:
        """Raise `ConfigError` where experts are counted that the variant cannot have; without experts nobody counts."""


@dataclass(frozen=True, kw_only=True)
class MixtureConfig(ModelConfig):
    """Of a variant with a mixture of `num_clusters` on an embedding of `embedding_dim`."""

    num_clusters: int = 8
    embedding_dim: int = 16
    covariance_type: CovarianceType = "tied"


@dataclass(frozen=True, kw_only=True)
class SeedConfig(ModelConfig):
    """As the document writes it: `num_clusters` with diagonal covariances, on the projected features."""

    formulation: ClassVar[Formulation] = "seed"
    covariance_type: ClassVar[CovarianceType] = "diag"

    num_clusters: int = 8


class ExpertPerCluster:
    """Of a variant whose experts are as many as its clusters."""

    num_clusters: int

    @property
    def num_experts(self) -> int:
        """E = K."""
        return self.num_clusters

    def check_experts(self, num_experts: int) -> None:
        """Raise `ConfigError` for another number than K."""
        if num_experts != self.num_experts:
            raise ConfigError(
                f"got {num_experts} experts for {self.num_clusters} clusters, expected one expert per cluster"
            )


class ExpertPerGroup:
    """Of a variant whose experts are the taxonomy's groups."""

    num_experts: ClassVar[int] = len(TAXONOMY.group_names)

    def check_experts(self, num_experts: int) -> None:
        """Raise `ConfigError` for another number than there are groups."""
        if num_experts != self.num_experts:
            raise ConfigError(f"got {num_experts} experts, expected one per distortion group: {self.num_experts}")


def check_numbers(config: object) -> None:
    """Raise `ConfigError` for a count or a share that is none, of those that a configuration has."""
    for name in SIZES:
        if getattr(config, name, 1) < 1:
            raise ConfigError(f"got {name} = {getattr(config, name)}, expected at least 1")
    dropout = getattr(config, "dropout", 0.0)
    if not 0 <= dropout < 1:
        raise ConfigError(f"got dropout = {dropout}, expected 0 <= dropout < 1")
    sources = getattr(config, "spread_sources", None)
    if sources is not None and sources < 0:
        raise ConfigError(f"got spread_sources = {sources}, expected none, or 0 and above")
