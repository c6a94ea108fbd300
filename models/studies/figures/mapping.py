"""Scores on the scale of their labels: VQEG's logistic, or a line.

Legend: N pictures, R rated ones.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from models.figures.statistics import Logistic, fitted_logistic
from models.studies.findings.records import LabelMapping, MappingKind

Floats = NDArray[np.floating]

MIN_LOGISTIC: Final = 10
"""Fewer labels are no ground for four parameters: a line is fitted."""


def fitted_mapping(score_R: Floats, label_R: Floats, kind: MappingKind | None = None) -> LabelMapping:
    """The mapping of this kind that comes closest to the labels; a line where no logistic is found.

    Scores that are all the same are mapped to the labels' mean.
    """
    kind = kind or ("logistic" if len(label_R) >= MIN_LOGISTIC else "linear")
    logistic = fitted_logistic(score_R, label_R) if kind == "logistic" and np.ptp(score_R) > 0 else None
    if logistic is not None:
        return LabelMapping("logistic", logistic._asdict())
    slope, intercept = (0.0, float(label_R.mean()))
    if np.ptp(score_R) > 0:
        line = stats.linregress(score_R, label_R)
        slope, intercept = float(line.slope), float(line.intercept)
    return LabelMapping("linear", {"slope": slope, "intercept": intercept})


def mapped_scores(mapping: LabelMapping, score_N: Floats) -> Floats:
    """Scores on the labels' scale."""
    match mapping.kind:
        case "logistic":
            return Logistic(**mapping.parameters)(score_N)
        case "linear":
            mapped_N: Floats = mapping.parameters["slope"] * score_N + mapping.parameters["intercept"]
            return mapped_N


def mapped_score(mapping: LabelMapping, score: float) -> float:
    """One of them."""
    return float(mapped_scores(mapping, np.array(score)))
