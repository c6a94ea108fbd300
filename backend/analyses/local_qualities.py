"""Local quality of remembered pictures: computed when somebody looks, and held as long as others do not push it out."""

from __future__ import annotations

from typing import Final

from backend.analyses.library import Analyses
from backend.concurrency.shared_work import SharedWork
from backend.errors import LocalQualityAbsent, UnsoundPrediction
from backend.inference.catalogue import Catalogue
from models.local_quality import LocalQuality
from models.predictor import Predictor

_MAX_HELD: Final = 64
"""A few hundred numbers each."""


class LocalQualities:
    """Scores the windows of remembered pictures, whichever checkpoint scored them whole."""

    def __init__(self, *, catalogue: Catalogue, analyses: Analyses, max_held: int = _MAX_HELD) -> None:
        self._catalogue = catalogue
        self._analyses = analyses
        self._shared: SharedWork[LocalQuality] = SharedWork(max_size=max_held, size_of=lambda _: 1)

    async def find(self, analysis_id: str, *, checkpoint: str | None) -> LocalQuality:
        """The windows of a picture, by default under the checkpoint that scored it first.

        Raises `UnknownAnalysis`, `UnknownCheckpoint`, `LocalQualityAbsent`, `PictureNotKept`, `Busy` and
        `DeadlineExceeded`.
        """
        analysis = await self._analyses.get(analysis_id)
        predictor = await self._catalogue.find(checkpoint or analysis.checkpoint)
        manifest = predictor.manifest
        if not predictor.has_local_quality:
            raise LocalQualityAbsent(f"got checkpoint {manifest.id!r}, expected one whose variant sees features alone")
        key = (analysis_id, manifest.id, manifest.weights_sha256)
        return await self._shared.get(key, lambda: self._compute(analysis_id, predictor))

    async def _compute(self, analysis_id: str, predictor: Predictor) -> LocalQuality:
        local = await self._analyses.look_in_steps(analysis_id, predictor.local)
        if not local.is_finite:
            raise UnsoundPrediction(f"got a number that is not finite from checkpoint {predictor.manifest.id}")
        return local
