"""Analyses: upload a picture, look at what was said of it, ask another checkpoint, forget it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from pydantic.json_schema import SkipJsonSchema

from backend.addresses import ANALYSES_PATH
from backend.analyses.answers import analysis_list, analysis_response, local_quality_response
from backend.analyses.library import Analyses, PictureFile, Upload
from backend.analyses.local_qualities import LocalQualities
from backend.analyses.local_schemas import LocalQualityResponse
from backend.analyses.schemas import AnalysisList, AnalysisResponse, PredictionRequest
from backend.filenames import sent_name
from backend.routing.content import KEPT_PICTURE, WholeFile
from backend.routing.departure import unless_client_leaves
from backend.routing.documented import documented, documented_file
from backend.routing.named_forms import NamedFormRoute
from backend.routing.parameters import AnalysisId, ScoredUnder
from backend.routing.parts import part
from backend.storage.rows import CURSOR_PATTERN

AnalysesDep = Annotated[Analyses, part(Analyses)]
LocalQualitiesDep = Annotated[LocalQualities, part(LocalQualities)]

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
    prefix=ANALYSES_PATH,
    tags=["analyses"],
    route_class=NamedFormRoute,
    form_limits={"max_files": 1, "max_fields": 8, "max_part_size": _MAX_FIELD_BYTES},
)


@router.post("", status_code=HTTPStatus.CREATED, responses={**_SCORING_PROBLEMS, **_UPLOAD_PROBLEMS, **_CREATED})
async def create_analysis(
    request: Request,
    response: Response,
    analyses: AnalysesDep,
    file: Annotated[UploadFile, File(description="One picture.")],
    checkpoint: Annotated[str | None, Form(description="Checkpoint id; default: the service's default.")] = None,
) -> AnalysisResponse:
    """Score a picture and keep what was said of it."""
    upload = Upload(await file.read(), sent_name(file.filename))
    await file.close()  # its temporary file is gone while the upload waits for its turn
    scoring = analyses.score_upload(upload, checkpoint=checkpoint)
    answer = analysis_response(await unless_client_leaves(request, scoring))
    response.headers["Location"] = answer.links.self
    return answer


@router.get("", responses=documented(HTTPStatus.BAD_REQUEST))
async def list_analyses(
    analyses: AnalysesDep,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 20,
    cursor: Annotated[
        str | SkipJsonSchema[None],
        Query(description="`next_cursor` of the part before.", json_schema_extra={"pattern": CURSOR_PATTERN}),
    ] = None,
    q: Annotated[str, Query(max_length=200, description="Text within the file name, whatever its case.")] = "",
) -> AnalysisList:
    """A part of the list, newest first."""
    return analysis_list(await analyses.page(limit=limit, cursor=cursor, filename=q.strip()))


@router.get("/{analysis_id}", responses=_FINDING_PROBLEMS)
async def get_analysis(
    analyses: AnalysesDep,
    analysis_id: AnalysisId,
    checkpoint: ScoredUnder = None,
) -> AnalysisResponse:
    """What a checkpoint said of a picture."""
    return analysis_response(await analyses.get(analysis_id, checkpoint=checkpoint))


@router.delete("/{analysis_id}", status_code=HTTPStatus.NO_CONTENT, responses=_FINDING_PROBLEMS)
async def delete_analysis(analyses: AnalysesDep, analysis_id: AnalysisId) -> None:
    """Forget an analysis, its predictions and its picture."""
    await analyses.delete(analysis_id)


@router.post("/{analysis_id}/predictions", status_code=HTTPStatus.CREATED, responses={**_SCORING_PROBLEMS, **_CREATED})
async def create_prediction(
    request: Request, response: Response, analyses: AnalysesDep, analysis_id: AnalysisId, wanted: PredictionRequest
) -> AnalysisResponse:
    """Score the kept picture under another checkpoint."""
    scoring = analyses.score_kept(analysis_id, checkpoint=wanted.checkpoint)
    answer = analysis_response(await unless_client_leaves(request, scoring))
    response.headers["Location"] = f"{answer.links.self}?checkpoint={answer.checkpoint}"
    return answer


@router.get(
    "/{analysis_id}/picture",
    response_class=WholeFile,
    responses={**_FINDING_PROBLEMS, **documented_file("image/jpeg", "image/png", "image/webp")},
)
async def get_picture(analyses: AnalysesDep, analysis_id: AnalysisId) -> WholeFile:
    """The picture without metadata: an uploaded JPEG, PNG or WebP as it came, another format's pixels losslessly."""
    return _file_response(await analyses.picture(analysis_id, "picture"))


@router.get(
    "/{analysis_id}/thumbnail",
    response_class=WholeFile,
    responses={**_FINDING_PROBLEMS, **documented_file("image/webp")},
)
async def get_thumbnail(analyses: AnalysesDep, analysis_id: AnalysisId) -> WholeFile:
    """The picture made small."""
    return _file_response(await analyses.picture(analysis_id, "thumbnail"))


@router.get("/{analysis_id}/local", responses=_LOOKING_PROBLEMS)
async def get_local_quality(
    request: Request,
    local_qualities: LocalQualitiesDep,
    analysis_id: AnalysisId,
    checkpoint: ScoredUnder = None,
) -> LocalQualityResponse:
    """Quality in place: what a checkpoint says about overlapping windows of the kept picture."""
    finding = local_qualities.find(analysis_id, checkpoint=checkpoint)
    return local_quality_response(analysis_id, await unless_client_leaves(request, finding))


def _file_response(file: PictureFile) -> WholeFile:
    return WholeFile(file.path, media_type=file.media_type, headers={"Cache-Control": KEPT_PICTURE})
