"""Where a kept picture lies on a map: an answer of the maps, under the picture's address."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Request

from backend.addresses import ANALYSES_PATH
from backend.maps.answers import place_response
from backend.maps.placing import Placing
from backend.maps.schemas import PlaceResponse
from backend.routing.departure import unless_client_leaves
from backend.routing.documented import documented
from backend.routing.parameters import AnalysisId, MapChoice, ScoredUnder
from backend.routing.parts import part

PlacingDep = Annotated[Placing, part(Placing)]

_LOOKING_PROBLEMS: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)

router = APIRouter(prefix=f"{ANALYSES_PATH}/{{analysis_id}}/place", tags=["analyses"])


@router.get("", responses=_LOOKING_PROBLEMS)
async def get_place(
    request: Request,
    placing: PlacingDep,
    analysis_id: AnalysisId,
    checkpoint: ScoredUnder = None,
    address: MapChoice = None,
) -> PlaceResponse:
    """Where the kept picture lies on a checkpoint's map, and what is near it."""
    work = placing.place(analysis_id, checkpoint=checkpoint, address=address)
    return place_response(await unless_client_leaves(request, work))
