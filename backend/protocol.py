"""Uvicorn's HTTP protocol with the two timeouts it lacks: for a request's headers and for its body."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from backend.admission import is_batch

BATCH_PORTION_BYTES: Final = 1024**2
"""What must come of a batch within the time for a whole body of another kind: half a gigabyte takes longer."""


class TimedHttpProtocol(HttpToolsProtocol):
    """Closes a connection whose request does not arrive in time, while others are served.

    The headers' clock starts with the connection or, on one that is kept alive, with the next request's first
    byte; the body's clock starts when the headers are complete. For a batch it starts anew with each portion.
    """

    header_timeout_s: ClassVar[float]
    body_timeout_s: ClassVar[float]
    _clock: asyncio.TimerHandle | None = None
    _portion_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its base does
        super().connection_made(transport)
        self._wind(self.header_timeout_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._clock is None and (self.cycle is None or self.cycle.response_complete):
            self._wind(self.header_timeout_s)  # bytes that begin no message, such as blank lines
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._wind(self.header_timeout_s)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._wind(self.body_timeout_s)
        self._portion_bytes = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._portion_bytes += len(body)
        if self._portion_bytes >= BATCH_PORTION_BYTES and is_batch(dict(self.scope)):
            self._wind(self.body_timeout_s)
            self._portion_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop()
        super().on_message_complete()

    def _wind(self, seconds: float) -> None:
        self._stop()
        self._clock = self.loop.call_later(seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


def timed_protocol(*, header_timeout_s: float, body_timeout_s: float) -> type[TimedHttpProtocol]:
    """A protocol class with these timeouts; uvicorn makes the instances itself, so they are class values."""
    timeouts: dict[str, Any] = {"header_timeout_s": header_timeout_s, "body_timeout_s": body_timeout_s}
    return type("TimedHttpProtocol", (TimedHttpProtocol,), timeouts)
