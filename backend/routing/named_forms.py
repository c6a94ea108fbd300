"""Routes that take a form with a file whose name may come as `filename*`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser

from backend.routing.dispositions import with_plain_name


class _NamingParser(MultiPartParser):
    """Starlette's parser, which is given every part's header with a plain file name."""

    def on_headers_finished(self) -> None:
        part = self._current_part
        part.content_disposition = with_plain_name(part.content_disposition or b"")
        super().on_headers_finished()


class _NamingRequest(Request):
    """A request whose form is read by that parser."""

    async def _get_form(self, **limits: Any) -> FormData:
        if self._form is None and self.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            try:
                async with aclosing(self.stream()) as stream:
                    self._form = await _NamingParser(self.headers, stream, **limits).parse()
            except MultiPartException as error:
                raise HTTPException(status_code=400, detail=error.message) from error
        return await super()._get_form(**limits)


class NamedFormRoute(APIRoute):
    """A route that reads forms so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler with a request of our kind."""
        handle = super().get_route_handler()

        async def handle_named(request: Request) -> Response:
            return await handle(_NamingRequest(request.scope, request.receive))

        return handle_named
