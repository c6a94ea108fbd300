"""Who watches a job is told everything once, whenever they come, and keeps nobody from stopping."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest
import uvicorn

from backend.batches import events as job_events
from backend.door.server import DrainingServer
from backend.door.timed_protocol import BATCH_PORTION_BYTES, TimedHttpProtocol, timed_protocol
from tests.backend.batches.test_batches import Turnstile
from tests.backend.fakes import Studio, pngs
from tests.waiting import HANG_S, eventually

pytestmark = pytest.mark.anyio
Event = tuple[str, str | None, dict[str, Any]]


def events_in(text: str) -> list[Event]:
    events: list[Event] = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            events.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return events


async def watch(studio: Studio, job: dict[str, Any], **headers: str) -> list[Event]:
    """Everything that a stream says until it ends."""
    answer = await studio.client.get(job["links"]["events"], headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    return events_in(answer.text)


def sequences(events: list[Event]) -> list[int]:
    assert all(number == str(data["sequence"]) for name, number, data in events if name == "item")
    return [data["sequence"] for name, _, data in events if name == "item"]


async def test_a_watcher_is_told_of_the_start_of_every_item_and_of_the_end(studio: Studio) -> None:
    studio.moe.gate = turnstile = Turnstile()
    sent = await studio.send_batch({**pngs(5), "a.txt": b"no"})
    told: list[Event] = []

    async def follow() -> None:
        told.extend(await watch(studio, sent.json()))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(follow)
        await studio.job_after(sent, states=("running",))
        turnstile.let(9)
    assert sequences(told) == [1, 2, 3, 4, 5, 6]
    assert (told[0][0], told[0][2]["finished"]) == ("progress", 0)
    assert [name for name, _, _ in told].count("end") == 1
    assert (told[-1][0], told[-1][2]["state"], told[-1][2]["refused"]) == ("end", "done", 1)
    finished = [data["finished"] for name, _, data in told if name == "progress"]
    assert finished == sorted(set(finished))


@pytest.mark.parametrize("after", [0, 1, 3, 6, 99])
async def test_who_comes_back_is_told_what_it_missed_once(studio: Studio, after: int) -> None:
    job = await studio.job_after(await studio.send_batch(pngs(6)))
    told = await watch(studio, job, **{"Last-Event-ID": str(after)})
    assert sequences(told) == list(range(after + 1, 7))
    assert told[-1][0] == "end"
    asked = await studio.client.get(job["links"]["events"], params={"after": after})
    assert sequences(events_in(asked.text)) == sequences(told)


async def test_long_jobs_are_told_in_parts_without_gaps(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_events, "_ITEMS_AT_ONCE", 2)
    job = await studio.job_after(await studio.send_batch(pngs(6)))
    assert sequences(await watch(studio, job)) == [1, 2, 3, 4, 5, 6]


async def test_cancelling_and_deleting_end_the_streams(studio: Studio) -> None:
    studio.children.decode_gate = anyio.Event()
    cancelled, deleted = await studio.send_batch(pngs(2)), await studio.send_batch(pngs(2))
    told: dict[str, list[Event]] = {}

    async def follow(sent: httpx.Response) -> None:
        told[sent.json()["id"]] = await watch(studio, sent.json())

    with anyio.fail_after(HANG_S):
        async with anyio.create_task_group() as tasks:
            for sent in (cancelled, deleted):
                tasks.start_soon(follow, sent)
            await studio.job_after(cancelled, states=("running",))
            await studio.client.post(f"{cancelled.headers['location']}/cancel")
            await studio.client.delete(deleted.headers["location"])
    name, _, job = told[cancelled.json()["id"]][-1]
    assert (name, job["state"]) == ("end", "cancelled")


async def test_without_news_a_comment_says_that_the_stream_is_alive(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_events, "KEEP_ALIVE_S", 0.01)
    studio.children.decode_gate = anyio.Event()
    sent = await studio.send_batch(pngs(1))
    async with (
        served(studio) as (_, address),
        client_of(address) as client,
        client.stream("GET", sent.json()["links"]["events"]) as answer,
    ):
        lines = answer.aiter_lines()
        while await anext(lines) != ": waiting":
            continue
        studio.children.decode_gate.set()
        assert "event: end" in [line async for line in lines]


def client_of(address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, timeout=HANG_S)


@asynccontextmanager
async def served(studio: Studio, *, body_timeout_s: float = HANG_S) -> AsyncIterator[tuple[DrainingServer, str]]:
    """The studio over a real socket, and its address."""
    config = uvicorn.Config(
        studio.app,
        port=0,
        lifespan="off",  # it runs already
        http=timed_protocol(header_timeout_s=HANG_S, body_timeout_s=body_timeout_s),
        ws="none",
        log_config=None,
        timeout_graceful_shutdown=int(10 * HANG_S),
    )
    server = DrainingServer(config, before_drain=studio.services.stop_streams)
    serving = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    try:
        yield server, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def test_a_stream_ends_when_the_service_stops_and_says_no_end(studio: Studio) -> None:
    studio.children.decode_gate = anyio.Event()
    async with served(studio) as (server, address), client_of(address) as client:
        sent = await studio.send_batch(pngs(1))
        async with client.stream("GET", sent.json()["links"]["events"]) as answer:
            lines = answer.aiter_lines()
            assert await anext(lines) == "event: progress"
            server.should_exit = True
            rest = [line async for line in lines]
        assert "event: end" not in rest


async def test_a_watcher_that_left_is_forgotten(studio: Studio) -> None:
    studio.children.decode_gate = anyio.Event()
    async with served(studio) as (_, address), client_of(address) as client:
        sent = await studio.send_batch(pngs(1))
        async with client.stream("GET", sent.json()["links"]["events"]) as answer:
            assert await anext(answer.aiter_lines()) == "event: progress"
            assert studio.services.batches.events._watchers.count == 1
        await eventually(lambda: studio.services.batches.events._watchers.count == 0)


async def test_a_client_that_hangs_up_while_its_batch_arrives_leaves_nothing(studio: Studio) -> None:
    root = studio.services.settings.data_dir / "jobs"
    async with served(studio) as (_, address):
        with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))) as client:
            client.sendall(batch_head(10_000_000) + bytes(400_000))
            await eventually(lambda: any(root.glob("*.tmp/0")))
        await eventually(lambda: list(root.iterdir()) == [])
    assert "ceniqa_jobs_open 0.0" in studio.services.metrics.exposition().decode()


def batch_head(length: int) -> bytes:
    lines = ("POST /api/v1/jobs HTTP/1.1", "Host: localhost", f"Content-Length: {length}")
    head = "\r\n".join((*lines, "Content-Type: multipart/form-data; boundary=x", "", ""))
    return f'{head}--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'.encode()


async def test_a_batch_may_take_longer_than_a_body_as_long_as_it_gets_on(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    body_timeout_s, portions, ahead_s = HANG_S, 3, 0.0
    loop = asyncio.get_running_loop()
    real_s = loop.time
    monkeypatch.setattr(loop, "time", lambda: real_s() + ahead_s)
    async with served(studio, body_timeout_s=body_timeout_s) as (server, address):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rsplit(":", 1)[1]))
        writer.write(batch_head(30_000_000))
        await eventually(lambda: len(server.server_state.connections) == 1)
        (connection,) = server.server_state.connections
        assert isinstance(connection, TimedHttpProtocol)
        for count in range(1, portions + 1):
            writer.write(bytes(BATCH_PORTION_BYTES))
            await eventually(lambda wanted=count * BATCH_PORTION_BYTES: connection._body_bytes >= wanted)
            ahead_s += 0.6 * body_timeout_s
        assert ahead_s > body_timeout_s
        await anyio.sleep(0.01)  # what is due by now is done
        assert not connection.transport.is_closing()
        ahead_s += body_timeout_s
        assert await reader.read() == b""  # nothing more came, so it is closed
        writer.close()
