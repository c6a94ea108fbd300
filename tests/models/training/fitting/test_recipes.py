"""Recipes are configurations that can be built and found by name, and weigh what their plan asks for."""

from __future__ import annotations

import re
from dataclasses import asdict, fields, replace

import pytest

from models.heads.config import ConfigError, ModelConfig
from models.registry import create_model, list_models
from models.training.data.training_set import CHAIN_LENGTH
from models.training.fitting.recipes import RECIPES, LossWeights, Recipe, find_recipe

LITERAL_ONLY = {
    *("posterior_cross_entropy", "diversity", "posterior_variance", "cluster_contrast"),
    *("classifier_cross_entropy", "classifier_posterior_kl"),
}
ON_FEATURES = [name for name in RECIPES if name != "distortion_aware_seed"]
"""A step of the one recipe that sees pixels costs a thousand times as much: its batches are as large as they can be."""


@pytest.mark.parametrize("name", RECIPES)
def test_each_recipe_is_named_after_its_entry_and_builds_its_model(name: str) -> None:
    recipe = find_recipe(name)
    assert recipe.name == name
    assert create_model(recipe.model).config == recipe.model


def test_there_is_one_recipe_for_everything_that_can_be_created() -> None:
    made = [(recipe().model.variant, recipe().model.formulation) for recipe in RECIPES.values()]
    assert sorted(made) == sorted(list_models())


def test_no_two_recipes_share_a_title() -> None:
    assert len({recipe().title for recipe in RECIPES.values()}) == len(RECIPES)


@pytest.mark.parametrize("name", ON_FEATURES)
def test_recipes_differ_in_model_losses_and_alignment_alone(name: str) -> None:
    """What a variant is worth must not be what its batches or steps are worth."""
    recipe, baseline = find_recipe(name), find_recipe("no_gmm")
    for field in fields(Recipe):
        if field.name not in {"name", "title", "description", "model", "losses", "alignment"}:
            assert getattr(recipe, field.name) == getattr(baseline, field.name)
    for entry in fields(ModelConfig):
        assert getattr(recipe.model, entry.name) == getattr(baseline.model, entry.name)


def test_baseline_and_mixture_of_experts_differ_in_the_routing_losses_alone() -> None:
    baseline, mixture = find_recipe("no_gmm"), find_recipe("moe")
    assert replace(mixture.losses, likelihood=0.0, balance=0.0, gate_z=0.0) == baseline.losses
    assert mixture.alignment == baseline.alignment


@pytest.mark.parametrize("name", RECIPES)
def test_the_documents_own_losses_are_for_the_seed_formulation_and_the_amended_ones_are_not(name: str) -> None:
    recipe = find_recipe(name)
    weighed = {loss for loss, weight in asdict(recipe.losses).items() if weight}
    if recipe.model.formulation == "seed":
        assert weighed <= {"squared_error", *LITERAL_ONLY}
        assert recipe.losses.squared_error == 1
    else:
        assert not weighed & LITERAL_ONLY
        scores = ("squared_error", "correlation", "rank", "order_pairs")
        assert all(getattr(recipe.losses, loss) == getattr(LossWeights(), loss) for loss in scores)


def test_the_seed_weights_are_the_documents() -> None:
    losses = find_recipe("moe_seed").losses
    assert (losses.posterior_cross_entropy, losses.diversity, losses.posterior_variance) == (0.3, 0.1, 0.2)
    losses = find_recipe("distortion_aware_seed").losses
    assert (losses.classifier_cross_entropy, losses.classifier_posterior_kl) == (0.3, 0.2)


def test_a_recipe_that_sees_pixels_trains_within_four_minutes_at_sixty_milliseconds_a_crop() -> None:
    recipe = find_recipe("distortion_aware_seed")
    crops_per_step = recipe.photographs_per_step + recipe.further_rated_per_step + CHAIN_LENGTH * recipe.chains_per_step
    assert 0.06 * recipe.steps * crops_per_step < 4 * 60
    assert recipe.pairs_per_step == 0  # pairs have no crops


def test_an_unknown_recipe_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="got recipe 'soup', expected one of no_gmm, vanilla_gmm"):
        find_recipe("soup")


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_says_in_one_sentence_what_readers_see_of_it(name: str) -> None:
    recipe = find_recipe(name)
    assert recipe.title
    assert re.fullmatch(r"[^.]+\.", recipe.description)
