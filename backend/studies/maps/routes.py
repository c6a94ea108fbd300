"""A study's map under each checkpoint, its pictures, its experts, and the place of an upload among them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.addresses import STUDIES_PATH
from backend.figures.expert_schemas import ExpertsResponse
from backend.inference.known_checkpoint import CatalogueDep, KnownCheckpoint
from backend.maps.answers import map_list, neighbour_list, place_response
from backend.maps.image_set_routes import Index
from backend.maps.image_sets import check_row
from backend.maps.maps import COLUMN_MEDIA_TYPE
from backend.maps.place_routes import PlacingDep
from backend.maps.routes import (
    FINDING_MAPS,
    Among,
    ColumnName,
    ColumnVersion,
    NeighbourCount,
    NeighboursOf,
    column_response,
)
from backend.maps.schemas import ImageSetRows, MapList, NeighbourList, PlaceResponse
from backend.routing.content import (
    KEPT_PICTURE,
    PRIVATE_IMMUTABLE,
    REVALIDATED,
    WholeFile,
    content_response,
)
from backend.routing.departure import unless_client_leaves
from backend.routing.documented import documented, documented_content, documented_file, documented_json
from backend.routing.parameters import ImageSetAddress, MapAddress, MapChoice
from backend.routing.parts import part
from backend.studies.maps.shelves import Shelf, StudyMaps
from backend.studies.routes import AskedCheckpoint, KnownStudy, StudiesDep
from models.checkpoints.manifest import Manifest
from models.studies.pictures.small import SMALL_MEDIA_TYPE

StudyMapsDep = Annotated[StudyMaps, part(StudyMaps)]

_LOOKING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)

router = APIRouter(prefix=f"{STUDIES_PATH}/{{study_id}}", tags=["studies"])


async def _shelf(studies: StudiesDep, study_maps: StudyMapsDep, study: KnownStudy) -> Shelf:
    return study_maps.of(study.id, studies.finished_folder(study))


ShelfDep = Annotated[Shelf, Depends(_shelf)]


async def _asked_manifest(catalogue: CatalogueDep, checkpoint: AskedCheckpoint) -> Manifest:
    return (await catalogue.find(checkpoint)).manifest


AskedManifest = Annotated[Manifest, Depends(_asked_manifest)]


@router.get("/map", responses=FINDING_MAPS)
async def get_study_map(shelf: ShelfDep, checkpoint: AskedManifest) -> MapList:
    """The map of the study's pictures under a checkpoint, as a checkpoint's own list has it; none until it is drawn."""
    return map_list(await shelf.maps.of(checkpoint), checkpoint)


@router.get(
    "/checkpoints/{checkpoint_id}/maps/{address}/columns/{name}",
    response_class=Response,
    responses={**FINDING_MAPS, **documented_content(COLUMN_MEDIA_TYPE)},
)
async def get_study_map_column(
    request: Request,
    shelf: ShelfDep,
    checkpoint: KnownCheckpoint,
    address: MapAddress,
    name: ColumnName,
    v: ColumnVersion = None,
) -> Response:
    """A column's raw bytes: little-endian, row by row, of the type and shape that the list says."""
    return column_response(request, await shelf.maps.find(checkpoint, address), name, version=v)


@router.get(
    "/checkpoints/{checkpoint_id}/maps/{address}/neighbours",
    responses={**FINDING_MAPS, **documented(HTTPStatus.UNPROCESSABLE_ENTITY)},
)
async def list_study_neighbours(
    shelf: ShelfDep,
    checkpoint: KnownCheckpoint,
    address: MapAddress,
    row: NeighboursOf,
    space: Among = "features",
    count: NeighbourCount = 12,
) -> NeighbourList:
    """The pictures of the study nearest to one of them, among what was projected or among the posteriors."""
    embedding_map = await shelf.maps.find(checkpoint, address)
    found = await shelf.maps.neighbours(embedding_map, row, space=space, count=count)
    return neighbour_list(found, embedding_map, row, space)


@router.get("/experts", response_class=Response, responses={**FINDING_MAPS, **documented_json(ExpertsResponse)})
async def get_study_experts(
    request: Request, shelf: ShelfDep, checkpoint: AskedManifest, address: MapChoice = None
) -> Response:
    """Use, skill and agreement of a checkpoint's experts and clusters on the study's pictures."""
    return content_response(request, await shelf.experts.of(checkpoint, address), caching=REVALIDATED)


@router.get("/place", responses=_LOOKING)
async def get_study_place(
    request: Request,
    shelf: ShelfDep,
    placing: PlacingDep,
    checkpoint: AskedManifest,
    analysis: Annotated[str, Query(description="An analysis's id.")],
    address: MapChoice = None,
) -> PlaceResponse:
    """Where a kept picture of an analysis lies among those of the study, and what is near it."""
    work = placing.place(analysis, checkpoint=checkpoint.id, address=address, maps=shelf.maps)
    return place_response(await unless_client_leaves(request, work))


@router.get(
    "/image-sets/{address}/rows", response_class=Response, responses={**FINDING_MAPS, **documented_json(ImageSetRows)}
)
async def get_study_rows(request: Request, shelf: ShelfDep, address: ImageSetAddress) -> Response:
    """The name of every picture on the study's maps, and every content."""
    images = await shelf.image_sets.find(address)
    return content_response(request, await shelf.image_sets.rows(images), caching=REVALIDATED)


@router.get(
    "/image-sets/{address}/sheets/{index}",
    response_class=Response,
    responses={**FINDING_MAPS, **documented_content("image/webp")},
)
async def get_study_sheet(request: Request, shelf: ShelfDep, address: ImageSetAddress, index: Index) -> Response:
    """A sprite sheet of thumbnails."""
    images = await shelf.image_sets.find(address)
    return content_response(request, await shelf.image_sets.sheet(images, index), caching=PRIVATE_IMMUTABLE)


@router.get(
    "/image-sets/{address}/pictures/{row}",
    response_class=WholeFile,
    responses={**FINDING_MAPS, **documented_file(SMALL_MEDIA_TYPE)},
)
async def get_study_picture(
    studies: StudiesDep, study: KnownStudy, shelf: ShelfDep, address: ImageSetAddress, row: Index
) -> WholeFile:
    """The small copy of a picture on the study's maps."""
    images = await shelf.image_sets.find(address)
    check_row(row, len(images))
    path = await studies.small_copy_called(study, images.manifest.rows.picture[row])
    return WholeFile(path, media_type=SMALL_MEDIA_TYPE, headers={"Cache-Control": KEPT_PICTURE})
