"""Embedding maps: what a checkpoint's are, their columns as raw arrays, and who is near whom."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from backend.addresses import CHECKPOINT_PATH
from backend.inference.known_checkpoint import KnownCheckpoint
from backend.maps.answers import column_version, map_list, neighbour_list
from backend.maps.maps import COLUMN_MEDIA_TYPE, Maps, column_content
from backend.maps.schemas import MapList, NeighbourList
from backend.routing.content import PRIVATE_IMMUTABLE, REVALIDATED, content_response
from backend.routing.documented import documented, documented_content
from backend.routing.parameters import MapAddress
from backend.routing.parts import part
from models.maps.embedding_map import EmbeddingMap, NeighbourSpace

MapsDep = Annotated[Maps, part(Maps)]

MAX_NEIGHBOURS: Final = 100

FINDING_MAPS: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)

ColumnName = Annotated[str, Path(description="A column's name, as the list has it.", examples=["x"])]
ColumnVersion = Annotated[str | None, Query(description="The version that the list names: may then be kept for ever.")]
NeighboursOf = Annotated[int, Query(ge=0, description="Whose neighbours.")]
Among = Annotated[NeighbourSpace, Query(description="Among what was projected, or the posteriors.")]
NeighbourCount = Annotated[int, Query(ge=1, le=MAX_NEIGHBOURS, description="How many.")]

router = APIRouter(prefix=f"{CHECKPOINT_PATH}/maps", tags=["maps"])


@router.get("", responses=FINDING_MAPS)
async def list_maps(maps: MapsDep, checkpoint: KnownCheckpoint) -> MapList:
    """Every map of a checkpoint, looked at anew; stale and damaged ones with their reason."""
    return map_list(await maps.of(checkpoint), checkpoint)


@router.get(
    "/{address}/columns/{name}",
    response_class=Response,
    responses={**FINDING_MAPS, **documented_content(COLUMN_MEDIA_TYPE)},
)
async def get_column(
    request: Request,
    maps: MapsDep,
    checkpoint: KnownCheckpoint,
    address: MapAddress,
    name: ColumnName,
    v: ColumnVersion = None,
) -> Response:
    """A column's raw bytes: little-endian, row by row, of the type and shape that the list says."""
    return column_response(request, await maps.find(checkpoint, address), name, version=v)


@router.get("/{address}/neighbours", responses={**FINDING_MAPS, **documented(HTTPStatus.UNPROCESSABLE_ENTITY)})
async def list_neighbours(
    maps: MapsDep,
    checkpoint: KnownCheckpoint,
    address: MapAddress,
    row: NeighboursOf,
    space: Among = "features",
    count: NeighbourCount = 12,
) -> NeighbourList:
    """The pictures nearest to one of the map, among what was projected or among the posteriors."""
    embedding_map = await maps.find(checkpoint, address)
    found = await maps.neighbours(embedding_map, row, space=space, count=count)
    return neighbour_list(found, embedding_map, row, space)


def column_response(request: Request, embedding_map: EmbeddingMap, name: str, *, version: str | None) -> Response:
    """A column's bytes, to be kept for ever under the version that they have."""
    content = column_content(embedding_map, name)
    # An address says what made a map, and the same made again on another machine may differ in the last digits.
    is_named = version == column_version(content.sha256)
    return content_response(request, content, caching=PRIVATE_IMMUTABLE if is_named else REVALIDATED)
