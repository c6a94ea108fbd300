"""The decode children answer, hold their limits, are replaced when they die, and never load torch."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import numpy as np
import pytest
from pebble import ProcessFuture
from PIL import Image

from backend.children import pool as pool_module
from backend.children.kept import KeptPicture, Original
from backend.children.pool import DecodePool, TaskLimits
from backend.errors import DeadlineExceeded
from models.distortions.operations import step_at, step_image
from models.images import ImageError, ImageTooLarge, RGBImage, UnusableImage, decode, from_array
from tests.images.corpus import CORPUS, sample
from tests.images.encoding import encode
from tests.images.pictures import natural_picture, picture
from tests.waiting import HANG_S, eventually, wait_until

T = TypeVar("T")
FOR_EVER_S = 3600.0
PATIENT = TaskLimits(cpu_s=5, wall_s=10 * HANG_S)
PNG = encode(picture(), "PNG")


@asynccontextmanager
async def running(pool: DecodePool) -> AsyncIterator[DecodePool]:
    pool.start()
    try:
        yield pool
    finally:
        pool.close()


def with_pool(use: Callable[[DecodePool], Coroutine[Any, Any, T]], *, children: int = 1, **options: Any) -> T:
    async def main() -> T:
        async with running(DecodePool(children=children, decode_limits=PATIENT, **options)) as pool:
            await pool.decode(PNG)
            return await use(pool)

    return asyncio.run(main())


def assert_is_the_picture(image: RGBImage) -> None:
    assert np.array_equal(image.pixels_HWC, natural_picture())


def _until_there(path: Path) -> None:
    wait_until(path.exists)


def _for_ever(begun: Path) -> None:
    begun.touch()
    time.sleep(FOR_EVER_S)


async def at_work(pool: DecodePool, folder: Path) -> asyncio.Task[None]:
    """A task that a child has begun and does not end."""
    work = asyncio.create_task(in_child(pool, partial(_for_ever, folder / "begun")))
    await eventually((folder / "begun").exists)
    return work


async def in_child(pool: DecodePool, function: Callable[[], T], limits: TaskLimits = PATIENT) -> T:
    return await pool._decoding.run(limits, function)


def loaded_modules() -> frozenset[str]:
    return frozenset(sys.modules)


def burn_cpu() -> None:
    while True:
        pass


def child_pids() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid}


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


class TestAnswers:
    def test_a_child_decodes_as_this_process_does(self) -> None:
        async def use(pool: DecodePool) -> None:
            image = await pool.decode(PNG)
            assert_is_the_picture(image)
            assert image.pixels_HWC.flags.writeable  # torch shares no read-only memory without a warning
            assert (image.format, image.notes) == ("PNG", ())

        with_pool(use)

    def test_refusals_arrive_whole(self) -> None:
        async def use(pool: DecodePool) -> None:
            with pytest.raises(ImageTooLarge) as refused:
                await pool.decode(sample("png-long-side").data)
            assert refused.value.code == "side-too-long"
            assert "16385 x 200" in str(refused.value)

        with_pool(use)

    def test_what_is_kept_has_the_same_pixels_and_may_be_larger_than_an_upload(self) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (400, 400, 3), dtype=np.uint8)
        upload = encode(Image.fromarray(noise), "BMP")

        async def use(pool: DecodePool) -> tuple[KeptPicture, RGBImage]:
            kept = await pool.keep(Original.of(upload, await pool.decode(upload)))
            return kept, await pool.decode_kept(kept.picture)

        kept, image = with_pool(use)
        assert np.array_equal(image.pixels_HWC, noise)
        assert decode(kept.thumbnail).width == 256

    def test_a_picture_being_kept_holds_up_no_decoding(self) -> None:
        async def use(pool: DecodePool) -> None:
            keeping = asyncio.create_task(pool._keeping.run(PATIENT, partial(time.sleep, FOR_EVER_S)))
            await anyio.wait_all_tasks_blocked()
            await pool.decode(PNG)
            assert not keeping.done()
            keeping.cancel()

        with_pool(use, children=1)

    def test_the_event_loop_goes_on_while_children_are_at_work(self, tmp_path: Path) -> None:
        async def use(pool: DecodePool) -> None:
            work = asyncio.gather(*(in_child(pool, partial(_until_there, tmp_path / name)) for name in "abcd"))
            for name in "abcd":  # a child is at work until the loop has come this far
                await asyncio.sleep(0)
                (tmp_path / name).touch()
            await work

        with_pool(use)

    def test_a_child_has_no_torch_and_no_web_framework(self) -> None:
        modules = with_pool(lambda pool: in_child(pool, loaded_modules))
        assert "models.images" in modules
        assert not modules & {"torch", "fastapi", "starlette", "onnxruntime"}

    def test_a_child_goes_first_where_memory_runs_out(self) -> None:
        own = Path("/proc/self/oom_score_adj")
        assert with_pool(lambda pool: in_child(pool, own.read_text)) == "1000\n"
        assert int(own.read_text()) < 1000


class TestLimits:
    def test_a_task_over_its_wall_time_is_nobodys_fault_and_the_next_one_works(self) -> None:
        async def use(pool: DecodePool) -> RGBImage:
            with pytest.raises(DeadlineExceeded, match="busy machine"):
                await in_child(pool, partial(time.sleep, FOR_EVER_S), TaskLimits(cpu_s=5, wall_s=0.3))
            return await pool.decode(PNG)

        assert_is_the_picture(with_pool(use))

    def test_a_task_over_its_cpu_time_is_a_refusal(self) -> None:
        async def use(pool: DecodePool) -> None:
            with pytest.raises(UnusableImage) as refused:
                await in_child(pool, burn_cpu, TaskLimits(cpu_s=1, wall_s=10 * HANG_S))
            assert refused.value.code == "decode-timeout"

        with_pool(use)

    def test_cpu_time_is_counted_for_each_task_anew(self) -> None:
        async def use(pool: DecodePool) -> None:
            for _ in range(3):  # 1.8 s together
                await in_child(pool, partial(_burn_for, 0.6), TaskLimits(cpu_s=1, wall_s=10 * HANG_S))

        with_pool(use)

    def test_a_task_over_its_memory_is_a_refusal_and_the_child_lives(self) -> None:
        async def use(pool: DecodePool) -> None:
            before = await in_child(pool, os.getpid)
            with pytest.raises(UnusableImage) as refused:
                await in_child(pool, partial(bytearray, 200_000_000))
            assert refused.value.code == "out-of-memory"
            assert await in_child(pool, os.getpid) == before

        with_pool(use, memory_bytes=100_000_000)

    def test_a_header_that_lies_costs_no_memory(self) -> None:
        lies = [sample for sample in CORPUS if sample.error is ImageTooLarge or "-hides-" in sample.name]

        async def use(pool: DecodePool) -> None:
            for lie in lies:
                with pytest.raises(ImageError) as refused:
                    await pool.decode(lie.data)
                assert refused.value.code == lie.code

        with_pool(use, memory_bytes=60_000_000)

    def test_a_picture_that_needs_too_much_memory_is_a_refusal(self) -> None:
        large = encode(picture().resize((4000, 3000)), "PNG", compress_level=1)

        async def use(pool: DecodePool) -> None:
            with pytest.raises(UnusableImage) as refused:
                await pool.decode(large)
            assert refused.value.code == "out-of-memory"

        with_pool(use, memory_bytes=40_000_000)


def _burn_for(cpu_s: float) -> None:
    end = time.process_time() + cpu_s
    while time.process_time() < end:
        pass


class TestOutput:
    def test_what_a_library_prints_of_a_picture_is_in_no_log(self, capfd: pytest.CaptureFixture[str]) -> None:
        with_pool(lambda pool: in_child(pool, partial(os.write, 2, b"TIFFReadDirectory: \x1b[2J")))
        assert "TIFFReadDirectory" not in capfd.readouterr().err


class TestClock:
    def test_a_wall_clock_that_jumps_ahead_ends_no_task(self, monkeypatch: Any) -> None:
        async def use(pool: DecodePool) -> None:
            true_time = time.time
            before = await in_child(pool, os.getpid)
            work = asyncio.create_task(in_child(pool, partial(time.sleep, 0.8)))
            await asyncio.sleep(0.3)
            monkeypatch.setattr(time, "time", lambda: true_time() + 100 * 365 * 86400)
            await work
            assert await in_child(pool, os.getpid) == before

        with_pool(use)


class TestDeath:
    def test_killed_at_work(self, tmp_path: Path) -> None:
        async def use(pool: DecodePool) -> RGBImage:
            pid = await in_child(pool, os.getpid)
            work = await at_work(pool, tmp_path)
            kill(pid)
            with pytest.raises(UnusableImage) as refused:
                await work
            assert refused.value.code == "decode-crashed"
            return await pool.decode(PNG)

        assert_is_the_picture(with_pool(use))

    @pytest.mark.parametrize("pause_s", [0, 0.5], ids=["unnoticed", "noticed"])
    def test_all_killed_while_idle(self, pause_s: float) -> None:
        async def use(pool: DecodePool) -> None:
            await asyncio.gather(pool.decode(PNG), pool.decode(PNG))
            before = child_pids()
            for pid in before:
                kill(pid)
            await asyncio.sleep(pause_s)
            for image in await asyncio.gather(*(pool.decode(PNG) for _ in range(4))):
                assert_is_the_picture(image)
            await pool.keep(Original.of(PNG, decode(PNG)))
            assert len(child_pids()) == 3  # two decode, one keeps
            assert not child_pids() & before

        with_pool(use, children=2)

    def test_killed_without_pebble_noticing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def use(pool: DecodePool) -> RGBImage:
            child, pid = pool._decoding._children[0], await in_child(pool, os.getpid)

            def schedule_too_late(limits: TaskLimits, function: Callable[[], Any]) -> ProcessFuture[Any]:
                monkeypatch.undo()
                kill(pid)
                return ProcessFuture()

            monkeypatch.setattr(child, "_schedule", schedule_too_late)
            return await pool.decode(PNG)

        assert_is_the_picture(with_pool(use))

    def test_closing_ends_children_at_work_and_at_rest(self, tmp_path: Path) -> None:
        with_pool(lambda pool: at_work(pool, tmp_path), children=2)
        assert not child_pids()


class TestCancellation:
    def test_a_caller_that_leaves_frees_its_child(self, tmp_path: Path) -> None:
        async def use(pool: DecodePool) -> None:
            work = await at_work(pool, tmp_path)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
            assert pool._decoding._idle.empty()  # the caller waits for nothing
            await pool._decoding._idle.get()

        with_pool(use)

    def test_a_task_about_to_end_is_not_worth_a_new_child(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pool_module, "_CANCEL_GRACE_S", 10 * HANG_S)

        async def use(pool: DecodePool) -> None:
            before = await in_child(pool, os.getpid)
            work = asyncio.create_task(in_child(pool, partial(_until_there, tmp_path / "end")))
            await anyio.wait_all_tasks_blocked()
            work.cancel()
            await anyio.wait_all_tasks_blocked()
            (tmp_path / "end").touch()
            assert await in_child(pool, os.getpid) == before

        with_pool(use)

    def test_a_caller_that_leaves_the_queue_costs_nothing(self, tmp_path: Path) -> None:
        async def use(pool: DecodePool) -> None:
            work = asyncio.create_task(in_child(pool, partial(_until_there, tmp_path / "end")))
            waiting = asyncio.create_task(pool.decode(PNG))
            await anyio.wait_all_tasks_blocked()
            waiting.cancel()
            (tmp_path / "end").touch()
            await work
            assert_is_the_picture(await pool.decode(PNG))

        with_pool(use)


class TestReadiness:
    def test_before_the_start_and_after_it(self) -> None:
        async def main() -> tuple[bool, bool]:
            pool = DecodePool(children=1)
            before = await pool.ready()
            async with running(pool):
                return before, await pool.ready()

        assert asyncio.run(main()) == (False, True)

    def test_busy_children_are_ready(self, tmp_path: Path) -> None:
        async def use(pool: DecodePool) -> bool:
            await at_work(pool, tmp_path)
            return await pool.ready()

        assert with_pool(use)

    def test_a_dead_child_is_replaced_by_asking(self) -> None:
        async def use(pool: DecodePool) -> bool:
            for pid in child_pids():
                kill(pid)
            return await pool.ready()

        assert with_pool(use)


class TestDistorting:
    def test_a_child_distorts_as_this_process_does_and_only_then_is_there(self) -> None:
        image = from_array(natural_picture())

        async def use(pool: DecodePool) -> None:
            before = child_pids()
            distorted = await pool.distort(image, step_at("white_noise", 3), name="seed")
            expected = step_image(image, step_at("white_noise", 3), name="seed")
            assert np.array_equal(distorted.image.pixels_HWC, expected.pixels_HWC)
            assert distorted.sha256 == hashlib.sha256(expected.pixels_HWC.tobytes()).hexdigest()
            assert not distorted.equals_original
            assert (await pool.distort(image, step_at("mean_shift", 3), name="seed")).equals_original
            assert len(child_pids() - before) == 1

        with_pool(use)

    def test_a_picture_too_large_to_distort_is_refused_and_the_child_goes_on(self, monkeypatch: Any) -> None:
        monkeypatch.setattr("backend.children.pool.DISTORT_MEMORY_BYTES", 80 * 2**20)
        large = from_array(np.zeros((2000, 2000, 3), np.uint8))

        async def use(pool: DecodePool) -> None:
            with pytest.raises(UnusableImage, match="memory"):
                await pool.distort(large, step_at("gaussian_blur", 3), name="seed")
            small = await pool.distort(from_array(natural_picture()), step_at("darken", 3), name="seed")
            assert small.image.pixels_HWC.shape == natural_picture().shape

        with_pool(use)
