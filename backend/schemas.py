"""What the API says, field by field; the only place where a number of ours becomes a number in JSON.

Points (0-100) are rounded to four decimals and shares (0-1) to six, so contributions still add up to the score
within .001 and rows to one within .0001.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field, FiniteFloat

from models.prediction import SCORE_RANGE, DistortionProbabilities, ExpertPrediction, ImageFacts, Prediction, Score

if TYPE_CHECKING:  # the Python client reads answers with these models, and loads neither torch nor a database
    from backend.analyses.store import Analysis, Page
    from backend.inference.catalogue import Snapshot
    from models.checkpoints.manifest import Manifest, Refusal

API_PREFIX = "/api/v1"
OPENAPI_PATH = f"{API_PREFIX}/openapi.json"
INFERENCE_PREFIX = "/v2"
"""Of the Open Inference Protocol, whose addresses are not ours to choose."""


def _points(value: float) -> float:
    return round(value, 4)


def _shares(values: Iterable[float] | None) -> list[float] | None:
    return None if values is None else [round(value, 6) for value in values]


def _named_shares(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in values.items()}


class ScoreResponse(BaseModel):
    """Predicted quality with its uncertainty, and how to read it."""

    value: FiniteFloat = Field(description="Predicted mean opinion score.", examples=[61.2])
    std: FiniteFloat = Field(ge=0, description="Predictive standard deviation, in points.")
    low: FiniteFloat = Field(description="Lower end of the 90 % split-conformal interval.")
    high: FiniteFloat = Field(description="Upper end of the 90 % split-conformal interval.")
    range: tuple[FiniteFloat, FiniteFloat] = Field(description="Lowest and highest score there can be.")
    higher_is_better: bool
    word: str = Field(description="ITU-R BT.500's word: bad, poor, fair, good or excellent.")

    @classmethod
    def of(cls, score: Score) -> ScoreResponse:
        """The score, rounded."""
        return cls(
            value=_points(score.value),
            std=_points(score.std),
            low=_points(score.low),
            high=_points(score.high),
            range=SCORE_RANGE,
            higher_is_better=True,
            word=score.word,
        )


class ExpertResponse(BaseModel):
    """One expert's own prediction and its part in the score."""

    name: str
    kind: Literal["expert", "fusion"]
    score: FiniteFloat = Field(description="The expert's own prediction, 0-100.")
    weight: FiniteFloat = Field(description="What weighs it, 0-1; the weights add up to one.")
    contribution: FiniteFloat = Field(description="Points it adds to the score; they add up to score.value.")

    @classmethod
    def of(cls, expert: ExpertPrediction) -> ExpertResponse:
        """The expert, rounded."""
        return cls(
            name=expert.name,
            kind=expert.kind,
            score=_points(expert.score),
            weight=round(expert.weight, 6),
            contribution=_points(expert.contribution),
        )


class DistortionResponse(BaseModel):
    """Probabilities of what was done to the picture; each map adds up to one."""

    groups: dict[str, FiniteFloat] = Field(description="By group, 8 with clean.")
    types: dict[str, FiniteFloat] = Field(description="By type, 26 with clean.")

    @classmethod
    def of(cls, distortion: DistortionProbabilities) -> DistortionResponse:
        """The probabilities, rounded."""
        return cls(groups=_named_shares(distortion.groups), types=_named_shares(distortion.types))


class ImageResponse(BaseModel):
    """The picture as it was scored."""

    width: int = Field(gt=0, description="Pixels, after orientation.")
    height: int = Field(gt=0, description="Pixels, after orientation.")
    format: str = Field(description="Encoded format of the upload.", examples=["JPEG"])
    notes: list[str] = Field(description="What was done to it before scoring, if anything.")

    @classmethod
    def of(cls, image: ImageFacts) -> ImageResponse:
        """The facts as they are."""
        return cls(width=image.width, height=image.height, format=image.format, notes=list(image.notes))


class Links(BaseModel):
    """Where to find the analysis and its pictures; paths on this host."""

    self: str
    page: str
    picture: str = Field(description="The pixels as they were scored, losslessly, without metadata.")
    thumbnail: str

    @classmethod
    def of(cls, analysis_id: str) -> Links:
        """The four addresses of an analysis."""
        here = f"{API_PREFIX}/analyses/{analysis_id}"
        return cls.model_validate(
            {
                "self": here,
                "page": f"/analyses/{analysis_id}",
                "picture": f"{here}/picture",
                "thumbnail": f"{here}/thumbnail",
            }
        )


class AnalysisSummary(BaseModel):
    """An entry of the list: the score under the checkpoint that was used first."""

    id: str
    created_at: datetime
    filename: str = Field(description="Name to show; not a path.")
    checkpoint: str
    score: ScoreResponse
    links: Links

    @classmethod
    def of(cls, analysis: Analysis) -> AnalysisSummary:
        """The short form of an analysis."""
        return cls(
            id=analysis.id,
            created_at=analysis.created_at,
            filename=analysis.filename,
            checkpoint=analysis.prediction.checkpoint,
            score=ScoreResponse.of(analysis.prediction.score),
            links=Links.of(analysis.id),
        )


class PredictionResponse(BaseModel):
    """One picture under one checkpoint. K clusters, E experts, S severities; null where a variant has no such part."""

    checkpoint: str
    score: ScoreResponse
    variant: str
    formulation: str
    weights_sha256: str = Field(description="SHA-256 of the weights that gave this score.")
    posteriors: list[FiniteFloat] | None = Field(description="p(cluster given picture), K; adds up to one.")
    cluster_names: list[str] | None = Field(description="Names of the K clusters.")
    log_likelihood: FiniteFloat | None = Field(description="log p(embedding): low is unlike the training photographs.")
    gating_weights: list[FiniteFloat] | None = Field(description="The gate's own output, E; adds up to one.")
    routing_weights: list[FiniteFloat] | None = Field(description="What weighs the experts, E; adds up to one.")
    attention_weights: list[FiniteFloat] | None = Field(description="Attention on the clusters, K, mean over heads.")
    severities: list[FiniteFloat] | None = Field(description="Predicted severities, S, each at least 0.")
    severity_names: list[str] | None = Field(description="The S distortion groups that the severities are of.")
    experts: list[ExpertResponse] = Field(description="Empty where the variant has no experts.")
    distortion: DistortionResponse | None
    image: ImageResponse
    timing_ms: dict[str, FiniteFloat] = Field(description="Wall time of each stage and in total, in milliseconds.")


def prediction_fields(prediction: Prediction) -> dict[str, Any]:
    """What `PredictionResponse` has, rounded."""
    return {
        "checkpoint": prediction.checkpoint,
        "score": ScoreResponse.of(prediction.score),
        "variant": prediction.variant,
        "formulation": prediction.formulation,
        "weights_sha256": prediction.weights_sha256,
        "posteriors": _shares(prediction.posteriors),
        "cluster_names": None if prediction.cluster_names is None else list(prediction.cluster_names),
        "log_likelihood": None if prediction.log_likelihood is None else _points(prediction.log_likelihood),
        "gating_weights": _shares(prediction.gating_weights),
        "routing_weights": _shares(prediction.routing_weights),
        "attention_weights": _shares(prediction.attention_weights),
        "severities": _shares(prediction.severities),
        "severity_names": None if prediction.severity_names is None else list(prediction.severity_names),
        "experts": [ExpertResponse.of(expert) for expert in prediction.experts],
        "distortion": None if prediction.distortion is None else DistortionResponse.of(prediction.distortion),
        "image": ImageResponse.of(prediction.image),
        "timing_ms": _rounded_times(prediction),
    }


class AnalysisResponse(PredictionResponse, AnalysisSummary):
    """An analysis under one checkpoint."""

    scored_checkpoints: list[str] = Field(description="Every checkpoint that scored this picture, in order.")

    @classmethod
    def of(cls, analysis: Analysis) -> AnalysisResponse:
        """The long form of an analysis."""
        summary = dict(AnalysisSummary.of(analysis))
        fields = summary | prediction_fields(analysis.prediction)
        return cls(**fields, scored_checkpoints=list(analysis.scored_checkpoints))


def _rounded_times(prediction: Prediction) -> dict[str, float]:
    return {stage: round(milliseconds, 2) for stage, milliseconds in prediction.timing_ms.items()}


class AnalysisList(BaseModel):
    """A part of the list of analyses, newest first."""

    items: list[AnalysisSummary]
    next_cursor: str | None = Field(description="Send it back as `cursor` for the next part; null at the end.")
    total: int = Field(ge=0, description="How many the whole list has now, in all its parts.")

    @classmethod
    def of(cls, page: Page) -> AnalysisList:
        """The page in its short form."""
        items = [AnalysisSummary.of(item) for item in page.items]
        return cls(items=items, next_cursor=page.next_cursor, total=page.total)


class PredictionRequest(BaseModel):
    """Which checkpoint shall score the kept picture."""

    checkpoint: str = Field(min_length=1, max_length=255, examples=["no_gmm"])


class CheckpointResponse(BaseModel):
    """A checkpoint that is served."""

    id: str
    variant: str
    formulation: str
    title: str
    weights_sha256: str
    parameter_count: int
    num_clusters: int | None = Field(description="Null where the variant has no mixture.")
    num_experts: int | None = Field(description="Null where the variant has no experts.")
    training_data: list[str]

    @classmethod
    def of(cls, manifest: Manifest) -> CheckpointResponse:
        """The manifest's public part."""
        return cls(
            id=manifest.id,
            variant=manifest.variant,
            formulation=manifest.formulation,
            title=manifest.title,
            weights_sha256=manifest.weights_sha256,
            parameter_count=manifest.parameter_count,
            num_clusters=manifest.num_clusters,
            num_experts=manifest.num_experts,
            training_data=list(manifest.training_data),
        )


class RefusalResponse(BaseModel):
    """A checkpoint folder that failed its checks, and why."""

    id: str
    file: str = Field(description="File at fault, relative to the folder.")
    field: str = Field(description="Field at fault within that file.")
    reason: str = Field(description="What was got and what was expected.")

    @classmethod
    def of(cls, refusal: Refusal) -> RefusalResponse:
        """The refusal as it is."""
        return cls(id=refusal.checkpoint_id, file=refusal.file, field=refusal.field, reason=refusal.reason)


class CheckpointList(BaseModel):
    """Every checkpoint folder: those that serve and those that were refused."""

    default: str | None = Field(description="Used where a request names none; null where nothing is served.")
    checkpoints: list[CheckpointResponse]
    refused: list[RefusalResponse]

    @classmethod
    def of(cls, snapshot: Snapshot) -> CheckpointList:
        """The catalogue's state, by id."""
        predictors = [snapshot.predictors[name] for name in sorted(snapshot.predictors)]
        return cls(
            default=snapshot.default_id,
            checkpoints=[CheckpointResponse.of(predictor.manifest) for predictor in predictors],
            refused=[RefusalResponse.of(snapshot.refusals[name]) for name in sorted(snapshot.refusals)],
        )


class Readiness(BaseModel):
    """The service can score."""

    status: Literal["ready"] = "ready"
    checkpoints: int = Field(description="How many are served.")


class Liveness(BaseModel):
    """The process answers."""

    status: Literal["live"] = "live"
