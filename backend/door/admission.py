"""Which uploads are let in: where a place and room for their bytes are left, before their bodies are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.addresses import BATCHES_PATH, INFERENCE_PREFIX, STUDIES_PATH
from backend.concurrency.budgets import ByteBudget, Share

_INFERENCE: Final = re.compile(rf"{INFERENCE_PREFIX}/models/[^/]+(/versions/[^/]+)?/infer")


class UploadDoor:
    """Refuses an upload before its body is read where no analysis or not so many bytes would be taken now.

    A body counts as it arrives, not as it was announced: a client that announces much and sends nothing keeps
    nobody out. Batches and studies pass: they are scored later, and `Inputs` counts their bytes.
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
    """Whether a request brings a batch or a study: a form that goes to disk as it comes, with limits of its own."""
    return scope["method"] == "POST" and scope["path"] in {BATCHES_PATH, STUDIES_PATH} and is_upload(scope)


def is_study(scope: Scope) -> bool:
    """Whether what it brings is a study."""
    return is_batch(scope) and scope["path"] == STUDIES_PATH


def _counted(receive: Receive, share: Share) -> Receive:
    async def receive_counted() -> Message:
        message = await receive()
        share.add(len(message.get("body", b"")))
        return message

    return receive_counted
