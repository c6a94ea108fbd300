"""Pictures of two distortions: every cell that people rated, and the orders that they were sure of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from models.distortions.mixed import rated_grids
from models.distortions.operations import distort_in_turn
from models.taxonomy import UNKNOWN_INDEX
from models.training.data.mixed_pictures import mixed, order_pairs
from tests.conftest import Draw

FOUR = [Path(f"{name}.png") for name in "abcd"]


def test_four_photographs_have_the_four_grids_and_no_picture_twice() -> None:
    examples = mixed(FOUR).examples
    assert len(examples) == 105
    assert len({example.example_id for example in examples}) == 105
    assert [len([e for e in examples if e.reference == f"pristine/{name}"]) for name in "abcd"] == [35, 40, 15, 15]


def test_there_are_few_enough_of_them_for_a_hundred_photographs_to_be_computed_in_minutes() -> None:
    assert len(mixed([Path(f"{number}.png") for number in range(94)]).examples) <= 2500


def test_pairs_are_neighbours_of_one_photograph_whose_means_are_far_apart() -> None:
    dataset = mixed(FOUR)
    better_P, worse_P = order_pairs(dataset)
    assert len(better_P) == sum(
        rated.gain(*cells) >= 2 for rated in rated_grids().values() for cells in rated.neighbours()
    )
    for better, worse in zip(better_P, worse_P, strict=True):
        first, second = dataset.examples[better], dataset.examples[worse]
        assert first.reference == second.reference
        assert first.label > second.label


def test_a_picture_is_its_photograph_under_the_steps_of_its_cell_and_of_no_single_type(
    tmp_path: Path, draw_picture: Draw
) -> None:
    path = tmp_path / "photograph.png"
    Image.fromarray(draw_picture(0)).save(path)
    (example,) = [e for e in mixed([path]).examples if e.example_id.endswith("mdivl_blur_jpeg/2/3")]
    rendered = example.render()
    assert rendered.class_index == UNKNOWN_INDEX
    with_any_seed = distort_in_turn(draw_picture(0), example.steps, seed=0)
    assert np.array_equal(rendered.image.pixels_HWC, with_any_seed)


def test_another_parameter_of_a_step_is_another_data_set() -> None:
    dataset = mixed(FOUR)
    first, *others = dataset.examples
    step = replace(first.steps[0], parameter=first.steps[0].parameter - 1)
    changed = replace(dataset, examples=(replace(first, steps=(step, *first.steps[1:])), *others))
    assert changed.sha256 != dataset.sha256
