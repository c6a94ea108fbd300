"""Batches and their items, as the API says them."""

from __future__ import annotations

from typing import TypedDict

from backend.addresses import BATCHES_PATH
from backend.batches.schemas import (
    ItemDetail,
    ItemErrorResponse,
    ItemPage,
    ItemResponse,
    JobLinks,
    JobResponse,
    SkippedFile,
    TopCluster,
    TopDistortion,
    TopExpert,
)
from backend.batches.store import MAX_SKIPPED_KEPT, Batch, FinishedItem, ItemOrder, ItemState
from backend.inference.answers import as_list, expert_response, score_response
from backend.inference.backlog import Refusal
from backend.schemas import ScoreResponse
from models.prediction import DistortionProbabilities, Prediction
from models.taxonomy import TAXONOMY


class _ItemFields(TypedDict):
    sequence: int
    position: int
    filename: str
    state: ItemState
    score: ScoreResponse | None
    error: ItemErrorResponse | None
    width: int | None
    height: int | None
    format: str | None
    notes: list[str] | None
    familiarity: float | None
    top_cluster: TopCluster | None
    top_expert: TopExpert | None
    distortion: TopDistortion | None
    weights_sha256: str | None


def batch_response(batch: Batch, *, seconds_left: float | None) -> JobResponse:
    """A batch as far as it is."""
    return JobResponse(
        id=batch.id,
        created_at=batch.created_at,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        state=batch.state,
        checkpoint=batch.checkpoint,
        filename=batch.filename,
        total=batch.total,
        finished=batch.finished,
        scored=batch.scored,
        refused=batch.refused,
        skipped=batch.num_skipped,
        skipped_files=[
            SkippedFile(filename=file.name, reason=file.reason) for file in batch.skipped[:MAX_SKIPPED_KEPT]
        ],
        mean_score=batch.mean_score,
        seconds_left=seconds_left,
        links=_links(batch.id),
    )


def item_response(item: FinishedItem) -> ItemResponse:
    """An item in its short form."""
    return ItemResponse(**_fields(item))


def item_detail(item: FinishedItem, *, checkpoint: str) -> ItemDetail:
    """An item in its long form."""
    prediction = None if isinstance(item.result, Refusal) else item.result
    return ItemDetail(
        **_fields(item),
        checkpoint=checkpoint,
        posteriors=None if prediction is None else as_list(prediction.posteriors),
        gating_weights=None if prediction is None else as_list(prediction.gating_weights),
        routing_weights=None if prediction is None else as_list(prediction.routing_weights),
        experts=None if prediction is None else [expert_response(expert) for expert in prediction.experts],
    )


def item_page(items: tuple[FinishedItem, ...], *, limit: int, order: ItemOrder) -> ItemPage:
    """Up to `limit` items in their short form, of which one more was looked up."""
    shown = items[:limit]
    next_after = _places_up_to(shown[-1], order) if len(items) > limit else None
    return ItemPage(items=[item_response(item) for item in shown], next_after=next_after)


def _links(batch_id: str) -> JobLinks:
    here = f"{BATCHES_PATH}/{batch_id}"
    # `self` cannot be given by its name.
    return JobLinks.model_validate(
        {
            "self": here,
            "page": f"/batches/{batch_id}",
            "events": f"{here}/events",
            "items": f"{here}/items",
            "results": f"{here}/results",
        }
    )


def _places_up_to(item: FinishedItem, order: ItemOrder) -> int:
    match order:
        case "sequence":
            return item.sequence
        case "position":  # counts from 0
            return item.position + 1


def _fields(item: FinishedItem) -> _ItemFields:
    error = item.result if isinstance(item.result, Refusal) else None
    prediction = item.result if isinstance(item.result, Prediction) else None
    image = None if prediction is None else prediction.image
    return {
        "sequence": item.sequence,
        "position": item.position,
        "filename": item.filename,
        "state": item.state,
        "score": None if prediction is None else score_response(prediction.score),
        "error": None if error is None else ItemErrorResponse(code=error.code, detail=error.detail),
        "width": None if image is None else image.width,
        "height": None if image is None else image.height,
        "format": None if image is None else image.format,
        "notes": None if image is None else list(image.notes),
        "familiarity": None if prediction is None else prediction.familiarity,
        "top_cluster": None if prediction is None else _top_cluster(prediction),
        "top_expert": None if prediction is None else _top_expert(prediction),
        "distortion": None if prediction is None else _top_distortion(prediction.distortion),
        "weights_sha256": None if prediction is None else prediction.weights_sha256,
    }


def _top_cluster(prediction: Prediction) -> TopCluster | None:
    top = prediction.top_cluster
    return None if top is None else TopCluster(name=top.name, posterior=top.share)


def _top_expert(prediction: Prediction) -> TopExpert | None:
    top = prediction.top_expert
    return None if top is None else TopExpert(name=top.name, weight=top.share)


def _top_distortion(distortion: DistortionProbabilities | None) -> TopDistortion | None:
    if distortion is None:
        return None
    name, probability = distortion.top_type
    return TopDistortion(type=name, group=TAXONOMY.group_of(name), probability=probability)
