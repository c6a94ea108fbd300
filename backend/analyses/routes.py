"""Analyses: upload a picture, look at what was said of it, ask another checkpoint, forget it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from pydantic.json_schema import SkipJsonSchema

from backend.analyses.library import PictureFile, Upload
from backend.analyses.local_schemas import LocalQualityResponse
from backend.door.problems import documented
from backend.filenames import display_name
from backend.maps.schemas import PlaceResponse
from backend.routing.addresses import AnalysisId, MapChoice, ScoredUnder
from backend.routing.content import KEPT_PICTURE, WholeFile, documented_file
from backend.routing.departure import unless_client_leaves
from backend.schemas import API_PREFIX, AnalysisList, AnalysisResponse, PredictionRequest
from backend.services import ServicesDep
from backend.storage.rows import CURSOR_PATTERN

_MAX_FIELD_BYTES: Final = 4096


_SCORING_PROBLEMS: Final = documented(
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_UPLOAD_PROBLEMS: Final = documented(
    HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
)
_LOOKING_PROBLEMS: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
_CREATED: Final[dict[int | str, dict[str, Any]]] = {
    int(HTTPStatus.CREATED): {
        "headers": {
            "Location": {"description": "Where it is found again.", "required": True, "schema": {"type": "string"}}
        }
    }
}
_FINDING_PROBLEMS: Final = documented(HTTPStatus.NOT_FOUND)

router = APIRouter(
    prefix=f"{API_PREFIX}/analyses",
    tags=["analyses"],
    form_limits={"max_files": 1, "max_fields": 8, "max_part_size": _MAX_FIELD_BYTES},
)


@router.post("", status_code=HTTPStatus.CREATED, responses={**_SCORING_PROBLEMS, **_UPLOAD_PROBLEMS, **_CREATED})
async def create_analysis(
    request: Request,
    response: Response,
    services: ServicesDep,
    file: Annotated[UploadFile, File(description="One picture.")],
    checkpoint: Annotated[str | None, Form(description="Checkpoint id; default: the service's default.")] = None,
) -> AnalysisResponse:
    """Score a picture and keep what was said of it."""
    upload = Upload(await file.read(), display_name(file.filename))
    await file.close()  # its temporary file is gone while the upload waits for its turn
    scoring = services.analyses.score_upload(upload, checkpoint=checkpoint)
    answer = AnalysisResponse.of(await unless_client_leaves(request, scoring))
    response.headers["Location"] = answer.links.self
    return answer


@router.get("", responses=documented(HTTPStatus.BAD_REQUEST))
async def list_analyses(
    services: ServicesDep,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 20,
    cursor: Annotated[
        str | SkipJsonSchema[None],
        Query(description="`next_cursor` of the part before.", json_schema_extra={"pattern": CURSOR_PATTERN}),
    ] = None,
    q: Annotated[str, Query(max_length=200, description="Text within the file name, whatever its case.")] = "",
) -> AnalysisList:
    """A part of the list, newest first."""
    return AnalysisList.of(await services.analyses.page(limit=limit, cursor=cursor, filename=q.strip()))


@router.get("/{analysis_id}", responses=_FINDING_PROBLEMS)
async def get_analysis(
    services: ServicesDep,
    analysis_id: AnalysisId,
    checkpoint: ScoredUnder = None,
) -> AnalysisResponse:
    """What a checkpoint said of a picture."""
    return AnalysisResponse.of(await services.analyses.get(analysis_id, checkpoint=checkpoint))


@router.delete("/{analysis_id}", status_code=HTTPStatus.NO_CONTENT, responses=_FINDING_PROBLEMS)
async def delete_analysis(services: ServicesDep, analysis_id: AnalysisId) -> None:
    """Forget an analysis, its predictions and its picture."""
    await services.analyses.delete(analysis_id)


@router.post("/{analysis_id}/predictions", status_code=HTTPStatus.CREATED, responses={**_SCORING_PROBLEMS, **_CREATED})
async def create_prediction(
    request: Request, response: Response, services: ServicesDep, analysis_id: AnalysisId, wanted: PredictionRequest
) -> AnalysisResponse:
    """Score the kept picture under another checkpoint."""
    scoring = services.analyses.score_kept(analysis_id, checkpoint=wanted.checkpoint)
    answer = AnalysisResponse.of(await unless_client_leaves(request, scoring))
    response.headers["Location"] = f"{answer.links.self}?checkpoint={answer.checkpoint}"
    return answer


@router.get(
    "/{analysis_id}/picture",
    response_class=WholeFile,
    responses={**_FINDING_PROBLEMS, **documented_file("image/webp", "image/png")},
)
async def get_picture(services: ServicesDep, analysis_id: AnalysisId) -> WholeFile:
    """The picture's pixels, losslessly and without metadata."""
    return _file_response(await services.analyses.picture(analysis_id, "picture"))


@router.get(
    "/{analysis_id}/thumbnail",
    response_class=WholeFile,
    responses={**_FINDING_PROBLEMS, **documented_file("image/webp")},
)
async def get_thumbnail(services: ServicesDep, analysis_id: AnalysisId) -> WholeFile:
    """The picture made small."""
    return _file_response(await services.analyses.picture(analysis_id, "thumbnail"))


@router.get("/{analysis_id}/place", responses=_LOOKING_PROBLEMS)
async def get_place(
    request: Request,
    services: ServicesDep,
    analysis_id: AnalysisId,
    checkpoint: ScoredUnder = None,
    address: MapChoice = None,
) -> PlaceResponse:
    """Where the kept picture lies on a checkpoint's map, and what is near it."""
    placing = services.placing.place(analysis_id, checkpoint=checkpoint, address=address)
    return PlaceResponse.of(await unless_client_leaves(request, placing))


@router.get("/{analysis_id}/local", responses=_LOOKING_PROBLEMS)
async def get_local_quality(
    request: Request,
    services: ServicesDep,
    analysis_id: AnalysisId,
    checkpoint: ScoredUnder = None,
) -> LocalQualityResponse:
    """Quality in place: what a checkpoint says about overlapping windows of the kept picture."""
    finding = services.local_qualities.find(analysis_id, checkpoint=checkpoint)
    return LocalQualityResponse.of(analysis_id, await unless_client_leaves(request, finding))


def _file_response(file: PictureFile) -> WholeFile:
    return WholeFile(file.path, media_type=file.media_type, headers={"Cache-Control": KEPT_PICTURE})
