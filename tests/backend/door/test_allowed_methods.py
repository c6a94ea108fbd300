"""HEAD is GET without its body, at every address; a refused method is told which ones there are."""

from __future__ import annotations

import pytest

from tests.backend.fakes import Studio

pytestmark = pytest.mark.anyio

OWN = ("date", "x-request-id")
"""Headers that differ between two requests."""


@pytest.mark.parametrize(
    "path",
    ["/map", "/livez", "/metrics", "/v2", "/api/v1/checkpoints", "/api/v1/openapi.json", "/api/v1/nowhere", "/nowhere"],
)
async def test_head_has_the_status_and_headers_of_get_and_no_body(studio: Studio, path: str) -> None:
    await studio.client.get(path)  # the first answer of /metrics counts no request before it
    for accept in ("*/*", "text/html"):
        get, head = [
            await studio.client.request(method, path, headers={"Accept": accept}) for method in ("GET", "HEAD")
        ]
        expected, got = dict(get.headers), dict(head.headers)
        for name in (*OWN, *(["content-length"] if path == "/metrics" else [])):
            expected.pop(name, None)
            got.pop(name, None)
        assert (head.status_code, got, head.content) == (get.status_code, expected, b"")


async def test_head_of_a_picture_says_how_long_it_is(studio: Studio) -> None:
    links = (await studio.upload()).json()["links"]
    for address in (links["self"], links["picture"], links["thumbnail"]):
        get, head = await studio.client.get(address), await studio.client.head(address)
        assert (head.headers["content-length"], head.content) == (str(len(get.content)), b"")
        assert head.headers["content-type"] == get.headers["content-type"]


async def test_head_counts_as_head_under_its_route(studio: Studio) -> None:
    await studio.client.head("/api/v1/checkpoints")
    metrics = (await studio.client.get("/metrics")).text
    assert 'ceniqa_http_requests_total{method="HEAD",route="/api/v1/checkpoints",status="200"} 1.0' in metrics


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/v1/analyses", "GET, POST, HEAD"),
        ("OPTIONS", "/api/v1/analyses/none", "GET, DELETE, HEAD"),
        ("HEAD", "/v2/models/moe/infer", "POST"),
        ("POST", "/api/v1/openapi.json", "GET, HEAD"),
    ],
)
async def test_a_refused_method_is_told_which_there_are(studio: Studio, method: str, path: str, allowed: str) -> None:
    answer = await studio.client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


async def test_a_range_of_a_file_is_the_whole_file(studio: Studio) -> None:
    links = (await studio.upload()).json()["links"]
    whole = await studio.client.get(links["picture"])
    for asked in ("bytes=0-9", "bytes=999999999-", "nonsense"):
        part = await studio.client.get(links["picture"], headers={"Range": asked})
        assert (part.status_code, part.content) == (200, whole.content)
