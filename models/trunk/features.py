"""The trunk that every variant shares: image -> features, as a torch module and as its exported ONNX graph.

Legend: B images, C channels, H rows, W columns, D features.

Features are the pooled outputs of the backbone's five stages followed by natural scene statistics; `FeatureLayout`
says which columns are which.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_safetensors
from safetensors.torch import save as save_safetensors
from torch import Tensor, nn

from models.trunk.backbone import NUM_FROZEN_STAGES, Backbone, BackboneError, imagenet_backbone, pool_stages
from models.trunk.naturalness import NUM_STATISTICS, NaturalSceneStatistics
from models.trunk.preprocess import MIN_SIDE_PX, Views

TRUNK_VERSION: Final = 1
"""Raised when pooling or statistics make other numbers of the same weights: graphs and caches are then made anew."""
GRAPH_INPUT: Final = "image_BCHW"
"""Name of the one input of every exported graph."""


@dataclass(frozen=True)
class FeatureLayout:
    """Where in the features each stage (mean, then deviation, per channel) and the statistics lie."""

    stage_channels: tuple[int, ...]

    @property
    def num_features(self) -> int:
        """D."""
        return 2 * sum(self.stage_channels) + NUM_STATISTICS

    @property
    def tuned_columns(self) -> slice:
        """Columns of the stages that fine-tuning changes."""
        return slice(2 * sum(self.stage_channels[:NUM_FROZEN_STAGES]), 2 * sum(self.stage_channels))

    @property
    def num_stage_features(self) -> int:
        """How many of the features are of the stages."""
        return 2 * sum(self.stage_channels)

    @property
    def stage_columns(self) -> slice:
        """Columns of the pooled stages: what scores are read from."""
        return slice(2 * sum(self.stage_channels))

    @property
    def distortion_columns(self) -> tuple[int, ...]:
        """Columns that tell distortions best: all stages but the last, and the natural scene statistics."""
        early = 2 * sum(self.stage_channels[:-1])
        return (*range(early), *range(self.num_features - NUM_STATISTICS, self.num_features))


class FeatureExtractor(nn.Module):
    """image_BCHW -> features_BD with a backbone and natural scene statistics."""

    def __init__(self, backbone: Backbone) -> None:
        super().__init__()
        self.backbone = backbone
        self.statistics = NaturalSceneStatistics()
        self.layout = FeatureLayout(tuple(backbone.stage_channels))

    def forward(self, image_BCHW: Tensor) -> Tensor:
        """(B, 3, H, W), normalised as `(x - 127) / 128`, at least 32 px a side -> (B, D)."""
        return torch.cat([pool_stages(self.backbone(image_BCHW)), self.statistics(image_BCHW)], 1)


def imagenet_feature_extractor(name: str) -> FeatureExtractor:
    """A frozen extractor in eval mode around a backbone with ImageNet weights."""
    return FeatureExtractor(imagenet_backbone(name)).eval().requires_grad_(False)


def feature_extractor(name: str, tuned_file: Path | None) -> FeatureExtractor:
    """ImageNet's extractor, with fine-tuned stages from a file of `save_tuned_stages` where there is one.

    Raises `BackboneError` for a file whose tensors are not those of the backbone's last stages.
    """
    extractor = imagenet_feature_extractor(name)
    if tuned_file is None:
        return extractor
    wanted = extractor.backbone.stages.state_dict()
    try:
        tensors = load_safetensors(tuned_file.read_bytes())
    except SafetensorError as error:
        raise BackboneError(f"got {tuned_file.name} that is no safetensors file: {error}") from error
    shapes = {key: tuple(value.shape) for key, value in tensors.items()}
    if not shapes or any(key not in wanted or tuple(wanted[key].shape) != shape for key, shape in shapes.items()):
        raise BackboneError(f"got {tuned_file.name} with {len(tensors)} tensors that do not fit stages of {name}")
    extractor.backbone.stages.load_state_dict(wanted | tensors)
    return extractor


def save_tuned_stages(backbone: Backbone) -> bytes:
    """The tensors of the stages that fine-tuning changes, as safetensors."""
    stages = backbone.stages.state_dict()
    tuned = {key: value.contiguous() for key, value in stages.items() if int(key.split(".")[0]) >= NUM_FROZEN_STAGES}
    return save_safetensors(tuned)


def state_sha256(module: nn.Module) -> str:
    """SHA-256 over `TRUNK_VERSION` and a module's parameter and buffer names and bytes: the identity of a trunk."""
    digest = hashlib.sha256(f"trunk {TRUNK_VERSION}".encode())
    for name, value in module.state_dict().items():
        digest.update(name.encode())
        digest.update(value.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


class FeatureRuntime(Protocol):
    """Whatever turns one picture's views into features."""

    def __call__(self, views_CHW: Sequence[Tensor]) -> Tensor:
        """Views of one picture, each (3, H, W) -> (number of views, D)."""


class TorchRuntime:
    """The extractor itself, on any device: the truth that the graph is compared with."""

    def __init__(self, extractor: FeatureExtractor, *, device: torch.device) -> None:
        self._extractor = extractor.to(device)
        self._device = device

    @torch.inference_mode()
    def __call__(self, views_CHW: Sequence[Tensor]) -> Tensor:
        """Views of one picture, each (3, H, W) -> (number of views, D) on the CPU."""
        rows = [self._extractor(view_CHW.unsqueeze(0).to(self._device)) for view_CHW in views_CHW]
        return torch.cat(rows).float().cpu()


class OnnxRuntime:
    """The exported graph under ONNX Runtime on the CPU: same numbers within 1e-4, several times faster."""

    def __init__(self, graph_file: Path, *, num_threads: int) -> None:
        # Its wheels write a device identifier and report to their maker, unless told before they are imported.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = num_threads
        options.inter_op_num_threads = 1
        # Threads that wait busily take the core from those that they wait for: 200, not 120 ms on two loaded cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(graph_file), sess_options=options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, views_CHW: Sequence[Tensor]) -> Tensor:
        """Views of one picture, each (3, H, W) -> (number of views, D)."""
        rows = [self._session.run(None, {GRAPH_INPUT: view_CHW.unsqueeze(0).numpy()})[0] for view_CHW in views_CHW]
        return torch.from_numpy(np.concatenate(rows))


def picture_features(runtime: FeatureRuntime, views: Views) -> Tensor:
    """Features of one picture, averaged over its views by their weights: (1, D)."""
    features_VD = runtime(views.views_CHW)
    if len(views.weights) == 1:
        return features_VD
    return torch.tensor(views.weights).unsqueeze(0) @ features_VD


def export_graph(
    module: nn.Module,
    path: Path,
    output_names: Sequence[str] = ("features_BD",),
    *,
    num_channels: int = 3,
    smallest_side: int = MIN_SIDE_PX,
    batch_size: int = 1,
) -> None:
    """Write a module over pictures, such as the extractor, as one ONNX file with dynamic height and width.

    `num_channels` and `smallest_side` are those of its input. Needs the `training` extra.
    """
    example_BCHW = torch.zeros(batch_size, num_channels, 97, 130)
    sides = {axis: torch.export.Dim(name, min=smallest_side, max=16384) for axis, name in ((2, "height"), (3, "width"))}
    program = torch.onnx.export(
        module.cpu().eval(),
        (example_BCHW,),
        dynamo=True,
        input_names=[GRAPH_INPUT],
        output_names=list(output_names),
        dynamic_shapes={GRAPH_INPUT: sides},
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch.onnx.export returned no program")
    for node in program.model.graph:
        node.metadata_props.clear()  # stack traces with this machine's paths
    program.save(str(path), external_data=False)
