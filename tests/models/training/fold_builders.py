"""Folds as measurements take them, drawn by a formula."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from models.distortions.pseudo_mos import kadid_mos
from models.heads.outputs import IQAOutput
from models.taxonomy import LEVELS, TAXONOMY, UNKNOWN_INDEX
from models.training.data.folds import Fold
from tests.models.builders import drawn_crops, random_features


def fold_of(
    scores: Sequence[float],
    *,
    classes: Sequence[str] | str = "jpeg",
    levels: Sequence[int] | int = 1,
    references: Sequence[str] | str = "pristine/a",
) -> Fold:
    """A fold without features; a single class, level or reference is everyone's."""
    count = len(scores)
    names = [classes] * count if isinstance(classes, str) else classes
    return Fold(
        features_ND=torch.zeros(count, 1),
        scores_N=np.array(scores, np.float32),
        classes_N=np.array([UNKNOWN_INDEX if name == "unknown" else TAXONOMY.class_index(name) for name in names]),
        levels_N=np.broadcast_to(levels, count),
        references_N=np.broadcast_to(references, count),
    )


def scored(scores: Sequence[float] | Tensor, std: float = 5.0) -> IQAOutput:
    """An output with scores and one deviation for all."""
    score_N = torch.as_tensor(scores, dtype=torch.float32)
    return IQAOutput(score_N, torch.full_like(score_N, std), torch.zeros(len(score_N), 1))


@functools.cache
def drawn_photographs(count: int = 60) -> Fold:
    """Rated photographs of unknown distortion, features for the tiny configuration."""
    return Fold(
        features_ND=random_features(count),
        scores_N=np.random.default_rng(0).uniform(10, 90, count).astype(np.float32),
        classes_N=np.full(count, UNKNOWN_INDEX),
        levels_N=np.zeros(count, np.int64),
        references_N=np.array([f"biq2021/{index:03}.png" for index in range(count)]),
        crops=drawn_crops(count),
    )


@functools.cache
def drawn_synthetic(num_references: int = 3) -> Fold:
    """Every type at every level, and clean, of a few references; labels are KADID-10k's means on 0-100."""
    cells = [("clean", 0, 91.25)]
    cells += [
        (name, level, 25 * (kadid_mos(name, level) - 1)) for name in TAXONOMY.distortion_types for level in LEVELS
    ]
    names, levels, labels = zip(*cells * num_references, strict=True)
    return Fold(
        features_ND=random_features(len(labels), seed=2),
        scores_N=np.array(labels, np.float32),
        classes_N=np.array([TAXONOMY.class_index(name) for name in names]),
        levels_N=np.array(levels),
        references_N=np.repeat([f"pristine/{index}" for index in range(num_references)], len(cells)),
        crops=drawn_crops(len(labels)),
    )
