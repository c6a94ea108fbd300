"""Batches: send many pictures at once, watch them being scored, fetch the results, cancel, forget."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from backend.admission import BATCHES_PATH
from backend.job_results import ResultsFormat
from backend.job_schemas import ItemPage, JobList, JobResponse
from backend.job_store import ItemOrder, ItemState, Job
from backend.problems import documented
from backend.services import ServicesDep

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)
_SENDING: Final = documented(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)

router = APIRouter(prefix=BATCHES_PATH, tags=["jobs"])


async def _known_job(services: ServicesDep, job_id: str) -> Job:
    return await services.jobs.get(job_id)


KnownJob = Annotated[Job, Depends(_known_job)]


@router.post("", status_code=HTTPStatus.ACCEPTED, responses=_SENDING)
async def create_job(request: Request, response: Response, services: ServicesDep) -> JobResponse:
    """Take a batch of pictures, as files or as one zip archive, to be scored one after the other."""
    ...


@router.get("", responses=documented(HTTPStatus.BAD_REQUEST))
async def list_jobs(
    services: ServicesDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the part before.")] = None,
) -> JobList:
    """A part of the list, newest first."""
    ...


@router.get("/{job_id}", responses=_FINDING)
async def get_job(services: ServicesDep, job: KnownJob) -> JobResponse:
    """How far a job is."""
    ...


@router.delete("/{job_id}", status_code=HTTPStatus.NO_CONTENT, responses=_FINDING)
async def delete_job(services: ServicesDep, job_id: str) -> None:
    """Cancel a job if it has more to do, and forget it with its results."""
    ...


@router.post("/{job_id}/cancel", responses=_FINDING)
async def cancel_job(services: ServicesDep, job_id: str) -> JobResponse:
    """Score no more of a job's pictures; what is scored stays. A job that is done stays as it is."""
    ...


@router.get("/{job_id}/items", responses=_FINDING)
async def list_items(
    services: ServicesDep,
    job: KnownJob,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[int, Query(ge=0, description="`next_after` of the part before.")] = 0,
    state: Annotated[ItemState | None, Query(description="Default: both.")] = None,
    sort: Annotated[ItemOrder, Query(description="As they finished, or as they lie in the batch.")] = "sequence",
) -> ItemPage:
    """A part of the items that have a result."""
    ...


@router.get("/{job_id}/events", response_class=EventSourceResponse, responses=_FINDING)
async def get_events(
    services: ServicesDep,
    job: KnownJob,
    after: Annotated[int, Query(ge=0, description="Items up to this sequence are not sent.")] = 0,
    last_event_id: Annotated[int | None, Header(ge=0, description="The same, as browsers say it.")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Progress and every finished item, as they come; ends when nothing is left to do, or the service stops."""
    ...


@router.get("/{job_id}/results", response_class=StreamingResponse, responses=_FINDING)
async def get_results(
    services: ServicesDep, job: KnownJob, form: Annotated[ResultsFormat, Query(alias="format")] = "csv"
) -> StreamingResponse:
    """Every finished item, in the order of the batch, as a file; also while the job runs (`X-Job-State`)."""
    ...
