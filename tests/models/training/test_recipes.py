"""Recipes are configurations that can be built and found by name."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from models.config import ConfigError
from models.registry import create_model
from models.training.recipes import RECIPES, Recipe, find_recipe


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_each_recipe_is_named_after_its_entry_and_builds_its_model(name: str) -> None:
    recipe = find_recipe(name)
    assert recipe.name == name
    assert create_model(recipe.model).config == recipe.model


def test_the_pair_of_baseline_and_mixture_is_there_and_differs_in_the_mixture_alone() -> None:
    baseline, mixture = find_recipe("no_gmm"), find_recipe("moe")
    of_the_mixture = {"name", "title", "model", "losses", "pretraining_steps"}
    for field in fields(Recipe):
        if field.name not in of_the_mixture:
            assert getattr(baseline, field.name) == getattr(mixture, field.name)
    assert replace(mixture.losses, likelihood=0.0, balance=0.0) == baseline.losses
    assert baseline.pretraining_steps == 0 < mixture.pretraining_steps


def test_an_unknown_recipe_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="got recipe 'soup', expected one of"):
        find_recipe("soup")
