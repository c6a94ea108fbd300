"""One taxonomy: 25 types in seven groups and `clean`, in one order everywhere."""

from __future__ import annotations

import pytest

from models.distortions.pseudo_mos import kadid_mos
from models.taxonomy import CLEAN, LEVELS, TAXONOMY, UNKNOWN_INDEX, TaxonomyError
from tests.models.builders import group_of


def test_there_are_25_types_in_seven_groups_and_clean() -> None:
    assert len(set(TAXONOMY.distortion_types)) == len(TAXONOMY.distortion_types) == 25
    assert TAXONOMY.classes == (CLEAN, *TAXONOMY.distortion_types)
    assert TAXONOMY.group_names == (
        CLEAN,
        "blur",
        "color",
        "compression",
        "noise",
        "brightness",
        "spatial",
        "sharpness_contrast",
    )


def test_every_class_belongs_to_the_group_that_lists_it() -> None:
    assert group_of(CLEAN) == CLEAN
    for group, members in TAXONOMY.groups.items():
        for name in members:
            assert group_of(name) == group


def test_indices_and_names_go_both_ways_and_unknown_is_no_class() -> None:
    assert [TAXONOMY.class_index(name) for name in TAXONOMY.classes] == list(range(26))
    assert UNKNOWN_INDEX not in range(26)


def test_every_type_and_level_was_rated() -> None:
    assert all(1 <= kadid_mos(name, level) <= 5 for name in TAXONOMY.distortion_types for level in LEVELS)


def test_groups_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TAXONOMY.groups["blur"] = ()  # type: ignore[index]


def test_an_unknown_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TaxonomyError, match="got distortion type 'fog', expected one of clean, gaussian_blur"):
        TAXONOMY.class_index("fog")


@pytest.mark.parametrize(
    ("classes", "says"),
    [
        (TAXONOMY.classes, None),
        (("clean", "fog"), "got 'fog', expected the 26 classes"),
        (TAXONOMY.classes[:-1], "got no 'contrast_change', expected the 26 classes"),
        (TAXONOMY.classes[::-1], "got another order"),
    ],
)
def test_other_classes_are_told_apart_in_words(classes: tuple[str, ...], says: str | None) -> None:
    found = TAXONOMY.difference(classes)
    assert found is None if says is None else found is not None and says in found
