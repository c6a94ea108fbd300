"""Results that are made once and kept while there is room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from backend.concurrency.shared_work import SharedWork
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


class Maker:
    """Makes texts, and notes which were begun and which were given up."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    def __call__(self, text: str) -> Callable[[], Coroutine[Any, Any, str]]:
        async def make() -> str:
            self.begun.append(text)
            try:
                await self.gate.wait()
            except asyncio.CancelledError:
                self.ended.append(text)
                raise
            return text

        return make


def shared(max_size: int = 4) -> SharedWork[str]:
    return SharedWork[str](max_size=max_size, size_of=len)


async def test_the_oldest_goes_first_and_a_question_renews() -> None:
    work, maker = shared(max_size=4), Maker()
    for text in ("aa", "bb", "aa", "cc", "aa", "bb"):
        assert await work.get(text, maker(text)) == text
    assert maker.begun == ["aa", "bb", "cc", "bb"]


async def test_what_is_larger_than_all_room_is_handed_on_and_not_kept() -> None:
    work, maker = shared(max_size=4), Maker()
    await work.get("aa", maker("aa"))
    assert await work.get("large", maker("large")) == "large"
    assert await work.get("aa", maker("aa")) == "aa"
    assert maker.begun == ["aa", "large"]


async def test_one_who_leaves_does_not_end_what_another_waits_for() -> None:
    work, maker = shared(), Maker()
    maker.gate.clear()
    leaving, staying = (asyncio.create_task(work.get("a", maker("a"))) for _ in range(2))
    await eventually(lambda: maker.begun == ["a"])
    leaving.cancel()
    await asyncio.sleep(0)
    maker.gate.set()
    assert await staying == "a"
    assert maker.ended == []


async def test_the_last_who_leaves_ends_the_work_and_the_next_begins_anew() -> None:
    work, maker = shared(), Maker()
    maker.gate.clear()
    leaving = asyncio.create_task(work.get("a", maker("a")))
    await eventually(lambda: maker.begun == ["a"])
    leaving.cancel()
    await eventually(lambda: maker.ended == ["a"])
    maker.gate.set()
    assert await work.get("a", maker("a")) == "a"
    assert maker.begun == ["a", "a"]


async def test_a_failure_reaches_all_who_wait_and_is_not_kept() -> None:
    work, gate = shared(), asyncio.Event()
    failures = [ValueError("first")]

    async def make() -> str:
        await gate.wait()
        if failures:
            raise failures.pop()
        return "a"

    asking = [asyncio.create_task(work.get("a", make)) for _ in range(2)]
    await asyncio.sleep(0)
    gate.set()
    for task in asking:
        with pytest.raises(ValueError, match="first"):
            await task
    assert await work.get("a", make) == "a"
