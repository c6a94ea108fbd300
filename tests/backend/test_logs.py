"""One line per event, whatever a client writes into it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from asgi_correlation_id import correlation_id

from backend.logs import configure_logging

HOSTILE = 'x\n{"event": "forged"}\x1b[2J'


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """The real configuration for the test instead of the capturing one, and as it was afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_a_json_line_holds_event_level_and_request_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(form="json", level="INFO")
    token = correlation_id.set("f" * 32)
    structlog.stdlib.get_logger("test").info("kept", bytes=12)
    correlation_id.reset(token)
    [line] = lines(capsys)
    event = json.loads(line)
    assert (event["event"], event["level"], event["bytes"]) == ("kept", "info", 12)
    assert event["request_id"] == "f" * 32


def test_records_of_libraries_take_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(form="json", level="INFO")
    logging.getLogger("uvicorn.error").warning("got %s", HOSTILE)
    [line] = lines(capsys)
    assert json.loads(line)["event"] == f"got {HOSTILE}"


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_hostile_value_stays_within_its_line(capsys: pytest.CaptureFixture[str], form: str) -> None:
    configure_logging(form=form, level="INFO")  # type: ignore[arg-type]
    structlog.stdlib.get_logger("test").info("upload", filename=HOSTILE)
    [line] = lines(capsys)
    assert "\x1b[2J" not in line


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_shows_no_values_of_variables(capsys: pytest.CaptureFixture[str], form: str) -> None:
    configure_logging(form=form, level="INFO")  # type: ignore[arg-type]
    secret = "correct-horse-" + "battery"
    try:
        len(secret) / 0
    except ZeroDivisionError as error:
        structlog.stdlib.get_logger("test").error("failed", exc_info=error)
    text = "\n".join(lines(capsys))
    assert "ZeroDivisionError" in text
    assert "correct-horse-battery" not in text
