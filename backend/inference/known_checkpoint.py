"""The checkpoint that an address names, found for whichever route has it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from backend.inference.catalogue import Catalogue
from backend.routing.parameters import CheckpointId
from backend.routing.parts import part
from models.checkpoints.manifest import Manifest

CatalogueDep = Annotated[Catalogue, part(Catalogue)]


async def _known_checkpoint(catalogue: CatalogueDep, checkpoint_id: CheckpointId) -> Manifest:
    return (await catalogue.find(checkpoint_id)).manifest


KnownCheckpoint = Annotated[Manifest, Depends(_known_checkpoint)]
"""The manifest of `checkpoint_id`; raises `UnknownCheckpoint`."""
