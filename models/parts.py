"""Which parts a model has: what its variant says of itself."""

from __future__ import annotations

from models.heads.config import ModelConfig
from models.heads.outputs import PARTS, Part
from models.registry import VARIANTS

__all__ = ["PARTS", "Part", "parts_of"]


def parts_of(config: ModelConfig) -> tuple[Part, ...]:
    """The parts of a model, in the order of `PARTS`."""
    return VARIANTS[config.variant, config.formulation].parts
