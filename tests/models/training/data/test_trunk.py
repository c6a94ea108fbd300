"""A trunk is prepared once: its graph is found again, and its record is what checkpoints carry."""

from __future__ import annotations

import hashlib
from pathlib import Path
from unittest.mock import Mock

import pytest
import torch

from models.training.data import trunk as trunk_module
from models.training.data.trunk import Trunk, prepare_trunk
from models.trunk.features import FeatureExtractor, OnnxRuntime, TorchRuntime, state_sha256


def test_the_record_holds_the_hashes_of_weights_and_graph(
    trunk: Trunk, trunk_root: Path, extractor: FeatureExtractor
) -> None:
    graph = trunk_root / trunk.record.graph_path
    assert trunk.record.sha256 == state_sha256(extractor)
    assert trunk.record.graph_sha256 == hashlib.sha256(graph.read_bytes()).hexdigest()
    assert trunk.layout == extractor.layout


def test_a_graph_that_is_there_is_not_exported_again(
    trunk: Trunk, trunk_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trunk_module, "export_graph", Mock(side_effect=AssertionError("exported again")))
    again = prepare_trunk("efficientnet_lite0", root=trunk_root, device=torch.device("cpu"))
    assert again.record == trunk.record


def test_the_graph_computes_on_the_cpu_and_torch_elsewhere(trunk: Trunk, trunk_root: Path) -> None:
    assert isinstance(trunk.runtime, OnnxRuntime)
    elsewhere = prepare_trunk("efficientnet_lite0", root=trunk_root, device=torch.device("meta"))
    assert isinstance(elsewhere.runtime, TorchRuntime)
