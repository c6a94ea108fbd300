"""What OpenAPI says of a route's answers beside its model: its errors, and bytes in one way for all."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel

from backend.routing.content import JSON_MEDIA_TYPE

Documented = dict[int | str, dict[str, Any]]

_ETAG: Final = {"ETag": {"description": "Names exactly these bytes.", "required": True, "schema": {"type": "string"}}}


def documented(*statuses: HTTPStatus) -> Documented:
    """Which errors a route says it has; `backend.door.openapi` says what they look like."""
    return {int(status): {"description": status.phrase} for status in statuses}


def documented_file(*media_types: str) -> Documented:
    """A route that answers with a file of one of these types."""
    return {int(HTTPStatus.OK): {"description": "The bytes.", "content": binary(*media_types), "headers": _ETAG}}


def documented_content(media_type: str) -> Documented:
    """A route that answers with bytes, or confirms that the client has them."""
    not_modified = {"description": "The client has these bytes already.", "headers": _ETAG}
    return {**documented_file(media_type), int(HTTPStatus.NOT_MODIFIED): not_modified}


def documented_json(model: type[BaseModel]) -> Documented:
    """The same of a route whose bytes are JSON in the shape of a model."""
    return {**documented_content(JSON_MEDIA_TYPE), int(HTTPStatus.OK): {"model": model}}


def binary(*media_types: str) -> dict[str, Any]:
    """The content of an answer or a body of one of these types, of which no more is known than that it is bytes."""
    schema = {"type": "string", "format": "binary"}
    return {media_type: {"schema": {} if media_type == JSON_MEDIA_TYPE else schema} for media_type in media_types}
