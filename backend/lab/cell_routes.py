"""Two distortions in the lab: a kept picture in a cell of a grid, scored and sent, and what people said of such grids.

A request costs one picture, whatever the grid: who wants a whole grid asks cell by cell, in turns with everybody else.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from backend.addresses import ANALYSES_PATH, API_PREFIX
from backend.lab.answers import cell_response, picture_version, rated_grid_list
from backend.lab.lab import WantedCell
from backend.lab.routes import PROBLEMS, LabDep
from backend.lab.schemas import CellResponse, RatedGridList
from backend.routing.content import KEPT_PICTURE, REVALIDATED, Content, content_response
from backend.routing.departure import unless_client_leaves
from backend.routing.documented import documented_content, documented_json
from backend.routing.parameters import AnalysisId, ScoredUnder

_CELL_PATH: Final = f"{ANALYSES_PATH}/{{analysis_id}}/mixed/{{grid}}/{{row}}/{{column}}"
_MAX_POSITION: Final = 99
"""Beyond any grid; which cells one has, it says itself."""

GridName = Annotated[
    str,
    Path(description="Two types as FIRST+SECOND, or a grid that people rated.", examples=["gaussian_blur+jpeg"]),
]
Row = Annotated[int, Path(ge=0, le=_MAX_POSITION, description="How much of the first distortion: a level from 0.")]
Column = Annotated[int, Path(ge=0, le=_MAX_POSITION, description="How much of the second, which is done on top.")]

router = APIRouter(tags=["distortion lab"])


@router.get(_CELL_PATH, responses=PROBLEMS)
async def get_cell(
    request: Request,
    lab: LabDep,
    analysis_id: AnalysisId,
    grid: GridName,
    row: Row,
    column: Column,
    checkpoint: ScoredUnder = None,
) -> CellResponse:
    """What a checkpoint says of a kept picture under two distortions, one after the other."""
    wanted = WantedCell(analysis_id, grid, (row, column))
    return cell_response(wanted, await unless_client_leaves(request, lab.cell(wanted, checkpoint=checkpoint)))


@router.get(
    f"{_CELL_PATH}/picture",
    response_class=Response,
    responses={**PROBLEMS, **documented_content("image/webp")},
)
async def get_cell_picture(
    request: Request,
    lab: LabDep,
    analysis_id: AnalysisId,
    grid: GridName,
    row: Row,
    column: Column,
    v: Annotated[str | None, Query(description="The version that the cell names: kept for an hour.")] = None,
) -> Response:
    """The picture under both distortions at its native size, without loss."""
    work = lab.picture(WantedCell(analysis_id, grid, (row, column)))
    content, sha256 = await unless_client_leaves(request, work)
    caching = KEPT_PICTURE if v == picture_version(sha256) else REVALIDATED
    return content_response(request, content, caching=caching)


@router.get(f"{API_PREFIX}/rated-grids", response_class=Response, responses=documented_json(RatedGridList))
async def get_rated_grids(request: Request) -> Response:
    """The grids of two distortions that people rated, with the means of what they said."""
    return content_response(request, Content.of_model(rated_grid_list()), caching=REVALIDATED)
