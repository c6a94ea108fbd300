"""The pages that people see, and the files that the pages need."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from backend.errors import NotFound
from backend.languages import LanguageDep
from backend.pages.pages import AnalysesPage, ComparePage, DocsPage, ExpertsPage, MapPage, VariantsPage
from backend.pages.static_files import IMMUTABLE, MissingStaticFile, media_type
from backend.services import ServicesDep

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
async def score_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The Score page, empty."""
    return _page(services.pages.score(language), language)


@router.get("/analyses/{analysis_id}", response_class=HTMLResponse)
async def analysis_page(services: ServicesDep, language: LanguageDep, analysis_id: str) -> HTMLResponse:
    """The Score page for one analysis."""
    analysis = await services.analyses.get(analysis_id)
    page = services.pages.score(language, analysis_id=analysis.id, filename=analysis.filename)
    return _page(page, language)


@router.get("/map", response_class=HTMLResponse)
async def map_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The Map page."""
    return _page(services.pages.render(MapPage(), language), language)


@router.get("/experts", response_class=HTMLResponse)
async def experts_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The Experts page."""
    return _page(services.pages.render(ExpertsPage(), language), language)


@router.get("/compare", response_class=HTMLResponse)
async def compare_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The Compare page."""
    return _page(services.pages.render(ComparePage(), language), language)


@router.get("/lab", response_class=HTMLResponse)
async def lab_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The Distortion lab."""
    services.decoder.prepare_distorting()  # by the time that a picture is chosen it is up
    return _page(services.pages.lab(language), language)


@router.get("/variants", response_class=HTMLResponse)
async def variants_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The Variants page."""
    return _page(services.pages.render(VariantsPage(), language), language)


@router.get("/analyses", response_class=HTMLResponse)
async def analyses_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The list of analyses."""
    return _page(services.pages.render(AnalysesPage(), language), language)


@router.get("/batches", response_class=HTMLResponse)
async def batches_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The list of batches."""
    return _page(services.pages.batches(language), language)


@router.get("/batches/{job_id}", response_class=HTMLResponse)
async def batch_page(services: ServicesDep, language: LanguageDep, job_id: str) -> HTMLResponse:
    """One batch."""
    job = await services.jobs.get(job_id)
    return _page(services.pages.batches(language, job_id=job.id), language)


@router.get("/api/docs", response_class=HTMLResponse)
async def docs_page(services: ServicesDep, language: LanguageDep) -> HTMLResponse:
    """The API's documentation."""
    return _page(services.pages.render(DocsPage(), language), language)


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


def _page(html: str, language: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"})
