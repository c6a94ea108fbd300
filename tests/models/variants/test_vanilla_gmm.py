"""The baseline's mixture was fitted offline and is not trained."""

from __future__ import annotations

from models.mixture import GaussianMixture
from tests.models.builders import generic_head, tiny_config


def test_no_parameter_of_the_mixture_is_trainable() -> None:
    head = generic_head(tiny_config("vanilla_gmm"))
    assert isinstance(head.cluster_mixture, GaussianMixture)
    assert not any(parameter.requires_grad for parameter in head.cluster_mixture.parameters())
    assert any(parameter.requires_grad for parameter in head.parameters())
