"""Checkpoints as folders: what their `config.json` says, how they are found, and every reason to refuse one.

    checkpoints/<id>/config.json          everything below, as `Manifest`
                     weights.safetensors  the variant's head
                     metrics.json         written by the evaluation
                     MODEL_CARD.md
    checkpoints/shared/<trunk>/           exported graph, and fine-tuned stages, that several checkpoints share

A folder is read in this order: `config.json` field by field, SHA-256 of the weights, names, shapes and dtypes, finite
values, and last a golden score. Nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Final, Literal

import torch
from pydantic import TypeAdapter, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load as load_safetensors
from torch import Tensor

from models.heads.config import ConfigError, ModelConfig
from models.heads.variant import Variant
from models.prediction import INTERVAL_COVERAGE, SCORE_RANGE
from models.registry import create_model
from models.strict_json import Sha256, first_fault, strict_record
from models.taxonomy import TAXONOMY
from models.trunk.backbone import BackboneError, stage_channels
from models.trunk.record import TrunkRecord

DEFAULT_CHECKPOINT_ID: Final = "moe"
CHECKPOINTS_FOLDER: Final = Path(__file__).resolve().parents[2] / "checkpoints"
CONFIG_FILE: Final = "config.json"
WEIGHTS_FILE: Final = "weights.safetensors"
METRICS_FILE: Final = "metrics.json"
CARD_FILE: Final = "MODEL_CARD.md"
WHOLE_FILE: Final = "(whole file)"
MAX_DIMENSION: Final = 4096
"""Largest number of clusters, experts or hidden units, and largest embedding or projection: 32 times what we train."""
MAX_VIEW_SIDE_PX: Final = 2048
"""Largest crop or overview; a picture seen whole has at most as many pixels: about a gigabyte of activations."""

_DIMENSIONS: Final = ("num_clusters", "num_experts", "embedding_dim", "projection_dim", "hidden_dim")
_BOUNDS: Final = {
    **{f"model.{name}": MAX_DIMENSION for name in _DIMENSIONS},
    "model.preprocess.native_max_pixels": MAX_VIEW_SIDE_PX**2,
    "model.preprocess.crop_px": MAX_VIEW_SIDE_PX,
    "model.preprocess.overview_px": MAX_VIEW_SIDE_PX,
}


@dataclass(frozen=True)
class Refusal:
    """Why a folder is not served: the file and field at fault, and the reason with got and expected."""

    checkpoint_id: str
    file: str
    field: str
    reason: str


class CheckpointRefused(ValueError):
    """A checkpoint folder that must not be served; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.checkpoint_id}/{refusal.file}, {refusal.field}: {refusal.reason}")
        self.refusal = refusal


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
@dataclass(frozen=True)
class Manifest:
    """Everything in `config.json`; `id` is the folder's name and not stored."""

    format: Literal[1]
    variant: str
    formulation: Literal["seed", "stable"]
    title: str
    model: ModelConfig
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


def checkpoint_folders(root: Path) -> list[Path]:
    """Folders under `root` that hold a `config.json`, sorted by name; none where `root` does not exist."""
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if _has_config(path))


def _has_config(folder: Path) -> bool:
    try:
        return (folder / CONFIG_FILE).is_file()
    except OSError:  # a folder that may not be entered: reading it will say so
        return True


@contextmanager
def refusing(folder: Path, file: str, *, field: str = WHOLE_FILE) -> Iterator[None]:
    """Turn whatever is raised inside into `CheckpointRefused` at a file and field: one bad folder must stop nobody."""
    try:
        yield
    except CheckpointRefused:
        raise
    except Exception as error:  # files from elsewhere make libraries raise what no list of ours would name
        reason = " ".join(f"{type(error).__name__}: {_said(error)}".split())[:200]
        raise _refused(folder, file, field, f"got {reason}, expected it to load") from error


def _said(error: Exception) -> str:
    """An error's own words, without the path that an OSError puts beside them."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def read_manifest(folder: Path) -> Manifest:
    """`config.json` of a folder, checked field by field; raises `CheckpointRefused`."""
    with refusing(folder, CONFIG_FILE):
        manifest = _parse_manifest(folder)
        _check_manifest(folder, manifest)
        _check_sizes(folder, manifest)
        _check_score(folder, manifest.score)
        _check_names(folder, manifest)
    return manifest


def _parse_manifest(folder: Path) -> Manifest:
    try:
        fields = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
        return manifest_adapter().validate_python({**fields, "id": folder.name}, strict=False)
    except ValidationError as error:
        raise _refused(folder, CONFIG_FILE, *first_fault(error)) from error
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise _refused(folder, CONFIG_FILE, WHOLE_FILE, f"not readable as a JSON object: {_said(error)}") from error


def list_manifests(root: Path) -> tuple[list[Manifest], list[Refusal]]:
    """Every `config.json` under `root`, read but not loaded: the sound ones, and what is wrong with the others."""
    sound, refused = [], []
    for folder in checkpoint_folders(root):
        try:
            sound.append(read_manifest(folder))
        except CheckpointRefused as error:
            refused.append(error.refusal)
    return sound, refused


def _check_manifest(folder: Path, manifest: Manifest) -> None:
    if manifest.classes != TAXONOMY.classes:
        raise _refused(folder, CONFIG_FILE, "classes", "another taxonomy than this version's")
    if (manifest.variant, manifest.formulation) != (manifest.model.variant, manifest.model.formulation):
        got = f"got {manifest.variant} ({manifest.formulation})"
        raise _refused(folder, CONFIG_FILE, "variant", f"{got}, expected what model.variant and .formulation say")
    try:
        expected = stage_channels(manifest.model.backbone)
    except BackboneError as error:
        raise _refused(folder, CONFIG_FILE, "model.backbone", str(error)) from error
    if manifest.model.stage_channels != expected:
        reason = f"got {manifest.model.stage_channels}, expected {expected} as {manifest.model.backbone} has"
        raise _refused(folder, CONFIG_FILE, "model.stage_channels", reason)


def _check_sizes(folder: Path, manifest: Manifest) -> None:
    for field, bound in _BOUNDS.items():
        size = attrgetter(field)(manifest)
        if not 1 <= size <= bound:
            raise _refused(folder, CONFIG_FILE, field, f"got {size}, expected 1 to {bound}")


def _check_score(folder: Path, score: ScoreRecord) -> None:
    served = {"range": SCORE_RANGE, "higher_is_better": True, "interval_coverage": INTERVAL_COVERAGE}
    for name, expected in served.items():
        if (got := getattr(score, name)) != expected:
            raise _refused(
                folder, CONFIG_FILE, f"score.{name}", f"got {got}, expected {expected} as this version serves"
            )
    if score.interval_quantile <= 0:
        reason = f"got {score.interval_quantile}, expected a positive number"
        raise _refused(folder, CONFIG_FILE, "score.interval_quantile", reason)


def _check_names(folder: Path, manifest: Manifest) -> None:
    for field, got, expected in (
        ("cluster_names", manifest.num_clusters, manifest.model.num_clusters),
        ("expert_names", manifest.num_experts, manifest.model.num_experts),
    ):
        if got not in (None, expected):
            raise _refused(folder, CONFIG_FILE, field, f"got {got} names, expected {expected} as the model has")


def _check_parts(folder: Path, manifest: Manifest, head: Variant) -> None:
    for field, has_names, has_part in (
        ("cluster_names", manifest.cluster_names is not None, head.has_clusters),
        ("expert_names", manifest.expert_names is not None, head.has_experts),
    ):
        if has_names != has_part:
            got, expected = ("a list", "null") if has_names else ("null", "a list")
            raise _refused(folder, CONFIG_FILE, field, f"got {got}, expected {expected} for {manifest.variant}")


def read_weights(folder: Path, manifest: Manifest) -> dict[str, Tensor]:
    """Tensors of the weight file after its size and SHA-256; raises `CheckpointRefused`."""
    try:
        data = (folder / WEIGHTS_FILE).read_bytes()
    except OSError as error:
        raise _refused(folder, WEIGHTS_FILE, WHOLE_FILE, f"not readable: {error.strerror}") from error
    if len(data) != manifest.weights.size_bytes:
        reason = f"got {len(data)} bytes, expected {manifest.weights.size_bytes}"
        raise _refused(folder, WEIGHTS_FILE, "size_bytes", reason)
    digest = hashlib.sha256(data).hexdigest()
    if digest != manifest.weights.sha256:
        reason = f"got SHA-256 {digest[:12]}…, expected {manifest.weights.sha256[:12]}…"
        raise _refused(folder, WEIGHTS_FILE, "sha256", reason)
    try:
        tensors: dict[str, Tensor] = load_safetensors(data)
    except (SafetensorError, KeyError) as error:  # KeyError: a dtype that torch does not have
        raise _refused(folder, WEIGHTS_FILE, WHOLE_FILE, f"not a safetensors file: {error}") from error
    return tensors


def load_head(folder: Path, manifest: Manifest) -> Variant:
    """The variant in eval mode with the folder's weights, every tensor checked; raises `CheckpointRefused`."""
    tensors = read_weights(folder, manifest)
    _check_tensors(folder, tensors, _outline(folder, manifest).state_dict())
    head = create_model(manifest.model)
    head.load_state_dict(tensors, strict=True)
    count = sum(parameter.numel() for parameter in head.parameters())
    if count != manifest.parameter_count:
        reason = f"got {manifest.parameter_count}, expected {count} as the weights have"
        raise _refused(folder, CONFIG_FILE, "parameter_count", reason)
    return head.eval().requires_grad_(False)


def _outline(folder: Path, manifest: Manifest) -> Variant:
    """The variant without memory: what `config.json` asks for is not allocated before the weights fit."""
    try:
        with torch.device("meta"):
            outline = create_model(manifest.model)
    except ConfigError as error:
        raise _refused(folder, CONFIG_FILE, "model", str(error)) from error
    _check_parts(folder, manifest, outline)
    return outline


def _check_tensors(folder: Path, tensors: dict[str, Tensor], expected: dict[str, Tensor]) -> None:
    for name in sorted(expected.keys() ^ tensors.keys()):
        reason = "missing" if name in expected else "not a tensor of this variant"
        raise _refused(folder, WEIGHTS_FILE, name, reason)
    for name, wanted in expected.items():
        got = tensors[name]
        if got.shape != wanted.shape or got.dtype != wanted.dtype:
            reason = f"got {got.dtype} {tuple(got.shape)}, expected {wanted.dtype} {tuple(wanted.shape)}"
            raise _refused(folder, WEIGHTS_FILE, name, reason)
        if not torch.isfinite(got).all():
            raise _refused(folder, WEIGHTS_FILE, name, "holds a value that is not finite")


def check_graph(folder: Path, manifest: Manifest) -> Path | None:
    """The exported graph beside the folder, `None` where there is none; raises `CheckpointRefused` if it changed."""
    path = folder.parent / manifest.trunk.graph_path
    if not path.is_file():
        return None
    stat = path.stat()
    digest = _file_sha256(path, stat.st_size, stat.st_mtime_ns)
    if digest != manifest.trunk.graph_sha256:
        reason = f"got SHA-256 {digest[:12]}…, expected {manifest.trunk.graph_sha256[:12]}…"
        raise _refused(folder, manifest.trunk.graph_path, "graph_sha256", reason)
    return path


@lru_cache(maxsize=16)
def _file_sha256(path: Path, _size_bytes: int, _modified_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(folder: Path, file: str, field: str, reason: str) -> CheckpointRefused:
    return CheckpointRefused(Refusal(folder.name, file, field, reason))


def refuse_trunk(folder: Path, *, recorded: str, loaded: str) -> CheckpointRefused:
    """The refusal of a head that was trained on another trunk than the backbone at hand."""
    return _refused(
        folder, CONFIG_FILE, "trunk.sha256", f"got {recorded[:12]}…, expected {loaded[:12]}… as the backbone has"
    )


def refuse_golden(folder: Path, got: float, expected: float) -> CheckpointRefused:
    """The refusal of weights that load but score the golden picture differently."""
    return _refused(folder, WEIGHTS_FILE, "golden_score", f"got {got:.3f}, expected {expected:.3f}")
