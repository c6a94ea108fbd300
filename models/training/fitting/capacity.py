"""A baseline as large as a variant: what a mixture is worth must not be what parameters are worth."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import fields, replace
from typing import Final

from models.heads.config import ConfigError, ModelConfig
from models.registry import create_model
from models.training.fitting.recipes import Alignment, LossWeights, Recipe
from models.variants.no_gmm import NoGMMConfig

TOLERANCE: Final = 0.02
_SCORE_LOSSES: Final = ("squared_error", "correlation", "rank", "order_pairs")
_WIDTHS: Final = range(16, 1025, 8)


def num_parameters(model: ModelConfig) -> int:
    """Parameters of a head, those of a frozen mixture included."""
    return sum(parameter.numel() for parameter in create_model(model).parameters())


def matched_baseline(recipe: Recipe) -> Recipe:
    """`no_gmm` with as many parameters as the recipe's head (within 2 %), and the recipe's losses on the score.

    The projection is widened, its hidden layer staying half as wide. Raises `ConfigError` where no width fits.
    """
    wanted = num_parameters(recipe.model)
    as_wide = NoGMMConfig(**{entry.name: getattr(recipe.model, entry.name) for entry in fields(ModelConfig)})
    sized = [replace(as_wide, projection_dim=width, hidden_dim=width // 2) for width in _WIDTHS]
    above = bisect_left(sized, wanted, hi=len(sized) - 1, key=num_parameters)
    best = min(sized[max(above - 1, 0) : above + 1], key=lambda model: _gap(model, wanted))
    if _gap(best, wanted) > TOLERANCE:
        raise ConfigError(
            f"got {wanted:,} parameters in {recipe.name}, expected a baseline within {TOLERANCE:.0%}: the closest has "
            f"{num_parameters(best):,}"
        )
    losses = LossWeights(**{name: getattr(recipe.losses, name) for name in _SCORE_LOSSES})
    literal = "" if losses == LossWeights() else "_literal"
    steps = "" if recipe.steps == Recipe.steps else f"_{recipe.steps}_steps"
    name = f"no_gmm_{best.projection_dim}{literal}{steps}"
    return replace(
        recipe,
        name=name,
        title="Capacity-matched baseline",
        description="",
        model=best,
        losses=losses,
        alignment=Alignment(),
    )


def _gap(model: ModelConfig, wanted: int) -> float:
    return abs(num_parameters(model) - wanted) / wanted
