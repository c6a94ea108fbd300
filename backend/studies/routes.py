"""Studies: send pictures and labels, watch, look at figures and pictures, fetch the report, forget."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Form, Path, Query, Request, Response, UploadFile
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import ClientDisconnect

from backend.addresses import STUDIES_PATH
from backend.errors import ClientLeft, InvalidBatch, StudyUnfinished
from backend.filenames import sent_name
from backend.routing.content import JSON_MEDIA_TYPE, REVALIDATED, Content, WholeFile, content_response
from backend.routing.documented import Documented, documented, documented_content, documented_file
from backend.routing.named_forms import NamedFormRoute
from backend.routing.parts import part
from backend.storage.rows import CURSOR_PATTERN
from backend.studies.asked import said_of_labels
from backend.studies.schemas import LabelsPreview, StudyList, StudyResponse
from backend.studies.store import Study
from backend.studies.studies import Studies
from backend.uploads.intake import SentBody
from models.studies.findings.records import REPORT_FILE, UNMATCHED_FILE, StudyFigures

StudiesDep = Annotated[Studies, part(Studies)]

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)
_SENDING: Final = documented(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_FILE: Final = {"type": "string", "contentMediaType": "application/octet-stream"}
_SAID: Final = {
    "low": {"type": "number", "description": "Lower end of what the labels are on; default: told from them."},
    "high": {"type": "number", "description": "Upper end; with `low`."},
    "direction": {"type": "string", "enum": ["mos", "dmos"], "description": "Whether a high label is good or bad."},
    "columns": {
        "type": "string",
        "description": 'Which column is which, as JSON such as `{"image": "shot"}`; roles are image, label, std, type, '
        "level and reference.",
    },
}
_FORM: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "files": {"type": "array", "items": _FILE, "description": "Pictures, one part each."},
        "archive": {**_FILE, "description": "A zip of pictures, instead of files."},
        "labels": {
            **_FILE,
            "description": "What people said of them: CSV or TSV with a header; default: the one such file among the "
            "pictures, if there is one.",
        },
        "name": {"type": "string", "description": "What the study is called; default: after its archive or folder."},
        "checkpoints": {
            "type": "string",
            "description": "Checkpoint ids, separated by commas; default: all but the literal formulations.",
        },
        **_SAID,
        "names_encoding": {"type": "string", "description": "Encoding of an archive's names that do not say theirs."},
    },
}
_REQUEST_BODY: Final = {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
_FIGURES: Final[Documented] = {**documented_content(JSON_MEDIA_TYPE), int(HTTPStatus.OK): {"model": StudyFigures}}
_HTML: Final = "text/html; charset=utf-8"
_CSV: Final = "text/csv; charset=utf-8"
_NAMES: Final = TypeAdapter(list[str])
_MOST_CHARACTERS: Final = 80
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")

router = APIRouter(
    prefix=STUDIES_PATH,
    tags=["studies"],
    route_class=NamedFormRoute,
    form_limits={"max_files": 2, "max_fields": 8, "max_part_size": 65536},
)

StudyId = Annotated[str, Path(description="`id` of a study.")]


async def _known_study(studies: StudiesDep, study_id: StudyId) -> Study:
    return await studies.get(study_id)


KnownStudy = Annotated[Study, Depends(_known_study)]


async def _asked_checkpoint(
    studies: StudiesDep,
    study: KnownStudy,
    checkpoint: Annotated[str | None, Query(description="One of the study's checkpoints; default: the best.")] = None,
) -> str:
    return study.own_checkpoint(checkpoint or studies.default_checkpoint(study))


AskedCheckpoint = Annotated[str, Depends(_asked_checkpoint)]
"""The id of one of a study's checkpoints; raises `UnknownCheckpoint` for any other."""


@router.post("", status_code=HTTPStatus.ACCEPTED, responses=_SENDING, openapi_extra={"requestBody": _REQUEST_BODY})
async def create_study(request: Request, response: Response, studies: StudiesDep) -> StudyResponse:
    """Take pictures, as files or as one zip archive, and a table of labels if there is one, to make a study of them."""
    try:
        answer = studies.answer(await studies.accept(SentBody.of(request)))
    except ClientDisconnect as error:
        raise ClientLeft("got a closed connection, expected the rest of a study") from error
    response.headers["Location"] = answer.links.self
    return answer


@router.post("/labels", responses=_SENDING)
async def preview_labels(
    studies: StudiesDep,
    labels: Annotated[UploadFile, File(description="The table.")],
    pictures: Annotated[
        UploadFile | None, File(description="Names of the pictures that will be sent, as a JSON list.")
    ] = None,
    low: Annotated[str | None, Form(description=_SAID["low"]["description"])] = None,
    high: Annotated[str | None, Form(description=_SAID["high"]["description"])] = None,
    direction: Annotated[str | None, Form(description=_SAID["direction"]["description"])] = None,
    columns: Annotated[str | None, Form(description=_SAID["columns"]["description"])] = None,
) -> LabelsPreview:
    """What a table of labels will be taken for, before any picture is sent; nothing is kept."""
    texts = {"low": low, "high": high, "direction": direction, "columns": columns}
    said = said_of_labels({name: text for name, text in texts.items() if text})
    names = None if pictures is None else _listed(await pictures.read())
    return await studies.preview(await labels.read(), sent_name(labels.filename), said=said, pictures=names)


@router.get("", responses=documented(HTTPStatus.BAD_REQUEST))
async def list_studies(
    studies: StudiesDep,
    limit: Annotated[int, Query(ge=1, le=100, description="Longest part.")] = 20,
    cursor: Annotated[
        str | SkipJsonSchema[None],
        Query(description="`next_cursor` of the part before.", json_schema_extra={"pattern": CURSOR_PATTERN}),
    ] = None,
) -> StudyList:
    """A part of the list, newest first."""
    page = await studies.page(limit=limit, cursor=cursor)
    return StudyList(
        items=[studies.answer(study) for study in page.items], next_cursor=page.next_cursor, total=page.total
    )


@router.get("/{study_id}", responses=_FINDING)
async def get_study(studies: StudiesDep, study: KnownStudy) -> StudyResponse:
    """How far a study is, and what came of it."""
    return studies.answer(study)


@router.delete("/{study_id}", status_code=HTTPStatus.NO_CONTENT, responses=_FINDING)
async def delete_study(studies: StudiesDep, study_id: StudyId) -> None:
    """Stop a study if it has more to do, and forget it with all that it has."""
    await studies.delete(study_id)


@router.get("/{study_id}/events", response_class=EventSourceResponse, responses=_FINDING)
async def get_study_events(studies: StudiesDep, study: KnownStudy) -> AsyncIterator[ServerSentEvent]:
    """Progress, from how far it is now on; ends when nothing is left to do, or the service stops."""
    async for event in studies.events.stream(study.id):
        yield event


@router.get("/{study_id}/figures", response_class=Response, responses={**_FINDING, **_FIGURES})
async def get_study_figures(request: Request, studies: StudiesDep, study: KnownStudy) -> Response:
    """Agreement with the labels, differences, coverage, errors by parts, routing, and mixes, with their intervals."""
    return content_response(request, Content.of(await studies.figures(study), JSON_MEDIA_TYPE), caching=REVALIDATED)


@router.get(
    "/{study_id}/report",
    response_class=WholeFile,
    responses={**_FINDING, **documented_file("text/html; charset=utf-8")},
)
async def get_study_report(studies: StudiesDep, study: KnownStudy) -> WholeFile:
    """One HTML file with verdict, charts and the pictures that are predicted worst; it opens offline, and prints."""
    # As a file to keep: its script is in it, which pages of this service may not have.
    return _download(studies.finished_folder(study) / REPORT_FILE, study, "html", media_type=_HTML)


@router.get(
    "/{study_id}/unmatched",
    response_class=WholeFile,
    responses={**_FINDING, **documented_file("text/csv; charset=utf-8")},
)
async def get_study_unmatched(studies: StudiesDep, study: KnownStudy) -> WholeFile:
    """Rows whose picture was not sent, and pictures that have no row, as CSV; not found where there are none."""
    path = studies.finished_folder(study) / UNMATCHED_FILE
    if not path.is_file():
        raise StudyUnfinished(f"got study {study.id!r}, in which every row and picture has a partner")
    return _download(path, study, "unmatched.csv", media_type=_CSV)


def file_name(study: Study, ending: str) -> str:
    """What a file of a study is called on its reader's disk."""
    name = _NOT_IN_NAMES.sub("_", study.facts.name)[:_MOST_CHARACTERS]
    return f"study-{study.id[:8]}-{name}.{ending}"


def _download(path: FilePath, study: Study, ending: str, *, media_type: str) -> WholeFile:
    return WholeFile(path, media_type=media_type, filename=file_name(study, ending))


def _listed(data: bytes) -> list[str]:
    try:
        return _NAMES.validate_json(data)
    except ValidationError as error:
        raise InvalidBatch("got no names of pictures, expected a JSON list of texts") from error
