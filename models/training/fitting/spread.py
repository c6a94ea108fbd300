"""Fitting how far from people a score will be, on photographs that a plain predictor was not fitted on.

Legend: N pictures, D features of the pooled stages, S sources.

A head's own residuals on its training photographs are too small. Those of a ridge regression on photographs that it
was not fitted on are not, and say where labels are hard to predict from these features.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_val_predict

from models.heads.spread import SCORE_TERMS, ResidualSpread, score_terms
from models.training.data.corpus import RIDGE_ALPHA

Floats = NDArray[np.floating]
MIN_PHOTOGRAPHS: Final = 50
_FOLDS: Final = 5
_PENALTY: Final = 10_000.0
_FREE: Final = 40.0
"""What makes the penalty on scores and sources light beside that on a feature."""
_FLOOR: Final = 2.0
"""Points added to a residual, whose logarithm would otherwise be that of chance."""
_SHRINKAGE: Final = 0.5
_SEEN: Final = (0.01, 0.99)
"""Quantiles of the training photographs beyond which no spread is believed."""


def fit_spread(scaled_ND: Floats, labels_N: Floats, subsets_N: NDArray[np.str_] | None) -> ResidualSpread:
    """Spread by standardised features and score, and by source where sources are known."""
    folds = KFold(_FOLDS, shuffle=True, random_state=0)
    scores_N = cross_val_predict(Ridge(RIDGE_ALPHA), scaled_ND, labels_N, cv=folds)
    terms_N2 = score_terms(torch.from_numpy(scores_N)).numpy()
    spread = _with_sources(scaled_ND, subsets_N)
    with torch.no_grad():
        sources_NS = spread.sources(torch.from_numpy(scaled_ND)).numpy()
    design_NX = np.concatenate([scaled_ND, _FREE * terms_N2, _FREE * sources_NS], 1)
    log_N = np.log(np.abs(labels_N - scores_N) + _FLOOR)
    line = Ridge(_PENALTY).fit(design_NX, log_N)
    slope_D, scores_2, sources_S = np.split(line.coef_, np.cumsum([scaled_ND.shape[1], SCORE_TERMS]))
    fitted = {"slope_D": slope_D, "score_slopes": _FREE * scores_2, "source_slopes_S": _FREE * sources_S}
    fitted |= {"intercept": line.intercept_, "bounds": np.quantile(line.predict(design_NX), _SEEN)}
    for name, value in fitted.items():
        spread.get_buffer(name).copy_(torch.as_tensor(value))
    return spread


def _with_sources(scaled_ND: Floats, subsets_N: NDArray[np.str_] | None) -> ResidualSpread:
    """A spread that tells sources apart by linear discriminants, all sources being as likely."""
    num_features = scaled_ND.shape[1]
    names = np.unique([] if subsets_N is None else subsets_N)
    if subsets_N is None or len(names) < 2:
        return ResidualSpread(num_features, 0)
    priors = np.full(len(names), 1 / len(names))
    found = LinearDiscriminantAnalysis(solver="eigen", shrinkage=_SHRINKAGE, priors=priors).fit(scaled_ND, subsets_N)
    spread = ResidualSpread(num_features, len(names))
    # Of two sources scikit-learn keeps the second one's line against the first one's.
    lines_SD, offsets_S = found.coef_, found.intercept_
    if len(names) == 2:
        lines_SD, offsets_S = (np.concatenate([np.zeros_like(part), part]) for part in (lines_SD, offsets_S))
    spread.discriminants_DS.copy_(torch.as_tensor(lines_SD.T))
    spread.discriminant_offsets_S.copy_(torch.as_tensor(offsets_S))
    return spread
