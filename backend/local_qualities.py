"""Local quality of remembered pictures: computed when somebody looks, and held as long as others do not push it out."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from backend.analyses import Analyses
from backend.catalogue import Catalogue
from backend.errors import LocalQualityAbsent, UnsoundPrediction
from models.local_quality import LocalQuality

_MAX_HELD: Final = 64
"""A few hundred numbers each."""

_Key = tuple[str, str, str]


class LocalQualities:
    """Scores the windows of remembered pictures, whichever checkpoint scored them whole."""

    def __init__(self, *, catalogue: Catalogue, analyses: Analyses, max_held: int = _MAX_HELD) -> None:
        self._catalogue = catalogue
        self._analyses = analyses
        self._max_held = max_held
        self._held: OrderedDict[_Key, LocalQuality] = OrderedDict()

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
        if key not in self._held:
            local = await self._analyses.look_at(analysis_id, predictor.local)
            if not local.is_finite:
                raise UnsoundPrediction(f"got a number that is not finite from checkpoint {manifest.id}")
            self._hold(key, local)
        self._held.move_to_end(key)
        return self._held[key]

    def _hold(self, key: _Key, local: LocalQuality) -> None:
        self._held[key] = local
        while len(self._held) > self._max_held:
            self._held.popitem(last=False)
