"""Who may ask for what: plain ASGI layers, each with one rule, applied to every request in the order of `app.py`."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import URL, Headers, MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.addresses import INFERENCE_PREFIX, STATIC_PREFIX
from backend.door.admission import is_batch, is_study, is_upload
from backend.errors import BatchTooLarge, ForeignHost, ForeignOrigin, TokenRefused

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: that makes browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
TOKEN_COOKIE: Final = "ceniqa_session"

_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.IGNORECASE)
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SAME_SITE: Final = frozenset({"same-origin", "none"})
PUBLIC_PATHS: Final = ("/livez", "/readyz", f"{INFERENCE_PREFIX}/health/", f"{STATIC_PREFIX}/")
"""What anybody may ask for: the probes of container engines, and the static files, which hold no secret."""
_COOKIE_LIFETIME_S: Final = 30 * 24 * 3600
_FRAMING_BYTES: Final = 64 * 1024
"""Room for everything in a request's body beside the uploaded file."""


class SecurityHeaders:
    """Puts the security headers on every answer, and keeps answers out of caches unless they say otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class HostCheck:
    """Refuses requests under a host name that is not ours, which is how DNS rebinding arrives."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: tuple[str, ...]) -> None:
        self._app = app
        self._allowed_hosts = frozenset(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._check(Headers(scope=scope).getlist("host"))
        await self._app(scope, receive, send)

    def _check(self, hosts: list[str]) -> None:
        match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if match is None or match["name"].lower() not in self._allowed_hosts:
            allowed = ", ".join(sorted(self._allowed_hosts))
            raise ForeignHost(f"got host {', '.join(hosts) or '(none)'!r}, expected one of {allowed}")


class OriginCheck:
    """Refuses writes that a page of another origin asked for; programs send neither header and pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            self._check(Headers(scope=scope))
        await self._app(scope, receive, send)

    def _check(self, headers: Headers) -> None:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in _SAME_SITE:
            raise ForeignOrigin(f"got a write from a {site!r} page, expected one of this service's own pages")
        if origin is not None and origin.partition("://")[2] != headers["host"]:
            raise ForeignOrigin(f"got a write from origin {origin!r}, expected {headers['host']!r}")


class TokenGate:
    """Lets pass who shows the token: `Authorization: Bearer`, or the cookie that `?token=` is exchanged for."""

    def __init__(self, app: ASGIApp, *, token: str) -> None:
        self._app = app
        self._token = token
        # The cookie proves knowledge of the token without holding it.
        self._session = hmac.new(token.encode(), b"ceniqa session", hashlib.sha256).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(PUBLIC_PATHS) or self._is_known(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        shown = QueryParams(scope["query_string"]).get("token")
        if scope["method"] != "GET" or shown is None or not _equal(shown, self._token):
            raise TokenRefused(
                "got no valid token, expected `Authorization: Bearer TOKEN`, or this address opened once with ?token="
            )
        await self._exchange(scope)(scope, receive, send)

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _equal(credentials.strip(), self._token):
            return True
        return _equal(_cookie(headers, TOKEN_COOKIE), self._session)

    def _exchange(self, scope: Scope) -> Response:
        # The redirect takes the token out of the address bar.
        response = RedirectResponse(_without_token(scope), status_code=HTTPStatus.SEE_OTHER)
        response.set_cookie(
            TOKEN_COOKIE,
            self._session,
            max_age=_COOKIE_LIFETIME_S,
            secure=scope["scheme"] == "https",
            httponly=True,
            samesite="strict",
        )
        return response


class BodyLimit:
    """Refuses bodies that are too long, by their stated length or as soon as too many bytes came."""

    def __init__(self, app: ASGIApp, *, max_upload_bytes: int, max_batch_bytes: int, max_study_bytes: int) -> None:
        self._app = app
        self._max_upload_bytes = max_upload_bytes
        self._max_batch_bytes = max_batch_bytes
        self._max_study_bytes = max_study_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        check_size = self._check(scope)
        stated = Headers(scope=scope).get("content-length", "0")
        check_size(int(stated) if stated.isdecimal() else 0)
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            check_size(received)
            return message

        await self._app(scope, receive_within_limit, send)

    def _check(self, scope: Scope) -> Callable[[int], None]:
        if is_study(scope):
            return partial(_check_batch, max_bytes=self._max_study_bytes)
        if is_batch(scope):
            return partial(_check_batch, max_bytes=self._max_batch_bytes)
        # Only uploads may be long: JSON of many megabytes would be parsed on the event loop.
        max_file_bytes = self._max_upload_bytes if is_upload(scope) else 0
        return partial(_check_size, max_bytes=_FRAMING_BYTES + max_file_bytes)


def _check_batch(got_bytes: int, max_bytes: int) -> None:
    if got_bytes > max_bytes:
        raise BatchTooLarge(f"got a body of {got_bytes:,} bytes or more, expected at most {max_bytes:,}")


def _check_size(got_bytes: int, max_bytes: int) -> None:
    if got_bytes > max_bytes:
        # HTTPException, because FastAPI passes it on from within its body parsers.
        raise HTTPException(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"got a body of {got_bytes} bytes or more, expected at most {max_bytes}",
        )


def _equal(shown: str, expected: str) -> bool:
    return secrets.compare_digest(shown.encode(), expected.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return "" if morsel is None else morsel.value


def _without_token(scope: Scope) -> str:
    url = URL(scope=scope)
    rest = [(name, value) for name, value in QueryParams(url.query).multi_items() if name != "token"]
    # A path of ours in any case: `//host` would lead elsewhere.
    path = "/" + url.path.lstrip("/")
    return f"{path}?{urlencode(rest)}" if rest else path
