"""What a checkpoint's `config.json` says, and the files that lie beside it.

    checkpoints/<id>/config.json          everything below, as `Manifest`
                     weights.safetensors  the variant's head
                     metrics.json         written by the evaluation
                     MODEL_CARD.md
    checkpoints/shared/<trunk>/           exported graph, and fine-tuned stages, that several checkpoints share

`models.loading` has the order in which a folder is checked. Nothing is ever unpickled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter

from models.checkpoints.model_record import ModelRecord
from models.strict_json import Sha256, strict_record
from models.trunk.record import TrunkRecord

DEFAULT_CHECKPOINT_ID: Final = "moe"
CHECKPOINTS_FOLDER: Final = Path(__file__).resolve().parents[2] / "checkpoints"
CONFIG_FILE: Final = "config.json"
WEIGHTS_FILE: Final = "weights.safetensors"
CARD_FILE: Final = "MODEL_CARD.md"


@strict_record
@dataclass(frozen=True)
class WeightsRecord:
    """The weight file as it was written."""

    sha256: Sha256
    size_bytes: int


@strict_record
@dataclass(frozen=True)
class ScoreRecord:
    """Range and direction of the score; `interval_quantile` scales `score_std` to the conformal half-width."""

    range: tuple[float, float]
    higher_is_better: bool
    interval_coverage: float
    interval_quantile: float


@strict_record
@dataclass(frozen=True)
class DatasetRecord:
    """A data set that the weights saw: name, number of pictures, and a hash of its examples and labels."""

    name: str
    num_pictures: int
    sha256: str


@strict_record
@dataclass(frozen=True)
class TrainingRecord:
    """How the weights came about; `fitted_on` says in words which part of the data."""

    recipe: str
    seed: int
    fitted_on: str
    split_sha256: str
    datasets: tuple[DatasetRecord, ...]


@strict_record
@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Everything in `config.json`; `id` is the folder's name and not stored.

    `title` and `description` are English, for readers; a file may lack them, and the title is then the id.
    """

    format: Literal[1]
    variant: str
    formulation: Literal["seed", "stable"]
    title: str = ""
    description: str = ""
    model: ModelRecord
    score: ScoreRecord
    classes: tuple[str, ...]
    cluster_names: tuple[str, ...] | None
    expert_names: tuple[str, ...] | None
    trunk: TrunkRecord
    training: TrainingRecord
    parameter_count: int
    weights: WeightsRecord
    golden_score: float
    id: str = ""

    @property
    def weights_sha256(self) -> str:
        """Identity of the weights."""
        return self.weights.sha256

    @property
    def num_clusters(self) -> int | None:
        """K, or `None` without a mixture."""
        return None if self.cluster_names is None else len(self.cluster_names)

    @property
    def num_experts(self) -> int | None:
        """E, or `None` without experts."""
        return None if self.expert_names is None else len(self.expert_names)

    @property
    def training_data(self) -> tuple[str, ...]:
        """Names of the data sets that the weights saw."""
        return tuple(dataset.name for dataset in self.training.datasets)


@lru_cache(maxsize=1)
def manifest_adapter() -> TypeAdapter[Manifest]:
    """Reads and writes `config.json`, refusing unknown and missing fields."""
    return TypeAdapter(Manifest)
