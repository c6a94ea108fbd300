"""No upload is read that will not be scored, and none makes the service hold more bytes than it may."""

from __future__ import annotations

import errno
import threading
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile
from typing import Any

import anyio
import httpx
import pytest

from backend.settings import Settings
from models.images import RGBImage
from tests.backend.fakes import Studio, png, running_studio
from tests.images.encoding import encode
from tests.images.pictures import picture
from tests.waiting import eventually

pytestmark = pytest.mark.anyio
ADDRESS = "/api/v1/analyses"
PNG_PIXELS_BYTES = 64 * 48 * 3
FORM = {"Content-Type": "multipart/form-data; boundary=x"}


def with_room_for(settings: Settings, **changes: Any) -> Settings:
    # Less than an operator may set, so that tests need no large pictures.
    return settings.model_copy(update=changes)


def form_of(data: bytes) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    return head + data + b"\r\n--x--\r\n"


class Body:
    """A body that comes in pieces and knows how many were asked for."""

    def __init__(self, data: bytes, *, piece_bytes: int = 10_000) -> None:
        self._data = data
        self._piece_bytes = piece_bytes
        self.pieces_read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._data), self._piece_bytes):
            self.pieces_read += 1
            yield self._data[start : start + self._piece_bytes]


def assert_come_back_later(answer: httpx.Response, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) >= 1


async def test_without_a_free_place_the_body_is_not_read(settings: Settings) -> None:
    async with running_studio(settings.model_copy(update={"queue_length": 1})) as studio:
        studio.moe.gate = threading.Event()
        body = Body(form_of(png()))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(studio.upload)
            await eventually(lambda: studio.moe.calls == 1)
            answer = await studio.client.post(ADDRESS, content=body, headers=FORM)
            studio.moe.gate.set()
    assert_come_back_later(answer, "busy")
    assert body.pieces_read <= 1  # the test's transport asks for the first itself


async def test_a_body_that_announces_more_than_fits_is_not_read(settings: Settings) -> None:
    async with running_studio(with_room_for(settings, max_bodies_bytes=50_000)) as studio:
        body = Body(form_of(bytes(60_000)))
        announced = {**FORM, "Content-Length": str(60_000)}
        assert_come_back_later(await studio.client.post(ADDRESS, content=body, headers=announced), "busy")
        assert body.pieces_read <= 1
        assert (await studio.upload()).status_code == 201


async def test_a_body_that_announces_nothing_is_stopped_where_it_no_longer_fits(settings: Settings) -> None:
    async with running_studio(with_room_for(settings, max_bodies_bytes=50_000, max_upload_bytes=50_000)) as studio:
        body = Body(form_of(bytes(100_000)))
        assert_come_back_later(await studio.client.post(ADDRESS, content=body, headers=FORM), "busy")
        assert body.pieces_read < 8
        assert studio.services.bodies.held_bytes == 0
        assert (await studio.upload()).status_code == 201


async def test_pictures_small_in_bytes_and_large_in_pixels_are_bounded(settings: Settings) -> None:
    large = encode(picture().resize((800, 600)), "JPEG", quality=30)  # 1.4 MB of pixels
    async with running_studio(with_room_for(settings, max_pixels_bytes=2_000_000)) as studio:
        studio.moe.gate = threading.Event()
        answers: list[httpx.Response] = []

        async def upload() -> None:
            answers.append(await studio.upload(large))

        async with anyio.create_task_group() as crowd:
            for _ in range(3):
                crowd.start_soon(upload)
            await eventually(lambda: len(answers) == 2)
            studio.moe.gate.set()
        assert [answer.status_code for answer in answers] == [503, 503, 201]
        assert_come_back_later(answers[0], "busy")
        assert (await studio.upload(large)).status_code == 201  # what was held is free again


async def test_a_flood_waits_for_the_disk_with_its_pixels_counted(settings: Settings) -> None:
    async with running_studio(
        with_room_for(settings, max_pixels_bytes=3 * PNG_PIXELS_BYTES, max_pending_bytes=1)
    ) as studio:
        studio.children.keep_gate = anyio.Event()
        answers: list[httpx.Response] = []

        async def upload() -> None:
            answers.append(await studio.upload())

        async with anyio.create_task_group() as crowd:
            for _ in range(4):
                crowd.start_soon(upload)
            await eventually(lambda: len(answers) == 1)
            studio.children.keep_gate.set()
        assert [answer.status_code for answer in answers] == [503, 201, 201, 201]


async def test_a_full_temporary_disk_is_the_services_fault(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: SpooledTemporaryFile[bytes]) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/secret")

    with monkeypatch.context() as patches:
        patches.setattr(SpooledTemporaryFile, "rollover", full)
        answer = await studio.upload(bytes(2_000_000))
    assert_come_back_later(answer, "storage-full")
    assert "secret" not in answer.text
    assert studio.services.bodies.held_bytes == 0


async def test_one_deadline_covers_waiting_for_a_decode_child(settings: Settings) -> None:
    async with running_studio(settings.model_copy(update={"deadline_s": 0.1})) as studio:
        studio.children.decode_gate = anyio.Event()  # never set
        answer = await studio.upload()
    assert (answer.status_code, answer.json()["code"]) == (504, "deadline-exceeded")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_one_deadline_covers_decoding_and_scoring_and_the_next_is_scored(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_studio(settings) as studio:
        studio.moe.gate = threading.Event()
        with monkeypatch.context() as patch:
            patch.setattr(studio.services.analyses._turns, "_deadline_s", 0.2)
            assert (await studio.upload()).status_code == 504
        studio.moe.gate.set()
        assert (await studio.upload()).status_code == 201


async def test_a_timeout_of_a_part_is_not_taken_for_the_deadline(studio: Studio) -> None:
    async def hang_up(_data: bytes) -> RGBImage:
        raise TimeoutError

    studio.children.decode = hang_up  # type: ignore[method-assign]
    assert (await studio.upload()).status_code == 500
