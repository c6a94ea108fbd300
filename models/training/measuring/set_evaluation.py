"""A shipped checkpoint on a rated set, such as one that its owner has and we do not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.checkpoints.manifest import Manifest
from models.figures.records import SetFigures
from models.heads.variant import Variant
from models.training.data.corpus import LabelledFeatures
from models.training.data.crop_cache import cached_crops
from models.training.data.feature_cache import trunk_features
from models.training.data.readers.ratings import RatedSet
from models.training.data.trunk import Trunk
from models.training.measuring.evaluation import measure_set
from models.trunk.preprocess import Preprocess


@dataclass(frozen=True)
class SetEvaluation:
    """Figures of a checkpoint on a set, and whether pictures of that set were trained on."""

    figures: SetFigures[float]
    was_trained_on: bool


def evaluate_on_set(manifest: Manifest, head: Variant, trunk: Trunk, rated: RatedSet, *, cache: Path) -> SetEvaluation:
    """Agreement with people on every picture of the set, whose labels are taken at their nominal range."""
    table = trunk_features(rated, trunk, Preprocess(manifest.model.preprocess), cache=cache)
    crops = cached_crops(rated, head.crop_px, root=cache)
    fold = LabelledFeatures(rated, table, crops).fold(np.arange(len(rated.examples)), rated.scores_N)
    names = {record.name for record in manifest.training.datasets}
    return SetEvaluation(measure_set(head, fold), rated.name in names)
