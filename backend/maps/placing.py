"""Where a remembered picture lies on a checkpoint's map."""

from __future__ import annotations

from dataclasses import dataclass

from backend.analyses.library import Analyses
from backend.inference.catalogue import Catalogue
from backend.maps.maps import Maps
from models.maps.embedding_map import EmbeddingMap, Placement


@dataclass(frozen=True)
class PlacedAnalysis:
    """A picture's place, and whose map it is on."""

    analysis_id: str
    checkpoint: str
    embedding_map: EmbeddingMap
    placement: Placement


class Placing:
    """Places remembered pictures, whichever checkpoint scored them."""

    def __init__(self, *, catalogue: Catalogue, analyses: Analyses, maps: Maps) -> None:
        self._catalogue = catalogue
        self._analyses = analyses
        self._maps = maps

    async def place(
        self, analysis_id: str, *, checkpoint: str | None, address: str | None, maps: Maps | None = None
    ) -> PlacedAnalysis:
        """Place a picture, by default on the first map of the checkpoint that scored it first; `maps` are others' own.

        Raises `UnknownAnalysis`, `UnknownCheckpoint`, `UnknownMap`, `RefusedMap`, `PictureNotKept`, `Busy` and
        `DeadlineExceeded`.
        """
        analysis = await self._analyses.get(analysis_id)
        predictor = await self._catalogue.find(checkpoint or analysis.checkpoint)
        maps = maps or self._maps
        embedding_map = await maps.find(predictor.manifest, address)
        seen = await self._analyses.represent(analysis_id, predictor)
        placement = await maps.place(embedding_map, seen)
        return PlacedAnalysis(analysis_id, predictor.manifest.id, embedding_map, placement)
