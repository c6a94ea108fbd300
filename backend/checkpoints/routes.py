"""Cards: what each checkpoint is, how well it did, and whether its files are whole."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Request, Response

from backend.checkpoints.schemas import CardList, CardTextResponse, IntegrityResponse, VerificationResponse
from backend.door.problems import documented
from backend.pages.static_files import media_type
from backend.routing.addresses import CheckpointId
from backend.routing.content import (
    REVALIDATED,
    Content,
    WholeFile,
    content_response,
    documented_content,
    documented_file,
)
from backend.schemas import API_PREFIX
from backend.services import ServicesDep

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)
_CHECKING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_CARD: Final = {**documented_content("application/json"), 200: {"model": CardTextResponse}}

FileName = Annotated[
    Literal["MODEL_CARD.md", "metrics.json", "config.json"], Path(description="One of the files that may be shown.")
]

router = APIRouter(prefix=API_PREFIX, tags=["checkpoints"])


@router.get("/cards")
async def list_cards(services: ServicesDep) -> CardList:
    """Every checkpoint folder with its parts, training data and held-out figures, looked at anew."""
    return CardList.of(*await services.cards.all())


@router.get("/checkpoints/{checkpoint_id}/card", response_class=Response, responses={**_FINDING, **_CARD})
async def get_card(request: Request, services: ServicesDep, checkpoint_id: CheckpointId) -> Response:
    """A checkpoint's model card as Markdown and as HTML that is safe to show."""
    text = CardTextResponse.of(await services.cards.text(checkpoint_id), checkpoint_id)
    content = Content.of(text.model_dump_json().encode(), "application/json")
    return content_response(request, content, caching=REVALIDATED)


@router.get(
    "/checkpoints/{checkpoint_id}/files/{name}",
    response_class=WholeFile,
    responses={**_FINDING, **documented_file("text/markdown", "application/json")},
)
async def get_file(services: ServicesDep, checkpoint_id: CheckpointId, name: FileName) -> WholeFile:
    """A file of a checkpoint to keep, under a name that says whose it is."""
    path = await services.cards.file(checkpoint_id, name)
    return WholeFile(path, media_type=media_type(path), filename=f"{checkpoint_id}-{name}")


@router.get("/checkpoints/{checkpoint_id}/integrity", responses=_CHECKING)
async def get_integrity(services: ServicesDep, checkpoint_id: CheckpointId) -> IntegrityResponse:
    """A checkpoint's files, read and hashed now, beside what was recorded of them; also of a refused checkpoint."""
    return IntegrityResponse.of(await services.cards.integrity(checkpoint_id))


@router.post("/checkpoints/{checkpoint_id}/verification", responses=_CHECKING)
async def verify(services: ServicesDep, checkpoint_id: CheckpointId) -> VerificationResponse:
    """Load a checkpoint anew and score the golden picture; what is served stays as it is."""
    return VerificationResponse.of(await services.cards.verify(checkpoint_id))
