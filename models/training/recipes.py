"""Recipes: functions that return frozen configurations of whole training runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from models.config import ConfigError, ModelConfig


@dataclass(frozen=True)
class LossWeights:
    """What each loss counts; 0 leaves it out."""

    squared_error: float = 1.0
    correlation: float = 1.0
    likelihood: float = 0.0
    rank: float = 1.0
    blur_rank: float = 3.0
    alignment: float = 0.0
    balance: float = 0.0


@dataclass(frozen=True)
class Recipe:
    """One run: what is built, and how it is trained on cached features.

    A step sees `photographs_per_step` rated photographs and `chains_per_step` synthetic level chains (one reference and
    type, clean and at its five levels). `pretraining_steps` train the distortion encoder before the mixture is fitted.
    """

    name: str
    title: str
    model: ModelConfig
    losses: LossWeights = field(default_factory=LossWeights)
    steps: int = 800
    pretraining_steps: int = 0
    photographs_per_step: int = 256
    chains_per_step: int = 48
    learning_rate: float = 5e-4
    weight_decay: float = 0.05
    seed: int = 0


def no_gmm() -> Recipe:
    """The baseline: no mixture, squared error, correlation and rank losses."""
    return Recipe("no_gmm", "No mixture (baseline)", ModelConfig("no_gmm"))


def moe() -> Recipe:
    """Plan 1, stable: clusters aligned with types first, then experts by their mixture's likelihood and balance."""
    losses = LossWeights(likelihood=0.1, balance=0.02)
    return Recipe("moe", "Mixture of expert regressors", ModelConfig("moe"), losses, pretraining_steps=800)


RECIPES: Final[dict[str, Callable[[], Recipe]]] = {"no_gmm": no_gmm, "moe": moe}


def find_recipe(name: str) -> Recipe:
    """The recipe of a name; raises `ConfigError` for one that does not exist."""
    try:
        return RECIPES[name]()
    except KeyError:
        raise ConfigError(f"got recipe {name!r}, expected one of {', '.join(RECIPES)}") from None
