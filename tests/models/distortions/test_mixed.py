"""Grids of two distortions do what they say, in their order, and people's opinions of them fall as they rise."""

from __future__ import annotations

import numpy as np
import pytest

from models.distortions.mixed import GridError, RatedGrid, find_grid, level_grid, rated_grids
from models.distortions.operations import DistortionError, Step, distort, distort_in_turn
from tests.conftest import Draw

RATED = pytest.mark.parametrize("rated", rated_grids().values(), ids=rated_grids())
NOISE_OF_THE_TABLES = 2.0
"""Standard errors."""


def test_the_four_grids_have_every_cell_of_their_tables() -> None:
    assert {name: len(rated.opinions) for name, rated in rated_grids().items()} == {
        "mdivl_blur_jpeg": 35,
        "mdivl_noise_jpeg": 40,
        "live_md_blur_jpeg": 15,
        "live_md_blur_noise": 15,
    }


@RATED
def test_more_of_one_distortion_at_the_same_other_is_never_found_better(rated: RatedGrid) -> None:
    gains = [rated.gain(milder, stronger) for milder, stronger in rated.neighbours()]
    assert min(gains) > -NOISE_OF_THE_TABLES
    assert sum(gain > NOISE_OF_THE_TABLES for gain in gains) > len(gains) / 3


@RATED
def test_the_mildest_cell_is_the_best_and_the_strongest_among_the_worst(rated: RatedGrid) -> None:
    mildest, strongest = min(rated.opinions), max(rated.opinions)
    for cell in rated.opinions:
        assert rated.gain(mildest, cell) > -NOISE_OF_THE_TABLES
        assert rated.gain(cell, strongest) > -NOISE_OF_THE_TABLES


@RATED
def test_opinions_lie_on_the_scale_and_run_the_way_that_it_says(rated: RatedGrid) -> None:
    low, high = sorted((rated.worst, rated.best))
    assert all(low <= opinion.mean <= high for opinion in rated.opinions.values())
    mildest, strongest = (rated.opinions[choose(rated.opinions)].mean for choose in (min, max))
    assert (mildest > strongest) == rated.higher_is_better


@RATED
def test_parameters_rise_in_strength_along_both_axes(rated: RatedGrid) -> None:
    for axis in (rated.grid.first, rated.grid.second):
        applied = [-it if axis.distortion_type == "jpeg" else it for it in axis.parameters if it is not None]
        assert applied == sorted(applied)
        assert len(set(applied)) == len(applied)


def test_a_cell_is_the_first_distortion_and_then_the_second(draw_picture: Draw) -> None:
    grid = level_grid("gaussian_blur", "jpeg")
    assert grid.steps((2, 4)) == (Step("gaussian_blur", 0.5), Step("jpeg", 7))
    assert grid.steps((0, 4)) == (Step("jpeg", 7),)
    assert grid.steps((0, 0)) == ()
    in_turn = distort_in_turn(draw_picture(0), grid.steps((2, 4)), seed=3)
    blurred = distort(draw_picture(0), "gaussian_blur", 2, seed=3)
    assert np.array_equal(in_turn, distort(blurred, "jpeg", 4, seed=3))
    the_other_way = distort_in_turn(draw_picture(0), level_grid("jpeg", "gaussian_blur").steps((4, 2)), seed=3)
    assert not np.array_equal(in_turn, the_other_way)


def test_no_step_leaves_the_picture_as_it_is(draw_picture: Draw) -> None:
    assert np.array_equal(distort_in_turn(draw_picture(0), (), seed=0), draw_picture(0))


def test_a_grid_is_found_by_its_name_or_by_two_types() -> None:
    assert find_grid("live_md_blur_noise") is rated_grids()["live_md_blur_noise"].grid
    assert find_grid("jpeg+white_noise") == level_grid("jpeg", "white_noise")
    with pytest.raises(GridError, match="got grid 'jpeg', expected two distortion types as in"):
        find_grid("jpeg")
    with pytest.raises(DistortionError, match="got distortion type 'fog'"):
        find_grid("jpeg+fog")
    with pytest.raises(GridError, match=r"got row 6 and column 0 of jpeg\+jpeg, expected a row below 6"):
        find_grid("jpeg+jpeg").steps((6, 0))
