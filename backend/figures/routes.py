"""Measured figures: the leaderboard, and each checkpoint's figures, training curve and predictions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from backend.door.problems import documented
from backend.figures.schemas import CurveResponse, LeaderboardResponse, MetricsResponse, PredictionsResponse
from backend.routing.addresses import CheckpointId
from backend.routing.content import REVALIDATED, Content, content_response, documented_content
from backend.schemas import API_PREFIX
from backend.services import ServicesDep

_FINDING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)


def _answers(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    return {**_FINDING, **documented_content("application/json"), int(HTTPStatus.OK): {"model": model}}


router = APIRouter(prefix=API_PREFIX, tags=["figures"])


@router.get("/leaderboard", response_class=Response, responses=_answers(LeaderboardResponse))
async def get_leaderboard(request: Request, services: ServicesDep) -> Response:
    """Every checkpoint's figures on the same splits, and which differences are shown."""
    return _answer(request, await services.figures.leaderboard())


@router.get("/checkpoints/{checkpoint_id}/metrics", response_class=Response, responses=_answers(MetricsResponse))
async def get_metrics(request: Request, services: ServicesDep, checkpoint_id: CheckpointId) -> Response:
    """A checkpoint's figures over splits, and what replacing its routing costs."""
    checkpoint = (await services.catalogue.find(checkpoint_id)).manifest
    return _answer(request, await services.figures.metrics(checkpoint))


@router.get("/checkpoints/{checkpoint_id}/training-curve", response_class=Response, responses=_answers(CurveResponse))
async def get_training_curve(request: Request, services: ServicesDep, checkpoint_id: CheckpointId) -> Response:
    """The loss terms of the training run of the head that ships."""
    checkpoint = (await services.catalogue.find(checkpoint_id)).manifest
    return _answer(request, await services.figures.training_curve(checkpoint))


@router.get(
    "/checkpoints/{checkpoint_id}/predictions", response_class=Response, responses=_answers(PredictionsResponse)
)
async def get_predictions(request: Request, services: ServicesDep, checkpoint_id: CheckpointId) -> Response:
    """Scores of the test photographs of one split, beside the human ones."""
    checkpoint = (await services.catalogue.find(checkpoint_id)).manifest
    return _answer(request, await services.figures.predictions(checkpoint))


def _answer(request: Request, content: Content) -> Response:
    return content_response(request, content, caching=REVALIDATED)
