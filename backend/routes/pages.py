"""The pages that people see, and the files that the pages need."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from backend.errors import NotFound
from backend.services import ServicesDep
from backend.static_files import IMMUTABLE, MissingStaticFile, media_type

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
async def score_page(services: ServicesDep) -> HTMLResponse:
    """The Score page, empty."""
    return HTMLResponse(services.pages.score())


@router.get("/analyses/{analysis_id}", response_class=HTMLResponse)
async def analysis_page(services: ServicesDep, analysis_id: str) -> HTMLResponse:
    """The Score page for one analysis."""
    analysis = await services.analyses.get(analysis_id)
    return HTMLResponse(services.pages.score(analysis_id=analysis.id, filename=analysis.filename))


@router.get("/map", response_class=HTMLResponse)
async def map_page(services: ServicesDep) -> HTMLResponse:
    """The Map page."""
    return HTMLResponse(services.pages.map())


@router.get("/static/{content_hash}/{path:path}")
async def static_file(services: ServicesDep, content_hash: str, path: str) -> FileResponse:
    """A static file of this release; another release's hash is not found rather than answered wrongly."""
    if content_hash != services.static.content_hash:
        raise NotFound("got the static files of another release; load the page again")
    try:
        file = services.static.file(path)
    except MissingStaticFile as error:
        raise NotFound(str(error)) from None
    return FileResponse(file, media_type=media_type(file), headers={"Cache-Control": IMMUTABLE})
