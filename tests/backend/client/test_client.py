"""The Python client and its twin: every kind of picture arrives with its pixels, and every refusal as one exception."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from pydantic import SecretStr

from backend.app import create_app
from backend.client import AsyncClient, Client, StudioError
from backend.client.messages import Patience
from backend.client.pictures import encode_picture
from backend.services import build_services
from backend.settings import Settings
from models.images import decode
from tests.backend.fakes import BASE_URL, FakeChildren, FakeFolders, Studio, png
from tests.backend.serving import serving

TOKEN = "correct-horse-battery"
RNG = np.random.default_rng(0)


# ---- pictures


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [(), (3,), (4,)])
def test_an_array_arrives_with_its_pixels(dtype: type[Any], channels: tuple[int, ...]) -> None:
    array = RNG.integers(0, np.iinfo(dtype).max, (40, 50, *channels), dtype=dtype, endpoint=True)
    if channels == (4,):
        array[..., 3] = np.iinfo(dtype).max
    got = decode(encode_picture(array).data).pixels_HWC
    colours = array[..., :3] if channels else np.repeat(array[..., None], 3, axis=2)
    expected = colours if dtype is np.uint8 else np.round(colours / 257).astype(np.uint8)
    assert np.abs(got.astype(int) - expected).max() <= (0 if dtype is np.uint8 else 1)


@pytest.mark.parametrize("array", [np.zeros((40, 50)), np.zeros((40, 50, 2), np.uint8), np.zeros((0, 50), np.uint8)])
def test_an_array_that_is_no_picture_is_refused_before_it_is_sent(array: Any) -> None:
    with pytest.raises(TypeError, match="expected uint8 or uint16"):
        encode_picture(array)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_a_pil_picture_arrives_with_its_pixels(mode: str) -> None:
    drawn = Image.fromarray(RNG.integers(0, 256, (40, 50, 3), dtype=np.uint8)).convert("L" if mode == "I;16" else mode)
    picture = drawn.convert("I;16") if mode == "I;16" else drawn
    with Image.open(io.BytesIO(encode_picture(picture).data)) as sent:
        assert (sent.mode, sent.size) == (picture.mode, picture.size)
        assert sent.tobytes() == picture.tobytes()


def test_a_pil_picture_that_no_format_holds_is_refused_before_it_is_sent() -> None:
    with pytest.raises(TypeError, match="got a PIL picture of mode F, expected one of"):
        encode_picture(Image.new("F", (50, 40)))


def test_a_turned_picture_stays_turned() -> None:
    picture = Image.new("RGB", (50, 40))
    picture.getexif()[0x0112] = 6  # a quarter turn
    sent = decode(encode_picture(picture).data)
    assert (sent.width, sent.height) == (40, 50)


def test_a_file_goes_as_it_is_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(png())
    sent = encode_picture(tmp_path / "cat.png")
    assert (sent.data, sent.filename) == (png(), "cat.png")
    assert encode_picture(str(tmp_path / "cat.png")) == sent
    assert encode_picture(png()).data == png()
    with pytest.raises(TypeError, match="got int, expected a path"):
        encode_picture(3)  # type: ignore[arg-type]


# ---- the app in this process


@pytest.fixture
async def client(studio: Studio) -> AsyncIterator[AsyncClient]:
    transport = httpx.ASGITransport(studio.app, raise_app_exceptions=False)
    async with AsyncClient(BASE_URL, transport=transport) as client:
        yield client


@pytest.mark.anyio
async def test_a_score_is_what_the_service_said_field_by_field(studio: Studio, client: AsyncClient) -> None:
    analysis = await client.score(png(), checkpoint="no_gmm")
    told = (await studio.client.get(analysis.links.self)).json()
    assert analysis.model_dump(mode="json") == told
    assert (analysis.checkpoint, analysis.score.range) == ("no_gmm", (0, 100))


@pytest.mark.anyio
async def test_checkpoints_are_listed(client: AsyncClient) -> None:
    listed = await client.checkpoints()
    assert (listed.default, [checkpoint.id for checkpoint in listed.checkpoints]) == ("moe", ["moe", "no_gmm"])


@pytest.mark.anyio
async def test_a_refusal_is_one_exception_with_what_the_service_said(client: AsyncClient) -> None:
    with pytest.raises(StudioError) as refusal:
        await client.score(png(), checkpoint="none")
    error = refusal.value
    assert (error.status, error.code, error.detail) == (
        404,
        "unknown-checkpoint",
        "got checkpoint 'none', expected one of moe, no_gmm",
    )
    assert error.request_id is not None
    assert str(error) == f"404, unknown-checkpoint: {error.detail} (request {error.request_id})"


@pytest.mark.anyio
async def test_one_bad_picture_of_many_stops_nobody_and_order_is_kept(client: AsyncClient, tmp_path: Path) -> None:
    pictures = [png(seed=0), b"no picture", tmp_path / "none.png", png(seed=1)]
    outcomes = [outcome async for outcome in client.score_many(pictures, concurrency=2)]
    assert [outcome.picture for outcome in outcomes] == pictures
    alone = [await client.score(pictures[0]), await client.score(pictures[3])]
    scores = [outcome.analysis.score for outcome in outcomes if outcome.analysis is not None]
    assert scores == [analysis.score for analysis in alone]
    assert [type(outcome.error) for outcome in outcomes] == [type(None), StudioError, FileNotFoundError, type(None)]


@pytest.mark.anyio
async def test_no_more_pictures_are_taken_than_are_asked_for_at_once(client: AsyncClient) -> None:
    taken: list[int] = []

    def pictures() -> Any:
        for seed in range(10):
            taken.append(seed)
            yield png(seed=seed)

    outcomes = client.score_many(pictures(), concurrency=2)
    async for outcome in outcomes:
        assert outcome.analysis is not None
        break
    await outcomes.aclose()  # type: ignore[attr-defined]
    assert taken == [0, 1]


# ---- answers that the service gives seldom


def scripted(*answers: httpx.Response) -> tuple[Callable[[httpx.Request], httpx.Response], list[httpx.Request]]:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answers[len(asked) - 1]

    return answer, asked


def not_now(status: int, retry_after: str) -> httpx.Response:
    problem = {"code": "busy", "detail": "got one more, expected fewer"}
    return httpx.Response(status, json=problem, headers={"Retry-After": retry_after})


def test_a_busy_studio_is_asked_again_when_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("backend.client.time.sleep", slept.append)
    listed = httpx.Response(200, json={"default": None, "checkpoints": [], "refused": []})
    answer, asked = scripted(not_now(503, "2"), not_now(429, "5"), not_now(503, "Tue, 01 Jan 2030"), listed)
    with Client(BASE_URL, transport=httpx.MockTransport(answer)) as client:
        assert client.checkpoints().default is None
    assert (slept, len(asked)) == ([2, 5, 1], 4)


def test_patience_has_an_end() -> None:
    patience = Patience(max_wait_s=10)
    assert [patience.pause_s(not_now(503, "6")), patience.pause_s(not_now(503, "6"))] == [6, None]
    assert Patience(max_wait_s=10).pause_s(httpx.Response(500)) is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(502, text="<html>Bad gateway"), "http-502"),
        (httpx.Response(404, json=["not a problem"]), "http-404"),
        (httpx.Response(200, json={"default": None}), "unexpected-answer"),
        (httpx.Response(200, text="<html>Log in"), "unexpected-answer"),
    ],
)
def test_what_is_no_studios_answer_is_the_same_exception(answer: httpx.Response, code: str) -> None:
    transport = httpx.MockTransport(scripted(answer)[0])
    with Client(BASE_URL, transport=transport) as client, pytest.raises(StudioError) as refusal:
        client.checkpoints()
    assert (refusal.value.status, refusal.value.code) == (answer.status_code, code)


def test_nobody_there_is_the_same_exception() -> None:
    with (
        Client("http://127.0.0.1:9", timeout_s=2) as client,
        pytest.raises(StudioError, match="unreachable") as refusal,
    ):
        client.checkpoints()
    assert refusal.value.status is None


# ---- over a socket


def test_the_client_scores_over_a_socket_while_the_studio_is_busy(settings: Settings) -> None:
    settings = settings.model_copy(update={"token": SecretStr(TOKEN), "queue_length": 1})
    folders = FakeFolders()
    services = build_services(settings, load=folders, decoder=FakeChildren())
    with serving(create_app(settings, services=services)) as address:
        with Client(f"http://{address}") as stranger, pytest.raises(StudioError, match="token-refused"):
            stranger.checkpoints()
        with Client(f"http://{address}/", token=TOKEN) as client:
            gate = folders.loaded["moe"].gate = threading.Event()
            threading.Timer(0.2, gate.set).start()
            outcomes = list(client.score_many([png(seed=seed) for seed in range(2)]))
    scores = [outcome.analysis.score.value for outcome in outcomes if outcome.analysis is not None]
    assert len(scores) == 2
    assert all(map(math.isfinite, scores))
