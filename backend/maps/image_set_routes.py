"""Image sets: the pictures of maps, their credits, and sprite sheets of their thumbnails."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from backend.addresses import IMAGE_SETS_PATH
from backend.maps.addresses import OWN
from backend.maps.answers import image_set_response
from backend.maps.image_sets import ImageSets
from backend.maps.schemas import ImageSetResponse, ImageSetRows
from backend.routing.content import PRIVATE_IMMUTABLE, REVALIDATED, content_response
from backend.routing.documented import documented, documented_content, documented_json
from backend.routing.parameters import ImageSetAddress
from backend.routing.parts import part

ImageSetsDep = Annotated[ImageSets, part(ImageSets)]

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)

Index = Annotated[int, Path(description="Counted from 0.")]

router = APIRouter(prefix=f"{IMAGE_SETS_PATH}/{{address}}", tags=["maps"])


@router.get("", responses=_FINDING)
async def get_image_set(image_sets: ImageSetsDep, address: ImageSetAddress) -> ImageSetResponse:
    """What the pictures are, whose they are, and where their thumbnails lie."""
    return image_set_response(await image_sets.find(address), OWN)


@router.get("/rows", response_class=Response, responses={**_FINDING, **documented_json(ImageSetRows)})
async def get_rows(request: Request, image_sets: ImageSetsDep, address: ImageSetAddress) -> Response:
    """The id of every picture, and every content with its credit."""
    images = await image_sets.find(address)
    return content_response(request, await image_sets.rows(images), caching=REVALIDATED)


@router.get("/sheets/{index}", response_class=Response, responses={**_FINDING, **documented_content("image/webp")})
async def get_sheet(
    request: Request,
    image_sets: ImageSetsDep,
    address: ImageSetAddress,
    index: Index,
) -> Response:
    """A sprite sheet of thumbnails."""
    images = await image_sets.find(address)
    return content_response(request, await image_sets.sheet(images, index), caching=PRIVATE_IMMUTABLE)


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
    image_sets: ImageSetsDep,
    address: ImageSetAddress,
    row: Index,
) -> Response:
    """A picture at full size without loss, where its photograph may be passed on."""
    images = await image_sets.find(address)
    return content_response(request, await image_sets.picture(images, row), caching=PRIVATE_IMMUTABLE)
