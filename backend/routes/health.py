"""What machines ask: does the process live, can it score, and how is it doing."""

from __future__ import annotations

from fastapi import APIRouter, Response

from backend.metrics import METRICS_MEDIA_TYPE
from backend.schemas import Liveness, Readiness
from backend.services import ServicesDep

router = APIRouter(tags=["health"])


@router.get("/livez")
async def livez() -> Liveness:
    """The process answers."""
    return Liveness()


@router.get("/readyz")
async def readyz(services: ServicesDep) -> Readiness:
    """A checkpoint is loaded and warm, the engine runs, a decode child works, the database answers; else 503."""
    await services.check_ready()
    return Readiness(checkpoints=len(services.catalogue.snapshot.predictors))


@router.get("/metrics", response_class=Response)
async def metrics(services: ServicesDep) -> Response:
    """Counters and times in Prometheus' text format."""
    return Response(services.metrics.exposition(), media_type=METRICS_MEDIA_TYPE)
