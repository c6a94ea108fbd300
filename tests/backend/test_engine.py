"""One thread, a bounded door, and nobody's work done for a client that left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Generator
from typing import Any

import numpy as np
import pytest

from backend.engine import Engine
from backend.errors import Busy, NotReady
from backend.metrics import Metrics
from models.images import RGBImage
from tests.backend.fakes import FakePredictor, eventually

pytestmark = pytest.mark.anyio


def image(level: int = 100) -> RGBImage:
    return RGBImage(np.full((40, 40, 3), level, np.uint8), "PNG")


def new_engine(**changes: Any) -> Engine:
    options: dict[str, Any] = {"queue_length": 3, "max_batch_size": 4, "metrics": Metrics(), **changes}
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


async def test_all_inference_happens_in_one_thread_that_is_not_the_event_loops(engine: Engine) -> None:
    scorer = FakePredictor("moe")
    await asyncio.gather(*(engine.predict(scorer, image()) for _ in range(10)))
    assert len(scorer.threads) == 1
    assert scorer.threads != {threading.current_thread().name}


async def test_the_event_loop_runs_on_while_a_picture_is_scored(engine: Engine) -> None:
    scorer = FakePredictor("moe")
    scorer.gate = threading.Event()
    scoring = asyncio.create_task(engine.predict(scorer, image()))
    await eventually(lambda: scorer.calls == 1)
    assert not scoring.done()
    scorer.gate.set()
    await scoring


async def test_waiting_pictures_are_taken_in_batches_up_to_the_limit() -> None:
    metrics, scorer = Metrics(), FakePredictor("moe")
    engine = new_engine(max_batch_size=2, metrics=metrics)
    engine.start()
    await asyncio.gather(*(engine.predict(scorer, image()) for _ in range(5)))
    await engine.close()
    assert metrics.registry.get_sample_value("ceniqa_batch_size_count") == 3
    assert metrics.registry.get_sample_value("ceniqa_batch_size_sum") == 5


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
