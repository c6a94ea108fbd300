"""What the clusters follow on contents that no training fold saw, and the health of their posteriors.

Legend: N pictures, K clusters, d embedding.
"""

from __future__ import annotations

import warnings
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from models.figures.records import ClusterFigures
from models.figures.statistics import (
    cluster_agreement,
    effective_number,
    mean_entropy,
    num_dead,
    saturation,
)
from models.heads.config import CovarianceType
from models.heads.outputs import IQAOutput
from models.heads.variant import Variant
from models.training.data.folds import Fold

BIC_CLUSTERS: Final = (2, 4, 6, 8, 10, 12, 16)
_BIC_MAX_ROWS: Final = 2000


def cluster_figures(head: Variant, output: IQAOutput, fold: Fold, *, seed: int) -> ClusterFigures[float] | None:
    """Every figure of the clusters; `None` for a head without a mixture."""
    if output.posteriors is None:
        return None
    visible_N = fold.visible_N
    posteriors_NK = output.posteriors.numpy()[visible_N]
    cluster_N = posteriors_NK.argmax(1)
    return ClusterFigures(
        group=cluster_agreement(cluster_N, fold.groups_N[visible_N]),
        type=cluster_agreement(cluster_N, fold.classes_N[visible_N]),
        content=cluster_agreement(cluster_N, fold.references_N[visible_N]),
        posterior_entropy=mean_entropy(posteriors_NK),
        posterior_saturation=saturation(posteriors_NK),
        effective_clusters=effective_number(posteriors_NK),
        dead_clusters=num_dead(output.posteriors.numpy()),
        bic=_bic_of_head(head, output, seed=seed),
    )


def _bic_of_head(head: Variant, output: IQAOutput, *, seed: int) -> dict[str, float] | None:
    if head.cluster_mixture is None or output.embedding is None:
        return None
    return bic_by_clusters(output.embedding.numpy(), head.cluster_mixture.covariance_type, seed=seed)


def bic_by_clusters(
    embedding_Nd: NDArray[np.float32], covariance_type: CovarianceType, *, seed: int
) -> dict[str, float]:
    """Bayesian information criterion (lower is better) of mixtures of 2 to 16 clusters on at most 2,000 rows.

    A number of clusters that the rows cannot be fitted with, for want of rows or of spread, has NaN.
    """
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(embedding_Nd))[:_BIC_MAX_ROWS]
    rows_Nd = embedding_Nd[chosen].astype(np.float64)
    return {str(count): _bic(rows_Nd, count, covariance_type, seed) for count in BIC_CLUSTERS}


def _bic(rows_Nd: NDArray[np.float64], num_clusters: int, covariance_type: CovarianceType, seed: int) -> float:
    if num_clusters > len(rows_Nd):
        return float("nan")
    mixture = GaussianMixture(num_clusters, covariance_type=covariance_type, n_init=1, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a criterion near the optimum is all that is asked for
        try:
            return float(mixture.fit(rows_Nd).bic(rows_Nd))
        except ValueError:  # scikit-learn's answer to a cluster without spread
            return float("nan")
