"""What machines ask: does the process live, can it score, and how is it doing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal, Protocol

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from pydantic import Field

from backend.errors import NotReady, Overloaded
from backend.inference.catalogue import Catalogue
from backend.inference.engine import Engine
from backend.inference.known_checkpoint import CatalogueDep
from backend.routing.documented import documented
from backend.routing.parts import part
from backend.schemas import Frozen
from backend.storage.database import Database
from backend.telemetry.metrics import METRICS_MEDIA_TYPE, Metrics


class Children(Protocol):
    """What is asked of the decode children."""

    async def ready(self) -> bool:
        """Whether a child decodes."""
        ...


class Health:
    """Knows what keeps an upload from being scored and remembered now."""

    def __init__(self, *, catalogue: Catalogue, engine: Engine, children: Children, database: Database) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._children = children
        self._database = database

    async def check_ready(self) -> None:
        """Raise `NotReady` where an upload would not be scored and remembered now."""
        if missing := await self._missing():
            raise NotReady(f"got a service that cannot score now, expected {' and '.join(missing)}")

    async def _missing(self) -> tuple[str, ...]:
        parts = {
            "a checkpoint": bool(self._catalogue.snapshot.predictors),
            "an engine": self._engine.is_running,
            "a decode child": await self._children.ready(),
            "a database that is whole": not self._database.is_damaged,
            "a database that answers": await self._database_answers(),
        }
        return tuple(part for part, is_there in parts.items() if not is_there)

    async def _database_answers(self) -> bool:
        try:
            await self._database.check()
        except Overloaded:
            return False
        return True


HealthDep = Annotated[Health, part(Health)]
MetricsDep = Annotated[Metrics, part(Metrics)]


class Readiness(Frozen):
    """The service can score."""

    status: Literal["ready"] = "ready"
    checkpoints: int = Field(description="How many are served.")


class Liveness(Frozen):
    """The process answers."""

    status: Literal["live"] = "live"


router = APIRouter(tags=["health"])


@router.get("/livez")
async def livez() -> Liveness:
    """The process answers."""
    return Liveness()


@router.get("/readyz", responses=documented(HTTPStatus.SERVICE_UNAVAILABLE))
async def readyz(health: HealthDep, catalogue: CatalogueDep) -> Readiness:
    """A checkpoint is loaded and warm, the engine runs, a decode child works, the database answers; else 503."""
    await health.check_ready()
    return Readiness(checkpoints=len(catalogue.snapshot.predictors))


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(metrics: MetricsDep) -> PlainTextResponse:
    """Counters and times in Prometheus' text format."""
    return PlainTextResponse(metrics.exposition(), media_type=METRICS_MEDIA_TYPE)
