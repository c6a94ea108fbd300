"""How honest a head's uncertainty is, and where on the scale it errs.

Legend: N pictures, C classes.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from models.figures.records import Calibration, Conformal, QualityBinErrors
from models.figures.statistics import coverage_of_std, expected_calibration_error
from models.heads.outputs import IQAOutput
from models.prediction import SCORE_RANGE
from models.training.data.folds import Fold

NUM_QUALITY_BINS: Final = 5


def conformal_figures(output: IQAOutput, fold: Fold, quantile: float) -> Conformal[float]:
    """What the calibrated intervals are worth on a fold that did not calibrate them."""
    half_width_N = quantile * output.score_std.numpy()
    covered_N = np.abs(fold.scores_N - output.score.numpy()) <= half_width_N
    width_N = np.minimum(2 * half_width_N, SCORE_RANGE[1] - SCORE_RANGE[0])
    return Conformal(float(covered_N.mean()), float(width_N.mean()), quantile)


def quality_bin_errors(output: IQAOutput, fold: Fold) -> QualityBinErrors[list[float]]:
    """Errors per quintile of the human score; NaN in a bin that ties leave empty."""
    error_N = output.score.numpy().astype(np.float64) - fold.scores_N
    edges = np.quantile(fold.scores_N, np.arange(1, NUM_QUALITY_BINS + 1) / NUM_QUALITY_BINS)
    bin_N = np.searchsorted(edges[:-1], fold.scores_N, side="left")
    size = np.bincount(bin_N, minlength=NUM_QUALITY_BINS).astype(np.float64)
    size[size == 0] = np.nan
    absolute, signed = (np.bincount(bin_N, values, NUM_QUALITY_BINS) / size for values in (np.abs(error_N), error_N))
    return QualityBinErrors(edges.tolist(), absolute.tolist(), signed.tolist())


def calibration_figures(
    on_photographs: IQAOutput, photographs: Fold, on_synthetic: IQAOutput, synthetic: Fold
) -> Calibration[float]:
    """Calibration of deviations on photographs and of class probabilities on synthetic pictures."""
    logits_NC = on_synthetic.distortion_logits
    standardised_N = (photographs.scores_N - on_photographs.score.numpy()) / on_photographs.score_std.numpy()
    class_error = math.nan
    if logits_NC is not None:
        class_error = expected_calibration_error(logits_NC.softmax(1).numpy(), synthetic.classes_N)
    return Calibration(
        class_error=class_error,
        std_coverage=coverage_of_std(standardised_N),
        z_rms=float(np.sqrt(np.mean(standardised_N.astype(np.float64) ** 2))),
    )
