"""`python -m backend` serves the studio."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

from pydantic import ValidationError

from backend.settings import Settings, give_torch_one_thread
from models.terminal import CommandParser

_USAGE_ERROR = 2
_START_FAILURE = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; returns the process's exit status."""
    said = {name: value for name, value in vars(_parser().parse_args(arguments)).items() if value is not None}
    try:
        settings = Settings(**said)
    except ValidationError as error:
        return _refuse(f"\n{error}")
    give_torch_one_thread()
    gc.disable()  # until the server has started: what it imports and builds is no garbage
    # Imported here: a refusal to start comes at once, and decode children, which may import this module again,
    # stay free of torch.
    import uvicorn

    from backend.app import create_app
    from backend.door.server import DrainingServer
    from backend.door.timed_protocol import timed_protocol
    from backend.errors import StartRefused
    from backend.services import build_services
    from backend.telemetry.logs import configure_logging

    configure_logging(form=settings.log_format, level=settings.log_level)
    try:
        services = build_services(settings)
        services.prepare_storage()
    except StartRefused as refused:
        return _refuse(str(refused))
    config = uvicorn.Config(
        create_app(settings, services=services),
        host=settings.host,
        port=settings.port,
        http=timed_protocol(header_timeout_s=settings.header_timeout_s, body_timeout_s=settings.body_timeout_s),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.request_drain_s,
    )
    server = DrainingServer(config, before_drain=services.stop_streams)
    with suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else _START_FAILURE


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(
        prog="python -m backend",
        description="Serve the studio. Everything else is set by environment variables; docs/operations.md says more.",
        epilog="environment variables:\n" + "\n".join(_variables()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    fields = Settings.model_fields
    parser.add_argument("--host", help=f"address to listen on (default: CENIQA_HOST, else {fields['host'].default})")
    parser.add_argument(
        "--port",
        type=int,
        help=f"port to listen on, 0 takes a free one (default: CENIQA_PORT, else {fields['port'].default})",
    )
    return parser


def _variables() -> Iterator[str]:
    """A variable and its default on a line, what it means on the next."""
    for name, field in Settings.model_fields.items():
        default = ",".join(field.default) if isinstance(field.default, tuple) else field.default
        yield f"  CENIQA_{name.upper()}" + (f" (default {default})" if default not in (None, "") else "")
        if field.description:
            yield f"      {field.description}"


def _refuse(reason: str) -> int:
    print(f"CENIQA Studio does not start: {reason}", file=sys.stderr)
    return _USAGE_ERROR


if __name__ == "__main__":
    sys.exit(main())
