"""Which parts each variant has, compared with the design's table; that it fills them, `test_family` asks."""

from __future__ import annotations

import pytest

from models.parts import PARTS, parts_of
from models.registry import config_class, list_models
from models.variants.no_gmm import NoGMMConfig


def test_the_baseline_has_none() -> None:
    assert parts_of(NoGMMConfig()) == ()


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        ("vanilla_gmm", {"mixture"}),
        ("moe", {"mixture", "gate", "experts", "types"}),
        ("attention_gated", {"mixture", "attention", "types"}),
        ("learnable_gmm", {"mixture", "types"}),
        ("distortion_aware", {"mixture", "experts", "types", "fusion"}),
        ("self_supervised", {"mixture", "gate", "experts", "types", "severities"}),
    ],
)
def test_a_variant_has_the_parts_that_the_design_gives_it(variant: str, expected: set[str]) -> None:
    assert set(parts_of(config_class(variant, "stable")())) == expected


def test_parts_come_in_one_order_and_each_is_somewhere() -> None:
    found = [parts_of(config_class(*key)()) for key in list_models()]
    assert all(list(parts) == sorted(parts, key=PARTS.index) for parts in found)
    assert {part for parts in found for part in parts} == set(PARTS)
