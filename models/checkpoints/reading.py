"""Folders -> manifests: which folders are checkpoints, and `config.json` field by field."""

from __future__ import annotations

import json
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from models.checkpoints.manifest import CONFIG_FILE, Manifest, ScoreRecord, manifest_adapter
from models.checkpoints.refusal import WHOLE_FILE, CheckpointRefused, Refusal, refused, refusing, said
from models.prediction import INTERVAL_COVERAGE, SCORE_RANGE
from models.registry import VARIANTS
from models.strict_json import first_fault
from models.taxonomy import TAXONOMY
from models.trunk.backbone import BackboneError, stage_channels

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


def read_manifest(folder: Path) -> Manifest:
    """`config.json` of a folder, checked field by field; raises `CheckpointRefused`."""
    with refusing(folder, CONFIG_FILE):
        manifest = _parse_manifest(folder)
        manifest = manifest if manifest.title else replace(manifest, title=folder.name)
        _check_manifest(folder, manifest)
        _check_sizes(folder, manifest)
        _check_score(folder, manifest.score)
        _check_names(folder, manifest)
        _check_classes(folder, manifest)
    return manifest


def _parse_manifest(folder: Path) -> Manifest:
    try:
        fields = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
        return manifest_adapter().validate_python({**fields, "id": folder.name}, strict=False)
    except ValidationError as error:
        raise refused(folder, CONFIG_FILE, *first_fault(error)) from error
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise refused(folder, CONFIG_FILE, WHOLE_FILE, f"not readable as a JSON object: {said(error)}") from error


def list_manifests(root: Path) -> tuple[list[Manifest], list[Refusal]]:
    """Every `config.json` under `root`, read but not loaded: the sound ones, and what is wrong with the others."""
    sound, refusals = [], []
    for folder in checkpoint_folders(root):
        try:
            sound.append(read_manifest(folder))
        except CheckpointRefused as error:
            refusals.append(error.refusal)
    return sound, refusals


def _check_manifest(folder: Path, manifest: Manifest) -> None:
    if (manifest.variant, manifest.formulation) != (manifest.model.variant, manifest.model.formulation):
        got = f"got {manifest.variant} ({manifest.formulation})"
        raise refused(folder, CONFIG_FILE, "variant", f"{got}, expected what model.variant and .formulation say")
    try:
        expected = stage_channels(manifest.model.backbone)
    except BackboneError as error:
        raise refused(folder, CONFIG_FILE, "model.backbone", str(error)) from error
    if manifest.model.stage_channels != expected:
        reason = f"got {manifest.model.stage_channels}, expected {expected} as {manifest.model.backbone} has"
        raise refused(folder, CONFIG_FILE, "model.stage_channels", reason)


def _check_sizes(folder: Path, manifest: Manifest) -> None:
    for field, bound in _BOUNDS.items():
        size = attrgetter(field)(manifest)
        if not 1 <= size <= bound:
            raise refused(folder, CONFIG_FILE, field, f"got {size}, expected 1 to {bound}")


def _check_score(folder: Path, score: ScoreRecord) -> None:
    served = {"range": SCORE_RANGE, "higher_is_better": True, "interval_coverage": INTERVAL_COVERAGE}
    for name, expected in served.items():
        if (got := getattr(score, name)) != expected:
            raise refused(
                folder, CONFIG_FILE, f"score.{name}", f"got {got}, expected {expected} as this version serves"
            )
    if score.interval_quantile <= 0:
        reason = f"got {score.interval_quantile}, expected a positive number"
        raise refused(folder, CONFIG_FILE, "score.interval_quantile", reason)


def _check_names(folder: Path, manifest: Manifest) -> None:
    for field, got, expected in (
        ("cluster_names", manifest.num_clusters, manifest.model.num_clusters),
        ("expert_names", manifest.num_experts, manifest.model.num_experts),
    ):
        if got not in (None, expected):
            raise refused(folder, CONFIG_FILE, field, f"got {got} names, expected {expected} as the model has")


def _check_classes(folder: Path, manifest: Manifest) -> None:
    """Of a head that says which type it sees: its outputs, experts and severities count by the taxonomy's classes."""
    variant = VARIANTS.get((manifest.variant, manifest.formulation))
    if variant is None or "types" not in variant.parts:
        return
    if reason := TAXONOMY.difference(manifest.classes):
        raise refused(folder, CONFIG_FILE, "classes", reason)
