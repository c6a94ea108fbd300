"""A level of the Distortion lab, or a cell of two distortions, as the API says it."""

from __future__ import annotations

from urllib.parse import quote

from backend.addresses import ANALYSES_PATH, VERSION_DIGITS
from backend.inference.answers import prediction_fields
from backend.lab.lab import Look, Place, Wanted, WantedCell
from backend.lab.schemas import (
    CellResponse,
    GridAxis,
    LevelPlace,
    LevelResponse,
    RatedGridList,
    RatedGridResponse,
)
from models.distortions.mixed import Axis, RatedGrid, rated_grids


def level_response(wanted: Wanted, look: Look, place: Place | None) -> LevelResponse:
    """What a checkpoint says of a level, and where its picture is."""
    return LevelResponse(
        **prediction_fields(look.prediction),
        analysis=wanted.analysis_id,
        distortion_type=wanted.distortion_type,
        level=wanted.level,
        equals_original=look.equals_original,
        place=None if place is None else _level_place(place),
        picture=_picture_url(wanted.analysis_id, f"distortions/{wanted.distortion_type}/{wanted.level}", look),
    )


def cell_response(wanted: WantedCell, look: Look) -> CellResponse:
    """The same of a cell of two distortions."""
    row, column = wanted.cell
    return CellResponse(
        **prediction_fields(look.prediction),
        analysis=wanted.analysis_id,
        grid=wanted.grid,
        row=row,
        column=column,
        equals_original=look.equals_original,
        picture=_picture_url(wanted.analysis_id, f"mixed/{quote(wanted.grid)}/{row}/{column}", look),
    )


def rated_grid_list() -> RatedGridList:
    """Every grid that people rated, with what they said of its cells."""
    return RatedGridList(grids=[_rated_grid(rated) for rated in rated_grids().values()])


def _rated_grid(rated: RatedGrid) -> RatedGridResponse:
    grid = rated.grid
    cells = [[(row, column) for column in range(len(grid.second.stated))] for row in range(len(grid.first.stated))]
    opinions = [[rated.opinions.get(cell) for cell in line] for line in cells]
    return RatedGridResponse(
        name=grid.name,
        database=rated.database,
        first=_axis(grid.first),
        second=_axis(grid.second),
        worst=rated.worst,
        best=rated.best,
        means=[[None if opinion is None else opinion.mean for opinion in line] for line in opinions],
        standard_errors=[
            [None if opinion is None else opinion.variance_of_mean**0.5 for opinion in line] for line in opinions
        ],
        num_references=min(opinion.num_references for opinion in rated.opinions.values()),
    )


def _axis(axis: Axis) -> GridAxis:
    return GridAxis(distortion_type=axis.distortion_type, stated=list(axis.stated), parameters=list(axis.parameters))


def picture_version(pixels_sha256: str) -> str:
    """What names exactly these pixels in an address."""
    return pixels_sha256[:VERSION_DIGITS]


def _level_place(place: Place) -> LevelPlace:
    placement = place.placement
    return LevelPlace(
        map=place.embedding_map.folder.name,
        x=placement.x,
        y=placement.y,
        is_far=placement.is_far,
    )


def _picture_url(analysis_id: str, path: str, look: Look) -> str:
    here = f"{ANALYSES_PATH}/{analysis_id}"
    if look.pixels_sha256 is None:
        return f"{here}/picture"
    return f"{here}/{path}/picture?v={picture_version(look.pixels_sha256)}"
