"""One piece of work at a time beside the event loop, and few waiting."""

from __future__ import annotations

import asyncio
import threading

import pytest

from backend.concurrency.worker import Worker
from backend.errors import Busy
from tests.waiting import HANG_S, eventually

pytestmark = pytest.mark.anyio


async def test_work_is_done_beside_the_event_loop() -> None:
    assert await Worker().run(threading.get_ident) != threading.get_ident()


async def test_one_at_a_time_few_waiting_and_the_rest_refused_at_once() -> None:
    worker, gate = Worker(max_waiting=2), threading.Event()
    running: list[int] = []
    most: list[int] = []

    def work(number: int) -> int:
        running.append(number)
        most.append(len(running))
        gate.wait(HANG_S)
        running.remove(number)
        return number

    accepted = [asyncio.create_task(worker.run(work, number)) for number in range(3)]
    await eventually(lambda: running == [0])
    with pytest.raises(Busy):
        await worker.run(work, 3)
    gate.set()
    assert await asyncio.gather(*accepted) == [0, 1, 2]
    assert max(most) == 1
    assert await worker.run(work, 4) == 4


async def test_the_next_one_waits_for_work_that_nobody_waits_for_any_more() -> None:
    worker, gate = Worker(), threading.Event()
    running: list[int] = []
    most: list[int] = []

    def work(number: int) -> int:
        running.append(number)
        most.append(len(running))
        gate.wait(HANG_S)
        running.remove(number)
        return number

    left = asyncio.create_task(worker.run(work, 0))
    await eventually(lambda: running == [0])
    next_one = asyncio.create_task(worker.run(work, 1))
    never_begun = asyncio.create_task(worker.run(work, 2))
    await asyncio.sleep(0)
    left.cancel()
    never_begun.cancel()
    await asyncio.sleep(0.05)
    assert running == [0]
    gate.set()
    assert await next_one == 1
    assert max(most) == 1
    assert await worker.run(work, 3) == 3
