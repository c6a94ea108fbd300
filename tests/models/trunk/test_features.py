"""Features lie where the layout says, and the exported graph computes the same ones as torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from models.trunk.features import (
    TRUNK_VERSION,
    FeatureExtractor,
    FeatureLayout,
    OnnxRuntime,
    TorchRuntime,
    picture_features,
    state_sha256,
)
from models.trunk.golden_picture import golden_image
from models.trunk.naturalness import NUM_STATISTICS, NaturalSceneStatistics
from models.trunk.preprocess import Preprocess, PreprocessConfig, normalise
from tests.conftest import Draw
from tests.places import ROOT

LITE0 = FeatureLayout((16, 24, 40, 112, 320))
GOLDEN_FEATURES = [1, 1.3218, -0.5225, 2.9224]
"""Trunk version; mean of the stages, mean of the statistics and deviation of all, on the golden picture."""
SIZES = [(32, 32), (33, 47), (97, 130), (192, 256), (384, 512), (383, 511), (600, 801)]


def test_features_are_five_stages_twice_and_the_statistics() -> None:
    assert LITE0.num_features == 2 * (16 + 24 + 40 + 112 + 320) + NUM_STATISTICS


def test_distortion_columns_are_all_but_the_last_stage() -> None:
    last = range(2 * (16 + 24 + 40 + 112), 2 * (16 + 24 + 40 + 112 + 320))
    assert list(LITE0.distortion_columns) == [column for column in range(LITE0.num_features) if column not in last]


def test_extracted_features_lie_where_the_layout_says(extractor: FeatureExtractor, draw_picture: Draw) -> None:
    image_BCHW = normalise(draw_picture(0)).unsqueeze(0)
    with torch.inference_mode():
        features_BD = extractor(image_BCHW)
        first_BCHW = extractor.backbone(image_BCHW)[0]
        statistics_BS = NaturalSceneStatistics()(image_BCHW)
    assert extractor.layout == LITE0
    assert features_BD.shape == (1, LITE0.num_features)
    torch.testing.assert_close(features_BD[:, :16], first_BCHW.mean((2, 3)))
    torch.testing.assert_close(features_BD[:, -NUM_STATISTICS:], statistics_BS)


def test_the_extractor_is_frozen_and_in_eval_mode(extractor: FeatureExtractor) -> None:
    assert not extractor.training
    assert not any(parameter.requires_grad for parameter in extractor.parameters())


@pytest.mark.slow
@pytest.mark.parametrize(("height", "width"), SIZES)
def test_the_exported_graph_equals_torch(
    extractor: FeatureExtractor, feature_graph: Path, draw_picture: Draw, height: int, width: int
) -> None:
    views = [normalise(draw_picture(seed, height=height, width=width)) for seed in (0, 1)]
    in_torch = TorchRuntime(extractor, device=torch.device("cpu"))(views)
    in_graph = OnnxRuntime(feature_graph, num_threads=2)(views)
    assert in_graph.shape == (2, LITE0.num_features)
    np.testing.assert_allclose(in_graph, in_torch, atol=1e-4, rtol=1e-4)


def test_views_of_one_picture_may_differ_in_size(extractor: FeatureExtractor, draw_picture: Draw) -> None:
    runtime = TorchRuntime(extractor, device=torch.device("cpu"))
    wide, tall = normalise(draw_picture(0, height=40, width=64)), normalise(draw_picture(0, height=64, width=40))
    features_VD = runtime([wide, tall])
    torch.testing.assert_close(features_VD[1:], runtime([tall]))


def test_identity_of_a_trunk_changes_with_any_weight() -> None:
    layer = torch.nn.Linear(2, 2)
    before = state_sha256(layer)
    assert state_sha256(layer) == before
    layer.weight.data[0, 0] += 1e-6
    assert state_sha256(layer) != before


def test_the_golden_picture_has_the_features_of_this_trunk_version(extractor: FeatureExtractor) -> None:
    """Where this fails because pooling or statistics changed, raise `TRUNK_VERSION` with the numbers."""
    views = Preprocess(PreprocessConfig())(golden_image())
    features_1D = picture_features(TorchRuntime(extractor, device=torch.device("cpu")), views)
    parts = [features_1D[0, :1024].mean(), features_1D[0, 1024:].mean(), features_1D.std()]
    assert [TRUNK_VERSION, *(part.item() for part in parts)] == pytest.approx(GOLDEN_FEATURES, abs=1e-3)


def test_the_graphs_runtime_reports_nothing(feature_graph: Path, tmp_path: Path) -> None:
    # A fresh process that does not look like CI, where ONNX Runtime would keep still by itself.
    code = "import sys; from models.trunk.features import OnnxRuntime; OnnxRuntime(sys.argv[1], num_threads=1)"
    subprocess.run([sys.executable, "-c", code, feature_graph], cwd=ROOT, env={"HOME": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []
