"""One thread for torch, the exported graph, and a folder of small checkpoints that are whole."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import pytest
import torch

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.training.data.trunk import Trunk, prepare_trunk
from models.training.measuring.runs import Protocol, run_recipe
from models.training.writing.export import export_run
from models.trunk.features import FeatureExtractor, export_graph, imagenet_feature_extractor, state_sha256
from models.trunk.record import TrunkRecord
from tests.conftest import BuiltOnce
from tests.models.builders import drawn_corpus, tiny_recipe


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)  # the heads here are too small for more


@pytest.fixture(scope="session")
def extractor() -> FeatureExtractor:
    """The trunk with ImageNet weights, in torch."""
    return imagenet_feature_extractor("efficientnet_lite0")


@pytest.fixture(scope="session")
def feature_graph(extractor: FeatureExtractor, built_once: BuiltOnce) -> Path:
    """The trunk's exported graph: the shipped one where it lies in the checkpoints, else exported now (15 s)."""
    shipped = CHECKPOINTS_FOLDER / TrunkRecord(state_sha256(extractor), "").graph_path
    if shipped.is_file():
        return shipped

    def export(folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter's own deprecations
            export_graph(extractor, folder / shipped.name)

    return built_once("graph", export) / shipped.name


@pytest.fixture(scope="session")
def trunk_root(extractor: FeatureExtractor, feature_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoints folder that holds nothing but the shared graph."""
    root = tmp_path_factory.mktemp("trunk")
    graph = root / TrunkRecord(state_sha256(extractor), "").graph_path
    graph.parent.mkdir(parents=True)
    shutil.copyfile(feature_graph, graph)
    return root


@pytest.fixture(scope="session")
def trunk(trunk_root: Path) -> Trunk:
    """The trunk as the training command prepares it."""
    return prepare_trunk("efficientnet_lite0", root=trunk_root, device=torch.device("cpu"))


@pytest.fixture(scope="session")
def whole_checkpoints(trunk_root: Path, trunk: Trunk, built_once: BuiltOnce) -> Path:
    """Small checkpoints `moe` and `no_gmm` beside their graph, written by the real export; not to be changed."""

    def train(folder: Path) -> None:
        root = shutil.copytree(trunk_root, folder / "whole")
        corpus, protocol = drawn_corpus(), Protocol(num_splits=2, num_held_out_splits=1)
        for name in ("moe", "no_gmm"):
            run = run_recipe(tiny_recipe(name), corpus, protocol, runs=folder / "runs", jobs=1)
            export_run(run, corpus, runtime=trunk.runtime, trunk=trunk.record, root=root)

    return built_once("checkpoints", train) / "whole"


@pytest.fixture
def checkpoints(whole_checkpoints: Path, tmp_path: Path) -> Path:
    """A copy of the small checkpoints, to be damaged."""
    return Path(shutil.copytree(whole_checkpoints, tmp_path / "checkpoints"))
