"""The pages that people see, and the files that the pages need."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from backend.addresses import DOCS_PATH, STATIC_PREFIX
from backend.analyses.routes import AnalysesDep
from backend.batches.routes import JobsDep
from backend.errors import NotFound
from backend.languages import LanguageDep
from backend.pages.pages import AnalysesPage, ComparePage, DocsPage, ExpertsPage, MapPage, Pages, VariantsPage
from backend.pages.static_files import IMMUTABLE, MissingStaticFile, StaticTree, media_type
from backend.routing.parts import part

PagesDep = Annotated[Pages, part(Pages)]
StaticDep = Annotated[StaticTree, part(StaticTree)]

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
async def score_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The Score page, empty."""
    return _page(pages.score(language), language)


@router.get("/analyses/{analysis_id}", response_class=HTMLResponse)
async def analysis_page(
    pages: PagesDep, analyses: AnalysesDep, language: LanguageDep, analysis_id: str
) -> HTMLResponse:
    """The Score page for one analysis."""
    analysis = await analyses.get(analysis_id)
    page = pages.score(language, analysis_id=analysis.id, filename=analysis.filename)
    return _page(page, language)


@router.get("/map", response_class=HTMLResponse)
async def map_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The Map page."""
    return _page(pages.render(MapPage(), language), language)


@router.get("/experts", response_class=HTMLResponse)
async def experts_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The Experts page."""
    return _page(pages.render(ExpertsPage(), language), language)


@router.get("/compare", response_class=HTMLResponse)
async def compare_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The Compare page."""
    return _page(pages.render(ComparePage(), language), language)


@router.get("/lab", response_class=HTMLResponse)
async def lab_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The Distortion lab."""
    return _page(pages.lab(language), language)


@router.get("/variants", response_class=HTMLResponse)
async def variants_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The Variants page."""
    return _page(pages.render(VariantsPage(), language), language)


@router.get("/analyses", response_class=HTMLResponse)
async def analyses_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The list of analyses."""
    return _page(pages.render(AnalysesPage(), language), language)


@router.get("/batches", response_class=HTMLResponse)
async def batches_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The list of batches."""
    return _page(pages.batches(language), language)


@router.get("/batches/{job_id}", response_class=HTMLResponse)
async def batch_page(pages: PagesDep, jobs: JobsDep, language: LanguageDep, job_id: str) -> HTMLResponse:
    """One batch."""
    job = await jobs.get(job_id)
    return _page(pages.batches(language, job_id=job.id), language)


@router.get(DOCS_PATH, response_class=HTMLResponse)
async def docs_page(pages: PagesDep, language: LanguageDep) -> HTMLResponse:
    """The API's documentation."""
    return _page(pages.render(DocsPage(), language), language)


@router.get(STATIC_PREFIX + "/{content_hash}/{path:path}")
async def static_file(static: StaticDep, content_hash: str, path: str) -> FileResponse:
    """A static file of this release; another release's hash is not found rather than answered wrongly."""
    if content_hash != static.content_hash:
        raise NotFound("got the static files of another release; load the page again")
    try:
        file = static.file(path)
    except MissingStaticFile as error:
        raise NotFound(str(error)) from None
    return FileResponse(file, media_type=media_type(file), headers={"Cache-Control": IMMUTABLE})


def _page(html: str, language: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"})
