"""Load on a server over keep-alive connections, cheap enough to share two cores with what it measures.

`closed_loop`: so many clients, each with its next request as soon as it has an answer. `open_loop`: requests begin at a
rate, whatever becomes of those before.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import uvloop

LOST: Final = 0
"""Status of a request that got no answer."""
_BOUNDARY: Final = "ceniqa-load"
_LATE_S: Final = 60.0
_KEPT_S: Final = 3.0
"""Shorter than servers keep an idle connection: one that they are closing would look like a lost request."""


@dataclass(frozen=True)
class Answer:
    """One request's status (`LOST` where the connection ended), when it began and how long it took, in seconds."""

    status: int
    began_s: float
    seconds: float
    has_retry_after: bool = False


class Answers(list[Answer]):
    """What a load got, and the seconds that it went on."""

    def __init__(self, answers: Sequence[Answer], *, seconds: float) -> None:
        super().__init__(answers)
        self.seconds = seconds

    @property
    def statuses(self) -> Counter[int]:
        """How many there are of each status."""
        return Counter(answer.status for answer in self)

    def of(self, *statuses: int) -> list[Answer]:
        """Those with one of these statuses."""
        return [answer for answer in self if answer.status in statuses]

    def rate(self, *statuses: int) -> float:
        """Answers of these statuses per second."""
        return len(self.of(*statuses)) / self.seconds


def quantile_s(answers: Sequence[Answer], share: float) -> float:
    """A quantile of their times, in seconds; NaN where there are none."""
    if not answers:
        return float("nan")
    times = sorted(answer.seconds for answer in answers)
    return times[min(len(times) - 1, round(share * (len(times) - 1)))]


def median_s(answers: Sequence[Answer]) -> float:
    """The median of their times, in seconds."""
    return statistics.median(answer.seconds for answer in answers)


def get_request(origin: str, path: str, **headers: str) -> bytes:
    """A GET as bytes."""
    return _head(f"GET {path}", origin, headers)


def upload_request(
    origin: str, path: str, picture: bytes, *, fields: dict[str, str] | None = None, field: str = "file", **headers: str
) -> bytes:
    """A POST of one picture in a form, as bytes."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in (fields or {}).items()
    ]
    disposition = f'Content-Disposition: form-data; name="{field}"; filename="p.jpg"'
    parts.append(f"--{_BOUNDARY}\r\n{disposition}\r\nContent-Type: image/jpeg\r\n\r\n".encode() + picture + b"\r\n")
    body = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
    headers |= {"content-type": f"multipart/form-data; boundary={_BOUNDARY}", "content-length": str(len(body))}
    return _head(f"POST {path}", origin, headers) + body


def json_request(origin: str, path: str, body: bytes) -> bytes:
    """A POST of JSON, as bytes."""
    headers = {"content-type": "application/json", "content-length": str(len(body))}
    return _head(f"POST {path}", origin, headers) + body


def _head(line: str, origin: str, headers: dict[str, str]) -> bytes:
    lines = [f"{line} HTTP/1.1", f"host: {urlsplit(origin).netloc}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join((*lines, "", "")).encode()


def closed_loop(origin: str, requests: Sequence[bytes], *, clients: int, seconds: float) -> Answers:
    """So many clients for so many seconds, taking the requests in turn; waits for the last answers."""

    async def load() -> Answers:
        turn, answers, began_s = itertools.cycle(requests), [], time.perf_counter()
        end_s = began_s + seconds
        working = (_Client(origin, answers).work(turn, until_s=end_s) for _ in range(clients))
        await asyncio.gather(*working)
        return Answers(answers, seconds=time.perf_counter() - began_s)

    return uvloop.run(load())


def open_loop(
    origin: str, requests: Sequence[bytes], *, rate: float, seconds: float, beside: tuple[bytes, float] | None = None
) -> tuple[Answers, Answers]:
    """`rate` requests a second for so many seconds, and, if wanted, another request `beside` at its own rate."""

    async def load() -> tuple[Answers, Answers]:
        main, other = _Stream(origin, requests, rate, seconds), None
        streams = [main]
        if beside is not None:
            other = _Stream(origin, [beside[0]], beside[1], seconds)
            streams.append(other)
        await asyncio.gather(*(stream.run() for stream in streams))
        return main.got(), other.got() if other is not None else Answers([], seconds=seconds)

    return uvloop.run(load())


class _Stream:
    """Requests at a rate, each on a connection that no other is using."""

    def __init__(self, origin: str, requests: Sequence[bytes], rate: float, seconds: float) -> None:
        self._origin, self._turn = origin, itertools.cycle(requests)
        self._rate, self._seconds = rate, seconds
        self._answers: list[Answer] = []
        self._idle: list[_Client] = []

    async def run(self) -> None:
        began_s, under_way = time.perf_counter(), set()
        for count in range(round(self._rate * self._seconds)):
            await asyncio.sleep(max(0.0, began_s + count / self._rate - time.perf_counter()))
            task = asyncio.create_task(self._one())
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        if under_way:
            await asyncio.wait(under_way, timeout=_LATE_S)
        for client in self._idle:
            client.close()

    def got(self) -> Answers:
        return Answers(self._answers, seconds=self._seconds)

    async def _one(self) -> None:
        client = self._idle.pop() if self._idle else _Client(self._origin, self._answers)
        await client.ask(next(self._turn))
        self._idle.append(client)


class _Client:
    """One connection, opened when needed."""

    def __init__(self, origin: str, answers: list[Answer]) -> None:
        address = urlsplit(origin)
        self._host, self._port = address.hostname, address.port
        self._answers = answers
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used_s = 0.0

    async def work(self, turn: Iterator[bytes], *, until_s: float) -> None:
        while time.perf_counter() < until_s:
            await self.ask(next(turn))
        self.close()

    async def ask(self, request: bytes) -> None:
        began_s = time.perf_counter()
        try:
            async with asyncio.timeout(_LATE_S):
                status, has_retry_after = await self._exchange(request)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            status, has_retry_after = LOST, False
            self.close()
        self._answers.append(Answer(status, began_s, time.perf_counter() - began_s, has_retry_after))

    async def _exchange(self, request: bytes) -> tuple[int, bool]:
        if time.perf_counter() - self._used_s > _KEPT_S:
            self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(_length(head))
        if b"connection: close" in head:
            self.close()
        self._used_s = time.perf_counter()
        return int(head.split(b" ", 2)[1]), b"\r\nretry-after:" in head

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def _length(head: bytes) -> int:
    _, found, rest = head.partition(b"\r\ncontent-length: ")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0
