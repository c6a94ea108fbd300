"""Checkpoints: which serve and which were refused, what each is, how well it did, and whether its files are whole."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from backend.addresses import API_PREFIX
from backend.checkpoints.answers import (
    card_list,
    card_text_response,
    checkpoint_list,
    integrity_response,
    verification_response,
)
from backend.checkpoints.card_schemas import CardList, CardTextResponse, IntegrityResponse, VerificationResponse
from backend.checkpoints.cards import Cards, CheckpointFile
from backend.checkpoints.schemas import CheckpointList
from backend.inference.known_checkpoint import CatalogueDep
from backend.routing.content import (
    JSON_MEDIA_TYPE,
    REVALIDATED,
    Content,
    WholeFile,
    content_response,
)
from backend.routing.documented import documented, documented_file, documented_json
from backend.routing.parameters import CheckpointId
from backend.routing.parts import part

CardsDep = Annotated[Cards, part(Cards)]

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)
_CHECKING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_MEDIA_TYPES: Final[Mapping[CheckpointFile, str]] = {
    "MODEL_CARD.md": "text/markdown",
    "metrics.json": JSON_MEDIA_TYPE,
    "config.json": JSON_MEDIA_TYPE,
}

FileName = Annotated[CheckpointFile, Path(description="One of the files that may be shown.")]

router = APIRouter(prefix=API_PREFIX, tags=["checkpoints"])


@router.get("/checkpoints")
async def list_checkpoints(catalogue: CatalogueDep) -> CheckpointList:
    """Every checkpoint folder, looked at anew."""
    return checkpoint_list(await catalogue.refresh())


@router.get("/cards")
async def list_cards(cards: CardsDep) -> CardList:
    """Every checkpoint folder with its parts, training data and held-out figures, looked at anew."""
    return card_list(*await cards.all())


@router.get(
    "/checkpoints/{checkpoint_id}/card",
    response_class=Response,
    responses={**_FINDING, **documented_json(CardTextResponse)},
)
async def get_card(request: Request, cards: CardsDep, checkpoint_id: CheckpointId) -> Response:
    """A checkpoint's model card as Markdown and as HTML that is safe to show."""
    text = card_text_response(await cards.text(checkpoint_id), checkpoint_id)
    return content_response(request, Content.of_model(text), caching=REVALIDATED)


@router.get(
    "/checkpoints/{checkpoint_id}/files/{name}",
    response_class=WholeFile,
    responses={**_FINDING, **documented_file(*dict.fromkeys(_MEDIA_TYPES.values()))},
)
async def get_file(cards: CardsDep, checkpoint_id: CheckpointId, name: FileName) -> WholeFile:
    """A file of a checkpoint to keep, under a name that says whose it is."""
    path = await cards.file(checkpoint_id, name)
    return WholeFile(path, media_type=_MEDIA_TYPES[name], filename=f"{checkpoint_id}-{name}")


@router.get("/checkpoints/{checkpoint_id}/integrity", responses=_CHECKING)
async def get_integrity(cards: CardsDep, checkpoint_id: CheckpointId) -> IntegrityResponse:
    """A checkpoint's files, read and hashed now, beside what was recorded of them; also of a refused checkpoint."""
    return integrity_response(await cards.integrity(checkpoint_id))


@router.post("/checkpoints/{checkpoint_id}/verification", responses=_CHECKING)
async def verify(cards: CardsDep, checkpoint_id: CheckpointId) -> VerificationResponse:
    """Load a checkpoint anew and score the golden picture; what is served stays as it is."""
    return verification_response(await cards.verify(checkpoint_id))
