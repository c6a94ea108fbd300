"""Which methods an address answers: HEAD wherever GET, and those that a refusal names."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ROUTED: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


class HeadAnswers:
    """Passes HEAD on as GET and sends the status and headers of what comes back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            # The end comes right after the headers: a stream of events would have none of its own.
            if message["type"] == "http.response.start":
                await send(message)
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        asked = {**scope, "method": "GET"}
        try:
            await self._app(asked, receive, send_head)
        finally:
            scope.update(asked, method="HEAD")  # the route that was found, for the log


async def refuse_method(request: Request, error: Exception) -> Response:
    """Exception handler of 405 that names every method of the address; the router's own names one route's."""
    methods = _methods_of(request)
    told = f"got {request.method}, expected {', '.join(methods)}"
    raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, told, headers={"Allow": ", ".join(methods)}) from error


def _methods_of(request: Request) -> list[str]:
    scopes = {method: {**request.scope, "method": method} for method in _ROUTED}
    routes = request.app.router.routes
    found = [
        method for method, scope in scopes.items() if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]
    return [*found, "HEAD"] if "GET" in found else found
