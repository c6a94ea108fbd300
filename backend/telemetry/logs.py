"""One line per event, as JSON or for a terminal, with the request's id; values are always escaped."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Final, Literal, TextIO

import structlog
from asgi_correlation_id import correlation_id
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

_NOISY_LOGGERS: Final = ("asgi_correlation_id", "python_multipart")


def configure_logging(*, form: Literal["console", "json"], level: str) -> None:
    """Send every log record of the process to stderr in one form; called once, by the program that serves."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _add_request_id,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.PositionalArgumentsFormatter()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(form)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _NOISY_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


def _renderers(form: Literal["console", "json"]) -> list[Processor]:
    match form:
        case "json":
            return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        case "console":
            renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_write_traceback)
            return [_escape_event, renderer]


def _write_traceback(sio: TextIO, exc_info: ExcInfo) -> None:
    # Plain: the pretty ones show every local (a token, a whole upload) and take seconds to render. The bar in front of
    # each line is what no client can write: an exception's text may hold a line that looks like one of ours.
    lines = "".join(traceback.format_exception(*exc_info)).splitlines()
    sio.write("".join(f"\n  | {_escaped(line)}" for line in lines))


def _escape_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # The renderer escapes values, but not the text of the event itself, which libraries fill with what they were sent.
    event["event"] = _escaped(str(event["event"]))
    return event


def _escaped(text: str) -> str:
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")


def _add_request_id(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if (request_id := correlation_id.get()) is not None:
        event["request_id"] = request_id
    return event
