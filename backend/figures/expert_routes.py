"""Experts and clusters of a checkpoint: who is used, who is good at what, and what they follow."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from backend.addresses import CHECKPOINT_PATH
from backend.figures.expert_figures import ExpertFigures
from backend.figures.expert_schemas import ExpertsResponse
from backend.inference.known_checkpoint import KnownCheckpoint
from backend.routing.content import REVALIDATED, content_response
from backend.routing.documented import documented, documented_json
from backend.routing.parameters import MapChoice
from backend.routing.parts import part

ExpertFiguresDep = Annotated[ExpertFigures, part(ExpertFigures)]

_FINDING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)

router = APIRouter(prefix=f"{CHECKPOINT_PATH}/experts", tags=["experts"])


@router.get("", response_class=Response, responses={**_FINDING, **documented_json(ExpertsResponse)})
async def get_experts(
    request: Request,
    figures: ExpertFiguresDep,
    checkpoint: KnownCheckpoint,
    address: MapChoice = None,
) -> Response:
    """Use, skill and agreement on a map's pictures, and what the evaluation measured on test folds."""
    return content_response(request, await figures.of(checkpoint, address), caching=REVALIDATED)
