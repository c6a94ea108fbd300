"""One thread a core, a bounded door, and nobody's work done for a client that left."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import weakref
from collections.abc import AsyncIterator, Generator
from typing import Any

import numpy as np
import pytest

from backend.errors import Busy, NotReady
from backend.inference.engine import Engine
from backend.telemetry.metrics import Metrics
from models.images import RGBImage
from tests.backend.fakes import FakePredictor
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


def image(level: int = 100) -> RGBImage:
    return RGBImage(np.full((40, 40, 3), level, np.uint8), "PNG")


def new_engine(**changes: Any) -> Engine:
    options: dict[str, Any] = {"queue_length": 3, "num_threads": 1, "metrics": Metrics(), **changes}
    return Engine(**options)


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    engine = new_engine()
    engine.start()
    yield engine
    await engine.close()


async def test_each_caller_gets_the_score_of_its_own_picture(engine: Engine) -> None:
    scorer = FakePredictor("moe")
    levels = [10, 200, 90, 30, 250, 0]
    predictions = await asyncio.gather(*(engine.predict(scorer, image(level)) for level in levels))
    assert [p.score.value for p in predictions] == [scorer.predict(image(level)).score.value for level in levels]


async def test_as_many_pictures_are_scored_at_once_as_there_are_threads() -> None:
    engine, scorer = new_engine(num_threads=2), FakePredictor("moe")
    engine.start()
    scorer.gate = threading.Event()
    scoring = [asyncio.create_task(engine.predict(scorer, image())) for _ in range(3)]
    await eventually(lambda: scorer.calls == 2)
    await asyncio.sleep(0.05)
    assert scorer.calls == 2
    scorer.gate.set()
    await asyncio.gather(*scoring)
    await engine.close()
    assert len(scorer.threads) == 2
    assert threading.current_thread().name not in scorer.threads


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
async def test_inference_yields_to_the_event_loop(engine: Engine) -> None:
    niceness = await engine.run(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
    assert niceness > os.getpriority(os.PRIO_PROCESS, 0)


async def test_the_event_loop_runs_on_while_a_picture_is_scored(engine: Engine) -> None:
    scorer = FakePredictor("moe")
    scorer.gate = threading.Event()
    scoring = asyncio.create_task(engine.predict(scorer, image()))
    await eventually(lambda: scorer.calls == 1)
    assert not scoring.done()
    scorer.gate.set()
    await scoring


async def test_a_caller_that_left_while_waiting_costs_no_inference(engine: Engine) -> None:
    scorer = FakePredictor("moe")
    scorer.gate = threading.Event()
    first = asyncio.create_task(engine.predict(scorer, image()))
    await eventually(lambda: scorer.calls == 1)
    leaver = asyncio.create_task(engine.predict(scorer, image()))
    stayer = asyncio.create_task(engine.predict(scorer, image()))
    await asyncio.sleep(0)
    leaver.cancel()
    scorer.gate.set()
    await asyncio.gather(first, stayer)
    assert scorer.calls == 2


async def test_no_picture_is_held_for_a_caller_that_left(engine: Engine) -> None:
    scorer = FakePredictor("moe")
    scorer.gate = threading.Event()
    first = asyncio.create_task(engine.predict(scorer, image()))
    await eventually(lambda: scorer.calls == 1)
    picture = image()
    held = weakref.ref(picture)
    leaver = asyncio.create_task(engine.predict(scorer, picture))
    await asyncio.sleep(0)
    leaver.cancel()
    await asyncio.wait({leaver})
    del picture, leaver
    gc.collect()
    assert held() is None
    scorer.gate.set()
    await first


async def test_no_picture_is_held_when_it_is_scored(engine: Engine) -> None:
    picture = image()
    held = weakref.ref(picture)
    await engine.predict(FakePredictor("moe"), picture)
    del picture
    gc.collect()
    await eventually(lambda: held() is None)


async def test_others_get_their_turn_between_the_steps_of_long_work(engine: Engine) -> None:
    turns: list[str] = []

    def steps() -> Generator[None, None, str]:
        for _ in range(3):
            turns.append("step")
            yield
        return "done"

    result, _ = await asyncio.gather(engine.run_in_steps(steps()), engine.run(lambda: turns.append("upload")))
    assert result == "done"
    assert turns == ["step", "upload", "step", "step"]


async def test_the_door_refuses_one_too_many_and_opens_again(engine: Engine) -> None:
    with engine.admit(), engine.admit():
        with engine.admit(), pytest.raises(Busy) as refused, engine.admit():
            pass
        assert refused.value.retry_after_s >= 1
        with engine.admit():
            pass


async def test_a_place_is_free_again_after_a_failure(engine: Engine) -> None:
    for _ in range(10):
        with pytest.raises(ZeroDivisionError), engine.admit():
            raise ZeroDivisionError


async def test_a_predictors_fault_reaches_its_caller_and_only_that_one(engine: Engine) -> None:
    class Broken:
        def predict(self, image: RGBImage) -> Any:
            raise ZeroDivisionError(image.format)

    broken, sound = await asyncio.gather(
        engine.predict(Broken(), image()), engine.predict(FakePredictor("moe"), image()), return_exceptions=True
    )
    assert isinstance(broken, ZeroDivisionError)
    assert not isinstance(sound, BaseException)


async def test_closing_finishes_what_waits_and_takes_no_more() -> None:
    engine, scorer = new_engine(), FakePredictor("moe")
    engine.start()
    scorer.gate = threading.Event()
    accepted = [asyncio.create_task(engine.predict(scorer, image())) for _ in range(3)]
    await eventually(lambda: scorer.calls == 1)
    closing = asyncio.create_task(engine.close())
    await asyncio.sleep(0)
    with pytest.raises(NotReady):
        await engine.predict(scorer, image())
    scorer.gate.set()
    await closing
    assert all(task.done() and task.exception() is None for task in accepted)
    assert not engine.is_running
