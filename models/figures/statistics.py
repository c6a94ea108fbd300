"""Figures of merit: correlations with human scores, calibration, clusters and routing.

Legend: N pictures, K clusters, C classes, S repeated samples or splits, M draws, U different values, G references.

SciPy and scikit-learn are imported where they are asked: a service that starts asks for no statistics.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.figures.records import Agreement, ClusterAgreement, Interval, MutualInformation, PairedComparison
from models.prediction import INTERVAL_COVERAGE

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]

NUM_CALIBRATION_BINS: Final = 15
WHOLE_SCALE_STDS: Final = 1e6
"""So many deviations to either side that an interval, cut to the scale's ends, is the whole scale."""
COVERAGES: Final = (0.5, 0.8, 0.9, 0.95)
_LOGISTIC_PARAMETERS: Final = 4
_MAX_ENUMERATED: Final = 13
"""Pairs up to which SciPy tries every combination of signs where sizes tie."""


def srcc(predicted_N: Floats, actual_N: Floats) -> float:
    """Spearman's rank correlation; NaN where one side is constant, as a bootstrap sample of few references may be."""
    from scipy import stats

    return plcc(stats.rankdata(predicted_N), stats.rankdata(actual_N))


def plcc(predicted_N: Floats, actual_N: Floats) -> float:
    """Pearson's linear correlation; NaN where one side is constant or fewer than two pictures are given."""
    if len(predicted_N) < 2 or np.ptp(predicted_N) == 0 or np.ptp(actual_N) == 0:
        return float("nan")
    return float(np.corrcoef(predicted_N.astype(np.float64), actual_N.astype(np.float64))[0, 1])


def srcc_of_samples(predicted_N: Floats, actual_N: Floats, counts_SN: Ints) -> Floats:
    """Spearman's rank correlation (S,) of samples that hold picture n `counts_SN[:, n]` times; NaN where undefined."""
    predicted_SN, actual_SN = (_ranks_in_samples(values_N, counts_SN) for values_N in (predicted_N, actual_N))
    size_S1 = counts_SN.sum(1, keepdims=True)
    predicted_SN -= (counts_SN * predicted_SN).sum(1, keepdims=True) / size_S1
    actual_SN -= (counts_SN * actual_SN).sum(1, keepdims=True) / size_S1
    covariance_S = (counts_SN * predicted_SN * actual_SN).sum(1)
    spread_S = (counts_SN * predicted_SN**2).sum(1) * (counts_SN * actual_SN**2).sum(1)
    correlation_S: Floats = np.full(len(counts_SN), np.nan)
    np.divide(covariance_S, np.sqrt(spread_S), out=correlation_S, where=spread_S > 0)
    return correlation_S


def ties_in_samples(values_N: Floats, counts_SN: Ints) -> tuple[Ints, Ints]:
    """How often each of the different values is in each sample (S, U), smallest first, and which each one is (N,)."""
    _, value_index_N = np.unique(values_N, return_inverse=True)
    order_N = np.argsort(value_index_N, kind="stable")
    first_U = np.searchsorted(value_index_N[order_N], np.arange(value_index_N.max() + 1))
    return np.add.reduceat(counts_SN[:, order_N], first_U, axis=1), value_index_N


def _ranks_in_samples(values_N: Floats, counts_SN: Ints) -> Floats:
    """Mid-ranks (S, N) of the values within each sample, from one sort of the values."""
    ties_SU, value_index_N = ties_in_samples(values_N, counts_SN)
    mid_rank_SU = ties_SU.cumsum(1) - (ties_SU - 1) / 2
    ranks_SN: Floats = mid_rank_SU[:, value_index_N]
    return ranks_SN


class Logistic(NamedTuple):
    """VQEG's monotone 4-parameter logistic from predictions to labels."""

    high: float
    low: float
    middle: float
    width: float

    def __call__(self, predicted_N: Floats) -> Floats:
        """Predictions on the labels' scale."""
        steps_N = (predicted_N - self.middle) / (abs(self.width) + 1e-9)
        mapped_N: Floats = self.low + (self.high - self.low) / (1 + np.exp(-np.clip(steps_N, -50, 50)))
        return mapped_N


def fitted_logistic(predicted_N: Floats, actual_N: Floats) -> Logistic | None:
    """The logistic that comes closest to the labels; `None` where no fit is found."""
    from scipy.optimize import OptimizeWarning, curve_fit

    width = float(np.std(predicted_N)) or 1.0
    start = (float(np.max(actual_N)), float(np.min(actual_N)), float(np.mean(predicted_N)), width)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OptimizeWarning)  # about the covariance of the fit, which nobody reads
        try:
            fitted, _ = curve_fit(
                lambda x, *parameters: Logistic(*parameters)(x), predicted_N, actual_N, p0=start, maxfev=5000
            )
        except RuntimeError:
            return None
    return Logistic(*map(float, fitted))


def logistic_fit(predicted_N: Floats, actual_N: Floats) -> Floats:
    """Predictions on the labels' scale by the fitted logistic; unmapped where no fit is found."""
    mapping = fitted_logistic(predicted_N, actual_N)
    return predicted_N if mapping is None else mapping(predicted_N)


def agreement(predicted_N: Floats, actual_N: Floats) -> Agreement[float]:
    """Every correlation of predictions with labels, and the error left after the logistic fit.

    A correlation with a constant is NaN, and so is what needs the fit where there are fewer pictures than the logistic
    has parameters.
    """
    from scipy import stats

    predicted_N, actual_N = predicted_N.astype(np.float64), actual_N.astype(np.float64)
    can_fit = len(predicted_N) >= _LOGISTIC_PARAMETERS
    fitted_N = logistic_fit(predicted_N, actual_N) if can_fit else np.full_like(predicted_N, np.nan)
    return Agreement(
        srcc=srcc(predicted_N, actual_N),
        krcc=float(stats.kendalltau(predicted_N, actual_N).statistic) if len(predicted_N) > 1 else float("nan"),
        plcc=plcc(predicted_N, actual_N),
        plcc_fitted=plcc(fitted_N, actual_N),
        rmse=float(np.sqrt(np.mean((fitted_N - actual_N) ** 2))) if can_fit else float("nan"),
    )


def conformal_quantile(normalised_residuals_N: Floats, *, coverage: float = INTERVAL_COVERAGE) -> float:
    """Split-conformal quantile of |label - score| / std over calibration pictures, with the finite-sample correction.

    Too few of them promise nothing but the whole scale: 90 % take nine.
    Lei et al., "Distribution-free predictive inference for regression" (JASA 2018), section 2.2.
    """
    count = len(normalised_residuals_N)
    rank = int(np.ceil((count + 1) * coverage))
    return float(np.sort(normalised_residuals_N)[rank - 1]) if rank <= count else WHOLE_SCALE_STDS


def coverage_of_std(standardised_residuals_N: Floats) -> dict[str, float]:
    """Share of pictures within the central 50, 80, 90 and 95 % (the keys) of the normal that a deviation promises."""
    from scipy import stats

    distance_N = np.abs(standardised_residuals_N)
    return {
        f"{100 * coverage:g}": float((distance_N <= stats.norm.ppf((1 + coverage) / 2)).mean())
        for coverage in COVERAGES
    }


def expected_calibration_error(probabilities_NC: Floats, label_N: Ints) -> float:
    """Mean gap between confidence and accuracy over 15 equal bins of the largest probability.

    Guo et al., "On calibration of modern neural networks" (ICML 2017), equation 3.
    """
    confidence_N = probabilities_NC.max(1)
    right_N = probabilities_NC.argmax(1) == label_N
    bin_N = np.minimum((confidence_N * NUM_CALIBRATION_BINS).astype(int), NUM_CALIBRATION_BINS - 1)
    gap_per_bin = np.bincount(bin_N, weights=right_N - confidence_N)
    return float(np.abs(gap_per_bin).sum() / len(label_N))


def bootstrap_over_references(
    statistic: Callable[[Ints], Floats], references_N: NDArray[np.str_], *, num_samples: int = 1000, seed: int = 0
) -> Interval[float]:
    """Interval of a statistic when whole references are drawn again with replacement.

    `statistic` maps how often each picture was drawn (S, N) to one value per sample (S,); NaN are left out.
    """
    _, reference_N = np.unique(references_N, return_inverse=True)
    num_references = int(reference_N.max()) + 1
    evenly_G = np.full(num_references, 1 / num_references)
    counts_SG = np.random.default_rng(seed).multinomial(num_references, evenly_G, size=num_samples)
    return _percentile_interval(statistic(counts_SG[:, reference_N]))


def _percentile_interval(values_S: Floats) -> Interval[float]:
    known_S = values_S[~np.isnan(values_S)]
    low, high = np.percentile(known_S, [2.5, 97.5]) if len(known_S) else (np.nan, np.nan)
    return Interval(float(low), float(high))


def compare_paired(
    values_S: Floats, baseline_S: Floats, *, num_samples: int = 10_000, seed: int = 0
) -> PairedComparison:
    """Values against a baseline's on the same splits; pairs with a NaN are left out, and without a pair all is NaN.

    Splits share pictures, so that p is smaller than independent splits would give: see `corrected_p_value`.
    """
    if len(values_S) != len(baseline_S):
        raise ValueError(f"got {len(values_S)} values and {len(baseline_S)} of the baseline, expected one per split")
    difference_S = np.asarray(values_S, np.float64) - np.asarray(baseline_S, np.float64)
    difference_S = difference_S[~np.isnan(difference_S)]
    if len(difference_S) == 0:
        return PairedComparison(np.nan, Interval(np.nan, np.nan), np.nan, 0, np.nan, np.nan)
    drawn_MS = np.random.default_rng(seed).choice(difference_S, (num_samples, len(difference_S)))
    return PairedComparison(
        median_difference=float(np.median(difference_S)),
        interval=_percentile_interval(np.median(drawn_MS, axis=1)),
        p_value=_signed_rank_p_value(difference_S),
        num_pairs=len(difference_S),
        mean_difference=float(difference_S.mean()),
        deviation=float(difference_S.std(ddof=1)) if len(difference_S) > 1 else float("nan"),
    )


def _signed_rank_p_value(difference_S: Floats) -> float:
    """Two-sided p of Wilcoxon's signed-rank test as SciPy has it, without its loop over 2^S signs where sizes tie."""
    from scipy import stats

    if not difference_S.any():
        return 1.0
    size_S = np.abs(difference_S)
    if len(difference_S) > _MAX_ENUMERATED or (size_S.all() and len(np.unique(size_S)) == len(size_S)):
        return float(stats.wilcoxon(difference_S).pvalue)
    rank_S = stats.rankdata(size_S[size_S > 0])
    signs_MS = np.indices((2,) * len(rank_S)).reshape(len(rank_S), -1).T
    null_M, found = signs_MS @ rank_S, rank_S @ (difference_S[size_S > 0] > 0)  # multiples of a half: compared exactly
    return float(min(1.0, 2 * min((null_M <= found).mean(), (null_M >= found).mean())))


def corrected_p_value(found: PairedComparison, *, test_to_train: float) -> float:
    """Two-sided p of the corrected resampled t-test, for splits that are drawn from the same pictures.

    `test_to_train` is the number of test pictures per training picture: the variance of the mean of S differences is
    (1 / S + test_to_train) times theirs. NaN for fewer than two pairs. Nadeau and Bengio, "Inference for the
    generalization error" (Machine Learning, 2003).
    """
    from scipy import stats

    if found.num_pairs < 2:
        return float("nan")
    error = found.deviation * float(np.sqrt(1 / found.num_pairs + test_to_train))
    if error == 0:
        return 1.0 if found.mean_difference == 0 else 0.0
    return float(2 * stats.t.sf(abs(found.mean_difference) / error, found.num_pairs - 1))


def cluster_agreement(cluster_N: Ints, label_N: NDArray[np.generic]) -> ClusterAgreement[float]:
    """How much the most probable cluster of each picture says about its label."""
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, normalized_mutual_info_score

    _, label_index_N = np.unique(label_N, return_inverse=True)
    counts = np.zeros((int(cluster_N.max()) + 1, label_index_N.max() + 1))
    np.add.at(counts, (cluster_N, label_index_N), 1)
    return ClusterAgreement(
        ami=float(adjusted_mutual_info_score(label_index_N, cluster_N)),
        nmi=float(normalized_mutual_info_score(label_index_N, cluster_N)),
        ari=float(adjusted_rand_score(label_index_N, cluster_N)),
        purity=float(counts.max(1).sum() / counts.sum()),
    )


def mutual_information(weights_NK: Floats, label_N: Ints) -> MutualInformation[float]:
    """What soft assignments (rows sum to one) say about labels; equals scikit-learn's figures where rows are one-hot.

    Cover and Thomas, "Elements of information theory" (2006), section 2.3.
    """
    _, label_index_N = np.unique(label_N, return_inverse=True)
    return shared_information(weights_NK, np.eye(label_index_N.max() + 1)[label_index_N])


def shared_information(first_NK: Floats, second_NC: Floats) -> MutualInformation[float]:
    """What two soft assignments of the same pictures say about each other; the rows of both sum to one.

    Each is drawn by its own weights once the picture is given, so that two soft sides never tell all of each other.
    """
    from scipy import stats

    joint_KC = first_NK.astype(np.float64).T @ second_NC / len(first_NK)
    entropy_K, entropy_C, entropy_KC = (
        float(stats.entropy(part)) for part in (joint_KC.sum(1), joint_KC.sum(0), joint_KC.ravel())
    )
    nats = max(entropy_K + entropy_C - entropy_KC, 0.0)
    mean_entropy_of_sides = (entropy_K + entropy_C) / 2
    return MutualInformation(nats, nats / mean_entropy_of_sides if mean_entropy_of_sides > 0 else 0.0)


def dead(weights_NK: Floats) -> Ints:
    """Which clusters or experts get less than a tenth of an equal share: mean weight below 1 / (10 K)."""
    return np.flatnonzero(weights_NK.mean(0) < 0.1 / weights_NK.shape[1])


def num_dead(weights_NK: Floats) -> int:
    """How many clusters or experts get less than a tenth of an equal share."""
    return len(dead(weights_NK))


def effective_number(weights_NK: Floats) -> float:
    """Effective number of clusters or experts in use, exp(H) of their mean weight: between 1 and K."""
    mean_K = weights_NK.mean(0)
    return float(np.exp(-np.sum(mean_K * np.log(np.clip(mean_K, 1e-12, None)))))


def entropies(weights_NK: Floats) -> Floats:
    """Entropy of each row (N,) in nats, between 0 (one-hot) and log K."""
    entropy_N: Floats = -np.sum(weights_NK * np.log(np.clip(weights_NK, 1e-12, None)), axis=1)
    return entropy_N


def mean_entropy(weights_NK: Floats) -> float:
    """Mean entropy of the rows in nats, between 0 (one-hot) and log K."""
    return float(entropies(weights_NK).mean())


def saturation(weights_NK: Floats) -> float:
    """Share of rows whose largest weight is above 0.99: 1 means that the mixture says nothing but a class."""
    return float((weights_NK.max(1) > 0.99).mean())
