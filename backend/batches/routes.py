"""Batches: send many pictures at once, watch them being scored, fetch the results, cancel, forget."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import ClientDisconnect

from backend.addresses import BATCHES_PATH
from backend.batches.answers import batch_response, item_page
from backend.batches.batches import Batches
from backend.batches.results import ITEMS_AT_ONCE, MEDIA_TYPES, CsvOptions, ResultsFormat, encoded
from backend.batches.schemas import ItemPage, JobList, JobResponse
from backend.batches.store import Batch, ItemOrder
from backend.errors import ClientLeft
from backend.routing.documented import Documented, binary, documented
from backend.routing.parts import part
from backend.storage.rows import CURSOR_PATTERN
from backend.uploads.intake import SentBody

BatchesDep = Annotated[Batches, part(Batches)]

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
_FORM: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "files": {
            "type": "array",
            "items": _FILE,
            "description": "Pictures, one part each; one that has too many bytes is refused alone. Names come back as "
            "they are sent, with their folders.",
        },
        "archive": {**_FILE, "description": "A zip of pictures, instead of files."},
        "checkpoint": {"type": "string", "description": "Checkpoint id; default: the service's default."},
        "names_encoding": {
            "type": "string",
            "description": "Encoding of an archive's names that do not say theirs and are no UTF-8, such as `cp932` "
            "(Japanese Windows), `gbk` or `big5`; default: `cp437`, as zip has it.",
        },
    },
}
_REQUEST_BODY: Final = {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
_RESULTS: Final[Documented] = {
    int(HTTPStatus.OK): {
        "description": "The file; `X-Job-State` says whether more items may follow.",
        "content": binary(*MEDIA_TYPES.values()),
    }
}
_MAX_SEQUENCE: Final = 2**31 - 1
"""What any database takes."""
_Sequence = Annotated[int, Field(ge=0, le=_MAX_SEQUENCE)]
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]")

router = APIRouter(prefix=BATCHES_PATH, tags=["jobs"])


BatchId = Annotated[str, Path(alias="job_id", description="`id` of a job.")]


async def _known_batch(batches: BatchesDep, batch_id: BatchId) -> Batch:
    return await batches.get(batch_id)


KnownBatch = Annotated[Batch, Depends(_known_batch)]


@router.post("", status_code=HTTPStatus.ACCEPTED, responses=_SENDING, openapi_extra={"requestBody": _REQUEST_BODY})
async def create_job(request: Request, response: Response, batches: BatchesDep) -> JobResponse:
    """Take a batch of pictures, as files or as one zip archive, to be scored one after the other."""
    try:
        batch = await batches.accept(SentBody.of(request))
    except ClientDisconnect as error:
        raise ClientLeft("got a closed connection, expected the rest of a batch") from error
    answer = _answer(batches, batch)
    response.headers["Location"] = answer.links.self
    return answer


@router.get("", responses=documented(HTTPStatus.BAD_REQUEST))
async def list_jobs(
    batches: BatchesDep,
    limit: Annotated[int, Query(ge=1, le=100, description="Longest part.")] = 20,
    cursor: Annotated[
        str | SkipJsonSchema[None],
        Query(description="`next_cursor` of the part before.", json_schema_extra={"pattern": CURSOR_PATTERN}),
    ] = None,
) -> JobList:
    """A part of the list, newest first."""
    page = await batches.page(limit=limit, cursor=cursor)
    items = [_answer(batches, batch) for batch in page.items]
    return JobList(items=items, next_cursor=page.next_cursor, total=page.total)


@router.get("/{job_id}", responses=_FINDING)
async def get_job(batches: BatchesDep, batch: KnownBatch) -> JobResponse:
    """How far a job is."""
    return _answer(batches, batch)


@router.delete("/{job_id}", status_code=HTTPStatus.NO_CONTENT, responses=_FINDING)
async def delete_job(batches: BatchesDep, batch_id: BatchId) -> None:
    """Cancel a job if it has more to do, and forget it with its results."""
    await batches.delete(batch_id)


@router.post("/{job_id}/cancel", responses=_FINDING)
async def cancel_job(batches: BatchesDep, batch_id: BatchId) -> JobResponse:
    """Score no more of a job's pictures; what is scored stays. A job that is done stays as it is."""
    return _answer(batches, await batches.cancel(batch_id))


@router.get("/{job_id}/items", responses=_FINDING)
async def list_items(
    batches: BatchesDep,
    batch: KnownBatch,
    limit: Annotated[int, Query(ge=1, le=500, description="Longest part.")] = 100,
    after: Annotated[int, Query(ge=0, le=_MAX_SEQUENCE, description="`next_after` of the part before.")] = 0,
    state: Annotated[Literal["all", "scored", "refused"], Query(description="Which of them.")] = "all",
    sort: Annotated[ItemOrder, Query(description="As they finished, or as they lie in the batch.")] = "sequence",
) -> ItemPage:
    """A part of the items that have a result."""
    wanted = None if state == "all" else state
    items = await batches.items(batch.id, after=after, limit=limit + 1, state=wanted, order=sort)
    return item_page(items, limit=limit, order=sort)


@router.get("/{job_id}/events", response_class=EventSourceResponse, responses=_FINDING)
async def get_events(
    batches: BatchesDep,
    batch: KnownBatch,
    after: Annotated[int, Query(ge=0, le=_MAX_SEQUENCE, description="Items up to this sequence are not sent.")] = 0,
    last_event_id: Annotated[
        _Sequence | SkipJsonSchema[None], Header(description="The same, as browsers say it.")
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Progress and every finished item, as they come; ends when nothing is left to do, or the service stops."""
    async for event in batches.events.stream(batch.id, after=after if last_event_id is None else last_event_id):
        yield event


@router.get("/{job_id}/results", response_class=StreamingResponse, responses={**_FINDING, **_RESULTS})
async def get_results(
    batches: BatchesDep,
    batch: KnownBatch,
    form: Annotated[ResultsFormat, Query(alias="format", description="Kind of file.")] = "csv",
    bom: Annotated[
        bool, Query(description="Begin CSV with a byte order mark, by which spreadsheets know UTF-8.")
    ] = True,
    protect: Annotated[
        bool,
        Query(description="Put an apostrophe before texts of CSV that a spreadsheet would run (`=`, `+`, `-`, `@`)."),
    ] = False,
) -> StreamingResponse:
    """Every finished item, in the order of the batch, as a file; also while the job runs."""
    name = _NOT_IN_NAMES.sub("_", f"batch-{batch.id[:8]}-{batch.checkpoint}.{form}")
    parts = batches.whole(batch, at_once=ITEMS_AT_ONCE)
    return StreamingResponse(
        encoded(parts, checkpoint=batch.checkpoint, form=form, options=CsvOptions(bom, protect)),
        media_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Job-State": batch.state},
    )


def _answer(batches: Batches, batch: Batch) -> JobResponse:
    return batch_response(batch, seconds_left=batches.seconds_left(batch))
