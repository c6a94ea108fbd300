"""Every error has one shape, says nothing of our inside, and is a page for a browser that navigates."""

from __future__ import annotations

import re
from typing import Any

import pytest
from structlog.typing import EventDict

from backend.door.problems import problem_of
from backend.errors import ServiceError
from models.images import ImageTooLarge, UnsupportedFormat, UnusableImage
from tests.backend.fakes import Studio

FIELDS = {"type", "title", "status", "detail", "code", "request_id"}


def every_error(kind: type[ServiceError]) -> list[type[ServiceError]]:
    return [kind, *(error for child in kind.__subclasses__() for error in every_error(child))]


@pytest.mark.parametrize("kind", every_error(ServiceError))
def test_each_error_has_a_status_and_a_code_of_its_own(kind: type[ServiceError]) -> None:
    problem = problem_of(kind("got this, expected that"))
    assert 400 <= problem.status < 600
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", problem.code)
    assert problem.title
    assert [other for other in every_error(ServiceError) if other.code == kind.code] == [kind]


@pytest.mark.parametrize(("kind", "status"), [(ImageTooLarge, 413), (UnsupportedFormat, 415), (UnusableImage, 422)])
def test_a_picture_that_cannot_be_used_has_the_status_of_its_kind(kind: Any, status: int) -> None:
    problem = problem_of(kind("some-code", "got a, expected b"))
    assert (problem.status, problem.code, problem.detail) == (status, "some-code", "got a, expected b")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nowhere", 404, "not-found"),
        ("PUT", "/api/v1/analyses", 405, "method-not-allowed"),
        ("GET", "/api/v1/analyses?limit=1000", 422, "invalid-request"),
        ("POST", "/api/v1/analyses", 422, "invalid-request"),
        ("GET", "/docs", 404, "not-found"),
    ],
)
async def test_what_the_router_refuses_has_the_same_shape(
    studio: Studio, method: str, path: str, status: int, code: str
) -> None:
    answer = await studio.client.request(method, path)
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(body) == FIELDS
    assert body["request_id"] == answer.headers["x-request-id"]


@pytest.mark.anyio
async def test_a_fault_of_ours_is_logged_and_not_told(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, log: list[EventDict]
) -> None:
    def fail(_image: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(studio.moe, "predict", fail)
    answer = await studio.upload()
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    [event] = [event for event in log if event["event"] == "request_failed"]
    assert "/secret/path" in str(event["exc_info"])


@pytest.mark.anyio
async def test_a_browser_that_navigates_gets_a_page(studio: Studio) -> None:
    answer = await studio.client.get("/analyses/none", headers={"Accept": "text/html,application/xhtml+xml"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-request-id"] in answer.text


@pytest.mark.anyio
async def test_a_hostile_address_is_escaped_on_the_page(studio: Studio) -> None:
    answer = await studio.client.get("/analyses/<script>alert(1)", headers={"Accept": "text/html"})
    assert "<script>" not in answer.text


@pytest.mark.anyio
@pytest.mark.parametrize("given", ["not-a-uuid", "{12345678-1234-4234-8234-123456789012}"])
async def test_a_request_id_is_always_32_hexadecimal_digits(studio: Studio, given: str) -> None:
    answer = await studio.client.get("/livez", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])
