"""Embedding maps: what a checkpoint's are, their columns as raw arrays, and who is near whom."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from backend.door.problems import documented
from backend.maps.maps import COLUMN_MEDIA_TYPE, column_content
from backend.maps.schemas import COLUMN_VERSION_DIGITS, MapList, NeighbourList
from backend.routing.addresses import CheckpointId, MapAddress
from backend.routing.content import PRIVATE_IMMUTABLE, REVALIDATED, content_response, documented_content
from backend.schemas import API_PREFIX
from backend.services import ServicesDep
from models.maps.embedding_map import NeighbourSpace

MAX_NEIGHBOURS: Final = 100

_FINDING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)

router = APIRouter(prefix=f"{API_PREFIX}/checkpoints/{{checkpoint_id}}/maps", tags=["maps"])


@router.get("", responses=_FINDING)
async def list_maps(services: ServicesDep, checkpoint_id: CheckpointId) -> MapList:
    """Every map of a checkpoint, looked at anew; stale and damaged ones with their reason."""
    checkpoint = (await services.catalogue.find(checkpoint_id)).manifest
    return MapList.of(await services.maps.of(checkpoint), checkpoint)


@router.get(
    "/{address}/columns/{name}",
    response_class=Response,
    responses={**_FINDING, **documented_content(COLUMN_MEDIA_TYPE)},
)
async def get_column(
    request: Request,
    services: ServicesDep,
    checkpoint_id: CheckpointId,
    address: MapAddress,
    name: Annotated[str, Path(description="A column's name, as the list has it.", examples=["x"])],
    v: Annotated[str | None, Query(description="The version that the list names: may then be kept for ever.")] = None,
) -> Response:
    """A column's raw bytes: little-endian, row by row, of the type and shape that the list says."""
    checkpoint = (await services.catalogue.find(checkpoint_id)).manifest
    content = column_content(await services.maps.find(checkpoint, address), name)
    # An address says what made a map, and the same made again on another machine may differ in the last digits.
    is_named = v == content.sha256[:COLUMN_VERSION_DIGITS]
    return content_response(request, content, caching=PRIVATE_IMMUTABLE if is_named else REVALIDATED)


@router.get("/{address}/neighbours", responses={**_FINDING, **documented(HTTPStatus.UNPROCESSABLE_ENTITY)})
async def list_neighbours(
    services: ServicesDep,
    checkpoint_id: CheckpointId,
    address: MapAddress,
    row: Annotated[int, Query(ge=0, description="Whose neighbours.")],
    space: Annotated[NeighbourSpace, Query(description="Among what was projected, or the posteriors.")] = "features",
    count: Annotated[int, Query(ge=1, le=MAX_NEIGHBOURS, description="How many.")] = 12,
) -> NeighbourList:
    """The pictures nearest to one of the map, among what was projected or among the posteriors."""
    checkpoint = (await services.catalogue.find(checkpoint_id)).manifest
    embedding_map = await services.maps.find(checkpoint, address)
    found = await services.maps.neighbours(embedding_map, row, space=space, count=count)
    return NeighbourList.of(found, embedding_map, row, space)
