"""Variants by name and formulation: what there is, what each is built from, and a fresh one of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.heads.config import ConfigError, Formulation, ModelConfig
from models.heads.variant import Variant
from models.variants.attention_gated import AttentionGated
from models.variants.distortion_aware import DistortionAware
from models.variants.learnable_gmm import LearnableGMM
from models.variants.literal.attention_gated import SeedAttentionGated
from models.variants.literal.distortion_aware import SeedDistortionAware
from models.variants.literal.learnable_gmm import SeedLearnableGMM
from models.variants.literal.moe import SeedMixtureOfExperts
from models.variants.moe import MixtureOfExperts
from models.variants.no_gmm import NoGMM
from models.variants.self_supervised import SelfSupervised
from models.variants.vanilla_gmm import VanillaGMM

VARIANTS: Final[Mapping[tuple[str, Formulation], type[Variant]]] = MappingProxyType(
    {
        ("no_gmm", "stable"): NoGMM,
        ("vanilla_gmm", "stable"): VanillaGMM,
        ("moe", "seed"): SeedMixtureOfExperts,
        ("moe", "stable"): MixtureOfExperts,
        ("attention_gated", "seed"): SeedAttentionGated,
        ("attention_gated", "stable"): AttentionGated,
        ("learnable_gmm", "seed"): SeedLearnableGMM,
        ("learnable_gmm", "stable"): LearnableGMM,
        ("distortion_aware", "seed"): SeedDistortionAware,
        ("distortion_aware", "stable"): DistortionAware,
        ("self_supervised", "stable"): SelfSupervised,
    }
)


def list_models() -> tuple[tuple[str, Formulation], ...]:
    """Every (variant, formulation) that can be created, in the order of the founding document."""
    return tuple(VARIANTS)


def config_class(variant: str, formulation: Formulation) -> type[ModelConfig]:
    """What a variant is built from; raises `ConfigError` for a variant or formulation that does not exist."""
    try:
        return VARIANTS[variant, formulation].config_class
    except KeyError:
        known = ", ".join(f"{name} ({formulation})" for name, formulation in VARIANTS)
        raise ConfigError(f"got {variant} ({formulation}), expected one of {known}") from None


def create_model(config: ModelConfig) -> Variant:
    """A fresh variant, not yet trained; raises `ConfigError` for sizes that do not fit each other."""
    return VARIANTS[config.variant, config.formulation](config)
