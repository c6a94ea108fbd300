"""Hostile uploads through the app and its real decode children: each is refused, and nothing of it stays."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import time
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from backend.app import create_app
from backend.services import build_services
from backend.settings import Settings
from tests.backend.fakes import BASE_URL, FakeFolders, png
from tests.images.corpus import CORPUS, encode, picture, png_chunk

pytestmark = pytest.mark.anyio
ANSWERED_WITHIN_S = 10
GROWTH_BYTES = 100_000_000


def png_of_80_million_rows() -> bytes:
    """A PNG of 1 x 80,000,000 pixels with all its data."""
    deflate, rows = zlib.compressobj(1), bytes(2_000_000)
    data = b"".join(deflate.compress(rows) for _ in range(80)) + deflate.flush()
    size = (1).to_bytes(4, "big") + (80_000_000).to_bytes(4, "big")
    header, end = png_chunk(b"IHDR", size + bytes((8, 0, 0, 0, 0))), png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", data) + end


def truncated_jpeg_of_12_megapixels() -> bytes:
    data = encode(picture().resize((4000, 3000)), "JPEG", quality=90)
    return data[: len(data) // 2]


def of_corpus(name: str) -> Callable[[], bytes]:
    return lambda: next(sample.data for sample in CORPUS if sample.name == name)


HOSTILE = {
    "nothing": (of_corpus("empty"), 422),
    "text": (of_corpus("text-named-jpg"), 415),
    "80-million-rows": (png_of_80_million_rows, 413),
    "nan": (of_corpus("nan-tiff"), 422),
    "truncated": (truncated_jpeg_of_12_megapixels, 422),
}


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings, services=build_services(settings, load=FakeFolders()))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=BASE_URL, timeout=60) as client,
    ):
        yield client


async def upload(client: httpx.AsyncClient, data: bytes) -> httpx.Response:
    return await client.post("/api/v1/analyses", files={"file": ("photo.jpg", data, "image/jpeg")})


def tree_rss_bytes() -> int:
    """Resident memory of this process and its children."""
    gc.collect()
    pids = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * resource.getpagesize()


async def test_each_is_refused_in_time_and_nothing_of_it_stays(client: httpx.AsyncClient) -> None:
    files = {name: (make(), status) for name, (make, status) in HOSTILE.items()}
    assert (await upload(client, png())).status_code == 201
    before_bytes, children = tree_rss_bytes(), {child.pid for child in multiprocessing.active_children()}
    for _ in range(2):
        for name, (data, status) in files.items():
            start = time.perf_counter()
            answer = await upload(client, data)
            assert time.perf_counter() - start < ANSWERED_WITHIN_S, name
            assert (answer.status_code, answer.json()["status"]) == (status, status), name
            assert answer.headers["content-type"] == "application/problem+json"
    assert (await client.get("/livez")).status_code == 200
    assert (await upload(client, png(seed=1))).status_code == 201
    assert {child.pid for child in multiprocessing.active_children()} == children
    assert tree_rss_bytes() - before_bytes < GROWTH_BYTES
