"""The trunk that a run is trained on: its identity, its exported graph, and something that computes features."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch

from models.checkpoints import TrunkRecord
from models.features import (
    FeatureLayout,
    FeatureRuntime,
    OnnxRuntime,
    TorchRuntime,
    export_graph,
    imagenet_feature_extractor,
    state_sha256,
)


@dataclass(frozen=True)
class Trunk:
    """A feature extractor ready to run, the record that goes into checkpoints, and its feature layout."""

    runtime: FeatureRuntime
    record: TrunkRecord
    layout: FeatureLayout


def prepare_trunk(backbone: str, *, root: Path, device: torch.device) -> Trunk:
    """Load a backbone with ImageNet weights; export its graph under `root` unless it lies there already.

    On the CPU features come from the graph (single-threaded: the feature cache runs one picture per core), elsewhere
    from torch.
    """
    extractor = imagenet_feature_extractor(backbone)
    sha256 = state_sha256(extractor)
    graph = root / TrunkRecord(sha256, "").graph_path
    if not graph.is_file():
        graph.parent.mkdir(parents=True, exist_ok=True)
        export_graph(extractor, graph)
    record = TrunkRecord(sha256, hashlib.sha256(graph.read_bytes()).hexdigest())
    if device.type == "cpu":
        return Trunk(OnnxRuntime(graph, num_threads=1), record, extractor.layout)
    return Trunk(TorchRuntime(extractor, device=device), record, extractor.layout)
