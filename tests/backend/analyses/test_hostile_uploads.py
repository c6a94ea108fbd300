"""Every file of the corpus through the app and its real decode children: each gets its answer, and nothing stays."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import threading
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import anyio
import httpx
import numpy as np
import pytest

from backend.app import create_app
from backend.children.pool import DecodePool, TaskLimits
from backend.services import build_services
from backend.settings import Settings
from models.images import ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage
from tests.backend.fakes import BASE_URL, FakeFolders, png
from tests.images.corpus import CORPUS
from tests.images.encoding import encode, png_chunk, png_of
from tests.images.pictures import picture
from tests.images.sample import Sample
from tests.waiting import HANG_S, eventually

pytestmark = pytest.mark.anyio
PEAK_GROWTH_BYTES: Final = 1_200_000_000
MAX_KEPT_BYTES: Final = 1_000_000
"""For each file: what allocators keep of the largest, and no more with the next."""
SIDE_BY_SIDE: Final = 3
STATUS: Final[dict[type[ImageError] | None, int]] = {
    None: 201,
    ImageTooLarge: 413,
    UnsupportedFormat: 415,
    UnusableImage: 422,
}


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


def png_of_25_megapixels() -> bytes:
    """75 MB of pixels in 20 KB."""
    return png_of(np.ones((5000, 5000), np.uint8), 1, 0)


LARGE: Final = (
    Sample("80-million-rows", "1 x 80,000,000, all of them there", png_of_80_million_rows, ImageTooLarge),
    Sample("half-of-12-megapixels", "a large truncated JPEG", truncated_jpeg_of_12_megapixels, UnusableImage),
    Sample("25-megapixels", "5000 x 5000 in black and white", png_of_25_megapixels),
)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    patient = settings.model_copy(update={"deadline_s": 10 * HANG_S})
    decoder = DecodePool(children=settings.decode_children, decode_limits=TaskLimits(cpu_s=5, wall_s=10 * HANG_S))
    app = create_app(patient, services=build_services(patient, load=FakeFolders(), decoder=decoder))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=BASE_URL, timeout=HANG_S) as client,
    ):
        yield client


async def upload(client: httpx.AsyncClient, data: bytes) -> httpx.Response:
    return await client.post("/api/v1/analyses", files={"file": ("photo.jpg", data, "image/jpeg")})


def child_pids() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid}


def resident_bytes(pids: set[int]) -> int:
    pages = 0
    for pid in pids:
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return pages * resource.getpagesize()


def tree_rss_bytes() -> int:
    """Resident memory of this process and its children."""
    gc.collect()
    return resident_bytes({os.getpid(), *child_pids()})


@contextmanager
def watched_memory() -> Iterator[Callable[[], int]]:
    """The most resident memory that this process and its children had together so far, looked at 50 times a second."""
    peak_bytes, is_over = 0, threading.Event()

    def watch() -> None:
        nonlocal peak_bytes
        while not is_over.wait(0.02):
            peak_bytes = max(peak_bytes, resident_bytes({os.getpid(), *child_pids()}))

    watcher = threading.Thread(target=watch, name="memory")
    watcher.start()
    try:
        yield lambda: peak_bytes
    finally:
        is_over.set()
        watcher.join()


async def check_answer(client: httpx.AsyncClient, sample: Sample) -> None:
    answer = await upload(client, sample.data)
    status, content = STATUS[sample.error], answer.json()
    assert answer.status_code == status, (sample.name, content)
    if status == 201:
        return
    assert answer.headers["content-type"] == "application/problem+json"
    assert content["status"] == status
    assert content["code"] == (sample.code or content["code"]), sample.name
    assert not {"Traceback", "/", "nan"} & set(content["detail"].split()), sample.name


async def check_answers(client: httpx.AsyncClient, samples: Sequence[Sample]) -> None:
    turn = anyio.Semaphore(SIDE_BY_SIDE)

    async def check(sample: Sample) -> None:
        async with turn:
            await check_answer(client, sample)

    async with anyio.create_task_group() as tasks:
        for sample in samples:
            tasks.start_soon(check, sample)


async def test_each_gets_its_answer_and_nothing_of_it_stays(
    client: httpx.AsyncClient, record_property: Callable[[str, object], None]
) -> None:
    samples = (*LARGE, *CORPUS)
    assert all(isinstance(sample.data, bytes) for sample in samples)  # made now, so that they do not count
    assert (await upload(client, png())).status_code == 201
    idle_bytes, children = tree_rss_bytes(), child_pids()
    with watched_memory() as peak:
        await check_answers(client, samples)
    record_property("peak_growth_mb", (peak() - idle_bytes) // 10**6)
    assert peak() - idle_bytes < PEAK_GROWTH_BYTES
    await check_answers(client, CORPUS[:12])  # small ones, because each process keeps its latest task until the next
    limit_bytes = idle_bytes + MAX_KEPT_BYTES * len(samples)
    await eventually(lambda: tree_rss_bytes() < limit_bytes)  # what is answered may still be written
    assert (await client.get("/livez")).status_code == 200
    assert (await upload(client, png(seed=1))).status_code == 201
    assert child_pids() == children


async def test_children_that_are_killed_are_replaced(client: httpx.AsyncClient) -> None:
    assert (await upload(client, png())).status_code == 201
    children = child_pids()
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    answer = await upload(client, png(seed=1))
    assert answer.status_code == 201, answer.text
    assert not child_pids() & children
