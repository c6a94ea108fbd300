"""What a predictor said, as every capability's answers have it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, TypeVar

from backend.schemas import DistortionResponse, ExpertResponse, ImageResponse, PredictionResponse, ScoreResponse
from models.prediction import SCORE_RANGE, DistortionProbabilities, ExpertPrediction, ImageFacts, Prediction, Score

T = TypeVar("T")


class PredictionFields(TypedDict):
    """The fields of a `PredictionResponse`, which longer answers add their own to."""

    checkpoint: str
    score: ScoreResponse
    variant: str
    formulation: str
    weights_sha256: str
    posteriors: list[float] | None
    cluster_names: list[str] | None
    log_likelihood: float | None
    familiarity: float | None
    gating_weights: list[float] | None
    routing_weights: list[float] | None
    attention_weights: list[float] | None
    severities: list[float] | None
    severity_names: list[str] | None
    experts: list[ExpertResponse]
    distortion: DistortionResponse | None
    image: ImageResponse
    timing_ms: dict[str, float]


def prediction_fields(prediction: Prediction) -> PredictionFields:
    """What a prediction has to say."""
    return {
        "checkpoint": prediction.checkpoint,
        "score": score_response(prediction.score),
        "variant": prediction.variant,
        "formulation": prediction.formulation,
        "weights_sha256": prediction.weights_sha256,
        "posteriors": as_list(prediction.posteriors),
        "cluster_names": as_list(prediction.cluster_names),
        "log_likelihood": prediction.log_likelihood,
        "familiarity": prediction.familiarity,
        "gating_weights": as_list(prediction.gating_weights),
        "routing_weights": as_list(prediction.routing_weights),
        "attention_weights": as_list(prediction.attention_weights),
        "severities": as_list(prediction.severities),
        "severity_names": as_list(prediction.severity_names),
        "experts": [expert_response(expert) for expert in prediction.experts],
        "distortion": None if prediction.distortion is None else _distortion_response(prediction.distortion),
        "image": _image_response(prediction.image),
        "timing_ms": dict(prediction.timing_ms),
    }


def prediction_response(prediction: Prediction) -> PredictionResponse:
    """A prediction alone."""
    return PredictionResponse(**prediction_fields(prediction))


def score_response(score: Score) -> ScoreResponse:
    """A score, and how to read it."""
    return ScoreResponse(
        value=score.value,
        std=score.std,
        low=score.low,
        high=score.high,
        range=SCORE_RANGE,
        higher_is_better=True,
        word=score.word,
    )


def expert_response(expert: ExpertPrediction) -> ExpertResponse:
    """An expert's own prediction."""
    return ExpertResponse(
        name=expert.name,
        kind=expert.kind,
        score=expert.score,
        weight=expert.weight,
        contribution=expert.contribution,
    )


def as_list(values: Iterable[T] | None) -> list[T] | None:
    """The values as JSON has them; `None` stays `None`."""
    return None if values is None else list(values)


def _distortion_response(distortion: DistortionProbabilities) -> DistortionResponse:
    return DistortionResponse(groups=dict(distortion.groups), types=dict(distortion.types))


def _image_response(image: ImageFacts) -> ImageResponse:
    return ImageResponse(width=image.width, height=image.height, format=image.format, notes=list(image.notes))
