"""Experts and clusters of a checkpoint: who is used, who is good at what, and what they follow."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response

from backend.door.problems import documented
from backend.figures.expert_figures import JSON_MEDIA_TYPE
from backend.figures.expert_schemas import ExpertsResponse
from backend.routing.addresses import CheckpointId, MapChoice
from backend.routing.content import REVALIDATED, content_response, documented_content
from backend.schemas import API_PREFIX
from backend.services import ServicesDep

_FINDING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_FIGURES: Final = {**documented_content(JSON_MEDIA_TYPE), 200: {"model": ExpertsResponse}}

router = APIRouter(prefix=f"{API_PREFIX}/checkpoints/{{checkpoint_id}}/experts", tags=["experts"])


@router.get("", response_class=Response, responses={**_FINDING, **_FIGURES})
async def get_experts(
    request: Request,
    services: ServicesDep,
    checkpoint_id: CheckpointId,
    address: MapChoice = None,
) -> Response:
    """Use, skill and agreement on a map's pictures, and what the evaluation measured on test folds."""
    checkpoint = (await services.catalogue.find(checkpoint_id)).manifest
    return content_response(request, await services.expert_figures.of(checkpoint, address), caching=REVALIDATED)
