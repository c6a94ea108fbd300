"""The JSON of the Open Inference Protocol (version 2, REST) with its extension for binary tensor data."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

MAX_PICTURES: Final = 8
"""Pictures of one request: they are scored one after the other while its client waits."""
MAX_OUTPUTS: Final = 32

_EXAMPLE_PNG: Final = (
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAAAAABWESUoAAAAGElEQVR42mNsYMAPmBhGFYwqGFUwQhUAAJe+AMD8WknZAAAAAElFTkSuQmCC"
)
"""32 x 32 px of grey."""

Datatype = Literal["FP64", "BYTES"]


class ServerMetadata(BaseModel):
    """Who answers."""

    name: str = Field(examples=["ceniqa-studio"])
    version: str
    extensions: list[str] = Field(examples=[["binary_tensor_data"]])


class ServerLive(BaseModel):
    """The process answers."""

    live: Literal[True] = True


class ServerReady(BaseModel):
    """The service can score."""

    ready: Literal[True] = True


class ModelReady(BaseModel):
    """The model can score."""

    name: str
    ready: Literal[True] = True


class TensorParameters(BaseModel):
    """How a tensor's data are written where they stand in the JSON."""

    content_type: Literal["base64"] = "base64"


class TensorMetadata(BaseModel):
    """A tensor that a model takes or gives; -1 stands for the number of pictures."""

    name: str
    datatype: Datatype
    shape: list[int]
    parameters: TensorParameters | None = Field(default=None, description="Of the input only.")


class ModelMetadata(BaseModel):
    """A checkpoint as a model."""

    name: str = Field(description="The checkpoint's id.", examples=["moe"])
    versions: list[str] = Field(description="First 12 digits of the SHA-256 of the weights that are served.")
    platform: str
    inputs: list[TensorMetadata]
    outputs: list[TensorMetadata]


class InputParameters(BaseModel):
    """How the pictures are written: as strings in `data`, or as bytes after the JSON."""

    content_type: Literal["base64"] = Field(default="base64", description="Of the strings in `data`.")
    binary_data_size: int | None = Field(
        default=None, ge=0, description="Bytes after the JSON: each picture after its length as 4 bytes, little-endian."
    )


def _with_data(schema: dict[str, Any]) -> None:
    """Say that there are data, as there must be in a body that is JSON and nothing else."""
    schema["required"].append("data")


class RequestInput(BaseModel):
    """The pictures to score, each as an encoded file (JPEG, PNG, ...)."""

    model_config = ConfigDict(json_schema_extra=_with_data)

    name: Literal["image"]
    shape: list[int] = Field(min_length=1, max_length=1, description="How many pictures.", examples=[[1]])
    datatype: Literal["BYTES"]
    parameters: InputParameters = InputParameters()
    # How many is checked where they are read: of a union with bounds, pydantic would tell clients both halves.
    data: list[str] | SkipJsonSchema[None] = Field(
        default=None,
        description="Pictures in base64; absent where they come as bytes after the JSON.",
        json_schema_extra={"minItems": 1, "maxItems": MAX_PICTURES},
    )


class OutputParameters(BaseModel):
    """How a tensor shall be written."""

    binary_data: bool | None = Field(default=None, description="Whether as bytes after the JSON.")


class RequestOutput(BaseModel):
    """A tensor that is wanted."""

    name: str = Field(max_length=100, examples=["score"])
    parameters: OutputParameters = OutputParameters()


class RequestParameters(BaseModel):
    """What holds for all tensors that do not say otherwise."""

    binary_data_output: bool = Field(default=False, description="Whether outputs shall come as bytes after the JSON.")


class InferenceRequest(BaseModel):
    """Pictures to score, and which tensors are wanted; all where none is named."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "data": [_EXAMPLE_PNG]}],
                    "outputs": [{"name": "score"}, {"name": "score_low"}, {"name": "score_high"}],
                }
            ]
        }
    )

    id: str | None = Field(default=None, max_length=200, description="Comes back with the answer.")
    parameters: RequestParameters = RequestParameters()
    inputs: list[RequestInput] = Field(min_length=1, max_length=1)
    outputs: list[RequestOutput] = Field(default=[], max_length=MAX_OUTPUTS)


class ResultParameters(BaseModel):
    """Where a tensor's data are that come after the JSON, in the order of the outputs."""

    binary_data_size: int = Field(ge=0, description="Bytes.")


class ResponseOutput(BaseModel):
    """A tensor, row by row."""

    name: str
    datatype: Datatype
    shape: list[int]
    parameters: ResultParameters | None = None
    data: list[float] | list[str] | None = Field(default=None, description="None where the data come as bytes.")


class InferenceResponse(BaseModel):
    """What a model says of the pictures."""

    model_name: str
    model_version: str
    id: str | None = None
    outputs: list[ResponseOutput]
