"""Intervals are as wide as a picture's error is large, and hold their share of pictures all the same."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from models.figures.statistics import conformal_quantile
from models.heads.variant import Variant
from models.training.fitting.spread import fit_spread
from tests.models.builders import asked, generic_head, random_features, tiny_config

NUM_FEATURES = 12


def _photographs(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two sources that look different, of which the labels of one are four times as noisy."""
    rng = np.random.default_rng(seed)
    is_noisy_N = rng.random(count) < 0.3
    scaled_ND = rng.normal(0, 1, (count, NUM_FEATURES)).astype(np.float32)
    scaled_ND[:, 0] += np.where(is_noisy_N, 3, -1)
    quality_N = rng.normal(0, 10, count)
    scaled_ND[:, 1:] += (quality_N / 5)[:, None]
    labels_N = (50 + quality_N + rng.normal(0, np.where(is_noisy_N, 16, 4))).astype(np.float32)
    return scaled_ND, labels_N, np.where(is_noisy_N, "loud", "quiet")


@pytest.mark.parametrize("are_sources_known", [True, False])
def test_a_conformal_interval_scaled_by_the_spread_holds_its_share_and_is_narrower(are_sources_known: bool) -> None:
    training, calibration, test = (_photographs(8000, seed) for seed in range(3))
    spread = fit_spread(training[0], training[1], training[2] if are_sources_known else None)
    slope_D = np.linalg.lstsq(training[0], training[1] - 50, rcond=None)[0]

    def residuals_and_spread(part: tuple[np.ndarray, np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        score_N = (50 + part[0] @ slope_D).astype(np.float32)
        std_N = spread(torch.from_numpy(part[0]), torch.from_numpy(score_N)).numpy()
        return np.abs(part[1] - score_N), std_N

    (calibrated_N, scale_N), (tested_N, std_N) = residuals_and_spread(calibration), residuals_and_spread(test)
    quantile = conformal_quantile(calibrated_N / scale_N)
    one_for_all = conformal_quantile(calibrated_N)
    covered_N = tested_N <= quantile * std_N
    assert covered_N.mean() == pytest.approx(0.9, abs=0.02)
    is_loud_N = test[2] == "loud"
    assert covered_N[is_loud_N].mean() > (tested_N <= one_for_all)[is_loud_N].mean() + 0.03
    assert (quantile * std_N).mean() < 0.95 * one_for_all


def test_a_spread_is_not_believed_beyond_what_was_seen_in_training() -> None:
    scaled_ND, labels_N, sources_N = _photographs(500, seed=0)
    spread = fit_spread(scaled_ND, labels_N, sources_N)
    middle_N = torch.full((len(scaled_ND),), 50.0)
    low, high = spread.bounds.exp()
    for features_ND in (8 * scaled_ND, -8 * scaled_ND):
        foreign_N = spread(torch.from_numpy(features_ND), middle_N)
        assert foreign_N.min() >= low
        assert foreign_N.max() <= high


def _with_spread() -> Variant:
    head = generic_head(tiny_config("moe"))
    features_ND = random_features(100)
    labels_N = np.random.default_rng(0).uniform(0, 100, 100).astype(np.float32)
    head.take_spread(fit_spread(head.stages(features_ND).numpy(), labels_N, None))
    return head.eval()


def test_a_head_with_a_spread_says_it_in_place_of_its_own_deviation_and_changes_no_score() -> None:
    plain, head = generic_head(tiny_config("moe")), _with_spread()
    features_BD = random_features(5, seed=3)
    with torch.no_grad():
        own, output = asked(plain, features_BD), asked(head, features_BD)
        assert head.spread is not None
        assert torch.equal(output.score, own.score)
        assert torch.equal(output.score_std, head.spread(head.stages(features_BD), own.score))
        assert not torch.allclose(output.score_std, own.score_std)


def test_a_copy_of_a_head_has_a_spread_of_its_own() -> None:
    head = _with_spread()
    copied = copy.deepcopy(head)
    assert head.spread is not None
    features_BD = random_features(5, seed=3)
    before_B = asked(copied, features_BD).score_std.clone()
    head.spread.scale.mul_(2)
    assert torch.equal(asked(copied, features_BD).score_std, before_B)
    assert torch.allclose(asked(head, features_BD).score_std, 2 * before_B)
