"""The spine: bytes in, `Prediction` out.

    decode -> Preprocess -> features (and a crop, for variants that see one) -> variant -> Prediction

Legend: D features.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Generator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from models.checkpoints.golden import GOLDEN_TOLERANCE
from models.checkpoints.manifest import (
    CHECKPOINTS_FOLDER,
    CONFIG_FILE,
    DEFAULT_CHECKPOINT_ID,
    WEIGHTS_FILE,
    CheckpointRefused,
    Manifest,
    Refusal,
    check_graph,
    checkpoint_folders,
    load_head,
    read_manifest,
    refuse_golden,
    refuse_trunk,
    refusing,
)
from models.heads.outputs import IQAOutput
from models.images import RGBImage, decode, from_array, from_path, from_pil
from models.images.golden_picture import golden_image
from models.local_quality import LocalQuality, assess_windows
from models.parts import Part, parts_of
from models.prediction import (
    SCORE_RANGE,
    DistortionProbabilities,
    ExpertPrediction,
    ImageFacts,
    Prediction,
    Representation,
    Score,
)
from models.taxonomy import TAXONOMY
from models.trunk.crops import crops_of_picture
from models.trunk.features import (
    FeatureRuntime,
    OnnxRuntime,
    TorchRuntime,
    feature_extractor,
    picture_features,
    state_sha256,
)
from models.trunk.preprocess import Preprocess

if TYPE_CHECKING:
    from models.heads.variant import Variant

Source = str | Path | bytes | Image.Image | NDArray[np.generic]


class UnknownCheckpoint(LookupError):
    """A checkpoint id that no folder has."""


class DeviceError(ValueError):
    """A device that does not exist, or not on this machine."""


def select_device(name: str) -> torch.device:
    """`auto` is a CUDA device where there is one, else the CPU; any other name is torch's own.

    Raises `DeviceError` for a name that torch does not know, and for CUDA where there is none.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise DeviceError(f"got device {name!r}, expected auto, cpu or cuda") from error
    if device.type == "cuda" and not torch.cuda.is_available():
        raise DeviceError(f"got device {name!r} where torch sees none, expected auto or cpu")
    return device


def open_image(source: Source) -> RGBImage:
    """A path, encoded bytes, a PIL picture or a uint8 / uint16 array as RGBImage; raises `ImageError`."""
    match source:
        case bytes():
            return decode(source)
        case str() | Path():
            return from_path(Path(source))
        case Image.Image():
            return from_pil(source)
        case np.ndarray():
            return from_array(source)
        case _:
            raise TypeError(f"got {type(source).__name__}, expected a path, bytes, a PIL picture or an array")


class Predictor:
    """One checkpoint, loaded and verified; calls must not overlap in threads that care for latency."""

    def __init__(self, manifest: Manifest, head: Variant, runtime: FeatureRuntime) -> None:
        self.manifest = manifest
        self._head = head
        self._runtime = runtime
        self._preprocess = Preprocess(manifest.model.preprocess)

    def predict(self, image: RGBImage) -> Prediction:
        """Score one decoded picture; the same pixels always give the same numbers."""
        return self.examine(image)[0]

    def examine(self, image: RGBImage) -> tuple[Prediction, Representation]:
        """`predict` and `embed` of one decoded picture, whose features are computed once for both."""
        started = time.perf_counter()
        views = self._preprocess(image)
        features_1D = picture_features(self._runtime, views)
        featured = time.perf_counter()
        output = self._output(features_1D, image)
        done = time.perf_counter()
        facts = ImageFacts(image.width, image.height, image.format, (*image.notes, *views.notes))
        timing_ms = {"features": 1e3 * (featured - started), "head": 1e3 * (done - featured)}
        return prediction_from_output(output, self.manifest, facts, timing_ms), _representation(output)

    def embed(self, image: RGBImage) -> Representation:
        """What the checkpoint sees of one decoded picture, which is what places it on an embedding map."""
        return _representation(self._output(picture_features(self._runtime, self._preprocess(image)), image))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that the model has, and every prediction of it speaks of."""
        return parts_of(self.manifest.model)

    @property
    def has_local_quality(self) -> bool:
        """Whether `local` answers: not for a variant that sees pixels beside the features."""
        return self._head.crop_px is None

    def local(self, image: RGBImage) -> Generator[None, None, LocalQuality]:
        """Score overlapping windows of one decoded picture, as `assess_windows` does; raises `NoLocalQuality`."""
        return assess_windows(
            image, preprocess=self._preprocess, runtime=self._runtime, head=self._head, manifest=self.manifest
        )

    def score(self, source: Source) -> Prediction:
        """Decode and score a path, bytes, a PIL picture or an array; raises `ImageError` where it is not usable."""
        return self.predict(open_image(source))

    @torch.inference_mode()
    def _output(self, features_1D: torch.Tensor, image: RGBImage) -> IQAOutput:
        output: IQAOutput = self._head(features_1D, *crops_of_picture(image, self._head.crop_px))
        return output


def prediction_from_output(
    output: IQAOutput, manifest: Manifest, image: ImageFacts, timing_ms: dict[str, float]
) -> Prediction:
    """The one place where tensors of a single picture become floats and tuples."""
    return Prediction(
        checkpoint=manifest.id,
        variant=manifest.variant,
        formulation=manifest.formulation,
        weights_sha256=manifest.weights_sha256,
        score=_score(output, manifest),
        image=image,
        posteriors=_row(output.posteriors),
        cluster_names=manifest.cluster_names,
        log_likelihood=None if output.log_likelihood is None else output.log_likelihood.item(),
        gating_weights=_row(output.gating_weights),
        routing_weights=_row(output.routing_weights),
        experts=_experts(output, manifest),
        distortion=None if output.distortion_logits is None else _distortion(output.distortion_logits),
        attention_weights=_row(output.attention_weights),
        severities=_row(output.severities),
        severity_names=None if output.severities is None else tuple(TAXONOMY.groups),
        timing_ms=timing_ms,
    )


def _representation(output: IQAOutput) -> Representation:
    embedding_d = None if output.embedding is None else output.embedding.squeeze(0).numpy()
    return Representation(output.features.squeeze(0).numpy(), embedding_d)


def _row(values_1X: torch.Tensor | None) -> tuple[float, ...] | None:
    return None if values_1X is None else tuple(values_1X.squeeze(0).tolist())


def _score(output: IQAOutput, manifest: Manifest) -> Score:
    value, std = output.score.item(), output.score_std.item()
    half_width = manifest.score.interval_quantile * std
    low, high = SCORE_RANGE
    value = min(max(value, low), high)  # a weighted mean of saturated experts may round past the end
    return Score(value, std, max(value - half_width, low), min(value + half_width, high))


def _experts(output: IQAOutput, manifest: Manifest) -> tuple[ExpertPrediction, ...]:
    scores, weights = _row(output.expert_scores), _row(output.routing_weights)
    if scores is None or weights is None or manifest.expert_names is None:
        return ()
    fusion_weight = 0.0 if output.fusion_weight is None else output.fusion_weight.item()
    experts = [
        ExpertPrediction(name, "expert", score, weight * (1 - fusion_weight))
        for name, score, weight in zip(manifest.expert_names, scores, weights, strict=True)
    ]
    if output.fusion_score is not None:
        experts.append(ExpertPrediction("fusion", "fusion", output.fusion_score.item(), fusion_weight))
    return tuple(experts)


def _distortion(logits_1C: torch.Tensor) -> DistortionProbabilities:
    probabilities = logits_1C.squeeze(0).double().softmax(0).tolist()
    groups = dict.fromkeys(TAXONOMY.group_names, 0.0)
    for group, probability in zip(TAXONOMY.group_of_class, probabilities, strict=True):
        groups[TAXONOMY.group_names[group]] += probability
    return DistortionProbabilities(groups, dict(zip(TAXONOMY.classes, probabilities, strict=True)))


@lru_cache(maxsize=4)
def _graph_runtime(graph: Path, _sha256: str, num_threads: int) -> FeatureRuntime:
    # The hash is part of the key: another graph at the same path is another runtime.
    return OnnxRuntime(graph, num_threads=num_threads)


@lru_cache(maxsize=4)
def _torch_runtime(backbone: str, tuned: Path | None, device: torch.device) -> tuple[FeatureRuntime, str]:
    """The runtime and the identity of its trunk."""
    extractor = feature_extractor(backbone, tuned)
    return TorchRuntime(extractor, device=device), state_sha256(extractor)


@lru_cache(maxsize=1)
def _has_onnxruntime() -> bool:
    return find_spec("onnxruntime") is not None


def _runtime_of(folder: Path, manifest: Manifest, device: torch.device, num_threads: int | None) -> FeatureRuntime:
    with refusing(folder, manifest.trunk.graph_path):
        graph = check_graph(folder, manifest)
        if graph is not None and device.type == "cpu" and _has_onnxruntime():
            return _graph_runtime(graph, manifest.trunk.graph_sha256, num_threads or len(os.sched_getaffinity(0)))
    with refusing(folder, CONFIG_FILE, field="model.backbone"):
        runtime, sha256 = _torch_runtime(manifest.model.backbone, manifest.trunk.tuned_file(folder.parent), device)
    if sha256 != manifest.trunk.sha256:
        raise refuse_trunk(folder, recorded=manifest.trunk.sha256, loaded=sha256)
    return runtime


def load_predictor(folder: Path, *, device: str = "auto", num_threads: int | None = None) -> Predictor:
    """Read, verify and warm up one checkpoint folder; raises `CheckpointRefused` with file, field and reason.

    The feature graph takes `num_threads` for a picture, by default every usable core; the numbers are the same.
    """
    chosen_device = select_device(device)
    manifest = read_manifest(folder)
    with refusing(folder, WEIGHTS_FILE):
        head = load_head(folder, manifest)
    predictor = Predictor(manifest, head, _runtime_of(folder, manifest, chosen_device, num_threads))
    with refusing(folder, WEIGHTS_FILE, field="golden_score"):
        got = predictor.predict(golden_image()).score.value
    if not math.isfinite(got) or abs(got - manifest.golden_score) > GOLDEN_TOLERANCE:
        raise refuse_golden(folder, got, manifest.golden_score)
    return predictor


def load(
    checkpoint_id: str = DEFAULT_CHECKPOINT_ID, *, root: Path = CHECKPOINTS_FOLDER, device: str = "auto"
) -> Predictor:
    """A predictor by checkpoint id; raises `UnknownCheckpoint` or `CheckpointRefused`."""
    folders = {folder.name: folder for folder in checkpoint_folders(root)}
    if checkpoint_id not in folders:
        known = ", ".join(folders) or "none"
        raise UnknownCheckpoint(f"got checkpoint {checkpoint_id!r}, expected one of those in {root}: {known}")
    return load_predictor(folders[checkpoint_id], device=device)


def verify(root: Path = CHECKPOINTS_FOLDER) -> tuple[list[Manifest], list[Refusal]]:
    """Every folder under `root` loaded as the service would: what can be served, and what is refused and why."""
    served, refused = [], []
    for folder in checkpoint_folders(root):
        try:
            served.append(load_predictor(folder, device="cpu").manifest)
        except CheckpointRefused as error:
            refused.append(error.refusal)
    return served, refused
