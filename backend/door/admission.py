"""What uploads may take of memory and disk together: a count of them bounds no bytes.

Thirty pictures of 48 megapixels are 4 GiB of pixels. Bodies and pixels have a budget each: from one for both, many
bodies would leave no room for the pixels of any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import Busy
from backend.schemas import API_PREFIX

BATCHES_PATH: Final = f"{API_PREFIX}/jobs"

_RETRY_AFTER_S = 2
"""About what a large picture, the only kind that fills the budget, takes until it is scored."""
_INFERENCE: Final = re.compile(r"/v2/models/[^/]+(/versions/[^/]+)?/infer")


class ByteBudget:
    """Bytes of one kind that requests in work may hold together."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._held_bytes = 0

    @property
    def held_bytes(self) -> int:
        """Bytes that are held now."""
        return self._held_bytes

    @contextmanager
    def share(self) -> Iterator[Share]:
        """An empty share of the budget, given back at the end."""
        share = Share(self)
        try:
            yield share
        finally:
            self._held_bytes -= share.held_bytes

    def check(self, num_bytes: int) -> None:
        """Raise `Busy` where this many more bytes do not fit now."""
        if self._held_bytes + num_bytes > self._max_bytes:
            raise Busy(
                f"got {num_bytes:,} bytes while other uploads hold {self._held_bytes:,}, "
                f"expected at most {self._max_bytes:,} together",
                retry_after_s=_RETRY_AFTER_S,
            )

    def take(self, num_bytes: int) -> None:
        """Hold this many more bytes; for `Share`, which gives them back."""
        self.check(num_bytes)
        self._held_bytes += num_bytes


class Share:
    """What one request holds of a `ByteBudget`."""

    def __init__(self, budget: ByteBudget) -> None:
        self._budget = budget
        self.held_bytes = 0

    def add(self, num_bytes: int) -> None:
        """Hold this many more bytes; raises `Busy` where they do not fit."""
        self._budget.take(num_bytes)
        self.held_bytes += num_bytes


class UploadDoor:
    """Refuses an upload before its body is read where no analysis or not so many bytes would be taken now.

    A body counts as it arrives, not as it was announced: a client that announces much and sends nothing keeps
    nobody out. Batches pass: they are scored later, and `JobInputs` counts their bytes.
    """

    def __init__(
        self, app: ASGIApp, *, budget: ByteBudget, check_places: Callable[[], None], max_upload_bytes: int
    ) -> None:
        self._app = app
        self._budget = budget
        self._check_places = check_places
        self._max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_upload(scope) or is_batch(scope):
            await self._app(scope, receive, send)
            return
        self._check_places()
        self._budget.check(self._announced_bytes(Headers(scope=scope)))
        with self._budget.share() as share:
            await self._app(scope, _counted(receive, share), send)

    def _announced_bytes(self, headers: Headers) -> int:
        announced = headers.get("content-length", "")
        return int(announced) if announced.isdecimal() else self._max_upload_bytes


def is_upload(scope: Scope) -> bool:
    """Whether a request's body may hold pictures, the only kind that may be long: a form with files, an inference."""
    if scope["method"] != "POST":
        return False
    if _INFERENCE.fullmatch(scope["path"]):
        return True
    return Headers(scope=scope).get("content-type", "").lower().startswith("multipart/form-data")


def is_batch(scope: Scope) -> bool:
    """Whether a request brings a batch: a form that goes to disk as it comes, with limits of its own."""
    return scope["method"] == "POST" and scope["path"] == BATCHES_PATH and is_upload(scope)


def _counted(receive: Receive, share: Share) -> Receive:
    async def receive_counted() -> Message:
        message = await receive()
        share.add(len(message.get("body", b"")))
        return message

    return receive_counted
