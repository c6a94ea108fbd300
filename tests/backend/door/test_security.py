"""Each rule refuses what it is for, and lets the studio's own requests pass."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from backend.door.security import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from backend.settings import Settings
from tests.backend.fakes import Studio, png, running_studio

pytestmark = pytest.mark.anyio
TOKEN = "correct-horse-battery"


def assert_carries_headers(answer: httpx.Response) -> None:
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert answer.headers.get_list("cache-control") != []
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
    assert "access-control-allow-origin" not in answer.headers
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/nowhere", "/api/v1/nowhere", "/api/v1/checkpoints", "/static/0/nothing.js", "/livez", "/metrics"],
)
async def test_every_answer_carries_the_security_headers(studio: Studio, path: str) -> None:
    answer = await studio.client.get(path)
    assert_carries_headers(answer)


async def test_an_answer_to_a_fault_carries_them_too(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio.moe, "predict", None)
    answer = await studio.upload()
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_the_policy_allows_no_inline_script_or_style() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; ")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LocalHost:1", "[::1]:8000"])
async def test_our_own_names_pass(studio: Studio, host: str) -> None:
    assert (await studio.client.get("/livez", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:x", "", "a@localhost"])
async def test_a_foreign_host_is_refused(studio: Studio, host: str) -> None:
    answer = await studio.client.get("/livez", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (400, "foreign-host")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
    ],
)
async def test_a_write_from_another_origin_is_refused(studio: Studio, headers: dict[str, str]) -> None:
    answer = await studio.client.post("/api/v1/analyses", files={"file": png()}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"}, {"Sec-Fetch-Site": "none"}]
)
async def test_a_write_from_our_own_page_or_a_program_passes(studio: Studio, headers: dict[str, str]) -> None:
    answer = await studio.client.post("/api/v1/analyses", files={"file": png()}, headers=headers)
    assert answer.status_code == 201


async def test_reading_from_another_origin_is_left_to_the_browsers_own_rule(studio: Studio) -> None:
    answer = await studio.client.get("/api/v1/checkpoints", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


async def test_a_body_that_says_it_is_too_long_is_refused_unread(studio: Studio) -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    headers = {"Content-Length": str(10**9), "Content-Type": "multipart/form-data; boundary=x"}
    answer = await studio.client.post("/api/v1/analyses", content=never(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


async def test_a_body_that_turns_out_too_long_is_refused_while_it_comes(settings: Settings) -> None:
    sent = 0

    async def flood() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
        for _ in range(1000):
            sent += 65536
            yield b"\0" * 65536

    async with running_studio(settings.model_copy(update={"max_upload_bytes": 200_000})) as studio:
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = await studio.client.post("/api/v1/analyses", content=flood(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert sent < 500_000


async def test_json_may_not_be_as_long_as_a_picture(studio: Studio) -> None:
    links = (await studio.upload()).json()["links"]
    answer = await studio.client.post(f"{links['self']}/predictions", json={"checkpoint": "m" * 100_000})
    assert answer.status_code == 413


@pytest.fixture
async def guarded(settings: Settings) -> AsyncIterator[Studio]:
    async with running_studio(settings.model_copy(update={"token": SecretStr(TOKEN)})) as running:
        yield running


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", f"Basic {TOKEN}", "Bearer", "Bearer tökenö"])
async def test_without_the_token_nothing_is_served(guarded: Studio, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode("latin-1")}
    answer = await guarded.client.get("/api/v1/checkpoints", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-refused")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_token_opens_the_api(guarded: Studio) -> None:
    answer = await guarded.client.get("/api/v1/checkpoints", headers={"Authorization": f"bearer {TOKEN}"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
async def test_probes_need_no_token(guarded: Studio, path: str) -> None:
    assert (await guarded.client.get(path)).status_code == 200


async def test_a_browser_exchanges_the_token_for_a_cookie_that_scripts_cannot_read(guarded: Studio) -> None:
    answer = await guarded.client.get("/", params={"token": TOKEN, "checkpoint": "moe"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?checkpoint=moe")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    assert (await guarded.client.get("/api/v1/checkpoints")).status_code == 200  # the client kept the cookie


async def test_the_exchange_never_leads_elsewhere(guarded: Studio) -> None:
    url = httpx.URL(scheme="http", host="127.0.0.1", port=8000, raw_path=f"//evil.example/?token={TOKEN}".encode())
    answer = await guarded.client.get(url)
    assert answer.headers["location"] == "/evil.example/"


async def test_a_wrong_token_in_the_address_opens_nothing(guarded: Studio) -> None:
    answer = await guarded.client.get("/", params={"token": "wrong"})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("peer", "proxies", "forwarded", "is_secure"),
    [
        ("172.20.0.2", ("172.20.0.0/16",), "https", True),
        ("172.20.0.2", ("172.20.0.0/16",), "http", False),
        ("172.20.0.2", ("172.20.0.0/16",), None, False),
        ("172.21.0.2", ("172.20.0.0/16",), "https", False),
        ("127.0.0.1", (), "https", False),
    ],
)
async def test_the_cookie_is_for_tls_alone_where_a_trusted_proxy_says_that_it_speaks_it(
    settings: Settings, peer: str, proxies: tuple[str, ...], forwarded: str | None, is_secure: bool
) -> None:
    behind = settings.model_copy(update={"token": SecretStr(TOKEN), "trusted_proxies": proxies})
    async with running_studio(behind, peer=peer) as studio:
        headers = {} if forwarded is None else {"X-Forwarded-Proto": forwarded}
        answer = await studio.client.get("/", params={"token": TOKEN}, headers=headers)
    assert ("secure" in answer.headers["set-cookie"].lower().split("; ")) == is_secure


def paths_of(routes: Iterable[Any]) -> Iterator[str]:
    for route in routes:
        included = getattr(route, "original_router", None)
        yield from [route.path] if included is None else paths_of(included.routes)


async def test_every_route_answers_every_method_with_the_security_headers(studio: Studio) -> None:
    paths = set(paths_of(studio.app.routes))
    assert {"/", "/livez", "/api/v1/analyses/{analysis_id}", "/static/{content_hash}/{path:path}"} <= paths
    known = (await studio.upload()).json()["id"]
    for path in sorted(paths):
        address = re.sub(r"\{[^}]*\}", "x", path.replace("{analysis_id}", known))
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"):
            assert_carries_headers(await studio.client.request(method, address))


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/nowhere", {"Accept": "text/html"}),
        ("GET", "/livez", {"Host": "evil.example"}),
        ("DELETE", "/api/v1/analyses/0", {"Origin": "null"}),
        ("GET", "/", {"Authorization": "Bearer wrong"}),
        ("GET", f"/?token={TOKEN}", {}),
        ("POST", "/api/v1/analyses", {"Content-Length": "999999999"}),
    ],
    ids=["page", "host", "origin", "token", "redirect", "length"],
)
async def test_every_refusal_and_redirect_carries_the_security_headers(
    guarded: Studio, method: str, path: str, headers: dict[str, str]
) -> None:
    assert_carries_headers(await guarded.client.request(method, path, headers=headers))
