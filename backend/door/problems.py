"""Every error in the one shape in which the service says so: RFC 9457, or a page for a browser that navigates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import structlog
from asgi_correlation_id import correlation_id
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.addresses import API_ROOT, INFERENCE_PREFIX, STATIC_PREFIX, is_under
from backend.errors import CLIENT_CLOSED_REQUEST, ServiceError
from backend.languages import asked_language
from backend.storage.faults import file_fault
from models.images import ImageError, ImageTooLarge, UnsupportedFormat

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"
_NO_PAGES: Final = (API_ROOT, STATIC_PREFIX, INFERENCE_PREFIX)
_TITLES_BESIDE_HTTP: Final = {CLIENT_CLOSED_REQUEST: "Client Closed Request"}
_HTTP_CODES: Final[Mapping[int, str]] = {
    HTTPStatus.BAD_REQUEST: "malformed-request",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body-too-large",
}

_log = structlog.stdlib.get_logger(__name__)


class ProblemDetails(BaseModel):
    """An error, in the shape of RFC 9457."""

    type: str = Field(default="about:blank", description="Always about:blank: the title is the status's own phrase.")
    title: str = Field(description="The HTTP status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What was got and what was expected.")
    code: str = Field(description="A stable name of this kind of error, for programs.")
    request_id: str = Field(description="Names this request in the service's log.")


class InferenceProblem(ProblemDetails):
    """The same, with the member in which clients of the Open Inference Protocol look for it."""

    error: str = Field(description="The same as `detail`.")


@dataclass(frozen=True)
class Problem:
    """What to answer: status, stable code, sentence for a person, and headers."""

    status: int
    code: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The HTTP status in words."""
        return _TITLES_BESIDE_HTTP.get(self.status) or HTTPStatus(self.status).phrase

    def to_details(self) -> ProblemDetails:
        """The JSON body, with the id of the request being answered."""
        return ProblemDetails(
            title=self.title,
            status=int(self.status),
            detail=self.detail,
            code=self.code,
            request_id=correlation_id.get() or "",
        )


def _from_service(error: ServiceError) -> Problem:
    return Problem(error.status, error.code, str(error), error.headers)


def _from_image(error: ImageError) -> Problem:
    match error:
        case ImageTooLarge():
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        case UnsupportedFormat():
            status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        case _:  # everything else that an upload can be is unusable, by the contract of ImageError
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return Problem(status, error.code, str(error))


def _from_http(error: HTTPException) -> Problem:
    # FastAPI answers 400 to whatever is raised while a body arrives, and keeps what it was as the cause.
    match error.__cause__:
        case ServiceError() as cause:
            return _from_service(cause)
        case OSError() as cause:  # of the temporary file that the body is put down in
            return _from_service(file_fault(cause))
    code = _HTTP_CODES.get(error.status_code, f"http-{error.status_code}")
    return Problem(error.status_code, code, str(error.detail), error.headers or {})


def _from_validation(error: RequestValidationError) -> Problem:
    faults = (f"{_where(fault['loc'])}: {fault['msg']}" for fault in error.errors())
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", "; ".join(faults))


def _where(location: Sequence[object]) -> str:
    return ".".join(str(step) for step in location)


def _from_fault(_error: Exception) -> Problem:
    # Never the exception's own text: it may hold a path, a query or a file name.
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "The service met a fault of its own; its log has the details under this request's id.",
    )


_PROBLEMS: Final[Mapping[type[Exception], Callable[[Any], Problem]]] = {
    ServiceError: _from_service,
    ImageError: _from_image,
    HTTPException: _from_http,
    RequestValidationError: _from_validation,
    Exception: _from_fault,
}
"""The one map from exceptions to answers; the nearest class wins."""


def problem_of(error: Exception) -> Problem:
    """What to answer to an exception."""
    return next(_PROBLEMS[kind](error) for kind in type(error).__mro__ if kind in _PROBLEMS)


def problem_response(problem: Problem, *, path: str) -> Response:
    """The answer as `application/problem+json` to a request for this path."""
    details = problem.to_details()
    if is_under(path, INFERENCE_PREFIX):
        details = InferenceProblem(**dict(details), error=details.detail)
    return JSONResponse(
        details.model_dump(),
        status_code=int(problem.status),
        headers=dict(problem.headers),
        media_type=PROBLEM_MEDIA_TYPE,
    )


def wants_page(request: Request) -> bool:
    """Whether a browser navigates here and should get a page rather than JSON."""
    is_page = request.method == "GET" and not any(is_under(request.url.path, prefix) for prefix in _NO_PAGES)
    return is_page and "text/html" in request.headers.get("accept", "")


class ErrorAnswers:
    """Answers whatever is raised inside, once and in one shape; `error_page` renders it for browsers."""

    def __init__(self, app: ASGIApp, *, error_page: Callable[[ProblemDetails, str], str]) -> None:
        self._app = app
        self._error_page = error_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except Exception as error:  # the last place before the server, which would answer a bare 500
            problem = problem_of(error)
            if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
                _log.error("request_failed", exc_info=error)
            if started:
                raise
            response = self._answer(Request(scope), problem)
            await response(scope, receive, send)

    def _answer(self, request: Request, problem: Problem) -> Response:
        if not wants_page(request):
            return problem_response(problem, path=request.url.path)
        body = self._error_page(problem.to_details(), asked_language(request))
        return Response(body, int(problem.status), dict(problem.headers), media_type="text/html")


async def reraise(_request: Request, error: Exception) -> Response:
    """Exception handler that hands what FastAPI would answer itself to `ErrorAnswers`."""
    raise error
