"""Bytes that are named by their own hash: sent once, and from then on confirmed with 304."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

JSON_MEDIA_TYPE: Final = "application/json"
REVALIDATED: Final = "private, no-cache"
KEPT_PICTURE: Final = "private, max-age=3600"
"""For pictures that somebody gave and may delete again."""
PRIVATE_IMMUTABLE: Final = "private, max-age=31536000, immutable"
"""For what no shared cache may hold: pictures, which may be somebody's own."""


@dataclass(frozen=True, eq=False)
class Content:
    """Bytes, the name of exactly these bytes, and their media type."""

    data: bytes | memoryview
    sha256: str
    media_type: str

    @classmethod
    def of(cls, data: bytes, media_type: str) -> Content:
        """Bytes whose hash nobody knows yet."""
        return cls(data, hashlib.sha256(data).hexdigest(), media_type)

    @classmethod
    def of_model(cls, answer: BaseModel) -> Content:
        """An answer as JSON."""
        return cls.of(answer.model_dump_json().encode(), JSON_MEDIA_TYPE)


class WholeFile(FileResponse):
    """A file from its beginning to its end, whatever range is asked for: Starlette would refuse some in plain text."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.headers["Accept-Ranges"] = "none"
        headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
        await super().__call__({**scope, "headers": headers}, receive, send)


def content_response(request: Request, content: Content, *, caching: str) -> Response:
    """The bytes; 304 without them for a client that has them."""
    headers = {"ETag": f'"{content.sha256}"', "Cache-Control": caching}
    if is_known(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content.data, headers=headers, media_type=content.media_type)


def is_known(request: Request, etag: str) -> bool:
    """Whether the client has the bytes of this name already."""
    # RFC 9110, 13.1.2: the comparison is weak, and any of several may match.
    names = (name.strip().removeprefix("W/") for name in request.headers.get("if-none-match", "").split(","))
    return any(name in {etag, "*"} for name in names)
