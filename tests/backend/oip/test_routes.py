"""The Open Inference Protocol, asked by an existing client over a socket and by hand through every layer."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import anyio
import numpy as np
import pytest
from pydantic import SecretStr
from structlog.typing import EventDict
from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput
from tritonclient.utils import InferenceServerException

from backend.app import create_app
from backend.services import build_services
from backend.settings import Settings
from tests.backend.fakes import FakeChildren, FakeFolders, Studio, png, running_studio
from tests.backend.serving import serving
from tests.waiting import eventually

VERSION = "a" * 12
INFER = "/v2/models/moe/infer"


def request(*pictures: bytes, **others: Any) -> dict[str, Any]:
    data = [base64.b64encode(picture).decode() for picture in pictures]
    return {"inputs": [{"name": "image", "shape": [len(pictures)], "datatype": "BYTES", "data": data}], **others}


def named(answer: dict[str, Any]) -> dict[str, Any]:
    return {output["name"]: output for output in answer["outputs"]}


# ---- an existing client


@pytest.fixture
def triton(settings: Settings) -> Iterator[InferenceServerClient]:
    services = build_services(settings, load=FakeFolders(), decoder=FakeChildren())
    with serving(create_app(settings, services=services)) as address, InferenceServerClient(address) as client:
        yield client


def tensor(*pictures: bytes | str, binary: bool = True) -> InferInput:
    image = InferInput("image", [len(pictures)], "BYTES")
    image.set_data_from_numpy(np.array(pictures, dtype=object), binary_data=binary)
    return image


def test_an_existing_client_finds_asks_and_reads_models(triton: InferenceServerClient) -> None:
    assert triton.is_server_live()
    assert triton.is_server_ready()
    assert triton.get_server_metadata()["extensions"] == ["binary_tensor_data"]
    assert triton.is_model_ready("moe", VERSION)
    assert not triton.is_model_ready("moe", "b" * 12)
    metadata = triton.get_model_metadata("moe")
    assert metadata["versions"] == [VERSION]

    pictures = [png(), png(seed=1)]
    in_bytes = triton.infer("moe", [tensor(*pictures)], request_id="mine")
    in_text = triton.infer(
        "moe",
        [tensor(*(base64.b64encode(picture).decode() for picture in pictures), binary=False)],
        model_version=VERSION,
        outputs=[InferRequestedOutput(output["name"], binary_data=False) for output in metadata["outputs"]],
    )
    assert (in_bytes.get_response()["id"], in_bytes.get_response()["model_version"]) == ("mine", VERSION)
    for output in metadata["outputs"]:
        values = in_bytes.as_numpy(output["name"])
        assert list(values.shape) == [2 if size == -1 else size for size in output["shape"]]
        told = in_text.as_numpy(output["name"])
        assert (
            values.tolist() == [text.encode() for text in told]
            if output["datatype"] == "BYTES"
            else (values == told).all()
        )
    assert in_bytes.as_numpy("score")[0] != in_bytes.as_numpy("score")[1]


def test_an_existing_client_is_told_what_was_wrong(triton: InferenceServerClient) -> None:
    with pytest.raises(InferenceServerException, match="picture 1 of 2: got") as refusal:
        triton.infer("moe", [tensor(png(), b"no picture")])
    assert refusal.value.status() == "415"
    with pytest.raises(InferenceServerException, match="got checkpoint 'none', expected one of moe, no_gmm"):
        triton.get_model_metadata("none")
    with pytest.raises(InferenceServerException, match="got output 'posteriors' of no_gmm, expected one of score, "):
        triton.infer("no_gmm", [tensor(png())], outputs=[InferRequestedOutput("posteriors")])
    with pytest.raises(InferenceServerException, match="got a body in the encoding 'gzip'"):
        triton.infer("moe", [tensor(png())], request_compression_algorithm="gzip")


# ---- by hand


@pytest.mark.anyio
async def test_scores_are_those_of_an_upload_and_nothing_is_remembered(studio: Studio) -> None:
    uploaded = (await studio.upload()).json()
    answer = named((await studio.client.post(INFER, json=request(png()))).json())
    assert answer["score"]["data"] == [uploaded["score"]["value"]]
    assert [answer[f"score_{end}"]["data"] for end in ("low", "high", "std")] == [
        [uploaded["score"][end]] for end in ("low", "high", "std")
    ]
    assert answer["expert_scores"]["data"] == [expert["score"] for expert in uploaded["experts"]]
    assert answer["expert_names"]["data"] == [expert["name"] for expert in uploaded["experts"]]
    for row in ("posteriors", "gating_weights", "routing_weights"):
        assert answer[row] == {"name": row, "datatype": "FP64", "shape": [1, 8], "data": uploaded[row]}
    assert (await studio.client.get("/api/v1/analyses")).json()["total"] == 1


@pytest.mark.anyio
async def test_the_documented_example_is_answered(studio: Studio) -> None:
    document = (await studio.client.get("/api/v1/openapi.json")).json()
    (example,) = document["components"]["schemas"]["InferenceRequest"]["examples"]
    answer = named((await studio.client.post(INFER, json=example)).json())
    assert list(answer) == ["score", "score_low", "score_high"]


@pytest.mark.anyio
async def test_a_variant_without_parts_gives_the_score_alone(studio: Studio) -> None:
    metadata = (await studio.client.get("/v2/models/no_gmm")).json()
    assert [output["name"] for output in metadata["outputs"]] == ["score", "score_low", "score_high", "score_std"]
    assert metadata["inputs"] == [
        {"name": "image", "datatype": "BYTES", "shape": [-1], "parameters": {"content_type": "base64"}}
    ]
    answer = await studio.client.post("/v2/models/no_gmm/infer", json=request(png()))
    assert list(named(answer.json())) == ["score", "score_low", "score_high", "score_std"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("method", "path", "content", "status", "code"),
    [
        ("POST", INFER, b"{}", 400, "invalid-inference"),
        ("POST", INFER, b"x" * 20_200_000, 400, "invalid-inference"),
        ("POST", INFER, b"x" * 22_000_000, 413, "body-too-large"),
        ("POST", f"/v2/models/moe/versions/{'b' * 12}/infer", b"{}", 404, "unknown-version"),
        ("GET", INFER, b"", 405, "method-not-allowed"),
        ("GET", "/v2/nothing", b"", 404, "not-found"),
        ("POST", "/v2/nothing", b"x" * 100_000, 413, "body-too-large"),
    ],
)
async def test_refusals_are_problems_with_the_member_of_the_protocol(
    studio: Studio, method: str, path: str, content: bytes, status: int, code: str
) -> None:
    answer = await studio.client.request(method, path, content=content, headers={"Accept": "text/html"})
    body = answer.json()
    assert (answer.status_code, body["code"], body["error"]) == (status, code, body["detail"])
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.anyio
async def test_eight_pictures_take_one_place(settings: Settings) -> None:
    async with running_studio(settings.model_copy(update={"queue_length": 1})) as studio:
        answer = await studio.client.post(INFER, json=request(*(png(seed=seed) for seed in range(8))))
        assert named(answer.json())["score"]["shape"] == [8]
        assert studio.moe.calls == 8


@pytest.mark.anyio
async def test_an_inference_waits_behind_the_same_door_as_an_upload(settings: Settings) -> None:
    async with running_studio(settings.model_copy(update={"queue_length": 1})) as studio:
        studio.children.decode_gate = anyio.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(studio.upload)
            await eventually(lambda: studio.services.bodies.held_bytes > 0)
            refused = await studio.client.post(INFER, json=request(png()))
            studio.children.decode_gate.set()
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert int(refused.headers["retry-after"]) >= 1


@pytest.mark.anyio
async def test_a_client_that_leaves_amid_its_body_is_no_fault_of_ours(studio: Studio, log: list[EventDict]) -> None:
    messages = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": INFER, "query_string": b"", "headers": [(b"host", b"localhost")]}
    await studio.app({**scope, "raw_path": INFER.encode(), "root_path": "", "scheme": "http"}, receive, send)
    assert sent[0]["status"] == 499
    assert studio.services.bodies.held_bytes == 0
    assert [event for event in log if event["log_level"] == "error"] == []


@pytest.mark.anyio
async def test_only_health_is_asked_without_the_token(settings: Settings) -> None:
    async with running_studio(settings.model_copy(update={"token": SecretStr("correct-horse-battery")})) as studio:
        statuses = [
            (await studio.client.get(path)).status_code
            for path in ("/v2/health/live", "/v2/health/ready", "/v2", "/v2/models/moe/ready")
        ]
    assert statuses == [200, 200, 401, 401]
