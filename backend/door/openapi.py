"""The service's description of itself: what routes say, and what holds for all of them, which no route says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.addresses import INFERENCE_PREFIX, OPENAPI_PATH, is_under
from backend.door.problems import PROBLEM_MEDIA_TYPE, InferenceProblem, ProblemDetails
from backend.door.security import PUBLIC_PATHS, SAFE_METHODS
from backend.routing.content import JSON_MEDIA_TYPE, REVALIDATED, Content, content_response

DESCRIPTION: Final = (
    "No-reference image quality assessment with clusters and experts. Scores are predicted mean opinion scores on "
    "0-100, higher is better.\n\nErrors are `application/problem+json` (RFC 9457) everywhere; programs read `code`. "
    "GET is answered for HEAD, too. Every answer names its request in `X-Request-ID`."
)
TAGS: Final = (
    {"name": "analyses", "description": "Pictures that were scored, and what was said of them."},
    {"name": "jobs", "description": "Batches: many pictures scored one after the other, watched and fetched."},
    {"name": "studies", "description": "Pictures with what people said of them, under several checkpoints at once."},
    {"name": "distortion lab", "description": "A kept picture, distorted on purpose and scored again."},
    {"name": "checkpoints", "description": "What serves, what each one is, and whether its files are whole."},
    {"name": "experts", "description": "Which experts and clusters are used, and what each is good at."},
    {"name": "figures", "description": "What was measured on pictures that no checkpoint had seen."},
    {"name": "maps", "description": "Embedding maps, their pictures, and who is near whom."},
    {"name": "open inference protocol", "description": "Checkpoints as models, for clients that others wrote."},
    {"name": "health", "description": "What machines ask."},
)

_REF: Final = "#/components/schemas/{model}"
_TOKEN: Final = "token"
_REQUEST_ID: Final = "5f2b0c6e8f5f4b1d9f0e6a7c1d2b3a49"


@dataclass(frozen=True)
class _Kind:
    """An error as an example: its code, what it says, and the headers that it must carry."""

    code: str
    detail: str
    headers: Mapping[str, str] | None = None


_KINDS: Final[Mapping[HTTPStatus, _Kind]] = {
    HTTPStatus.BAD_REQUEST: _Kind("foreign-host", "got host 'evil.example', expected one of 127.0.0.1, localhost"),
    HTTPStatus.UNAUTHORIZED: _Kind(
        "token-refused",
        "got no valid token, expected `Authorization: Bearer TOKEN`",
        {"WWW-Authenticate": "The scheme to use."},
    ),
    HTTPStatus.FORBIDDEN: _Kind("foreign-origin", "got a write from a 'cross-site' page, expected our own"),
    HTTPStatus.NOT_FOUND: _Kind("unknown-checkpoint", "got checkpoint 'none', expected one of moe, no_gmm"),
    HTTPStatus.CONFLICT: _Kind("stale-decision", "got revision 1 of picture 7, expected 2: somebody else changed it"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _Kind(
        "body-too-large", "got a body of 30000000 bytes or more, expected at most 21037056"
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _Kind("unsupported-format", "got bytes of no known format, expected JPEG, PNG"),
    HTTPStatus.UNPROCESSABLE_ENTITY: _Kind("invalid-request", "query.limit: Input should be less than or equal to 100"),
    HTTPStatus.TOO_MANY_REQUESTS: _Kind(
        "rate-exceeded",
        "got more requests than 120/minute from one client",
        {"Retry-After": "Seconds until the next request is taken."},
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: _Kind("internal-error", "The service met a fault of its own."),
    HTTPStatus.SERVICE_UNAVAILABLE: _Kind(
        "busy",
        "got one more than the 32 analyses that may be in work or waiting",
        {"Retry-After": "Seconds until it is worth while to try again."},
    ),
    HTTPStatus.GATEWAY_TIMEOUT: _Kind("deadline-exceeded", "got no score after 30 s, expected one within that time"),
}


router = APIRouter(include_in_schema=False)


@router.get(OPENAPI_PATH)
async def get_openapi(request: Request) -> Response:
    """The OpenAPI document."""
    # In a thread: making it, at the first request, takes half a second.
    content = await anyio.to_thread.run_sync(request.app.document)
    return content_response(request, content, caching=REVALIDATED)


class DescribedApp(FastAPI):
    """An application whose OpenAPI document is complete.

    `bodies` are the models of what routes read themselves, to which their descriptions refer by name.
    """

    def __init__(self, *, bodies: Sequence[type[BaseModel]], **options: Any) -> None:
        super().__init__(**options)
        self._bodies = tuple(bodies)
        self._document: Content | None = None

    def openapi(self) -> dict[str, Any]:
        """The document, made anew."""
        self.openapi_schema = None
        return complete(super().openapi(), bodies=self._bodies)

    def document(self) -> Content:
        """The document as JSON, made once."""
        if self._document is None:
            self._document = Content.of(json.dumps(self.openapi()).encode(), JSON_MEDIA_TYPE)
        return self._document


def complete(document: dict[str, Any], *, bodies: Sequence[type[BaseModel]]) -> dict[str, Any]:
    """FastAPI's document with the errors that any route can meet, in the shape in which they come."""
    schemas = document["components"]["schemas"]
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    schemas |= _own_schemas(bodies)
    document["components"]["securitySchemes"] = {_TOKEN: {"type": "http", "scheme": "bearer"}}
    for path, method, operation in _operations(document):
        operation["responses"] = dict(sorted(_responses(path, method, operation).items()))
        # Nothing, or the token where the service was given one.
        operation["security"] = [] if path.startswith(PUBLIC_PATHS) else [{}, {_TOKEN: []}]
    return document


def _own_schemas(bodies: Sequence[type[BaseModel]]) -> dict[str, Any]:
    models: list[Any] = [(ProblemDetails, "serialization"), (InferenceProblem, "serialization")]
    _, defined = models_json_schema([*models, *((body, "validation") for body in bodies)], ref_template=_REF)
    own: dict[str, Any] = defined["$defs"]
    return own


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _responses(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = operation["responses"]
    problems = {HTTPStatus(int(status)) for status in said if int(status) >= HTTPStatus.BAD_REQUEST}
    model = InferenceProblem if is_under(path, INFERENCE_PREFIX) else ProblemDetails
    told = {str(int(status)): _problem(status, model) for status in problems | set(_anywhere(path, method))}
    return said | told


def _anywhere(path: str, method: str) -> Iterator[HTTPStatus]:
    """What the layers around the routes answer."""
    yield HTTPStatus.BAD_REQUEST
    yield HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    yield HTTPStatus.INTERNAL_SERVER_ERROR
    if not path.startswith(PUBLIC_PATHS):
        yield HTTPStatus.UNAUTHORIZED
        yield HTTPStatus.TOO_MANY_REQUESTS
        yield HTTPStatus.SERVICE_UNAVAILABLE  # whatever a route looks up, the database may be busy
    if method not in SAFE_METHODS:
        yield HTTPStatus.FORBIDDEN


def _problem(status: HTTPStatus, model: type[ProblemDetails]) -> dict[str, Any]:
    kind = _KINDS[status]
    example = ProblemDetails(
        title=status.phrase, status=int(status), detail=kind.detail, code=kind.code, request_id=_REQUEST_ID
    ).model_dump()
    if model is InferenceProblem:
        example["error"] = kind.detail
    response: dict[str, Any] = {
        "description": status.phrase,
        "content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": _REF.format(model=model.__name__)}, "example": example}},
    }
    if kind.headers is not None:
        response["headers"] = {
            name: {"description": text, "required": True, "schema": {"type": "string"}}
            for name, text in kind.headers.items()
        }
    return response
