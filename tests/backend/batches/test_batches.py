"""A batch is taken whole or not at all, scored once whatever happens, and in nobody's way."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from starlette.requests import ClientDisconnect

from backend.batches.store import BatchStore
from backend.concurrency import open_work
from backend.errors import DeadlineExceeded, NotReady, StorageFull
from backend.inference.engine import Engine
from backend.settings import Settings
from backend.uploads.intake import SentBody
from models.images import RGBImage, UnusableImage, decode
from tests.backend.fakes import Studio, png, pngs, running_studio, write_checkpoint, zip_of
from tests.waiting import HANG_S, eventually

pytestmark = pytest.mark.anyio
ADDRESS = "/api/v1/jobs"


def on_disk(settings: Settings) -> list[str]:
    root = settings.data_dir / "jobs"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


async def files_go(settings: Settings) -> None:
    """A job says that it is done as soon as that is durable, and its folder goes after that."""
    await eventually(lambda: on_disk(settings) == [])


async def items_of(studio: Studio, job: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await studio.client.get(job["links"]["items"], params={"sort": "position", "limit": 500})
    return list(answer.json()["items"])


def hold_back(studio: Studio) -> threading.Event:
    """Let the predictor finish nothing until the event is set."""
    studio.moe.gate = threading.Event()
    return studio.moe.gate


async def test_every_picture_gets_what_an_upload_of_it_gets_and_its_file_goes(
    studio: Studio, settings: Settings
) -> None:
    job = await studio.job_after(await studio.send_batch({**pngs(3), "note.txt": b"hello"}))
    scores = [(await studio.upload(data)).json()["score"] for data in pngs(3).values()]
    items = await items_of(studio, job)
    assert [item["score"] for item in items] == [*scores, None]
    assert (job["total"], job["finished"], job["scored"], job["refused"]) == (4, 4, 3, 1)
    assert job["mean_score"] == pytest.approx(sum(score["value"] for score in scores) / 3, abs=1e-3)
    assert items[3]["error"]["code"] == "unsupported-format"
    await files_go(settings)


async def test_pictures_of_an_archive_are_scored_in_its_order(studio: Studio, settings: Settings) -> None:
    sent = await studio.send_archive(zip_of({"b/": b"", "b/2.png": png(seed=2), "a/1.png": png(seed=1)}))
    job = await studio.job_after(sent)
    assert job["filename"] == "photos.zip"
    assert [item["filename"] for item in await items_of(studio, job)] == ["b/2.png", "a/1.png"]
    await files_go(settings)


async def test_jobs_and_their_items_have_their_turn_in_order(studio: Studio) -> None:
    gate = hold_back(studio)
    first, second = await studio.send_batch(pngs(4)), await studio.send_batch(pngs(2))
    gate.set()
    done = await studio.job_after(second)
    before = await studio.job_after(first)
    assert before["finished_at"] <= done["started_at"]
    assert [item["sequence"] for item in await items_of(studio, before)] == [1, 2, 3, 4]


class Turnstile(threading.Event):
    """A predictor's gate that lets some through and no more."""

    def __init__(self) -> None:
        super().__init__()
        self._places = threading.Semaphore(0)

    def let(self, count: int) -> None:
        self._places.release(count)

    def wait(self, timeout: float | None = None) -> bool:
        return self._places.acquire(timeout=timeout)


async def test_a_job_that_the_service_stopped_in_goes_on_where_it_was(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    turnstile, close = Turnstile(), Engine.close

    async def let_and_close(engine: Engine) -> None:
        turnstile.let(9)
        await close(engine)

    monkeypatch.setattr(Engine, "close", let_and_close)
    async with running_studio(settings) as studio:
        studio.moe.gate = turnstile
        sent = await studio.send_batch(pngs(6))
        turnstile.let(2)
        await eventually(lambda: studio.moe.calls == 3)  # the third is at work, and has no result when it ends
    assert sorted(path.split("/")[-1] for path in on_disk(settings) if "/" in path) == ["2", "3", "4", "5"]
    async with running_studio(settings) as again:
        job = await again.job_after(sent)
        items = await items_of(again, job)
        assert again.moe.calls == 4
        await files_go(settings)
    assert [item["sequence"] for item in items] == [1, 2, 3, 4, 5, 6]
    assert [item["state"] for item in items] == ["scored"] * 6


async def test_only_what_has_no_result_is_scored_again(settings: Settings) -> None:
    async with running_studio(settings) as studio:
        studio.children.decode_gate = anyio.Event()
        sent = await studio.send_batch(pngs(3))
        store = BatchStore(studio.services.database)
        job_id = sent.json()["id"]
        await studio.job_after(sent, states=("running",))
        result = studio.moe.predict(decode(png(seed=0)))
        assert await store.record(job_id, 0, result) is not None
        assert await store.record(job_id, 0, result) is None  # a second result for it is nobody's
    async with running_studio(settings) as again:
        job = await again.job_after(sent)
        assert (again.moe.calls, job["scored"]) == (2, 3)


async def test_starting_removes_what_a_killed_process_left(settings: Settings) -> None:
    for name in ("a" * 32 + ".tmp", "b" * 32):
        (settings.data_dir / "jobs" / name).mkdir(parents=True)
        (settings.data_dir / "jobs" / name / "0").write_bytes(b"half")
    async with running_studio(settings) as studio:
        assert on_disk(settings) == []
        assert (await studio.client.get(ADDRESS)).json()["total"] == 0


async def test_a_picture_whose_file_is_gone_is_refused_and_the_rest_scored(settings: Settings) -> None:
    async with running_studio(settings) as studio:
        studio.children.decode_gate = anyio.Event()
        sent = await studio.send_batch(pngs(4))
    (settings.data_dir / "jobs" / sent.json()["id"] / "2").unlink()
    async with running_studio(settings) as again:
        items = await items_of(again, await again.job_after(sent))
    assert [item["error"] and item["error"]["code"] for item in items] == [None, None, "input-lost", None]


async def test_an_upload_waits_for_one_item_at_most(studio: Studio) -> None:
    gate = hold_back(studio)
    sent = await studio.send_batch(pngs(8))
    await eventually(lambda: studio.moe.calls == 1)
    order: list[float] = []
    predict = studio.moe.predict

    def noting(image: RGBImage) -> Any:
        order.append(float(image.pixels_HWC.mean()))
        return predict(image)

    studio.moe.predict = noting  # type: ignore[method-assign]
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(studio.upload, png(seed=99))
        await eventually(lambda: "ceniqa_queue_depth 2.0" in studio.services.metrics.exposition().decode())
        gate.set()
    upload_mean = float(decode(png(seed=99)).pixels_HWC.mean())
    assert order.index(upload_mean) == 0  # the item at work was first, and no other came in between
    await studio.job_after(sent)


async def test_a_full_queue_makes_the_batch_wait_and_no_upload(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = hold_back(studio)
    async with anyio.create_task_group() as tasks:
        for seed in range(4):  # the queue's length
            tasks.start_soon(studio.upload, png(seed=seed))
        await eventually(lambda: "ceniqa_queue_depth 4.0" in studio.services.metrics.exposition().decode())
        sent = await studio.send_batch(pngs(1))
        await studio.job_after(sent, states=("running",))
        gate.set()
    job = await studio.job_after(sent)
    assert job["scored"] == 1


@pytest.mark.parametrize(
    ("failures", "code"),
    [
        ([UnusableImage("truncated", "got half")], "truncated"),
        ([UnusableImage("decode-crashed", "got a crash")], None),
        ([UnusableImage("decode-crashed", "got a crash")] * 2, "decode-crashed"),
        ([DeadlineExceeded("got nothing")], None),
        ([DeadlineExceeded("got nothing")] * 2, "deadline-exceeded"),
        ([NotReady("got no child", retry_after_s=0)] * 5, None),
        ([ZeroDivisionError("/secret/path")], "internal-error"),
    ],
)
async def test_what_may_be_no_fault_of_the_picture_is_tried_again(
    studio: Studio, failures: list[Exception], code: str | None
) -> None:
    left = list(failures)

    async def decode_or_fail(data: bytes) -> RGBImage:
        if left:
            raise left.pop()
        return decode(data)

    studio.children.decode = decode_or_fail  # type: ignore[method-assign]
    job = await studio.job_after(await studio.send_batch(pngs(1)))
    (item,) = await items_of(studio, job)
    assert (item["error"] and item["error"]["code"]) == code
    assert "secret" not in str(item)


async def test_a_number_that_is_not_finite_is_refused_and_never_sent(studio: Studio) -> None:
    studio.moe.value = float("nan")
    job = await studio.job_after(await studio.send_batch(pngs(2)))
    assert [item["error"]["code"] for item in await items_of(studio, job)] == ["unsound-prediction"] * 2
    assert job["mean_score"] is None


async def test_a_checkpoint_that_is_gone_refuses_what_it_had_to_score(settings: Settings) -> None:
    write_checkpoint(settings.checkpoints_dir, "passing")
    async with running_studio(settings) as studio:
        studio.children.decode_gate = anyio.Event()
        sent = await studio.send_batch(pngs(1), checkpoint="passing")
    for path in (settings.checkpoints_dir / "passing").iterdir():
        path.unlink()
    async with running_studio(settings) as again:
        (item,) = await items_of(again, await again.job_after(sent))
    assert item["error"]["code"] == "unknown-checkpoint"


async def test_cancelling_stops_at_once_and_keeps_what_is_scored(studio: Studio, settings: Settings) -> None:
    sent = await studio.send_batch(pngs(1))
    await studio.job_after(sent)
    gate = hold_back(studio)
    first, second = await studio.send_batch(pngs(5)), await studio.send_batch(pngs(1))
    await eventually(lambda: studio.moe.calls == 2)
    answer = await studio.client.post(f"{first.headers['location']}/cancel")
    assert (answer.status_code, answer.json()["state"], answer.json()["finished"]) == (200, "cancelled", 0)
    assert answer.json()["finished_at"] is not None
    assert [name for name in on_disk(settings) if name.startswith(first.json()["id"])] == []
    gate.set()
    assert (await studio.job_after(second))["scored"] == 1
    again = await studio.client.post(f"{first.headers['location']}/cancel")
    assert again.json() == answer.json()
    done = await studio.client.post(f"{sent.headers['location']}/cancel")
    assert (done.status_code, done.json()["state"], done.json()["scored"]) == (200, "done", 1)


async def test_deleting_a_job_at_work_leaves_nothing_of_it(studio: Studio, settings: Settings) -> None:
    gate = hold_back(studio)
    sent = await studio.send_batch(pngs(5))
    await eventually(lambda: studio.moe.calls == 1)
    assert (await studio.client.delete(sent.headers["location"])).status_code == 204
    gate.set()
    assert (await studio.client.get(sent.headers["location"])).json()["code"] == "unknown-job"
    assert (await studio.client.delete(sent.headers["location"])).status_code == 404
    assert on_disk(settings) == []
    assert (await studio.job_after(await studio.send_batch(pngs(1))))["scored"] == 1


async def test_finished_jobs_are_forgotten_when_their_time_is_over(studio: Studio) -> None:
    await studio.job_after(await studio.send_batch(pngs(1)))
    gate = hold_back(studio)
    waiting = await studio.send_batch(pngs(1))
    assert await studio.services.batches.expire(finished_before=datetime.now(UTC) - timedelta(days=1)) == 0
    assert await studio.services.batches.expire(finished_before=datetime.now(UTC)) == 1
    gate.set()
    assert (await studio.job_after(waiting))["scored"] == 1


async def body_of(pieces: list[bytes], *, then: Exception | None = None) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    if then is not None:
        raise then


HEAD = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
FORM = "multipart/form-data; boundary=x"


async def test_a_client_that_leaves_while_its_batch_arrives_leaves_nothing(studio: Studio, settings: Settings) -> None:
    body = SentBody(FORM, 0, body_of([HEAD, bytes(300_000)], then=ClientDisconnect()))
    with pytest.raises(ClientDisconnect):
        await studio.services.batches.accept(body)
    assert on_disk(settings) == []
    assert "ceniqa_jobs_open 0.0" in studio.services.metrics.exposition().decode()


async def test_bytes_of_all_batches_are_counted_and_given_back(settings: Settings) -> None:
    small = settings.model_copy(update={"max_jobs_bytes": 30_000})  # a picture of the tests takes 9 KB
    async with running_studio(small) as studio:
        studio.children.decode_gate = anyio.Event()
        sent = await studio.send_batch(pngs(2))
        unannounced = await studio.client.post(
            ADDRESS, content=body_of([HEAD, bytes(30_000), b"\r\n--x--\r\n"]), headers={"Content-Type": FORM}
        )
        zipped = await studio.send_archive(zip_of({"flat.png": bytes(40_000)}))
        for answer in (await studio.send_batch(pngs(2)), unannounced, zipped):
            assert (answer.status_code, answer.json()["code"]) == (503, "busy")
            assert int(answer.headers["retry-after"]) >= 1
        assert len([name for name in on_disk(settings) if "/" not in name]) == 1
    async with running_studio(small) as again:  # counts what was left
        assert (await again.send_batch(pngs(3))).json()["code"] == "busy"
        await again.job_after(sent)
        await eventually(lambda: "ceniqa_jobs_open 0.0" in again.services.metrics.exposition().decode())
        assert (await again.send_batch(pngs(2))).status_code == 202


async def test_no_more_batches_wait_than_may(settings: Settings) -> None:
    async with running_studio(settings.model_copy(update={"max_open_jobs": 1})) as studio:
        gate = hold_back(studio)
        sent = await studio.send_batch(pngs(1))
        assert (await studio.send_batch(pngs(1))).json()["code"] == "busy"
        gate.set()
        await studio.job_after(sent)
        await eventually(lambda: "ceniqa_jobs_open 0.0" in studio.services.metrics.exposition().decode())
        assert (await studio.send_batch(pngs(1))).status_code == 202


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(errno.ENOSPC, "storage-full", id="full"),
        pytest.param(errno.EIO, "storage-failed", id="broken"),
    ],
)
@pytest.mark.parametrize("step", ["write", "sync", "rename"])
async def test_a_full_or_broken_disk_refuses_the_batch_in_its_own_words_and_keeps_nothing(
    studio: Studio, settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str, number: int, code: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number), "/data/secret")

    with monkeypatch.context() as patches:
        match step:
            case "write":
                patches.setattr("backend.uploads.forms.FormSpool.write", fail)
            case "sync":
                patches.setattr(os, "fsync", fail)
            case "rename":
                patches.setattr(Path, "rename", fail)
        answer = await studio.send_batch(pngs(2))
    assert_refused_and_forgotten(answer, settings, code)
    assert (await studio.job_after(await studio.send_batch(pngs(2))))["scored"] == 2
    assert f'ceniqa_storage_faults_total{{code="{code}"}} 1.0' in studio.services.metrics.exposition().decode()


async def test_a_full_database_refuses_the_batch_and_keeps_nothing(
    studio: Studio, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patches:
        patches.setattr(BatchStore, "_add", full)
        answer = await studio.send_batch(pngs(2))
    assert_refused_and_forgotten(answer, settings, "storage-full")
    assert (await studio.job_after(await studio.send_batch(pngs(2))))["scored"] == 2


def assert_refused_and_forgotten(answer: httpx.Response, settings: Settings, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, code)
    assert "secret" not in answer.text
    assert int(answer.headers["retry-after"]) >= 1
    assert on_disk(settings) == []


async def test_a_disk_that_is_full_for_a_while_only_delays_a_running_job(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_work, "_RETRY_S", 0.01)
    record = BatchStore.record
    left = [StorageFull("the disk is full")] * 3

    async def record_or_fail(store: BatchStore, *arguments: Any) -> Any:
        if left:
            raise left.pop()
        return await record(store, *arguments)

    monkeypatch.setattr(BatchStore, "record", record_or_fail)
    job = await studio.job_after(await studio.send_batch(pngs(3)))
    assert (job["scored"], left) == (3, [])


async def test_what_is_left_is_estimated_while_a_job_runs_and_only_then(studio: Studio) -> None:
    studio.moe.gate = turnstile = Turnstile()
    sent = await studio.send_batch(pngs(3))
    job = await studio.job_after(sent, states=("running",))
    assert job["seconds_left"] is None
    turnstile.let(1)
    with anyio.fail_after(HANG_S):
        while (job := await studio.job_after(sent, states=("running",)))["seconds_left"] is None:  # noqa: ASYNC110
            await anyio.sleep(0.01)
    assert (job["state"], job["seconds_left"] >= 0) == ("running", True)
    turnstile.let(2)
    assert (await studio.job_after(sent))["seconds_left"] is None


async def test_the_numbers_are_in_the_metrics(studio: Studio) -> None:
    await studio.job_after(await studio.send_batch({**pngs(2), "a.txt": b"hello"}))
    await eventually(lambda: "ceniqa_jobs_open 0.0" in studio.services.metrics.exposition().decode())
    text = (await studio.client.get("/metrics")).text
    assert 'ceniqa_job_items_total{state="scored"} 2.0' in text
    assert 'ceniqa_job_items_total{state="refused"} 1.0' in text


async def test_the_body_is_not_read_where_nothing_could_be_scored(settings: Settings) -> None:
    for folder in settings.checkpoints_dir.iterdir():
        write_checkpoint(settings.checkpoints_dir, folder.name, broken="bits")
    async with running_studio(settings) as studio:
        answer = await studio.send_batch(pngs(1))
    assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
    assert on_disk(settings) == []
