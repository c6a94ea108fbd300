"""A shipped checkpoint on a rated set, such as one that its owner has and we do not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from models.checkpoints import load_head, read_manifest
from models.preprocess import Preprocess
from models.training.evaluation import SetFigures, measure_set
from models.training.feature_cache import cached_features
from models.training.folds import Fold
from models.training.readers.ratings import RatedSet
from models.training.trunk import prepare_trunk


@dataclass(frozen=True)
class SetEvaluation:
    """Figures of a checkpoint on a set, and whether pictures of that set were trained on."""

    figures: SetFigures
    was_trained_on: bool


def evaluate_on_set(folder: Path, rated: RatedSet, *, device: torch.device, cache: Path) -> SetEvaluation:
    """Agreement with people on every picture of the set, whose labels are taken at their nominal range."""
    manifest = read_manifest(folder)
    trunk = prepare_trunk(manifest.model.backbone, root=folder.parent, device=device)
    table = cached_features(
        rated,
        trunk.runtime,
        Preprocess(manifest.model.preprocess),
        trunk_sha256=trunk.record.sha256,
        num_features=trunk.layout.num_features,
        root=cache,
    )
    examples = rated.examples
    fold = Fold(
        features_ND=torch.from_numpy(table.features_ND),
        scores_N=rated.scores_N,
        classes_N=table.class_index_N.astype(np.int64),
        levels_N=np.array([example.level for example in examples]),
        references_N=np.array([example.reference for example in examples]),
    )
    names = {record.name for record in manifest.training.datasets}
    return SetEvaluation(measure_set(load_head(folder, manifest), fold), rated.name in names)
