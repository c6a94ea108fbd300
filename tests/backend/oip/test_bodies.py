"""Requests of the Open Inference Protocol are read as they were meant, and anything else is refused in one sentence."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

import pytest

from backend.errors import InvalidInference
from backend.oip.bodies import BINARY_MEDIA_TYPE, JSON_LENGTH_HEADER, JSON_MEDIA_TYPE, read_inference, write_answer
from backend.oip.models import Tensor
from backend.oip.schemas import MAX_PICTURES

TENSORS = [
    Tensor("score", "FP64", (2,), [61.25, 12.5]),
    Tensor("posteriors", "FP64", (2, 2), [0.25, 0.75, 1.0, 0.0]),
    Tensor("cluster_names", "BYTES", (2,), ["blur", "Schärfe"]),
]


def body(image: dict[str, Any], **others: Any) -> bytes:
    tensor = {"name": "image", "datatype": "BYTES", **image}
    return json.dumps({"inputs": [tensor], **others}).encode()


def elements(*pictures: bytes) -> bytes:
    return b"".join(struct.pack("<I", len(picture)) + picture for picture in pictures)


def in_json(*pictures: bytes, **others: Any) -> bytes:
    data = [base64.b64encode(picture).decode() for picture in pictures]
    return body({"shape": [len(pictures)], "data": data}, **others)


def in_binary(tail: bytes, *, count: int, size: int | None = None) -> tuple[bytes, int]:
    """A whole body and the length of its JSON."""
    parameters = {"binary_data_size": len(tail) if size is None else size}
    head = body({"shape": [count], "parameters": parameters})
    return head + tail, len(head)


@pytest.mark.parametrize("pictures", [[b"one"], [b"one", b"", b"\xff\0three"]])
def test_pictures_are_the_same_in_json_and_after_it(pictures: list[bytes]) -> None:
    whole, json_bytes = in_binary(elements(*pictures), count=len(pictures))
    assert read_inference(in_json(*pictures), json_bytes=None).pictures == pictures
    assert read_inference(whole, json_bytes=json_bytes).pictures == pictures


@pytest.mark.parametrize(
    ("whole", "json_bytes", "told"),
    [
        (b"", None, "body: Invalid JSON"),
        (b"[]", None, "body: "),
        (b"[" * 900, None, "Invalid JSON: recursion limit exceeded"),
        (b"[],[]" * 1000, None, "values, expected at most"),
        (in_json(b"x"), 9999, "expected the 9999"),
        (in_json(), None, "got 0 pictures"),
        (in_json(*[b"x"] * (MAX_PICTURES + 1)), None, "got 9 pictures"),
        (body({"shape": [1]}), None, "without data"),
        (body({"shape": [2], "data": ["aGk="]}), None, "got 1 pictures, expected as many as the shape [2]"),
        (body({"shape": [1, 1], "data": ["aGk="]}), None, "inputs.0.shape: "),
        (body({"shape": [1], "data": ["no base64!"]}), None, "data[0] that is not base64"),
        (body({"shape": [1], "data": ["ä"]}), None, "data[0] that is not base64"),
        (body({"shape": [1], "data": ["aGk="], "datatype": "FP32"}), None, "inputs.0.datatype: "),
        (body({"shape": [1], "data": ["aGk="], "name": "pixels"}), None, "inputs.0.name: "),
        (body({"shape": [1], "data": ["aGk="], "parameters": {"content_type": "hex"}}), None, "content_type: "),
        (body({"shape": [1], "parameters": {"shared_memory_region": "mine"}}), None, "without data"),
        (*in_binary(elements(b"x"), count=1, size=4), "got 5 bytes after the JSON, expected the 4"),
        (*in_binary(elements(b"x")[:3], count=1), "each after its length"),
        (*in_binary(elements(b"four")[:6], count=1), "each after its length"),
        (*in_binary(elements(b"") * (MAX_PICTURES + 1), count=1), "each after its length"),
        (*in_binary(b"", count=0), "got 0 pictures"),
        (body({"shape": [1], "parameters": {"binary_data_size": 5}, "data": ["aGk="]}), None, "one of the two"),
        (in_json(b"x") + b"more", len(in_json(b"x")), "one of the two"),
    ],
)
def test_what_cannot_be_read_is_refused_and_told(whole: bytes, json_bytes: int | None, told: str) -> None:
    with pytest.raises(InvalidInference) as refusal:
        read_inference(whole, json_bytes=json_bytes)
    assert told in str(refusal.value)
    assert len(str(refusal.value)) < 1000


def test_outputs_stand_in_the_json_unless_bytes_are_wanted() -> None:
    inference = read_inference(in_json(b"x", id="mine"), json_bytes=None)
    answer = write_answer(inference, TENSORS, model_name="moe", model_version="1")
    told = json.loads(answer.body)
    assert (answer.media_type, answer.headers) == (JSON_MEDIA_TYPE, {})
    assert (told["model_name"], told["model_version"], told["id"]) == ("moe", "1", "mine")
    assert told["outputs"][1] == {"name": "posteriors", "datatype": "FP64", "shape": [2, 2], "data": [0.25, 0.75, 1, 0]}
    assert told["outputs"][2]["data"] == ["blur", "Schärfe"]


def test_bytes_follow_the_json_in_the_order_of_the_outputs() -> None:
    wanted = [
        {"name": "score", "parameters": {"binary_data": False}},
        {"name": "posteriors"},
        {"name": "cluster_names"},
    ]
    request = in_json(b"x", outputs=wanted, parameters={"binary_data_output": True})
    answer = write_answer(read_inference(request, json_bytes=None), TENSORS, model_name="moe", model_version="1")
    json_bytes = int(answer.headers[JSON_LENGTH_HEADER])
    told, tail = json.loads(answer.body[:json_bytes]), answer.body[json_bytes:]
    assert answer.media_type == BINARY_MEDIA_TYPE
    assert told["outputs"][0]["data"] == [61.25, 12.5]
    sizes = [output["parameters"]["binary_data_size"] for output in told["outputs"][1:]]
    assert struct.unpack("<4d", tail[: sizes[0]]) == (0.25, 0.75, 1.0, 0.0)
    assert tail[sizes[0] :] == elements(b"blur", "Schärfe".encode())
    assert sum(sizes) == len(tail)
