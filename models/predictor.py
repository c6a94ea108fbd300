"""The spine: bytes in, `Prediction` out.

    decode -> Preprocess -> features (and a crop, for variants that see one) -> variant -> Prediction

Legend: D features.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Generator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from models.checkpoints.manifest import (
    Manifest,
)
from models.heads.outputs import IQAOutput
from models.heads.projection import FeatureScaler
from models.images import RGBImage, decode, from_array, from_path, from_pil
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
from models.trunk.crops import crops_of_picture, normalise_crops
from models.trunk.features import (
    FeatureRuntime,
    picture_features,
)
from models.trunk.preprocess import Preprocess

if TYPE_CHECKING:
    from models.heads.variant import Variant

_KEY_LENGTH: Final = 12

Source = str | Path | bytes | Image.Image | NDArray[np.generic]


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
        return parts_of(self.manifest.model.config())

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

    @property
    def features_key(self) -> str:
        """Changes with whatever changes a picture's features: the same under checkpoints that can share them."""
        parts = [self.manifest.trunk.sha256, asdict(self._preprocess.config)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_KEY_LENGTH]

    @property
    def scaler(self) -> FeatureScaler:
        """What brings features into deviations from the training set's mean."""
        return self._head.scaler

    @property
    def crop_px(self) -> int | None:
        """Side of the crops that the head sees beside the features; `None` where it sees features alone."""
        return self._head.crop_px

    def features(self, image: RGBImage) -> tuple[NDArray[np.float32], tuple[str, ...]]:
        """One decoded picture's features (D,), and notes on how it was seen."""
        views = self._preprocess(image)
        return picture_features(self._runtime, views).squeeze(0).numpy(), views.notes

    @torch.inference_mode()
    def output(self, features_ND: NDArray[np.float32], crops_NHWC: NDArray[np.uint8] | None = None) -> IQAOutput:
        """What the head says of many pictures by their features, and by their crops where it sees any."""
        crops = () if crops_NHWC is None else (normalise_crops(crops_NHWC),)
        output: IQAOutput = self._head(torch.from_numpy(features_ND), *crops)
        return output

    @torch.inference_mode()
    def standardised(self, features_ND: NDArray[np.float32]) -> NDArray[np.float32]:
        """Features as heads see them: in deviations of the training set from its mean, bounded (N, D)."""
        scaled_ND: NDArray[np.float32] = self._head.scaler(torch.from_numpy(features_ND)).numpy()
        return scaled_ND

    @torch.inference_mode()
    def _output(self, features_1D: torch.Tensor, image: RGBImage) -> IQAOutput:
        output: IQAOutput = self._head(features_1D, *crops_of_picture(image, self._head.crop_px))
        return output


def predictions_from_output(output: IQAOutput, manifest: Manifest, images: Sequence[ImageFacts]) -> list[Prediction]:
    """The pictures of a batch, one by one."""
    parts = {name: part for name, part in output._asdict().items() if part is not None}
    rows = ({name: part[row : row + 1] for name, part in parts.items()} for row in range(len(images)))
    return [
        prediction_from_output(IQAOutput(**row), manifest, image, {}) for row, image in zip(rows, images, strict=True)
    ]


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
        familiarity=None if output.familiarity is None else output.familiarity.item(),
        gating_weights=_row(output.gating_weights),
        routing_weights=_row(output.routing_weights),
        experts=_experts(output, manifest),
        distortion=None
        if output.distortion_logits is None
        else _distortion(output.distortion_logits, manifest.classes),
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


def _distortion(logits_1C: torch.Tensor, classes: tuple[str, ...]) -> DistortionProbabilities:
    types = dict(zip(classes, logits_1C.squeeze(0).double().softmax(0).tolist(), strict=True))
    groups = dict.fromkeys(TAXONOMY.group_names, 0.0)
    for name, probability in types.items():
        groups[TAXONOMY.group_of(name)] += probability
    return DistortionProbabilities(groups, types)
