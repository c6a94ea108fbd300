"""Predictors without a network, which a head has to beat to be worth its parameters.

Legend: N pictures, D features.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from models.figures.records import Plain, PlainAtHome
from models.figures.statistics import agreement
from models.training.data.corpus import RIDGE_ALPHA, Corpus, LabelledFeatures, Scale, Scales
from models.training.data.splits import Split
from models.trunk.features import FeatureLayout

Floats = NDArray[np.floating]
_FEATURE_CLAMP: Final = 8.0
"""Deviations to either side within which heads see features, too."""


def ridge() -> Pipeline:
    """Ridge regression on standardised features, bounded so that extremes stay finite."""
    bounded = FunctionTransformer(np.clip, kw_args={"a_min": -_FEATURE_CLAMP, "a_max": _FEATURE_CLAMP})
    return make_pipeline(StandardScaler(), bounded, Ridge(RIDGE_ALPHA))


def table_scores(part: LabelledFeatures, scores_N: Floats) -> Floats | None:
    """Mean score (N,) of each picture's type and level over the other references of its set; NaN where none has them.

    `None` for a set that does not name types and levels. It has seen the labels of the set, which no head may.
    """
    cells = [(example.distortion_type, example.level) for example in part.dataset.examples]
    if any(kind is None for kind, _ in cells) or not any(level for _, level in cells):
        return None
    _, cell_N = np.unique([f"{kind}/{level}" for kind, level in cells], return_inverse=True)
    _, reference_N = np.unique(part.references_N, return_inverse=True)
    _, own_N = np.unique(np.stack([cell_N, reference_N]), axis=1, return_inverse=True)
    sum_N, count_N = (
        np.bincount(cell_N, weights_N)[cell_N] - np.bincount(own_N, weights_N)[own_N]
        for weights_N in (scores_N.astype(np.float64), np.ones(len(cells)))
    )
    with np.errstate(invalid="ignore"):
        means_N: Floats = sum_N / count_N
    return means_N


ScoredPart = tuple[LabelledFeatures, Scale]
"""A data set, and how its labels become scores."""


def fit_ridge(test: LabelledFeatures, training: Sequence[ScoredPart], split: Split, layout: FeatureLayout) -> Pipeline:
    """The ridge for a set: fitted on training pictures of its own kind, photographs or distorted ones.

    Where there are none of its kind, it is fitted on the other.
    """
    placed = [(part, scale, split.indices(part.references_N.tolist(), "train")) for part, scale in training]
    known = [entry for entry in placed if len(entry[2])]
    alike = [entry for entry in known if entry[0].dataset.has_references == test.dataset.has_references]
    features_ND = np.concatenate([part.table.features_ND[rows] for part, _, rows in alike or known])
    scores_N = np.concatenate([scale(part.labels_N[rows]) for part, scale, rows in alike or known])
    return ridge().fit(features_ND[:, layout.stage_columns], scores_N)


def plain_figures(
    test: ScoredPart, training: Sequence[ScoredPart], split: Split, layout: FeatureLayout
) -> Plain[float]:
    """Ridge and table on the test fold of one set; the table on those of its pictures whose cell it knows."""
    part, scale = test
    rows = split.indices(part.references_N.tolist(), "test")
    scores_N = scale(part.labels_N)
    fitted = fit_ridge(part, training, split, layout)
    predicted_N = fitted.predict(part.table.features_ND[rows][:, layout.stage_columns])
    table_N = table_scores(part, scores_N)
    known = rows[:0] if table_N is None else rows[~np.isnan(table_N[rows])]
    table = None if table_N is None or not len(known) else agreement(table_N[known], scores_N[known])
    return Plain(agreement(predicted_N, scores_N[rows]), table)


def scored_parts(corpus: Corpus, scales: Scales) -> tuple[ScoredPart, ...]:
    """Every data set with scores."""
    synthetic = ((part, scales.synthetic) for part in (corpus.synthetic, corpus.further))
    return (*zip(corpus.rated, scales.rated, strict=True), *synthetic)


def plain_at_home(corpus: Corpus, split: Split, scales: Scales, layout: FeatureLayout) -> PlainAtHome[float]:
    """What ridge and table reach on the test folds of a split."""
    parts = scored_parts(corpus, scales)

    def figures(test: ScoredPart) -> Plain[float]:
        return plain_figures(test, parts, split, layout)

    photographs, *further = parts[: len(corpus.rated)]
    has_test = [entry for entry in further if len(split.indices(entry[0].references_N.tolist(), "test"))]
    return PlainAtHome(
        photographs=figures(photographs),
        synthetic=figures((corpus.synthetic, scales.synthetic)),
        further_rated={entry[0].dataset.name: figures(entry) for entry in has_test},
    )
