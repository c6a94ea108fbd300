"""A checkpoint as one ONNX file, pixels to every part of its output, for programs without torch."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from models.checkpoints.golden import GOLDEN_TOLERANCE
from models.checkpoints.manifest import Manifest
from models.checkpoints.reading import read_manifest
from models.heads.outputs import IQAOutput
from models.heads.variant import Variant
from models.loading import load_head
from models.trunk.crops import centre_crop
from models.trunk.features import FeatureExtractor, OnnxRuntime, export_graph, feature_extractor
from models.trunk.golden_picture import golden_image
from models.trunk.preprocess import Preprocess


class WholeGraphError(RuntimeError):
    """An exported graph that does not give the checkpoint's golden score."""


class _WholeModel(nn.Module):
    def __init__(self, extractor: FeatureExtractor, head: Variant, names: tuple[str, ...]) -> None:
        super().__init__()
        self.extractor, self.head, self.names = extractor, head, names

    def forward(self, image_BCHW: Tensor) -> tuple[Tensor, ...]:
        crop_px = self.head.crop_px
        crops = () if crop_px is None else (centre_crop(image_BCHW, crop_px),)
        output: IQAOutput = self.head(self.extractor(image_BCHW), *crops)
        return tuple(getattr(output, name) for name in self.names)


def export_whole_graph(folder: Path, path: Path) -> tuple[str, ...]:
    """Write trunk and head as one graph with dynamic height and width (batch 1); returns the names of its outputs.

    The input is one picture, normalised as `(x - 127) / 128`. Pictures above the preprocessing's `native_max_pixels`
    are averaged over views by the caller, in feature space, which one graph cannot do. Raises `CheckpointRefused`, and
    `WholeGraphError` where the written graph misses the golden score.
    """
    manifest = read_manifest(folder)
    head = load_head(folder, manifest)
    extractor = feature_extractor(manifest.model.backbone, manifest.trunk.tuned_file(folder.parent))
    names = _part_names(head)
    export_graph(_WholeModel(extractor, head, names), path, names)
    _check(path, manifest)
    return names


@torch.inference_mode()
def _part_names(head: Variant) -> tuple[str, ...]:
    """The parts that the variant has, asked for one picture of nothing."""
    crops = () if head.crop_px is None else (torch.zeros(1, 3, head.crop_px, head.crop_px),)
    output: IQAOutput = head(torch.zeros(1, head.config.layout.num_features), *crops)
    return tuple(name for name, value in output._asdict().items() if value is not None)


def _check(path: Path, manifest: Manifest) -> None:
    runtime = OnnxRuntime(path, num_threads=1)  # reads the first output, the score
    score_11 = runtime(Preprocess(manifest.model.preprocess)(golden_image()).views_CHW)
    score = score_11.item()
    if abs(score - manifest.golden_score) > GOLDEN_TOLERANCE:
        raise WholeGraphError(f"got {score:.4f} for the golden picture, expected {manifest.golden_score:.4f}")
