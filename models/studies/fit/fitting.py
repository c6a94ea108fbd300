"""Labels and answers -> heads fitted to them, and what these are worth on pictures that took no part.

Legend: N pictures, R rated ones, D features, C checkpoints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.predictor import Predictor
from models.studies.figures.agreeing import Standing, agreement
from models.studies.figures.comparing import differences
from models.studies.figures.rated import Mapped, Rated
from models.studies.findings.records import MIN_FITTED, FitFigures
from models.studies.fit.cross import FitData, Fitted, OutOfFold, best_penalties, out_of_fold
from models.studies.fit.head import FittedHead
from models.studies.fit.ridge import PENALTIES
from models.studies.pictures.answers import Answers
from models.studies.pictures.kept import KeptPicture, KeptPictures
from models.studies.seeing.answering import standardised

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]


_MIN_UNITS: Final = 3
"""One to test, one to choose the penalty by, one to fit to."""


@dataclass(frozen=True)
class Fit:
    """A checkpoint's fitted head, its figures, and its scores of all readable pictures (N,).

    Those of rated pictures are of fits that they took no part in.
    """

    head: FittedHead
    figures: FitFigures
    score_N: Floats


def fit_heads(
    predictors: Sequence[Predictor],
    answers: Sequence[Answers],
    pictures: Sequence[KeptPicture],
    kept: KeptPictures,
    rated: Rated | None,
    groups: Sequence[Sequence[int]],
) -> dict[str, Fit]:
    """Fits by checkpoint; none where there are too few labels or contents. `groups` are near-duplicates' rows."""
    if rated is None or len(rated.label_R) < MIN_FITTED:
        return {}
    unit_R = _units(rated, groups)
    if len(np.unique(unit_R)) < _MIN_UNITS:
        return {}
    fits: dict[str, Fit] = {}
    for features_ND, members in _sharing(predictors, pictures, kept):
        score_NC = np.stack([answers[member].score_N for member in members], 1)
        names = [answers[member].manifest.id for member in members]
        fits |= zip(names, _fit(names, features_ND, score_NC, rated, unit_R), strict=True)
    return {one.manifest.id: fits[one.manifest.id] for one in answers}


def _units(rated: Rated, groups: Sequence[Sequence[int]]) -> Ints:
    """What stays in one fold: references where all pictures name one, else pictures, near-duplicates together."""
    if rated.has_references:
        return np.asarray(rated.samples.unit_N)
    group_of = {row: -1 - number for number, group in enumerate(groups) for row in group}
    return np.array([group_of.get(row, row) for row in rated.rows_R.tolist()])


def _sharing(
    predictors: Sequence[Predictor], pictures: Sequence[KeptPicture], kept: KeptPictures
) -> Iterator[tuple[Floats, list[int]]]:
    """Standardised features (N, D) of the pooled stages, and which checkpoints have the same."""
    left = list(range(len(predictors)))
    while left:
        features_ND = standardised(predictors[left[0]], pictures, kept)
        members = [
            member
            for member in left
            if member == left[0] or np.array_equal(standardised(predictors[member], pictures, kept), features_ND)
        ]
        left = [member for member in left if member not in members]
        columns = predictors[members[0]].manifest.model.config().layout.stage_columns
        yield features_ND[:, columns].astype(np.float64), members


def _fit(names: Sequence[str], features_ND: Floats, score_NC: Floats, rated: Rated, unit_R: Ints) -> Iterator[Fit]:
    whole = FitData(features_ND, score_NC, np.empty(0), np.empty(0, int))
    data = FitData(features_ND[rated.rows_R], score_NC[rated.rows_R], rated.label_R, unit_R)
    tested, choice_C, fitted = out_of_fold(data), best_penalties(data), Fitted.to(data)
    scores_ANC = fitted.scores(whole)
    for column, name in enumerate(names):
        penalty = PENALTIES[choice_C[column]]
        head = FittedHead(name, fitted.mappings[column], fitted.path.centre_D, fitted.path.slopes(penalty)[:, column])
        score_N = scores_ANC[choice_C[column], :, column].copy()
        score_N[rated.rows_R] = tested.fitted_NC[:, column]
        yield Fit(head, _figures(name, column, data, tested, rated, head, penalty), score_N)


def _figures(
    name: str, column: int, data: FitData, tested: OutOfFold, rated: Rated, head: FittedHead, penalty: float
) -> FitFigures:
    fitted_R = tested.fitted_NC[:, column]
    both = {
        "fitted": Mapped(fitted_R, fitted_R, head.mapping),
        "shipped": Mapped(data.scores_NC[:, column], tested.mapped_NC[:, column], head.mapping),
    }
    standings = {side: Standing.of(mapped, rated) for side, mapped in both.items()}
    (less,) = differences(standings, "shipped")
    return FitFigures(
        checkpoint=name,
        labels=len(rated.label_R),
        folds=len(tested.penalties_FC),
        unit="references" if rated.has_references else "pictures",
        mapping=head.mapping,
        penalty=_finite(penalty),
        penalties_of_folds=tuple(map(_finite, tested.penalties_FC[:, column].tolist())),
        shipped=agreement(standings["shipped"], both["shipped"], rated),
        fitted=agreement(standings["fitted"], both["fitted"], rated),
        srcc=less.srcc,
        rmse=less.rmse,
        is_better=less.srcc.low > 0,
    )


def _finite(penalty: float) -> float | None:
    return penalty if np.isfinite(penalty) else None
