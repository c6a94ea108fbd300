"""Checkpoints: which predictors serve, and which folders were refused."""

from __future__ import annotations

from fastapi import APIRouter

from backend.schemas import API_PREFIX, CheckpointList
from backend.services import ServicesDep

router = APIRouter(prefix=f"{API_PREFIX}/checkpoints", tags=["checkpoints"])


@router.get("")
async def list_checkpoints(services: ServicesDep) -> CheckpointList:
    """Every checkpoint folder, looked at anew."""
    return CheckpointList.of(await services.catalogue.refresh())
