"""Nested cross-validation: predictions of pictures that took no part in mapping, deviations or choice of penalty.

Legend: N pictures, D features, C checkpoints, A penalties, F folds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from models.prediction import SCORE_RANGE
from models.studies.figures.mapping import fitted_mapping, mapped_scores
from models.studies.findings.records import LabelMapping
from models.studies.fit.ridge import PENALTIES, RidgePath

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]

NUM_FOLDS: Final = 5
"""Of both loops; fewer where there are fewer units."""


@dataclass(frozen=True)
class FitData:
    """Rated pictures: standardised features, every checkpoint's scores, labels, and units that stay in one fold."""

    features_ND: Floats
    scores_NC: Floats
    label_N: Floats
    unit_N: Ints

    def of(self, rows: Ints) -> FitData:
        """Some of them."""
        return FitData(self.features_ND[rows], self.scores_NC[rows], self.label_N[rows], self.unit_N[rows])


@dataclass(frozen=True)
class Fitted:
    """Mappings of C checkpoints' scores, and what is left of the labels beside the features."""

    mappings: Sequence[LabelMapping]
    path: RidgePath

    @classmethod
    def to(cls, data: FitData) -> Fitted:
        """Fit to all of the data, at every penalty."""
        mappings = [fitted_mapping(score_N, data.label_N) for score_N in data.scores_NC.T]
        residuals_NC = data.label_N[:, None] - _mapped(mappings, data.scores_NC)
        return cls(mappings, RidgePath.of(data.features_ND, residuals_NC - residuals_NC.mean(0)))

    def scores(self, data: FitData) -> Floats:
        """At every penalty, within the scale (A, N, C)."""
        scores_ANC = _mapped(self.mappings, data.scores_NC) + self.path.deviations(data.features_ND)
        return np.asarray(scores_ANC.clip(*SCORE_RANGE))


@dataclass(frozen=True)
class OutOfFold:
    """Scores of pictures by fits that they took no part in, with deviations and without, and every fold's penalties."""

    fitted_NC: Floats
    mapped_NC: Floats
    penalties_FC: Floats


def out_of_fold(data: FitData) -> OutOfFold:
    """Each fold by a fit to the others, whose penalty was chosen among these alone."""
    fitted_NC, mapped_NC, chosen = np.empty_like(data.scores_NC), np.empty_like(data.scores_NC), []
    for trained, tested in folds(data.unit_N):
        choice_C = best_penalties(data.of(trained))
        scores_ANC = Fitted.to(data.of(trained)).scores(data.of(tested))
        fitted_NC[tested] = np.take_along_axis(scores_ANC, choice_C[None, None], 0)[0]
        mapped_NC[tested] = scores_ANC[0]
        chosen.append(np.array(PENALTIES)[choice_C])
    return OutOfFold(fitted_NC, mapped_NC, np.array(chosen))


def best_penalties(data: FitData) -> Ints:
    """Which of the penalties has the smallest squared error in cross-validation, for each checkpoint (C,)."""
    squares_AC = np.zeros((len(PENALTIES), data.scores_NC.shape[1]))
    for trained, tested in folds(data.unit_N):
        scores_ANC = Fitted.to(data.of(trained)).scores(data.of(tested))
        squares_AC += np.square(scores_ANC - data.label_N[tested][:, None]).sum(1)
    return np.asarray(squares_AC.argmin(0))


def folds(unit_N: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Rows to fit and rows to test; units are drawn into folds with a fixed seed, and stay whole."""
    num_folds = min(NUM_FOLDS, len(np.unique(unit_N)))
    yield from GroupKFold(num_folds, shuffle=True, random_state=0).split(unit_N, groups=unit_N)


def _mapped(mappings: Sequence[LabelMapping], scores_NC: Floats) -> Floats:
    return np.stack([mapped_scores(one, score_N) for one, score_N in zip(mappings, scores_NC.T, strict=True)], 1)
