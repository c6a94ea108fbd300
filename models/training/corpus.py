"""Data sets with their features: what recipes are trained and measured on.

Legend: N pictures, D features, Q level chains, L pictures of a chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from models.features import FeatureLayout, FeatureRuntime
from models.preprocess import Preprocess
from models.pseudo_mos import lowest_kadid_mos
from models.taxonomy import CLEAN, LEVELS
from models.training.datasets import (
    KADID_CLEAN_MOS,
    Dataset,
    Example,
    blurred,
    pristine_photographs,
    read_biq2021,
    synthetic,
    synthetic_from_rated,
)
from models.training.evaluation import Fold
from models.training.feature_cache import FeatureTable, cached_features
from models.training.splits import Role, Split
from models.training.trainer import TrainingSet

RIDGE_ALPHA: Final = 3000.0
_LOW_QUANTILE: Final = 0.01


@dataclass(frozen=True)
class LabelledFeatures:
    """A data set beside its features, rows in the order of its examples."""

    dataset: Dataset
    table: FeatureTable

    @property
    def references_N(self) -> NDArray[np.str_]:
        """Content of each row."""
        return np.array([example.reference for example in self.dataset.examples])

    @property
    def labels_N(self) -> NDArray[np.float32]:
        """Labels on the data set's own scale."""
        return np.array([example.label for example in self.dataset.examples], dtype=np.float32)


@dataclass(frozen=True)
class Scale:
    """Affine map from labels to scores on 0-100."""

    slope: float
    offset: float

    def __call__(self, labels_N: NDArray[np.float32]) -> NDArray[np.float32]:
        """Labels -> scores."""
        return (labels_N * self.slope + self.offset).astype(np.float32)


PHOTOGRAPH_SCALE: Final = Scale(100.0, 0.0)
"""BIQ2021's MOS runs from 0 to 1: it defines the studio's scale."""


@dataclass(frozen=True)
class Corpus:
    """Photographs with human scores and synthetic distortions, with one trunk's features of all.

    `further` are distortions of rated photographs and `blurred` their blurred copies, row by row: to train on, never to
    measure on.
    """

    photographs: LabelledFeatures
    synthetic: LabelledFeatures
    further: LabelledFeatures
    blurred: LabelledFeatures

    @property
    def references(self) -> list[str]:
        """Every content, once."""
        return sorted({*self.photographs.references_N.tolist(), *self.synthetic.references_N.tolist()})

    def synthetic_scale(self, split: Split) -> Scale:
        """KADID's 1-5 on the photographs' scale, by two anchors from the training fold alone.

        Clean pictures stand where a ridge regression on the rated photographs puts them, the table's worst cell at the
        photographs' 1 % quantile. (A fit of the ridge's predictions to all labels would shrink the scale fivefold: the
        ridge has not seen such distortions.)
        """
        rows = split.indices(self.photographs.references_N.tolist(), "train")
        scores_N = PHOTOGRAPH_SCALE(self.photographs.labels_N[rows])
        ridge = make_pipeline(StandardScaler(), Ridge(RIDGE_ALPHA))
        ridge.fit(self.photographs.table.features_ND[rows], scores_N)
        synthetic_rows = split.indices(self.synthetic.references_N.tolist(), "train")
        clean = [row for row in synthetic_rows if self.synthetic.dataset.examples[row].level == 0]
        high = float(ridge.predict(self.synthetic.table.features_ND[clean]).mean())
        low = float(np.quantile(scores_N, _LOW_QUANTILE))
        slope = (high - low) / (KADID_CLEAN_MOS - lowest_kadid_mos())
        return Scale(slope, high - slope * KADID_CLEAN_MOS)

    def training_set(self, split: Split, scale: Scale) -> TrainingSet:
        """The training fold as tensors, its level chains gathered, beside the validation fold's synthetic pictures."""
        photographs = split.indices(self.photographs.references_N.tolist(), "train")
        parts = [(part, split.indices(part.references_N.tolist(), "train")) for part in (self.synthetic, self.further)]
        examples = [part.dataset.examples[row] for part, rows in parts for row in rows]
        held_out = self.fold(self.synthetic, split, "validation", scale)
        features_ND = np.concatenate([part.table.features_ND[rows] for part, rows in parts])
        labels_N = np.concatenate([part.labels_N[rows] for part, rows in parts])
        classes_N = np.concatenate([part.table.class_index_N[rows] for part, rows in parts])
        return TrainingSet(
            photograph_features_ND=torch.from_numpy(self.photographs.table.features_ND[photographs]),
            photograph_scores_N=torch.from_numpy(PHOTOGRAPH_SCALE(self.photographs.labels_N[photographs])),
            blurred_features_ND=torch.from_numpy(self.blurred.table.features_ND[photographs]),
            synthetic_features_ND=torch.from_numpy(features_ND),
            synthetic_scores_N=torch.from_numpy(scale(labels_N)),
            synthetic_classes_N=torch.from_numpy(classes_N.astype(np.int64)),
            chains_QL=torch.from_numpy(level_chains(examples)),
            calibration_features_ND=held_out.features_ND,
            calibration_classes_N=torch.from_numpy(held_out.classes_N),
        )

    def fold(self, part: LabelledFeatures, split: Split, role: Role, scale: Scale) -> Fold:
        """The pictures of one data set that have the role."""
        rows = split.indices(part.references_N.tolist(), role)
        return Fold(
            features_ND=torch.from_numpy(part.table.features_ND[rows]),
            scores_N=scale(part.labels_N[rows]),
            classes_N=part.table.class_index_N[rows].astype(np.int64),
            levels_N=np.array([part.dataset.examples[row].level for row in rows]),
            references_N=part.references_N[rows],
        )


def level_chains(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Positions (Q, L) of each reference's clean picture and its five levels of one type."""
    position = {(e.reference, e.distortion_type, e.level): index for index, e in enumerate(examples)}
    chains = [
        [position[reference, CLEAN, 0], *(position[reference, name, level] for level in LEVELS)]
        for reference, name, level in position
        if level == LEVELS[0]
    ]
    return np.array(chains, dtype=np.int64)


def load_corpus(
    *,
    biq2021: Path,
    pristine: list[Path],
    runtime: FeatureRuntime,
    preprocess: Preprocess,
    trunk_sha256: str,
    layout: FeatureLayout,
    cache: Path,
) -> Corpus:
    """Read the data sets and compute (or take from the cache) their features."""

    def with_features(dataset: Dataset) -> LabelledFeatures:
        table = cached_features(
            dataset, runtime, preprocess, trunk_sha256=trunk_sha256, num_features=layout.num_features, root=cache
        )
        return LabelledFeatures(dataset, table)

    rated = read_biq2021(biq2021)
    return Corpus(
        photographs=with_features(rated),
        synthetic=with_features(synthetic(pristine_photographs(pristine))),
        further=with_features(synthetic_from_rated(rated)),
        blurred=with_features(blurred(rated)),
    )
