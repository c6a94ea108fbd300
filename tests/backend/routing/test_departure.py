"""Work for a client that left ends soon, unless it must not be left half-done."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from starlette.requests import Request

from backend.errors import ClientLeft
from backend.routing.departure import unless_client_leaves
from tests.backend.fakes import Studio
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


def request_that_ends(gone: asyncio.Event) -> Request:
    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "headers": []}, receive)


async def test_a_patient_client_gets_the_result() -> None:
    async def work() -> int:
        return 7

    assert await unless_client_leaves(request_that_ends(asyncio.Event()), work()) == 7


async def test_a_fault_of_the_work_is_the_callers() -> None:
    async def work() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await unless_client_leaves(request_that_ends(asyncio.Event()), work())


async def test_the_work_is_cancelled_when_the_client_leaves() -> None:
    gone, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    asyncio.get_running_loop().call_later(0.01, gone.set)
    with pytest.raises(ClientLeft):
        await unless_client_leaves(request_that_ends(gone), work())
    assert ended.is_set()


async def test_a_client_that_leaves_frees_its_place_and_costs_no_inference(studio: Studio) -> None:
    studio.moe.gate = threading.Event()
    scored = asyncio.create_task(studio.upload())
    await eventually(lambda: studio.moe.calls == 1)  # before the others: uploads may overtake each other until here
    waiting = [asyncio.create_task(studio.upload()) for _ in range(3)]
    await eventually(lambda: "ceniqa_queue_depth 4.0" in studio.services.metrics.exposition().decode())
    assert (await studio.upload()).status_code == 503
    for upload in waiting:
        upload.cancel()
    await asyncio.wait(waiting)
    late = asyncio.create_task(studio.upload())
    await eventually(lambda: "ceniqa_queue_depth 2.0" in studio.services.metrics.exposition().decode())
    studio.moe.gate.set()
    assert (await late).status_code == 201
    assert (await scored).status_code == 201
    assert studio.moe.calls == 2
