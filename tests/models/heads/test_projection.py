"""Features are standardised and bounded."""

from __future__ import annotations

import pytest
import torch

from models.heads.projection import FeatureScaler


def test_training_features_become_standard() -> None:
    features_ND = 7 + 3 * torch.randn(500, 4)
    scaler = FeatureScaler(4)
    scaler.fit(features_ND)
    scaled_ND = scaler(features_ND)
    torch.testing.assert_close(scaled_ND.mean(0), torch.zeros(4), atol=1e-5, rtol=0)
    torch.testing.assert_close(scaled_ND.std(0), torch.ones(4))


def test_a_feature_that_never_varies_does_not_become_infinite() -> None:
    scaler = FeatureScaler(2)
    scaler.fit(torch.ones(10, 2))
    assert torch.isfinite(scaler(torch.tensor([[1.0, 1.5]]))).all()


@pytest.mark.parametrize(
    ("value", "scaled"), [(float("inf"), 8.0), (float("-inf"), -8.0), (float("nan"), 0.0), (1e30, 8.0), (2.5, 2.5)]
)
def test_extremes_are_bounded_and_a_missing_value_counts_as_the_mean(value: float, scaled: float) -> None:
    assert FeatureScaler(1)(torch.tensor([[value]])).item() == scaled
