"""A photograph has one name, whichever set shows it."""

from __future__ import annotations

from models.training.data.contents import canonical_content, pristine_content


def test_kodaks_numbers_and_lives_names_are_one_content() -> None:
    assert pristine_content("kodim05") == pristine_content("bikes") == "pristine/bikes"
    assert canonical_content("pristine/kodim21") == "pristine/lighthouse2"


def test_nineteen_of_kodaks_photographs_are_lives_and_no_two_are_one() -> None:
    names = {pristine_content(f"kodim{number:02}") for number in range(1, 25)}
    assert len(names) == 24
    assert sum("kodim" in name for name in names) == 5


def test_a_reference_of_another_set_is_its_own_name() -> None:
    assert canonical_content("kadid10k/kodim05") == "kadid10k/kodim05"
    assert canonical_content("biq2021/images/a.jpg") == "biq2021/images/a.jpg"
