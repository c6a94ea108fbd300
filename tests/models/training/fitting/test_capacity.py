"""A variant is compared with a baseline that has as many parameters and the same losses on the score."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
import torch

from models.heads.config import ConfigError
from models.registry import create_model
from models.training.fitting.capacity import TOLERANCE, matched_baseline, num_parameters
from models.training.fitting.recipes import RECIPES, Alignment, find_recipe
from tests.models.builders import tiny_recipe

every_variant = pytest.mark.parametrize("name", [name for name in RECIPES if name != "no_gmm"])
SCORE_LOSSES = {"squared_error", "correlation", "rank", "order_pairs"}


@every_variant
def test_the_baseline_has_as_many_parameters_within_two_per_cent(name: str) -> None:
    recipe = find_recipe(name)
    assert TOLERANCE == 0.02
    wanted, got = (num_parameters(model) for model in (recipe.model, matched_baseline(recipe).model))
    assert got == pytest.approx(wanted, rel=0.02)
    assert got == sum(parameter.numel() for parameter in create_model(matched_baseline(recipe).model).parameters())


@every_variant
def test_the_baseline_has_no_mixture_and_differs_in_its_width_alone(name: str) -> None:
    recipe, baseline = find_recipe(name), matched_baseline(find_recipe(name))
    model = find_recipe("no_gmm").model
    assert baseline.model == replace(
        model, projection_dim=baseline.model.projection_dim, hidden_dim=baseline.model.projection_dim // 2
    )
    ignored = {"name", "title", "description", "model", "losses", "alignment"}
    assert {key: value for key, value in vars(baseline).items() if key not in ignored} == {
        key: value for key, value in vars(recipe).items() if key not in ignored
    }
    assert baseline.alignment == Alignment()


@every_variant
def test_the_baseline_has_the_recipes_losses_on_the_score_and_no_others(name: str) -> None:
    recipe = find_recipe(name)
    for loss, weight in asdict(matched_baseline(recipe).losses).items():
        assert weight == (getattr(recipe.losses, loss) if loss in SCORE_LOSSES else 0)


def test_baselines_of_one_name_are_one_recipe() -> None:
    baselines = [matched_baseline(find_recipe(name)) for name in RECIPES if name != "no_gmm"]
    by_name = {baseline.name: baseline for baseline in baselines}
    assert all(by_name[baseline.name] == baseline for baseline in baselines)


def test_a_frozen_mixture_counts() -> None:
    model = find_recipe("vanilla_gmm").model
    learned = sum(parameter.numel() for parameter in create_model(model).parameters() if parameter.requires_grad)
    assert num_parameters(model) == learned + 8 + 2 * 8 * 16  # mixing weights; means and deviations


def test_counting_draws_the_same_weights_as_before_for_the_next_head() -> None:
    """Fitting sets its own seed, so that what is counted beside it cannot matter."""
    recipe = find_recipe("moe")
    torch.manual_seed(0)
    before = create_model(recipe.model).state_dict()
    num_parameters(recipe.model)
    torch.manual_seed(0)
    after = create_model(recipe.model).state_dict()
    assert all(torch.equal(after[name], value) for name, value in before.items())


def test_a_head_too_small_for_any_width_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"got 9,\d+ parameters in moe_seed, expected a baseline within 2%"):
        matched_baseline(tiny_recipe("moe_seed"))
