"""Bodies of the Open Inference Protocol: JSON, and after it, where a request says so, tensors as bytes.

Bytes of a BYTES tensor are its elements, each after its length as 4 bytes, little-endian; of an FP64 tensor its
numbers, little-endian, row by row.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from backend.errors import InvalidInference
from backend.oip.models import Tensor
from backend.oip.schemas import (
    MAX_PICTURES,
    InferenceRequest,
    InferenceResponse,
    RequestInput,
    ResponseOutput,
    ResultParameters,
)
from backend.routing.content import JSON_MEDIA_TYPE

JSON_LENGTH_HEADER: Final = "Inference-Header-Content-Length"
BINARY_MEDIA_TYPE: Final = "application/octet-stream"

_MAX_VALUES: Final = 1000
_MAX_FAULTS: Final = 3
_LENGTH: Final = struct.Struct("<I")


@dataclass(frozen=True)
class Inference:
    """A request as it was read, and its encoded pictures."""

    request: InferenceRequest
    pictures: list[bytes]

    @property
    def output_names(self) -> list[str]:
        """The tensors that are wanted; none where all are."""
        return [output.name for output in self.request.outputs]


@dataclass(frozen=True)
class Answer:
    """A body, its media type, and how much of it is JSON where that is not all."""

    body: bytes
    media_type: str
    headers: dict[str, str]


def read_inference(body: bytes, *, json_bytes: int | None) -> Inference:
    """The request in a body whose first `json_bytes`, or all, are JSON; raises `InvalidInference`."""
    if json_bytes is not None and json_bytes > len(body):
        raise InvalidInference(f"got {len(body)} bytes, expected the {json_bytes} that {JSON_LENGTH_HEADER} says")
    header = body if json_bytes is None else body[:json_bytes]
    binary = b"" if json_bytes is None else memoryview(body)[json_bytes:]
    request = _read_json(header)
    (image,) = request.inputs
    pictures = list(_strings(image, binary) if image.data is not None else _elements(image, binary))
    if len(pictures) != image.shape[0] or not 1 <= len(pictures) <= MAX_PICTURES:
        raise InvalidInference(
            f"got {len(pictures)} pictures, expected as many as the shape {image.shape}, from 1 to {MAX_PICTURES}"
        )
    image.data = None  # longer than the pictures themselves, which may have to wait for their turn
    return Inference(request, pictures)


def write_answer(inference: Inference, tensors: Sequence[Tensor], *, model_name: str, model_version: str) -> Answer:
    """The answer to a request, each tensor in the JSON or after it, as the request wants it."""
    binaries = {tensor.name: _bytes_of(tensor) for tensor in tensors if _is_binary(inference.request, tensor.name)}
    response = InferenceResponse(
        model_name=model_name,
        model_version=model_version,
        id=inference.request.id,
        outputs=[_output(tensor, binaries.get(tensor.name)) for tensor in tensors],
    )
    header = response.model_dump_json(exclude_none=True).encode()
    if not binaries:
        return Answer(header, JSON_MEDIA_TYPE, {})
    body = b"".join([header, *(binaries[tensor.name] for tensor in tensors if tensor.name in binaries)])
    return Answer(body, BINARY_MEDIA_TYPE, {JSON_LENGTH_HEADER: str(len(header))})


def _read_json(header: bytes) -> InferenceRequest:
    # Long strings are cheap to parse, many values are not: megabytes of `[],[],` would become gigabytes of objects.
    values = 1 + sum(header.count(mark) for mark in (b",", b"[", b"{"))
    if values > _MAX_VALUES:
        raise InvalidInference(f"got JSON of up to {values} values, expected at most {_MAX_VALUES}")
    try:
        return InferenceRequest.model_validate_json(header)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)[:_MAX_FAULTS]
        told = (f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}" for fault in faults)
        raise InvalidInference("; ".join(told)) from None


def _strings(image: RequestInput, binary: bytes | memoryview) -> Iterator[bytes]:
    if binary or image.parameters.binary_data_size is not None:
        raise InvalidInference("got pictures in `data` and bytes after the JSON, expected one of the two")
    for index, text in enumerate(image.data or ()):
        try:
            yield base64.b64decode(text, validate=True)
        except ValueError:
            raise InvalidInference(f"got data[{index}] that is not base64, expected a picture's bytes in it") from None


def _elements(image: RequestInput, binary: bytes | memoryview) -> Iterator[bytes]:
    stated = image.parameters.binary_data_size
    if stated is None:
        raise InvalidInference("got an input without data, expected `data` or the parameter binary_data_size")
    if stated != len(binary):
        raise InvalidInference(f"got {len(binary)} bytes after the JSON, expected the {stated} of binary_data_size")
    start, found = 0, 0
    while start < len(binary):
        content = start + _LENGTH.size
        end = content + _LENGTH.unpack_from(binary, start)[0] if content <= len(binary) else content
        found += 1
        if end > len(binary) or found > MAX_PICTURES:
            raise InvalidInference(
                f"got bytes that are not up to {MAX_PICTURES} pictures, each after its length, expected just that"
            )
        yield bytes(binary[content:end])
        start = end


def _is_binary(request: InferenceRequest, name: str) -> bool:
    for output in request.outputs:
        if output.name == name and output.parameters.binary_data is not None:
            return output.parameters.binary_data
    return request.parameters.binary_data_output


def _output(tensor: Tensor, binary: bytes | None) -> ResponseOutput:
    return ResponseOutput(
        name=tensor.name,
        datatype=tensor.datatype,
        shape=list(tensor.shape),
        parameters=None if binary is None else ResultParameters(binary_data_size=len(binary)),
        data=list(tensor.values) if binary is None else None,  # type: ignore[arg-type]  # of one type, by the datatype
    )


def _bytes_of(tensor: Tensor) -> bytes:
    match tensor.datatype:
        case "FP64":
            return struct.pack(f"<{len(tensor.values)}d", *tensor.values)
        case "BYTES":
            encoded = [str(text).encode() for text in tensor.values]
            return b"".join(_LENGTH.pack(len(text)) + text for text in encoded)
