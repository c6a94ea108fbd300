"""What the API says of batches: a job, and an item with its result, short for pages and whole for files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, FiniteFloat

from backend.batches.store import FinishedItem, ItemError, ItemOrder, ItemState, Job, JobState
from backend.schemas import API_PREFIX, ExpertResponse, ScoreResponse, prediction_fields
from models.prediction import DistortionProbabilities, Prediction
from models.taxonomy import TAXONOMY


class JobLinks(BaseModel):
    """Where to find a job and what became of it; paths on this host."""

    self: str
    page: str
    events: str = Field(description="Server-sent events: `progress`, `item` and, once nothing is left to do, `end`.")
    items: str
    results: str = Field(description="A file with every finished item; add `?format=csv`, `jsonl` or `parquet`.")

    @classmethod
    def of(cls, job_id: str) -> JobLinks:
        """The addresses of a job."""
        here = f"{API_PREFIX}/jobs/{job_id}"
        return cls.model_validate(
            {
                "self": here,
                "page": f"/batches/{job_id}",
                "events": f"{here}/events",
                "items": f"{here}/items",
                "results": f"{here}/results",
            }
        )


class JobResponse(BaseModel):
    """A batch of pictures being scored under one checkpoint, as far as it is."""

    id: str
    created_at: datetime
    started_at: datetime | None = Field(description="Null until the first picture's turn.")
    finished_at: datetime | None = Field(description="When it was done or cancelled; null before.")
    state: JobState
    checkpoint: str
    filename: str = Field(description="Name of the archive or of the first file, to show; not a path.")
    total: int = Field(ge=0, description="How many pictures it has.")
    finished: int = Field(ge=0, description="How many of them have a result: scored and refused.")
    scored: int = Field(ge=0)
    refused: int = Field(ge=0, description="How many cannot be scored; each item says why.")
    mean_score: FiniteFloat | None = Field(description="Mean of what was scored so far; null before the first.")
    seconds_left: FiniteFloat | None = Field(description="Estimate from the pace so far; null where there is none.")
    links: JobLinks

    @classmethod
    def of(cls, job: Job, *, seconds_left: float | None) -> JobResponse:
        """The job, rounded."""
        return cls(
            id=job.id,
            created_at=job.created_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            state=job.state,
            checkpoint=job.checkpoint,
            filename=job.filename,
            total=job.total,
            finished=job.finished,
            scored=job.scored,
            refused=job.refused,
            mean_score=None if job.mean_score is None else round(job.mean_score, 4),
            seconds_left=None if seconds_left is None else round(seconds_left, 1),
            links=JobLinks.of(job.id),
        )


class JobList(BaseModel):
    """A part of the list of jobs, newest first."""

    items: list[JobResponse]
    next_cursor: str | None = Field(description="Send it back as `cursor` for the next part; null at the end.")
    total: int = Field(ge=0, description="How many the whole list has now, in all its parts.")


class ItemErrorResponse(BaseModel):
    """Why a picture was refused."""

    code: str = Field(description="A stable name of this kind of error, the same as an upload's answer has.")
    detail: str = Field(description="What was got and what was expected.")


class TopCluster(BaseModel):
    """The cluster that a picture most likely belongs to."""

    name: str
    posterior: FiniteFloat


class TopExpert(BaseModel):
    """The expert that has most weight."""

    name: str
    weight: FiniteFloat


class TopDistortion(BaseModel):
    """The most likely distortion type and its group, both `clean` for none."""

    type: str
    group: str
    probability: FiniteFloat


class ItemResponse(BaseModel):
    """One picture of a batch with its result; what a refused one, or a variant, does not have is null."""

    sequence: int = Field(ge=1, description="Its place in the order in which the job's items finished, from 1.")
    position: int = Field(ge=0, description="Its place in the batch, from 0.")
    filename: str = Field(description="Name to show; in an archive, the path inside.")
    state: ItemState
    score: ScoreResponse | None
    error: ItemErrorResponse | None = Field(description="Null where it was scored.")
    width: int | None = Field(description="Pixels, after orientation.")
    height: int | None = Field(description="Pixels, after orientation.")
    format: str | None = Field(description="Encoded format.", examples=["JPEG"])
    notes: list[str] | None = Field(description="What was done to it before scoring, if anything.")
    top_cluster: TopCluster | None
    top_expert: TopExpert | None
    distortion: TopDistortion | None
    weights_sha256: str | None = Field(description="SHA-256 of the weights that gave this score.")

    @classmethod
    def of(cls, item: FinishedItem) -> ItemResponse:
        """The item in its short form."""
        return cls(**_item_fields(item))


class ItemDetail(ItemResponse):
    """One picture of a batch as files of results have it. K clusters, E experts."""

    checkpoint: str
    posteriors: list[FiniteFloat] | None = Field(description="p(cluster given picture), K; adds up to one.")
    gating_weights: list[FiniteFloat] | None = Field(description="The gate's own output, E; adds up to one.")
    routing_weights: list[FiniteFloat] | None = Field(description="What weighs the experts, E; adds up to one.")
    experts: list[ExpertResponse] | None = Field(description="Empty where the variant has no experts.")

    @classmethod
    def of_job(cls, item: FinishedItem, *, checkpoint: str) -> ItemDetail:
        """The item in its long form."""
        whole = {} if isinstance(item.result, ItemError) else prediction_fields(item.result)
        return cls(
            **_item_fields(item),
            checkpoint=checkpoint,
            posteriors=whole.get("posteriors"),
            gating_weights=whole.get("gating_weights"),
            routing_weights=whole.get("routing_weights"),
            experts=whole.get("experts"),
        )


class ItemPage(BaseModel):
    """A part of a job's finished items."""

    items: list[ItemResponse]
    next_after: int | None = Field(description="Send it back as `after` for the next part; null at the end.")

    @classmethod
    def of(cls, items: tuple[FinishedItem, ...], *, limit: int, order: ItemOrder) -> ItemPage:
        """Up to `limit` items in their short form, of which one more was looked up."""
        shown = items[:limit]
        next_after = _places_up_to(shown[-1], order) if len(items) > limit else None
        return cls(items=[ItemResponse.of(item) for item in shown], next_after=next_after)


def _places_up_to(item: FinishedItem, order: ItemOrder) -> int:
    match order:
        case "sequence":
            return item.sequence
        case "position":  # counts from 0
            return item.position + 1


def _item_fields(item: FinishedItem) -> dict[str, Any]:
    error = item.result if isinstance(item.result, ItemError) else None
    prediction = item.result if isinstance(item.result, Prediction) else None
    image = None if prediction is None else prediction.image
    return {
        "sequence": item.sequence,
        "position": item.position,
        "filename": item.filename,
        "state": item.state,
        "score": None if prediction is None else ScoreResponse.of(prediction.score),
        "error": None if error is None else ItemErrorResponse(code=error.code, detail=error.detail),
        "width": None if image is None else image.width,
        "height": None if image is None else image.height,
        "format": None if image is None else image.format,
        "notes": None if image is None else list(image.notes),
        "top_cluster": None if prediction is None else _top_cluster(prediction),
        "top_expert": None if prediction is None else _top_expert(prediction),
        "distortion": None if prediction is None else _top_distortion(prediction.distortion),
        "weights_sha256": None if prediction is None else prediction.weights_sha256,
    }


def _top_cluster(prediction: Prediction) -> TopCluster | None:
    if prediction.posteriors is None or prediction.cluster_names is None:
        return None
    posterior, name = max(zip(prediction.posteriors, prediction.cluster_names, strict=True), key=lambda pair: pair[0])
    return TopCluster(name=name, posterior=round(posterior, 6))


def _top_expert(prediction: Prediction) -> TopExpert | None:
    # The fusion is no expert, whatever its share.
    experts = [expert for expert in prediction.experts if expert.kind == "expert"]
    if not experts:
        return None
    top = max(experts, key=lambda expert: expert.weight)
    return TopExpert(name=top.name, weight=round(top.weight, 6))


def _top_distortion(distortion: DistortionProbabilities | None) -> TopDistortion | None:
    if distortion is None:
        return None
    name, probability = max(distortion.types.items(), key=lambda pair: pair[1])
    group = TAXONOMY.group_names[TAXONOMY.group_of_class[TAXONOMY.class_index(name)]]
    return TopDistortion(type=name, group=group, probability=round(probability, 6))
