"""Variants are made by name, and a wrong name is answered with the right ones."""

from __future__ import annotations

import pytest

from models.heads.config import ConfigError
from models.registry import VARIANTS, config_class, create_model, list_models
from tests.models.builders import tiny_config


def test_every_listed_model_is_created_as_its_class() -> None:
    for variant, formulation in list_models():
        assert type(create_model(tiny_config(variant, formulation))) is VARIANTS[variant, formulation]


def test_every_variant_has_a_stable_formulation() -> None:
    assert {variant for variant, formulation in list_models() if formulation == "stable"} == {
        variant for variant, _ in list_models()
    }


def test_a_formulation_that_a_variant_does_not_have_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"got no_gmm \(seed\), expected one of no_gmm \(stable\)"):
        config_class("no_gmm", "seed")


def test_an_unknown_variant_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"got mixture \(stable\), expected one of no_gmm \(stable\), vanilla_gmm"):
        config_class("mixture", "stable")
