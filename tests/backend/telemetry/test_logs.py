"""One line per event, whatever a client writes into it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from asgi_correlation_id import correlation_id

from backend.settings import Settings
from backend.telemetry.logs import configure_logging
from models.images import UnusableImage
from tests.backend.fakes import png, running_studio

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


def test_on_a_terminal_neither_an_event_nor_a_traceback_can_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(form="console", level="INFO")
    logging.getLogger("uvicorn.error").warning("got %s", HOSTILE)
    try:
        raise ValueError(HOSTILE)
    except ValueError as error:
        structlog.stdlib.get_logger("test").error("failed", exc_info=error)
    written = lines(capsys)
    assert not any("\x1b" in line or line.startswith("{") for line in written)
    assert len([line for line in written if not line.startswith("  | ")]) == 2


@pytest.mark.anyio
@pytest.mark.parametrize("form", ["json", "console"])
async def test_whatever_a_client_names_its_lines_are_whole_and_know_their_request(
    settings: Settings, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    async with running_studio(settings) as studio:
        configure_logging(form=form, level="INFO")  # type: ignore[arg-type]
        structlog.configure(cache_logger_on_first_use=False)  # the service's loggers outlive this test
        studio.children.failures = [UnusableImage("no", HOSTILE), UnusableImage("no", HOSTILE)]
        request_id = "1234567812344234823412345678abcd"
        files = {"file": (HOSTILE, png())}
        fields = {"checkpoint": "moe"}
        hostile_header = {"X-Request-ID": request_id, "User-Agent": "a\tb\x1b[2J"}
        links = (await studio.client.post("/api/v1/analyses", files=files, data=fields, headers=hostile_header)).json()[
            "links"
        ]
        assert (await studio.client.get(links["picture"])).json()["code"] == "picture-not-kept"
        await studio.client.get("/%0aforged%1b[2J", headers={"Host": "evil\x1b[2J"})
        await studio.client.get("/api/v1/analyses/%0aforged%1b[2J")
    written = [line for line in lines(capsys) if "httpx" not in line]  # the client's own
    assert "\x1b" not in "".join(written)
    [kept] = [line for line in written if "picture_not_kept" in line]
    assert request_id in kept
    if form == "json":
        assert all(json.loads(line)["level"] for line in written)
    else:
        assert [line for line in written if "forged" in line and not line.startswith("  | ")] == []


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
