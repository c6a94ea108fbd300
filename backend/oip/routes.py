"""The Open Inference Protocol (version 2, REST): checkpoints as models, for clients that others wrote."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Annotated, Final

import anyio.to_thread
from fastapi import APIRouter, Depends, Header, Path, Request, Response
from pydantic import NonNegativeInt
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import ClientDisconnect

from backend import VERSION
from backend.addresses import INFERENCE_PREFIX
from backend.analyses.library import Analyses
from backend.analyses.routes import AnalysesDep
from backend.errors import ClientLeft, UnsupportedEncoding
from backend.health import HealthDep
from backend.inference.known_checkpoint import CatalogueDep
from backend.oip.bodies import (
    BINARY_MEDIA_TYPE,
    JSON_LENGTH_HEADER,
    Inference,
    read_inference,
    write_answer,
)
from backend.oip.models import PLATFORM, check_outputs, find_model, model_metadata, model_version, output_tensors
from backend.oip.schemas import (
    InferenceRequest,
    InferenceResponse,
    ModelMetadata,
    ModelReady,
    ServerLive,
    ServerMetadata,
    ServerReady,
)
from backend.routing.content import JSON_MEDIA_TYPE
from backend.routing.departure import unless_client_leaves
from backend.routing.documented import Documented, binary, documented
from models.predictor import Predictor

_EXTENSIONS: Final = ("binary_tensor_data",)
_FINDING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_INFERRING: Final[Documented] = {
    **_FINDING,
    **documented(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.GATEWAY_TIMEOUT,
    ),
    int(HTTPStatus.OK): {
        "model": InferenceResponse,
        "content": binary(BINARY_MEDIA_TYPE),
        "headers": {
            JSON_LENGTH_HEADER: {
                "description": "How many bytes of the body are JSON; absent where all are.",
                "schema": {"type": "integer", "minimum": 1},
            }
        },
    },
}
_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": f"JSON, or JSON of the length that {JSON_LENGTH_HEADER} says and bytes after it.",
        "content": {
            JSON_MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{InferenceRequest.__name__}"}},
            **binary(BINARY_MEDIA_TYPE),
        },
    }
}

Name = Annotated[str, Path(description="A checkpoint's id.", examples=["moe"])]
Version = Annotated[str, Path(description="First 12 digits of the SHA-256 of the weights.", examples=["0123456789ab"])]
JsonBytes = Annotated[
    NonNegativeInt | SkipJsonSchema[None],
    Header(alias=JSON_LENGTH_HEADER, description="How many bytes of the body are JSON; default: all."),
]

router = APIRouter(prefix=INFERENCE_PREFIX, tags=["open inference protocol"])


async def _newest(catalogue: CatalogueDep, name: Name) -> Predictor:
    return await find_model(catalogue, name, None)


async def _named(catalogue: CatalogueDep, name: Name, version: Version) -> Predictor:
    return await find_model(catalogue, name, version)


Newest = Annotated[Predictor, Depends(_newest)]
Named = Annotated[Predictor, Depends(_named)]


@router.get("")
async def get_server() -> ServerMetadata:
    """Who answers, and which extensions of the protocol are understood."""
    return ServerMetadata(name=PLATFORM, version=VERSION, extensions=list(_EXTENSIONS))


@router.get("/health/live")
async def get_live() -> ServerLive:
    """The process answers."""
    return ServerLive()


@router.get("/health/ready", responses=documented(HTTPStatus.SERVICE_UNAVAILABLE))
async def get_ready(health: HealthDep) -> ServerReady:
    """The service can score, as at `/readyz`; else 503."""
    await health.check_ready()
    return ServerReady()


@router.get("/models/{name}", responses=_FINDING, response_model_exclude_none=True)
async def get_model(model: Newest) -> ModelMetadata:
    """What a model takes and gives."""
    return await anyio.to_thread.run_sync(model_metadata, model)


@router.get("/models/{name}/versions/{version}", responses=_FINDING, response_model_exclude_none=True)
async def get_model_version(model: Named) -> ModelMetadata:
    """What a model takes and gives, if these are the weights that are served."""
    return await anyio.to_thread.run_sync(model_metadata, model)


@router.get("/models/{name}/ready", responses=_FINDING)
async def get_model_ready(health: HealthDep, model: Newest) -> ModelReady:
    """The model can score; else 503."""
    await health.check_ready()
    return ModelReady(name=model.manifest.id)


@router.get("/models/{name}/versions/{version}/ready", responses=_FINDING)
async def get_model_version_ready(health: HealthDep, model: Named) -> ModelReady:
    """The model can score with these weights; else 503."""
    await health.check_ready()
    return ModelReady(name=model.manifest.id)


@router.post("/models/{name}/infer", response_class=Response, responses=_INFERRING, openapi_extra=_BODY)
async def infer(request: Request, analyses: AnalysesDep, model: Newest, json_bytes: JsonBytes = None) -> Response:
    """Score up to 8 pictures; nothing of them is remembered."""
    return await _infer(request, analyses, model, json_bytes)


@router.post(
    "/models/{name}/versions/{version}/infer", response_class=Response, responses=_INFERRING, openapi_extra=_BODY
)
async def infer_version(
    request: Request, analyses: AnalysesDep, model: Named, json_bytes: JsonBytes = None
) -> Response:
    """Score up to 8 pictures with these weights; nothing of them is remembered."""
    return await _infer(request, analyses, model, json_bytes)


async def _infer(request: Request, analyses: Analyses, model: Predictor, json_bytes: int | None) -> Response:
    inference = await _read(request, json_bytes)
    await anyio.to_thread.run_sync(check_outputs, model, inference.output_names)
    scoring = analyses.score_unkept(inference.pictures, predictor=model)
    predictions = await unless_client_leaves(request, scoring)
    tensors = output_tensors(model, predictions, inference.output_names)
    manifest = model.manifest
    answer = write_answer(inference, tensors, model_name=manifest.id, model_version=model_version(manifest))
    return Response(answer.body, media_type=answer.media_type, headers=answer.headers)


async def _read(request: Request, json_bytes: int | None) -> Inference:
    if (encoding := request.headers.get("content-encoding", "identity")) != "identity":
        raise UnsupportedEncoding(f"got a body in the encoding {encoding!r}, expected one that is not compressed")
    try:
        # Not `request.body()`, which would keep the bytes while the pictures wait for their turn.
        body = b"".join([chunk async for chunk in request.stream()])
    except ClientDisconnect as error:
        raise ClientLeft("got a closed connection, expected the whole body") from error
    # In a thread: a body may be as long as an upload.
    return await anyio.to_thread.run_sync(partial(read_inference, body, json_bytes=json_bytes))
