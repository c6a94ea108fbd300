"""A service that only shows what it has: a demo in public, or a data folder that must stay as it is."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from backend.addresses import INFERENCE_PREFIX, is_under
from backend.door.security import SAFE_METHODS
from backend.errors import ReadOnly


class ReadOnlyDoor:
    """Refuses whatever would store or delete, before its body is read; inference that stores nothing passes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_write = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        # Requests of the inference protocol are answered and forgotten.
        if is_write and not is_under(scope["path"], INFERENCE_PREFIX):
            raise ReadOnly("got a request that would store or delete, expected one that looks: this is read-only")
        await self._app(scope, receive, send)
