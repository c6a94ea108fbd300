"""Figures of merit: correlations with human scores, calibration, clusters and routing.

Legend: N pictures, K clusters, S repeated samples.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import OptimizeWarning, curve_fit
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

from models.prediction import INTERVAL_COVERAGE

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]


class Agreement(NamedTuple):
    """How well predictions follow labels; `plcc_fitted` and `rmse` are taken after the 4-parameter logistic."""

    srcc: float
    krcc: float
    plcc: float
    plcc_fitted: float
    rmse: float


def srcc(predicted_N: Floats, actual_N: Floats) -> float:
    """Spearman's rank correlation; NaN where one side is constant, as a bootstrap sample of few references may be."""
    if np.ptp(predicted_N) == 0 or np.ptp(actual_N) == 0:
        return float("nan")
    return float(stats.spearmanr(predicted_N, actual_N).statistic)


def logistic_fit(predicted_N: Floats, actual_N: Floats) -> Floats:
    """Predictions on the labels' scale by VQEG's monotone 4-parameter logistic; unmapped where no fit is found."""

    def logistic(x: Floats, high: float, low: float, middle: float, width: float) -> Floats:
        mapped: Floats = low + (high - low) / (1 + np.exp(-np.clip((x - middle) / (abs(width) + 1e-9), -50, 50)))
        return mapped

    width = float(np.std(predicted_N)) or 1.0
    start = (float(np.max(actual_N)), float(np.min(actual_N)), float(np.mean(predicted_N)), width)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OptimizeWarning)  # about the covariance of the fit, which nobody reads
        try:
            fitted, _ = curve_fit(logistic, predicted_N, actual_N, p0=start, maxfev=5000)
        except RuntimeError:
            return predicted_N
    return logistic(predicted_N, *fitted)


def agreement(predicted_N: Floats, actual_N: Floats) -> Agreement:
    """Every correlation of predictions with labels, and the error left after the logistic fit."""
    predicted_N, actual_N = predicted_N.astype(np.float64), actual_N.astype(np.float64)
    fitted_N = logistic_fit(predicted_N, actual_N)
    return Agreement(
        srcc=srcc(predicted_N, actual_N),
        krcc=float(stats.kendalltau(predicted_N, actual_N).statistic),
        plcc=float(stats.pearsonr(predicted_N, actual_N).statistic),
        plcc_fitted=float(stats.pearsonr(fitted_N, actual_N).statistic),
        rmse=float(np.sqrt(np.mean((fitted_N - actual_N) ** 2))),
    )


def conformal_quantile(normalised_residuals_N: Floats, *, coverage: float = INTERVAL_COVERAGE) -> float:
    """Split-conformal quantile of |label - score| / std over calibration pictures, with the finite-sample correction.

    Lei et al., "Distribution-free predictive inference for regression" (JASA 2018), section 2.2.
    """
    count = len(normalised_residuals_N)
    rank = min(int(np.ceil((count + 1) * coverage)), count)
    return float(np.sort(normalised_residuals_N)[rank - 1])


class Interval(NamedTuple):
    """A 95 % percentile interval."""

    low: float
    high: float


def bootstrap_over_references(
    statistic: Callable[[Ints], float], references_N: NDArray[np.str_], *, num_samples: int = 1000, seed: int = 0
) -> Interval:
    """Interval of a statistic of picture indices when whole references are drawn again with replacement."""
    rng = np.random.default_rng(seed)
    _, group_N = np.unique(references_N, return_inverse=True)
    members = [np.flatnonzero(group_N == group) for group in range(group_N.max() + 1)]
    values_S = []
    for _ in range(num_samples):
        drawn = rng.integers(0, len(members), len(members))
        values_S.append(statistic(np.concatenate([members[group] for group in drawn])))
    low, high = np.nanpercentile(values_S, [2.5, 97.5])
    return Interval(float(low), float(high))


class ClusterAgreement(NamedTuple):
    """Agreement of clusters with a labelling: adjusted (chance-corrected) and normalised mutual information, purity."""

    ami: float
    nmi: float
    purity: float


def cluster_agreement(cluster_N: Ints, label_N: NDArray[np.generic]) -> ClusterAgreement:
    """How much the most probable cluster of each picture says about its label."""
    _, label_index_N = np.unique(label_N, return_inverse=True)
    counts = np.zeros((int(cluster_N.max()) + 1, label_index_N.max() + 1))
    np.add.at(counts, (cluster_N, label_index_N), 1)
    return ClusterAgreement(
        ami=float(adjusted_mutual_info_score(label_index_N, cluster_N)),
        nmi=float(normalized_mutual_info_score(label_index_N, cluster_N)),
        purity=float(counts.max(1).sum() / counts.sum()),
    )


def effective_number(weights_NK: Floats) -> float:
    """Effective number of clusters or experts in use, exp(H) of their mean weight: between 1 and K."""
    mean_K = weights_NK.mean(0)
    return float(np.exp(-np.sum(mean_K * np.log(np.clip(mean_K, 1e-12, None)))))


def mean_entropy(weights_NK: Floats) -> float:
    """Mean entropy of the rows in nats, between 0 (one-hot) and log K."""
    return float(-np.sum(weights_NK * np.log(np.clip(weights_NK, 1e-12, None)), axis=1).mean())


def saturation(weights_NK: Floats) -> float:
    """Share of rows whose largest weight is above 0.99: 1 means that the mixture says nothing but a class."""
    return float((weights_NK.max(1) > 0.99).mean())
