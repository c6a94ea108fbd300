"""What machines ask: does the process live, can it score, and how is it doing."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from backend.door.problems import documented
from backend.schemas import Liveness, Readiness
from backend.services import ServicesDep
from backend.telemetry.metrics import METRICS_MEDIA_TYPE

router = APIRouter(tags=["health"])


@router.get("/livez")
async def livez() -> Liveness:
    """The process answers."""
    return Liveness()


@router.get("/readyz", responses=documented(HTTPStatus.SERVICE_UNAVAILABLE))
async def readyz(services: ServicesDep) -> Readiness:
    """A checkpoint is loaded and warm, the engine runs, a decode child works, the database answers; else 503."""
    await services.check_ready()
    return Readiness(checkpoints=len(services.catalogue.snapshot.predictors))


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(services: ServicesDep) -> PlainTextResponse:
    """Counters and times in Prometheus' text format."""
    return PlainTextResponse(services.metrics.exposition(), media_type=METRICS_MEDIA_TYPE)
