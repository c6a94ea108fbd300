"""How honest a head's uncertainty is, and where on the scale it errs.

Legend: N pictures, C classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from models.figures.statistics import coverage_of_std, expected_calibration_error
from models.heads.outputs import IQAOutput
from models.training.data.folds import Fold

NUM_QUALITY_BINS: Final = 5


class Conformal(NamedTuple):
    """Measured coverage and mean width (points) of the 90 % intervals, and the quantile that scales them."""

    coverage: float
    mean_width: float
    quantile: float


def conformal_figures(output: IQAOutput, fold: Fold, quantile: float) -> Conformal:
    """What the calibrated intervals are worth on a fold that did not calibrate them."""
    half_width_N = quantile * output.score_std.numpy()
    covered_N = np.abs(fold.scores_N - output.score.numpy()) <= half_width_N
    return Conformal(float(covered_N.mean()), float(2 * half_width_N.mean()), quantile)


class QualityBinErrors(NamedTuple):
    """Per quintile of the human score, worst first: its upper edge, mean absolute error and mean signed error, points.

    `bias` is predicted minus human: positive where pictures are praised too much.
    """

    upper_edges: list[float]
    mean_absolute_error: list[float]
    bias: list[float]


def quality_bin_errors(output: IQAOutput, fold: Fold) -> QualityBinErrors:
    """Errors per quintile of the human score; NaN in a bin that ties leave empty."""
    error_N = output.score.numpy().astype(np.float64) - fold.scores_N
    edges = np.quantile(fold.scores_N, np.arange(1, NUM_QUALITY_BINS + 1) / NUM_QUALITY_BINS)
    bin_N = np.searchsorted(edges[:-1], fold.scores_N, side="left")
    size = np.bincount(bin_N, minlength=NUM_QUALITY_BINS).astype(np.float64)
    size[size == 0] = np.nan
    absolute, signed = (np.bincount(bin_N, values, NUM_QUALITY_BINS) / size for values in (np.abs(error_N), error_N))
    return QualityBinErrors(edges.tolist(), absolute.tolist(), signed.tolist())


class Calibration(NamedTuple):
    """Honesty of probabilities: of the classes, and of `score_std` on photographs.

    `class_error` is the expected calibration error of the most probable class on synthetic pictures, all levels;
    `std_coverage` maps the promised share of pictures (50, 80, 90, 95 %) to the measured one; `z_rms` is the root mean
    square of error over deviation: 1 where deviations are right, above 1 where they are too small.
    """

    class_error: float | None
    std_coverage: Mapping[str, float]
    z_rms: float


def calibration_figures(
    on_photographs: IQAOutput, photographs: Fold, on_synthetic: IQAOutput, synthetic: Fold
) -> Calibration:
    """Calibration of deviations on photographs and of class probabilities on synthetic pictures."""
    logits_NC = on_synthetic.distortion_logits
    standardised_N = (photographs.scores_N - on_photographs.score.numpy()) / on_photographs.score_std.numpy()
    return Calibration(
        class_error=(
            None if logits_NC is None else expected_calibration_error(logits_NC.softmax(1).numpy(), synthetic.classes_N)
        ),
        std_coverage=coverage_of_std(standardised_N),
        z_rms=float(np.sqrt(np.mean(standardised_N.astype(np.float64) ** 2))),
    )
