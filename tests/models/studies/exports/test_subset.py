"""A subset has the same share of every cell, and its pictures lie as far apart as can be."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from models.predictor import Predictor
from models.studies.exports.subset import balanced_subset, equal_shares, farthest_first
from models.studies.pictures.picture_set import StudyRefused, pictures_of_folder
from models.studies.study import Wanted, run_study

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("sizes", "count", "expected"),
    [
        ([10, 10, 10], 6, [2, 2, 2]),
        ([10, 1, 10], 7, [3, 1, 3]),
        ([10, 1, 12], 8, [3, 1, 4]),
        ([3, 9, 5], 2, [0, 1, 1]),
        ([2, 2], 9, [2, 2]),
        ([], 4, []),
    ],
)
def test_shares_are_equal_as_far_as_cells_reach(sizes: list[int], count: int, expected: list[int]) -> None:
    assert equal_shares(sizes, count) == expected


def test_the_farthest_pictures_cover_all_within_twice_the_best_radius() -> None:
    """Gonzalez' promise, against every choice of three."""
    points_ND = RNG.normal(size=(14, 2))
    distances_NN = cdist(points_ND, points_ND)

    def radius(rows: list[int]) -> float:
        return float(distances_NN[:, rows].min(1).max())

    chosen = farthest_first(points_ND, 3)
    assert len(set(chosen)) == 3
    assert radius(chosen) <= 2 * min(radius(list(rows)) for rows in combinations(range(14), 3))


def test_copies_are_taken_last() -> None:
    points_ND = np.repeat(RNG.normal(size=(5, 3)), 4, axis=0)
    assert len({tuple(points_ND[row]) for row in farthest_first(points_ND, 5)}) == 5


def test_a_subset_is_balanced_over_cells_and_has_no_picture_twice() -> None:
    cell_N = np.repeat([0, 1, 2], [50, 8, 2])
    rows = balanced_subset(RNG.normal(size=(60, 4)), cell_N, 20)
    assert len(set(rows)) == 20
    assert np.bincount(cell_N[rows]).tolist() == [10, 8, 2]
    assert balanced_subset(RNG.normal(size=(60, 4)), cell_N, 99) == list(range(60))


def test_a_study_writes_its_subset(heads: list[Predictor], photographs: Path, tmp_path: Path) -> None:
    (photographs / "broken.png").write_bytes(b"no picture")
    for head in heads:  # with clusters, and without
        folder = tmp_path / head.manifest.id
        run_study(pictures_of_folder(photographs), [head], folder, wanted=Wanted(subset=5))
        with (folder / "subset.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len({row["image"] for row in rows}) == 5
        assert {row["fifth"] for row in rows} <= {"1", "2", "3", "4", "5"}
    with pytest.raises(StudyRefused, match="got a subset of 0 pictures"):
        Wanted(subset=0)
