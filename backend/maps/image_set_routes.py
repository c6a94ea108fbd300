"""Image sets: the pictures of maps, their credits, and sprite sheets of their thumbnails."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from backend.door.problems import documented
from backend.maps.schemas import ImageSetResponse, ImageSetRows
from backend.routing.addresses import ImageSetAddress
from backend.routing.content import PRIVATE_IMMUTABLE, REVALIDATED, content_response, documented_content
from backend.schemas import API_PREFIX
from backend.services import ServicesDep

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)
_ROWS: Final = {**documented_content("application/json"), 200: {"model": ImageSetRows}}

Index = Annotated[int, Path(description="Counted from 0.")]

router = APIRouter(prefix=f"{API_PREFIX}/image-sets/{{address}}", tags=["maps"])


@router.get("", responses=_FINDING)
async def get_image_set(services: ServicesDep, address: ImageSetAddress) -> ImageSetResponse:
    """What the pictures are, whose they are, and where their thumbnails lie."""
    return ImageSetResponse.of(await services.image_sets.find(address))


@router.get("/rows", response_class=Response, responses={**_FINDING, **_ROWS})
async def get_rows(request: Request, services: ServicesDep, address: ImageSetAddress) -> Response:
    """The id of every picture, and every content with its credit."""
    images = await services.image_sets.find(address)
    return content_response(request, await services.image_sets.rows(images), caching=REVALIDATED)


@router.get("/sheets/{index}", response_class=Response, responses={**_FINDING, **documented_content("image/webp")})
async def get_sheet(
    request: Request,
    services: ServicesDep,
    address: ImageSetAddress,
    index: Index,
) -> Response:
    """A sprite sheet of thumbnails."""
    images = await services.image_sets.find(address)
    return content_response(request, await services.image_sets.sheet(images, index), caching=PRIVATE_IMMUTABLE)


@router.get(
    "/pictures/{row}",
    response_class=Response,
    responses={
        **documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
        **documented_content("image/webp"),
    },
)
async def get_picture(
    request: Request,
    services: ServicesDep,
    address: ImageSetAddress,
    row: Index,
) -> Response:
    """A picture at full size without loss, where its photograph may be passed on."""
    images = await services.image_sets.find(address)
    return content_response(request, await services.image_sets.picture(images, row), caching=PRIVATE_IMMUTABLE)
