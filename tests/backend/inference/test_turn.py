"""Uploads, the lab and batches take turns in one way: a place, a share of the pixels, a deadline, and true times."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import anyio
import pytest

from backend.concurrency.budgets import ByteBudget
from backend.errors import Busy, DeadlineExceeded, UnsoundPrediction
from backend.inference.engine import Engine
from backend.inference.turn import Turns
from backend.telemetry.metrics import Metrics
from models.images import UnsupportedFormat
from tests.backend.fakes import FakeChildren, FakePredictor, png

pytestmark = pytest.mark.anyio
PIXELS_BYTES = 64 * 48 * 3


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    engine = Engine(queue_length=1, num_threads=1, metrics=Metrics())
    engine.start()
    yield engine
    await engine.close()


def turns_of(engine: Engine, budget: ByteBudget, **changes: Any) -> Turns:
    options: dict[str, Any] = {"decoder": FakeChildren(), "deadline_s": 5.0, "metrics": Metrics(), **changes}
    return Turns(engine=engine, pixels=budget, **options)


async def test_a_turn_gives_back_its_place_and_its_pixels_also_after_a_refusal(engine: Engine) -> None:
    budget = ByteBudget(PIXELS_BYTES)
    turns = turns_of(engine, budget)
    with turns.begin() as turn:
        await turn.decode(png())
        assert budget.held_bytes == PIXELS_BYTES
        with pytest.raises(Busy), turns.place():
            pass
        with pytest.raises(UnsupportedFormat):
            await turn.decode(b"no picture")
    assert budget.held_bytes == 0
    with turns.place():
        pass


async def test_pixels_beyond_the_budget_are_refused(engine: Engine) -> None:
    with turns_of(engine, ByteBudget(PIXELS_BYTES - 1)).begin() as turn, pytest.raises(Busy):
        await turn.decode(png())


async def test_a_picture_without_a_place_keeps_nobody_from_one(engine: Engine) -> None:
    turns = turns_of(engine, ByteBudget(PIXELS_BYTES))
    with turns.picture() as turn:
        await turn.decode(png())
        with turns.begin():
            pass


async def test_the_times_of_all_stages_are_told_and_the_whole_is_no_less_than_they(engine: Engine) -> None:
    with turns_of(engine, ByteBudget(PIXELS_BYTES)).begin() as turn:
        image = await turn.decode(png())
        times = (await turn.predict(FakePredictor("moe"), image)).timing_ms  # type: ignore[arg-type]
    assert list(times) == ["decode", "features", "head", "total"]
    assert times["total"] >= times["decode"]


async def test_what_takes_longer_than_the_deadline_is_given_up(engine: Engine) -> None:
    children = FakeChildren(decode_gate=anyio.Event())  # never set
    turns = turns_of(engine, ByteBudget(PIXELS_BYTES), decoder=children, deadline_s=0.0)
    with turns.begin() as turn, pytest.raises(DeadlineExceeded):
        async with turn.in_time():
            await turn.decode(png())


async def test_a_deadline_of_somebody_else_stays_theirs(engine: Engine) -> None:
    children = FakeChildren(decode_gate=anyio.Event())  # never set

    async def decode_within_theirs() -> None:
        with turns_of(engine, ByteBudget(PIXELS_BYTES), decoder=children).begin() as turn:
            async with turn.in_time(), asyncio.timeout(0):
                await turn.decode(png())

    with pytest.raises(TimeoutError):
        await decode_within_theirs()


async def test_a_number_that_is_not_finite_is_no_answer(engine: Engine) -> None:
    predictor = FakePredictor("moe")
    predictor.value = float("nan")
    with turns_of(engine, ByteBudget(PIXELS_BYTES)).begin() as turn, pytest.raises(UnsoundPrediction):
        await turn.predict(predictor, await turn.decode(png()))  # type: ignore[arg-type]
