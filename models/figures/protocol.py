"""How contents are cut into the folds of a split, which decides how far splits depend on each other."""

from __future__ import annotations

from typing import Final

TEST_SHARE: Final = 0.2
VALIDATION_SHARE: Final = 0.1
TRAINING_SHARE: Final = 1 - TEST_SHARE - VALIDATION_SHARE
NUM_HELD_OUT_SPLITS: Final = 3
"""Heads per rated set that is held out whole."""
