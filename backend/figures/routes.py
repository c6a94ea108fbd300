"""Measured figures: the leaderboard, and each checkpoint's figures, training curve and predictions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from backend.addresses import API_PREFIX
from backend.figures.figures import Figures
from backend.figures.schemas import CurveResponse, LeaderboardResponse, MetricsResponse, PredictionsResponse
from backend.inference.known_checkpoint import KnownCheckpoint
from backend.routing.content import REVALIDATED, Content, content_response
from backend.routing.documented import Documented, documented, documented_json
from backend.routing.parts import part

FiguresDep = Annotated[Figures, part(Figures)]

_FINDING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)


def _answers(model: type[BaseModel]) -> Documented:
    return {**_FINDING, **documented_json(model)}


router = APIRouter(prefix=API_PREFIX, tags=["figures"])


@router.get("/leaderboard", response_class=Response, responses=_answers(LeaderboardResponse))
async def get_leaderboard(request: Request, figures: FiguresDep) -> Response:
    """Every checkpoint's figures on the same splits, and which differences are shown."""
    return _answer(request, await figures.leaderboard())


@router.get("/checkpoints/{checkpoint_id}/metrics", response_class=Response, responses=_answers(MetricsResponse))
async def get_metrics(request: Request, figures: FiguresDep, checkpoint: KnownCheckpoint) -> Response:
    """A checkpoint's figures over splits, and what replacing its routing costs."""
    return _answer(request, await figures.metrics(checkpoint))


@router.get("/checkpoints/{checkpoint_id}/training-curve", response_class=Response, responses=_answers(CurveResponse))
async def get_training_curve(request: Request, figures: FiguresDep, checkpoint: KnownCheckpoint) -> Response:
    """The loss terms of the training run of the head that ships."""
    return _answer(request, await figures.training_curve(checkpoint))


@router.get(
    "/checkpoints/{checkpoint_id}/predictions", response_class=Response, responses=_answers(PredictionsResponse)
)
async def get_predictions(request: Request, figures: FiguresDep, checkpoint: KnownCheckpoint) -> Response:
    """Scores of the test photographs of one split, beside the human ones."""
    return _answer(request, await figures.predictions(checkpoint))


def _answer(request: Request, content: Content) -> Response:
    return content_response(request, content, caching=REVALIDATED)
