"""Uncertainty is judged by what it covers, errors by where on the scale they are."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
import torch

from models.taxonomy import TAXONOMY
from models.training.measuring.calibration_figures import calibration_figures, conformal_figures, quality_bin_errors
from tests.models.training.fold_builders import drawn_photographs, drawn_synthetic, fold_of, scored


def test_conformal_figures_count_coverage_and_width() -> None:
    fold = fold_of([50, 58, 62, 71])
    figures = conformal_figures(scored([50.0] * 4, std=5.0), fold, quantile=2.0)
    assert astuple(figures) == pytest.approx((0.5, 20.0, 2.0))


def test_a_head_that_says_the_mean_praises_bad_pictures_and_damns_good_ones() -> None:
    fold = fold_of(np.arange(1, 101).tolist())
    errors = quality_bin_errors(scored([50.5] * 100), fold)
    assert errors.bias == pytest.approx([40, 20, 0, -20, -40])
    assert errors.mean_absolute_error == pytest.approx([40, 20, 5, 20, 40])
    assert errors.upper_edges[-1] == 100


def test_a_quality_bin_that_ties_leave_empty_is_undefined() -> None:
    errors = quality_bin_errors(scored([50.0] * 10), fold_of([40.0] * 9 + [60.0]))
    assert np.isfinite(errors.bias).tolist() == [True, False, False, False, True]


def test_right_deviations_are_told_from_small_ones() -> None:
    rng = np.random.default_rng(0)
    labels_N = rng.uniform(20, 80, 4000)
    photographs, synthetic = fold_of(labels_N.tolist(), classes="unknown"), drawn_synthetic()
    output = scored(torch.from_numpy(labels_N + rng.normal(0, 5, 4000)), std=5.0)
    on_synthetic = scored(torch.from_numpy(synthetic.scores_N))
    honest = calibration_figures(output, photographs, on_synthetic, synthetic)
    assert list(honest.std_coverage.values()) == pytest.approx([0.5, 0.8, 0.9, 0.95], abs=0.03)
    assert honest.z_rms == pytest.approx(1, abs=0.03)
    assert np.isnan(honest.class_error)
    boastful = output._replace(score_std=output.score_std / 2)
    assert calibration_figures(boastful, photographs, on_synthetic, synthetic).z_rms == pytest.approx(2 * honest.z_rms)


def test_a_sure_and_right_classifier_is_calibrated_and_a_sure_and_wrong_one_is_not() -> None:
    photographs, synthetic = drawn_photographs(), drawn_synthetic()
    right_NC = 50 * torch.eye(len(TAXONOMY.classes))[synthetic.classes_N]
    for logits_NC, expected in ((right_NC, 0), (right_NC.roll(1, 1), 1)):
        on_synthetic = scored(torch.from_numpy(synthetic.scores_N))._replace(distortion_logits=logits_NC)
        figures = calibration_figures(scored([50.0] * 60), photographs, on_synthetic, synthetic)
        assert figures.class_error == pytest.approx(expected, abs=1e-6)
