"""Retention trusts no clock that jumped ahead, until it has been there for a day."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from backend.retention import SteadyClock
from backend.settings import Settings
from tests.backend.fakes import png, running_studio
from tests.waiting import eventually

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY, CENTURY = timedelta(days=1), timedelta(days=36525)
MINUTE = timedelta(minutes=1)


class Clocks:
    """A wall clock that can be set, and a clock that always goes on."""

    def __init__(self) -> None:
        self.wall, self.running = NOON, timedelta()

    def pass_by(self, time: timedelta) -> None:
        self.wall += time
        self.running += time


def steady(clocks: Clocks, *, at_most: datetime | None = None) -> SteadyClock:
    return SteadyClock(
        at_most=at_most, wall_s=lambda: clocks.wall.timestamp(), running_s=lambda: clocks.running.total_seconds()
    )


@pytest.mark.parametrize("jump", [DAY, CENTURY])
def test_a_jump_ahead_and_back_again_changes_nothing(jump: timedelta) -> None:
    clocks = Clocks()
    clock = steady(clocks)
    clocks.wall += jump
    clocks.pass_by(DAY - MINUTE)
    assert clock.now() == NOON + DAY - MINUTE
    clocks.wall -= jump
    clocks.pass_by(MINUTE)
    assert clock.now() == NOON + DAY


def test_a_jump_ahead_that_lasts_for_a_day_is_believed() -> None:
    clocks = Clocks()
    clock = steady(clocks)
    clocks.wall += CENTURY
    for _ in range(24):
        assert clock.now() < NOON + DAY
        clocks.pass_by(timedelta(hours=1))
    assert clock.now() == NOON + CENTURY + DAY


def test_every_jump_has_its_own_day() -> None:
    clocks = Clocks()
    clock = steady(clocks)
    clocks.wall += DAY
    clock.now()
    clocks.pass_by(DAY - MINUTE)
    clocks.wall += CENTURY
    assert clock.now() == NOON + DAY - MINUTE
    clocks.pass_by(2 * MINUTE)
    assert clock.now() == NOON + DAY + MINUTE


@pytest.mark.parametrize("jump", [DAY, CENTURY])
def test_a_jump_back_is_believed_at_once_for_it_deletes_nothing(jump: timedelta) -> None:
    clocks = Clocks()
    clock = steady(clocks)
    clocks.wall -= jump
    assert clock.now() == NOON - jump


def test_a_corrected_clock_is_followed() -> None:
    clocks = Clocks()
    clock = steady(clocks)
    clocks.wall += MINUTE
    assert clock.now() == NOON + MINUTE


def test_to_start_with_a_doubted_clock_waits_for_a_day_too() -> None:
    clocks = Clocks()
    clock = steady(clocks, at_most=NOON - CENTURY)
    assert clock.now() == NOON - CENTURY
    clocks.pass_by(DAY)
    assert clock.now() == NOON + DAY


@pytest.mark.anyio
async def test_a_clock_that_is_a_century_ahead_at_the_start_deletes_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_studio(settings) as studio:
        here = (await studio.upload()).json()["links"]["self"]

    true_time = time.time
    monkeypatch.setattr(time, "time", lambda: true_time() + CENTURY.total_seconds())
    often = settings.model_copy(update={"retention_interval_s": 0.01})
    looks = 0

    async with running_studio(often) as studio:
        expire = studio.services.analyses.expire

        async def counted(**wanted: object) -> int:
            nonlocal looks
            looks += 1
            return await expire(**wanted)  # type: ignore[arg-type]

        monkeypatch.setattr(studio.services.analyses, "expire", counted)
        await eventually(lambda: looks > 3)
        assert (await studio.client.get(here)).status_code == 200


@pytest.mark.anyio
async def test_beyond_the_room_the_oldest_go_with_their_files(
    settings: Settings,
) -> None:
    async with running_studio(settings) as studio:
        links = [(await studio.upload(png(seed=seed))).json()["links"] for seed in range(3)]
        sizes = [len((await studio.client.get(link["picture"])).content) for link in links]
    tight = settings.model_copy(update={"retention_max_bytes": 2 * max(sizes), "retention_interval_s": 0.01})
    async with running_studio(tight) as studio:
        await eventually(lambda: len(list((settings.data_dir / "pictures").rglob("*.picture"))) == 1)
        statuses = [(await studio.client.get(link["self"])).status_code for link in links]
        assert statuses == [404, 404, 200]
