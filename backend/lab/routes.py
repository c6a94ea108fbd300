"""The Distortion lab: a kept picture under a distortion type at one level, scored, placed and sent."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from backend.addresses import ANALYSES_PATH
from backend.lab.answers import level_response, picture_version
from backend.lab.lab import CLEAN_LEVEL, Lab, Wanted
from backend.lab.schemas import LevelResponse
from backend.routing.content import KEPT_PICTURE, REVALIDATED, content_response
from backend.routing.departure import unless_client_leaves
from backend.routing.documented import documented, documented_content
from backend.routing.parameters import AnalysisId, MapChoice, ScoredUnder
from backend.routing.parts import part
from models.taxonomy import LEVELS

LabDep = Annotated[Lab, part(Lab)]

PROBLEMS: Final = documented(
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_TYPE: Final = Path(description="One of the 25 distortion types.", examples=["gaussian_blur"])

router = APIRouter(prefix=f"{ANALYSES_PATH}/{{analysis_id}}/distortions/{{distortion_type}}", tags=["distortion lab"])


@router.get("/{level}", responses=PROBLEMS)
async def get_level(
    request: Request,
    lab: LabDep,
    analysis_id: AnalysisId,
    distortion_type: Annotated[str, _TYPE],
    level: Annotated[int, Path(ge=CLEAN_LEVEL, le=LEVELS[-1], description="1 (mild) to 5; 0: the picture itself.")],
    checkpoint: ScoredUnder = None,
    address: MapChoice = None,
) -> LevelResponse:
    """What a checkpoint says of a kept picture, distorted: always the same for the same weights."""
    wanted = Wanted(analysis_id, distortion_type, level)
    work = lab.level(wanted, checkpoint=checkpoint, address=address)
    look, place = await unless_client_leaves(request, work)
    return level_response(wanted, look, place)


@router.get(
    "/{level}/picture",
    response_class=Response,
    responses={**PROBLEMS, **documented_content("image/webp")},
)
async def get_picture(
    request: Request,
    lab: LabDep,
    analysis_id: AnalysisId,
    distortion_type: Annotated[str, _TYPE],
    level: Annotated[int, Path(ge=LEVELS[0], le=LEVELS[-1], description="1 (mild) to 5.")],
    v: Annotated[str | None, Query(description="The version that the level names: kept for an hour.")] = None,
) -> Response:
    """The distorted picture at its native size, without loss."""
    work = lab.picture(Wanted(analysis_id, distortion_type, level))
    content, sha256 = await unless_client_leaves(request, work)
    is_named = v == picture_version(sha256)
    return content_response(request, content, caching=KEPT_PICTURE if is_named else REVALIDATED)
