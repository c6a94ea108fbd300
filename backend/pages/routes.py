"""The pages that people see, and the files that the pages need."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from backend.addresses import STATIC_PREFIX
from backend.analyses.routes import AnalysesDep
from backend.batches.routes import BatchesDep
from backend.errors import NotFound
from backend.languages import LanguageDep
from backend.pages.pages import Pages
from backend.pages.static_files import IMMUTABLE, MissingStaticFile, StaticTree
from backend.pages.table import PAGES, PageRow
from backend.routing.content import is_known
from backend.routing.parts import part
from backend.studies.routes import StudiesDep

PagesDep = Annotated[Pages, part(Pages)]
StaticDep = Annotated[StaticTree, part(StaticTree)]

router = APIRouter(include_in_schema=False)


def _shows(row: PageRow) -> Callable[..., Awaitable[HTMLResponse]]:
    async def show(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
        return _page(pages.show(row.name, language), language)

    return show


for _row in PAGES:
    router.add_api_route(_row.path, _shows(_row), response_class=HTMLResponse, name=f"{_row.name}_page")


@router.get("/analyses/{analysis_id}", response_class=HTMLResponse)
async def analysis_page(
    pages: PagesDep, analyses: AnalysesDep, language: LanguageDep, analysis_id: str
) -> HTMLResponse:
    """The Score page for one analysis."""
    analysis = await analyses.get(analysis_id)
    return _page(pages.show_analysis(analysis.id, analysis.filename, language), language)


@router.get("/batches/{batch_id}", response_class=HTMLResponse)
async def batch_page(pages: PagesDep, batches: BatchesDep, language: LanguageDep, batch_id: str) -> HTMLResponse:
    """The Batches page for one batch."""
    batch = await batches.get(batch_id)
    return _page(pages.show_batch(batch.id, language), language)


@router.get("/studies/{study_id}", response_class=HTMLResponse)
async def study_page(pages: PagesDep, studies: StudiesDep, language: LanguageDep, study_id: str) -> HTMLResponse:
    """The Studies page for one study."""
    study = await studies.get(study_id)
    return _page(pages.show_study(study.id, language), language)


@router.get(STATIC_PREFIX + "/{content_hash}/{path:path}")
async def static_file(request: Request, static: StaticDep, content_hash: str, path: str) -> Response:
    """A static file of this release; another release's hash is not found rather than answered wrongly."""
    if content_hash != static.content_hash:
        raise NotFound("got the static files of another release; load the page again")
    try:
        sent = static.represent(path, accepted=request.headers.get("accept-encoding", ""))
    except MissingStaticFile as error:
        raise NotFound(str(error)) from None
    headers = {"Cache-Control": IMMUTABLE, "ETag": sent.etag}
    if sent.is_one_of_several:
        headers["Vary"] = "Accept-Encoding"
    if is_known(request, sent.etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if sent.coding is not None:
        headers["Content-Encoding"] = sent.coding
    return FileResponse(sent.path, media_type=sent.media_type, headers=headers)


def _page(html: str, language: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"})
