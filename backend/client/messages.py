"""What both Python clients say to the studio and how they take its answers; nothing here waits or sends."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from backend.client.pictures import EncodedPicture

T = TypeVar("T", bound=BaseModel)

_CONNECT_TIMEOUT_S: Final = 10.0
_NOT_NOW: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_DEFAULT_PAUSE_S: Final = 1.0
_UNREACHABLE: Final = "unreachable"
_UNEXPECTED: Final = "unexpected-answer"


class StudioError(Exception):
    """What the studio refused or could not do, under the code that it gave.

    `status` is `None` where no answer came (code `unreachable`); `request_id` names the request in the studio's log.
    """

    def __init__(self, status: int | None, code: str, detail: str, request_id: str | None) -> None:
        super().__init__(status, code, detail, request_id)
        self.status = status
        self.code = code
        self.detail = detail
        self.request_id = request_id

    def __str__(self) -> str:
        status = "no answer" if self.status is None else str(self.status)
        return f"{status}, {self.code}: {self.detail} (request {self.request_id or 'unknown'})"


class Patience:
    """How long one request may still be put off by answers that say `not now`."""

    def __init__(self, max_wait_s: float) -> None:
        self._left_s = max_wait_s

    def pause_s(self, response: httpx.Response) -> float | None:
        """Seconds to wait before the request is sent again; `None` where this answer is the one to take."""
        if response.status_code not in _NOT_NOW:
            return None
        pause_s = _retry_after_s(response)
        if pause_s > self._left_s:
            return None
        self._left_s -= pause_s
        return pause_s


def client_options(url: str, *, token: str | None, timeout_s: float) -> dict[str, Any]:
    """What an HTTP client of either kind is made with."""
    return {
        "base_url": url,
        "headers": {} if token is None else {"Authorization": f"Bearer {token}"},
        "timeout": httpx.Timeout(timeout_s, connect=min(timeout_s, _CONNECT_TIMEOUT_S)),
    }


def score_form(picture: EncodedPicture, checkpoint: str | None) -> Mapping[str, Any]:
    """The form that asks for a score."""
    fields = {} if checkpoint is None else {"checkpoint": checkpoint}
    return {"files": {"file": (picture.filename, picture.data)}, "data": fields}


def read_answer(response: httpx.Response, kind: type[T]) -> T:
    """The answer as this kind of object; raises `StudioError` for a refusal, and for what is no answer of a studio."""
    if not response.is_success:
        raise _refusal(response)
    try:
        return kind.model_validate_json(response.content)
    except ValidationError as error:
        detail = f"got an answer that is no {kind.__name__}, expected one: is this a studio of this version?"
        raise StudioError(response.status_code, _UNEXPECTED, detail, _request_id(response)) from error


def unreachable(error: httpx.RequestError) -> StudioError:
    """What became of a request that got no answer."""
    return StudioError(None, _UNREACHABLE, f"got no answer ({type(error).__name__}: {error}), expected one", None)


def _refusal(response: httpx.Response) -> StudioError:
    try:
        problem = response.json()
        code, detail = str(problem["code"]), str(problem["detail"])
    except (ValueError, TypeError, KeyError):  # not the studio's own, but a proxy's
        code, detail = f"http-{response.status_code}", response.reason_phrase
    return StudioError(response.status_code, code, detail, _request_id(response))


def _request_id(response: httpx.Response) -> str | None:
    request_id: str | None = response.headers.get("x-request-id")
    return request_id


def _retry_after_s(response: httpx.Response) -> float:
    stated = response.headers.get("retry-after", "")
    return float(stated) if stated.isdecimal() else _DEFAULT_PAUSE_S
