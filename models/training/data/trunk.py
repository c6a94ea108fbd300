"""The trunk that a run is trained on: its identity, its exported graph, and something that computes features."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch

from models.files import write_atomically
from models.trunk.features import (
    FeatureExtractor,
    FeatureLayout,
    FeatureRuntime,
    OnnxRuntime,
    TorchRuntime,
    export_graph,
    feature_extractor,
    imagenet_feature_extractor,
    save_tuned_stages,
    state_sha256,
)
from models.trunk.record import TrunkRecord


@dataclass(frozen=True)
class Trunk:
    """A feature extractor ready to run, the record that goes into checkpoints, and its feature layout."""

    runtime: FeatureRuntime
    record: TrunkRecord
    layout: FeatureLayout


def prepare_trunk(backbone: str, *, root: Path, device: torch.device) -> Trunk:
    """A backbone with ImageNet weights; its graph is exported under `root` unless it lies there already.

    On the CPU features come from the graph (single-threaded: the feature cache runs one picture per core), elsewhere
    from torch.
    """
    return _prepared(imagenet_feature_extractor(backbone), root=root, device=device, is_fine_tuned=False)


def prepare_tuned_trunk(extractor: FeatureExtractor, *, root: Path, device: torch.device) -> Trunk:
    """The same for an extractor with fine-tuned stages, which are written beside its graph."""
    path = root / TrunkRecord(state_sha256(extractor), "").tuned_path
    write_atomically(path, save_tuned_stages(extractor.backbone))
    return _prepared(extractor, root=root, device=device, is_fine_tuned=True)


def recorded_trunk(backbone: str, record: TrunkRecord, *, root: Path, device: torch.device) -> Trunk:
    """The trunk that a checkpoint under `root` was trained on."""
    extractor = feature_extractor(backbone, record.tuned_file(root))
    return _prepared(extractor, root=root, device=device, is_fine_tuned=record.is_fine_tuned)


def _prepared(extractor: FeatureExtractor, *, root: Path, device: torch.device, is_fine_tuned: bool) -> Trunk:
    sha256 = state_sha256(extractor)
    graph = root / TrunkRecord(sha256, "").graph_path
    if not graph.is_file():
        graph.parent.mkdir(parents=True, exist_ok=True)
        export_graph(extractor, graph)
    record = TrunkRecord(sha256, hashlib.sha256(graph.read_bytes()).hexdigest(), is_fine_tuned=is_fine_tuned)
    if device.type == "cpu":
        return Trunk(OnnxRuntime(graph, num_threads=1), record, extractor.layout)
    return Trunk(TorchRuntime(extractor, device=device), record, extractor.layout)
