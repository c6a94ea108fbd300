"""The one taxonomy of distortions: the 25 types of KADID-10k in seven groups, five levels each, plus `clean`.

Everything that names a type, a group or an order of them (labels, experts, charts) reads it from `TAXONOMY`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

CLEAN: Final = "clean"
UNKNOWN_INDEX: Final = -1
"""Label of a photograph whose distortion nobody named; type losses skip it."""
LEVELS: Final = (1, 2, 3, 4, 5)


class TaxonomyError(ValueError):
    """A distortion type or group that the taxonomy does not have."""


@dataclass(frozen=True)
class Taxonomy:
    """Distortion types in their groups; class 0 is `clean`, then the types in the order of their groups."""

    groups: Mapping[str, tuple[str, ...]]

    @cached_property
    def distortion_types(self) -> tuple[str, ...]:
        """The 25 distortion types, without `clean`."""
        return tuple(name for members in self.groups.values() for name in members)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The 26 class names: `clean`, then every distortion type."""
        return (CLEAN, *self.distortion_types)

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """The 8 group names: `clean`, then the seven groups."""
        return (CLEAN, *self.groups)

    @cached_property
    def group_of_class(self) -> tuple[int, ...]:
        """For each class, the index of its group in `group_names`."""
        index = {name: self.group_names.index(group) for group, members in self.groups.items() for name in members}
        return tuple(index.get(name, 0) for name in self.classes)

    def group_of(self, name: str) -> str:
        """Name of a class's group; raises `TaxonomyError` for a name that is not a class."""
        return self.group_names[self.group_of_class[self.class_index(name)]]

    def difference(self, classes: Sequence[str]) -> str | None:
        """How a list of classes differs from these, as got and expected; `None` where it is the same."""
        if tuple(classes) == self.classes:
            return None
        expected = f"expected the {len(self.classes)} classes of this version's taxonomy"
        if unknown := [name for name in classes if name not in self.classes]:
            return f"got {unknown[0]!r}, {expected}"
        if missing := [name for name in self.classes if name not in classes]:
            return f"got no {missing[0]!r}, {expected}"
        return f"got another order or a class twice, {expected} once and in its order"

    def class_index(self, name: str) -> int:
        """Index of a class name; raises `TaxonomyError` for a name that is not one."""
        try:
            return self.classes.index(name)
        except ValueError:
            raise TaxonomyError(f"got distortion type {name!r}, expected one of {', '.join(self.classes)}") from None


TAXONOMY: Final = Taxonomy(
    MappingProxyType(
        {
            "blur": ("gaussian_blur", "lens_blur", "motion_blur"),
            "color": (
                "color_diffusion",
                "color_shift",
                "color_quantization",
                "color_saturation_1",
                "color_saturation_2",
            ),
            "compression": ("jpeg2000", "jpeg"),
            "noise": (
                "white_noise",
                "white_noise_color_component",
                "impulse_noise",
                "multiplicative_noise",
                "denoise",
            ),
            "brightness": ("brighten", "darken", "mean_shift"),
            "spatial": ("jitter", "non_eccentricity_patch", "pixelate", "quantization", "color_block"),
            "sharpness_contrast": ("high_sharpen", "contrast_change"),
        }
    )
)
