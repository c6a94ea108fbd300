"""What clients call maps and image sets: those beside checkpoints, and those of a set of somebody's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backend.addresses import CHECKPOINTS_PATH, IMAGE_SETS_PATH


@dataclass(frozen=True)
class MapAddresses:
    """Where the maps of checkpoints lie, and the image sets that they show; paths on this host."""

    checkpoints: str
    image_sets: str

    def map(self, checkpoint_id: str, address: str) -> str:
        """That of a checkpoint's map."""
        return f"{self.checkpoints}/{checkpoint_id}/maps/{address}"

    def images(self, address: str) -> str:
        """That of an image set."""
        return f"{self.image_sets}/{address}"


OWN: Final = MapAddresses(CHECKPOINTS_PATH, IMAGE_SETS_PATH)
"""Of the maps that lie beside the checkpoints."""
