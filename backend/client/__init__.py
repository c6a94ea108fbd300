"""A Python client of the studio, in two twins: `Client`, and `AsyncClient` for asyncio.

    with Client("http://127.0.0.1:8000") as studio:
        analysis = studio.score("photo.jpg", checkpoint="moe")
        print(analysis.score.value, analysis.score.low, analysis.score.high)
        for outcome in studio.score_many(Path("photos").glob("*.jpg")):
            print(outcome.picture, outcome.analysis.score.value if outcome.analysis else outcome.error)

Importing it loads neither the service nor torch.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Self

import httpx

from backend.addresses import ANALYSES_PATH, CHECKPOINTS_PATH
from backend.analyses.schemas import AnalysisResponse
from backend.checkpoints.schemas import CheckpointList
from backend.client.messages import (
    Patience,
    StudioError,
    client_options,
    read_answer,
    score_form,
    unreachable,
)
from backend.client.pictures import Picture, encode_picture

__all__ = ["AsyncClient", "Client", "Outcome", "Picture", "StudioError"]

_TIMEOUT_S: Final = 90.0
"""Thrice what the studio gives one picture, before an answer counts as lost."""
_MAX_WAIT_S: Final = 60.0
_CONCURRENCY: Final = 3
"""Two pictures that decode and one that is scored; more only wait in the studio's queue rather than here."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one of many pictures: an analysis, or the error that scoring it alone would have raised."""

    picture: Picture
    analysis: AnalysisResponse | None
    error: StudioError | OSError | None


class Client:
    """Asks a studio and waits for its answers; may be used by several threads.

    A request that is answered 503 or 429 is sent again when the answer says, for at most `max_wait_s` in all. Each
    method raises `StudioError` for a refusal, and where no answer comes within `timeout_s`.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        timeout_s: float = _TIMEOUT_S,
        max_wait_s: float = _MAX_WAIT_S,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(**client_options(url, token=token, timeout_s=timeout_s), transport=transport)
        self._max_wait_s = max_wait_s

    def score(self, picture: Picture, *, checkpoint: str | None = None) -> AnalysisResponse:
        """Score a picture, by default under the studio's default checkpoint; the studio remembers it.

        Also raises `OSError` for a file that cannot be read, `TypeError` for what is no picture.
        """
        form = score_form(encode_picture(picture), checkpoint)
        return read_answer(self._send(self._http.build_request("POST", ANALYSES_PATH, **form)), AnalysisResponse)

    def score_many(
        self, pictures: Iterable[Picture], *, checkpoint: str | None = None, concurrency: int = _CONCURRENCY
    ) -> Iterator[Outcome]:
        """Score pictures as they come, several at a time, and give what became of each in their order."""
        with ThreadPoolExecutor(concurrency) as threads:
            waiting: deque[Future[Outcome]] = deque()
            try:
                for picture in pictures:
                    waiting.append(threads.submit(self._outcome, picture, checkpoint))
                    if len(waiting) == concurrency:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def checkpoints(self) -> CheckpointList:
        """The checkpoints that the studio serves and those that it refused."""
        return read_answer(self._send(self._http.build_request("GET", CHECKPOINTS_PATH)), CheckpointList)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _outcome(self, picture: Picture, checkpoint: str | None) -> Outcome:
        try:
            return Outcome(picture, self.score(picture, checkpoint=checkpoint), None)
        except (StudioError, OSError) as error:
            return Outcome(picture, None, error)

    def _send(self, request: httpx.Request) -> httpx.Response:
        patience = Patience(self._max_wait_s)
        while True:
            try:
                response = self._http.send(request)
            except httpx.RequestError as error:
                raise unreachable(error) from error
            if (pause_s := patience.pause_s(response)) is None:
                return response
            time.sleep(pause_s)


class AsyncClient:
    """`Client` for asyncio: the same methods, to be awaited, and the same errors."""

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        timeout_s: float = _TIMEOUT_S,
        max_wait_s: float = _MAX_WAIT_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(**client_options(url, token=token, timeout_s=timeout_s), transport=transport)
        self._max_wait_s = max_wait_s

    async def score(self, picture: Picture, *, checkpoint: str | None = None) -> AnalysisResponse:
        """As `Client.score`."""
        form = score_form(await asyncio.to_thread(encode_picture, picture), checkpoint)
        return read_answer(await self._send(self._http.build_request("POST", ANALYSES_PATH, **form)), AnalysisResponse)

    async def score_many(
        self, pictures: Iterable[Picture], *, checkpoint: str | None = None, concurrency: int = _CONCURRENCY
    ) -> AsyncIterator[Outcome]:
        """As `Client.score_many`."""
        waiting: deque[asyncio.Task[Outcome]] = deque()
        try:
            for picture in pictures:
                waiting.append(asyncio.create_task(self._outcome(picture, checkpoint)))
                if len(waiting) == concurrency:
                    yield await waiting.popleft()
            while waiting:
                yield await waiting.popleft()
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    async def checkpoints(self) -> CheckpointList:
        """As `Client.checkpoints`."""
        return read_answer(await self._send(self._http.build_request("GET", CHECKPOINTS_PATH)), CheckpointList)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _outcome(self, picture: Picture, checkpoint: str | None) -> Outcome:
        try:
            return Outcome(picture, await self.score(picture, checkpoint=checkpoint), None)
        except (StudioError, OSError) as error:
            return Outcome(picture, None, error)

    async def _send(self, request: httpx.Request) -> httpx.Response:
        patience = Patience(self._max_wait_s)
        while True:
            try:
                response = await self._http.send(request)
            except httpx.RequestError as error:
                raise unreachable(error) from error
            if (pause_s := patience.pause_s(response)) is None:
                return response
            await asyncio.sleep(pause_s)
