"""The service's description of itself, for programs and for the page that draws it."""

from __future__ import annotations

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from backend.routing.content import REVALIDATED, content_response
from backend.schemas import OPENAPI_PATH

router = APIRouter(include_in_schema=False)


@router.get(OPENAPI_PATH)
async def get_openapi(request: Request) -> Response:
    """The OpenAPI document."""
    # In a thread: making it, at the first request, takes half a second.
    content = await anyio.to_thread.run_sync(request.app.document)
    return content_response(request, content, caching=REVALIDATED)
