"""The service, as a table of contents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from uuid import UUID

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from backend import VERSION, health
from backend.analyses import routes as analyses
from backend.batches import routes as batches
from backend.checkpoints import routes as checkpoints
from backend.door import openapi
from backend.door.admission import UploadDoor
from backend.door.allowed_methods import HeadAnswers, refuse_method
from backend.door.openapi import DESCRIPTION, TAGS, DescribedApp
from backend.door.problems import ErrorAnswers, reraise
from backend.door.rate_limit import Rate, RateLimit
from backend.door.read_only import ReadOnlyDoor
from backend.door.request_log import RequestRecord
from backend.door.security import BodyLimit, HostCheck, OriginCheck, SecurityHeaders, TokenGate
from backend.figures import expert_routes as experts
from backend.figures import routes as figures
from backend.lab import cell_routes as lab_cells
from backend.lab import routes as lab
from backend.maps import image_set_routes as image_sets
from backend.maps import place_routes as places
from backend.maps import routes as maps
from backend.oip import routes as oip
from backend.oip.schemas import InferenceRequest
from backend.pages import routes as pages
from backend.services import Services, build_services
from backend.settings import Settings
from backend.studies import routes as studies
from backend.studies.exports import routes as study_exports
from backend.studies.maps import routes as study_maps
from backend.studies.pictures import decision_routes as study_decisions
from backend.studies.pictures import routes as study_pictures


def create_app(settings: Settings, *, services: Services | None = None) -> FastAPI:
    """The application for these settings; `services` replaces the parts that it would build itself."""
    services = services or build_services(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with services.running():
            yield

    app = DescribedApp(
        title="CENIQA Studio",
        version=VERSION,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=[*TAGS],
        bodies=[InferenceRequest],
        lifespan=lifespan,
        openapi_url=None,  # ours is made in a thread, and FastAPI's pages load their scripts from a CDN
        redirect_slashes=False,
        middleware=_layers(services),
        exception_handlers={
            HTTPStatus.METHOD_NOT_ALLOWED: refuse_method,
            HTTPException: reraise,
            RequestValidationError: reraise,
        },
    )
    app.state.parts = services.parts
    scoring = (analyses, places, batches, lab, lab_cells)
    of_studies = (studies, study_pictures, study_decisions, study_maps, study_exports)
    resources = (*scoring, *of_studies, checkpoints, experts, figures, maps, image_sets, oip)
    for routes in (*resources, health, openapi, pages):
        app.include_router(routes.router)
    return app


def _layers(services: Services) -> list[Middleware]:
    """What every request passes, outermost first."""
    settings = services.settings
    layers = [
        Middleware(CorrelationIdMiddleware, transformer=_plain_id),
        Middleware(SecurityHeaders),
        Middleware(RequestRecord, metrics=services.metrics),
        Middleware(HeadAnswers),
        Middleware(ErrorAnswers, error_page=services.pages.error),
        Middleware(HostCheck, allowed_hosts=settings.allowed_hosts),
        Middleware(OriginCheck),
        Middleware(
            BodyLimit,
            max_upload_bytes=settings.max_upload_bytes,
            max_batch_bytes=settings.max_batch_bytes,
            max_study_bytes=settings.max_study_bytes,
        ),
    ]
    if settings.rate_limit is not None:
        layers.append(Middleware(RateLimit, rate=Rate.parse(settings.rate_limit)))
    if settings.token is not None:
        layers.append(Middleware(TokenGate, token=settings.token.get_secret_value()))
    if settings.read_only:
        layers.append(Middleware(ReadOnlyDoor))
    door = Middleware(
        UploadDoor,
        budget=services.bodies,
        check_places=services.engine.check_places,
        max_upload_bytes=settings.max_upload_bytes,
    )
    if settings.trusted_proxies:
        proxies = list(settings.trusted_proxies)
        layers.insert(0, Middleware(ProxyHeadersMiddleware, trusted_hosts=proxies))
    return [*layers, door]


def _plain_id(request_id: str) -> str:
    # A client may write its UUID in braces or as a URN; ours is 32 hexadecimal digits everywhere.
    return UUID(request_id).hex
