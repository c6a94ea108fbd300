"""The maps of studies that were looked at lately, kept in memory as those of the checkpoints are."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.addresses import STUDIES_PATH
from backend.figures.expert_figures import ExpertFigures
from backend.maps.addresses import MapAddresses
from backend.maps.image_sets import ImageSets
from backend.maps.maps import Maps
from models.studies.findings.records import MAPS_OF_STUDY

_KEPT: Final = 4
"""Studies whose maps are in memory; one of 20,000 pictures has some 20 MB of them under a checkpoint."""


@dataclass(frozen=True)
class Shelf:
    """A study's image sets, its maps, and what they say of experts."""

    image_sets: ImageSets
    maps: Maps
    experts: ExpertFigures

    @classmethod
    def of(cls, folder: Path, study_id: str, checkpoints: Path) -> Shelf:
        """That of a study's folder; `checkpoints` have figures of their own."""
        root, here = folder / MAPS_OF_STUDY, f"{STUDIES_PATH}/{study_id}"
        image_sets = ImageSets(root)
        addresses = MapAddresses(f"{here}/checkpoints", f"{here}/image-sets")
        maps = Maps(root, shared=root, image_sets=image_sets, addresses=addresses)
        return cls(image_sets, maps, ExpertFigures(checkpoints, maps=maps))


class StudyMaps:
    """Finds the shelf of a study; those that nobody asked for lately go first."""

    def __init__(self, *, checkpoints: Path) -> None:
        self._checkpoints = checkpoints
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()

    def of(self, study_id: str, folder: Path) -> Shelf:
        """That of a study whose figures stand, in its folder."""
        shelf = self._shelves.pop(study_id, None) or Shelf.of(folder, study_id, self._checkpoints)
        self._shelves[study_id] = shelf
        while len(self._shelves) > _KEPT:
            self._shelves.popitem(last=False)
        return shelf
