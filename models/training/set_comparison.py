"""Several checkpoints on one rated set, measured as a study measures them.

Legend: N pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import TypeAdapter

from models.checkpoints.manifest import Manifest
from models.heads.variant import Variant
from models.studies.figures.agreeing import Standing
from models.studies.figures.comparing import differences
from models.studies.figures.mapping import fitted_mapping, mapped_scores
from models.studies.figures.rated import Mapped, Rated
from models.studies.figures.samples import Samples
from models.studies.findings.records import BASELINE, Difference
from models.training.data.crop_cache import cached_crops
from models.training.data.feature_cache import trunk_features
from models.training.data.readers.ratings import RatedSet
from models.training.data.trunk import Trunk
from models.training.measuring.evaluation import head_output
from models.trunk.preprocess import Preprocess

Floats = NDArray[np.floating]

_ROWS_AT_ONCE: Final = 1024


@dataclass(frozen=True)
class SetComparison:
    """The checkpoint with the highest SRCC, and every other less it and less the baseline, on the same samples."""

    best: str
    to_best: tuple[Difference, ...]
    to_baseline: tuple[Difference, ...]


def scores_on_set(manifest: Manifest, head: Variant, trunk: Trunk, rated: RatedSet, *, cache: Path) -> Floats:
    """Scores of the set's pictures (N,)."""
    table = trunk_features(rated, trunk, Preprocess(manifest.model.preprocess), cache=cache)
    crops = cached_crops(rated, head.crop_px, root=cache)
    output = head_output(head, torch.from_numpy(table.features_ND), crops, rows_at_once=_ROWS_AT_ONCE)
    return np.asarray(output.score.numpy(), np.float64)


def compare_on_set(rated: RatedSet, score_N: Mapping[str, Floats]) -> SetComparison:
    """Scores by checkpoint, mapped to the labels as in a study; contents are drawn whole."""
    label_N = rated.scores_N.astype(np.float64)
    samples = Samples.of([example.reference for example in rated.examples])
    ground = Rated(np.arange(len(label_N)), label_N, samples, has_references=True, fields={})
    standings = {name: Standing.of(_mapped(found_N, label_N), ground) for name, found_N in score_N.items()}
    best = max(standings, key=lambda name: np.nan_to_num(standings[name].srcc, nan=-2.0))
    to_baseline = differences(standings, BASELINE) if BASELINE in standings else ()
    return SetComparison(best, differences(standings, best), to_baseline)


def _mapped(score_N: Floats, label_N: Floats) -> Mapped:
    mapping = fitted_mapping(score_N, label_N)
    return Mapped(score_N, mapped_scores(mapping, score_N), mapping)


@lru_cache(maxsize=1)
def comparison_adapter() -> TypeAdapter[SetComparison]:
    """What makes plain values of it."""
    return TypeAdapter(SetComparison)
