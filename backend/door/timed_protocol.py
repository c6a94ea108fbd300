"""Uvicorn's HTTP protocol with what it lacks: timeouts, bounds for headers, and refusals in the service's shape."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import suppress
from http import HTTPStatus
from typing import Any, ClassVar, Final

import structlog
from httptools import HttpParserError, parse_url
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from backend.door.admission import is_batch
from backend.door.problems import PROBLEM_MEDIA_TYPE, ProblemDetails
from backend.door.security import SECURITY_HEADERS

BATCH_PORTION_BYTES: Final = 1024**2
"""What must come of a batch within the time for a whole body of another kind: half a gigabyte takes longer."""
_MAX_FRAMING_BYTES: Final = 64 * 1024
"""Room for a request's headers or, beside as many bytes as its body has, for what frames its chunks."""

_log = structlog.stdlib.get_logger(__name__)


class TimedHttpProtocol(HttpToolsProtocol):
    """Closes a connection whose request does not arrive or whose answer is not taken, while others are served.

    The headers' clock starts with the connection or, on one that is kept alive, with the next request's first
    byte; the body's clock starts when the headers are complete, and anew with each portion of a batch. An answer's
    clock runs while its client takes nothing of it.
    """

    header_timeout_s: ClassVar[float]
    body_timeout_s: ClassVar[float]
    _clock: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _has_headers = False
    _received_bytes = 0
    _body_bytes = 0
    _portion_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its base does
        super().connection_made(transport)
        self._wind(self.header_timeout_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self._note_progress()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._clock is None and (self.cycle is None or self.cycle.response_complete):
            self._wind(self.header_timeout_s)  # bytes that begin no message, such as blank lines
        self._received_bytes += len(data)
        super().data_received(data)
        if self._received_bytes > _MAX_FRAMING_BYTES + 2 * self._body_bytes:
            self._refuse_framing()

    def on_message_begin(self) -> None:
        self._wind(self.header_timeout_s)
        # What begins within a piece of data is counted from the next piece on: the rest may be the message before.
        self._received_bytes, self._body_bytes, self._has_headers = 0, 0, False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._wind(self.body_timeout_s)
        self._received_bytes, self._portion_bytes, self._has_headers = 0, 0, True
        self._take_host_of_target()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        self._portion_bytes += len(body)
        if self._portion_bytes >= BATCH_PORTION_BYTES and is_batch(dict(self.scope)):
            self._wind(self.body_timeout_s)
            self._portion_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop()
        self._received_bytes = 0
        super().on_message_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(self.body_timeout_s, self.transport.abort)

    def resume_writing(self) -> None:
        self._note_progress()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        self._refuse(HTTPStatus.BAD_REQUEST, "malformed-request", msg)

    def _take_host_of_target(self) -> None:
        """An absolute address in the request line says the host, whatever the header does (RFC 9112, section 3.2.2)."""
        if self.url.startswith(b"/"):
            return
        with suppress(HttpParserError):
            target = parse_url(self.url)
            if target.host is not None:
                host = target.host if target.port is None else b"%s:%d" % (target.host, target.port)
                self.headers[:] = [header for header in self.headers if header[0] != b"host"]
                self.headers.append((b"host", host))

    def _refuse_framing(self) -> None:
        if self._has_headers:
            self.transport.abort()
            return
        detail = f"got more than {_MAX_FRAMING_BYTES} bytes of headers, expected fewer"
        self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers-too-large", detail)

    def _refuse(self, status: HTTPStatus, code: str, detail: str) -> None:
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if self.pipeline or cycle.response_started or not cycle.more_body:
                self.transport.abort()  # another answer is on its way: a second one would be read as a part of it
                return
            cycle.disconnected = True  # whoever reads this body is told that no more of it comes, and answers nothing
            cycle.message_event.set()
        request_id = uuid.uuid4().hex
        _log.warning("request_refused", status=int(status), code=code, request_id=request_id)
        self.transport.write(_answer(status, code, detail, request_id))
        self.transport.close()

    def _wind(self, seconds: float) -> None:
        self._stop()
        self._clock = self.loop.call_later(seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _note_progress(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def _answer(status: HTTPStatus, code: str, detail: str, request_id: str) -> bytes:
    """What the application's layers would answer, for a request that never gets to them."""
    problem = ProblemDetails(title=status.phrase, status=int(status), detail=detail, code=code, request_id=request_id)
    body = problem.model_dump_json().encode()
    headers = {
        "Content-Type": PROBLEM_MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Connection": "close",
        "Cache-Control": "no-store",
        "X-Request-ID": request_id,
        **SECURITY_HEADERS,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {int(status)} {status.phrase}\r\n{head}\r\n".encode("ascii") + body


def timed_protocol(*, header_timeout_s: float, body_timeout_s: float) -> type[TimedHttpProtocol]:
    """A protocol class with these timeouts; uvicorn makes the instances itself, so they are class values."""
    timeouts: dict[str, Any] = {"header_timeout_s": header_timeout_s, "body_timeout_s": body_timeout_s}
    return type("TimedHttpProtocol", (TimedHttpProtocol,), timeouts)
