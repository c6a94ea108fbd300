"""A diverse and balanced subset: the same share of every cluster and score, and in each the farthest pictures.

Legend: N pictures, D features, K clusters, C cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.scoring_cli.csv_cells import csv_line
from models.studies.pictures.answers import Answers

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]

SUBSET_FILE: Final = "subset.csv"
NUM_BINS: Final = 5
_NUM_GROUPS: Final = 8
"""Groups by features under a checkpoint that has no clusters."""


@dataclass(frozen=True)
class Cells:
    """What each picture's cell is: its cluster's name, and the fifth of the scores (1 the worst) that it lies in."""

    cluster_N: tuple[str, ...]
    bin_N: Ints

    @property
    def number_N(self) -> Ints:
        """Cells counted from 0."""
        names = [f"{fifth} {cluster}" for cluster, fifth in zip(self.cluster_N, self.bin_N.tolist(), strict=True)]
        return np.unique(names, return_inverse=True)[1]


def cells_of(answered: Answers, features_ND: Floats) -> Cells:
    """By the most probable cluster, or a group by features where there are none, and by fifths of the scores."""
    edges = np.quantile(answered.score_N, np.linspace(0, 1, NUM_BINS + 1)[1:-1])
    return Cells(_clusters(answered, features_ND), 1 + np.searchsorted(edges, answered.score_N, side="left"))


def _clusters(answered: Answers, features_ND: Floats) -> tuple[str, ...]:
    names, posteriors_NK = answered.manifest.cluster_names, answered.posteriors_NK
    if names is not None and posteriors_NK is not None:
        return tuple(names[number] for number in posteriors_NK.argmax(1).tolist())
    from sklearn.cluster import KMeans

    groups = KMeans(min(_NUM_GROUPS, len(features_ND)), n_init=4, random_state=0).fit_predict(features_ND)
    return tuple(f"group {number + 1}" for number in groups.tolist())


def balanced_subset(features_ND: Floats, cell_N: Ints, count: int) -> list[int]:
    """Rows of so many pictures in their order: shares of the cells as equal as these allow, farthest pictures first."""
    rows_C = [np.flatnonzero(cell_N == cell) for cell in np.unique(cell_N)]
    shares_C = equal_shares([len(rows) for rows in rows_C], count)
    chosen = [
        rows[farthest_first(features_ND[rows], share)] for rows, share in zip(rows_C, shares_C, strict=True) if share
    ]
    return sorted(np.concatenate(chosen).tolist()) if chosen else []


def equal_shares(sizes: Sequence[int], count: int) -> list[int]:
    """How many of each cell: the same of all, but no more than it has; what is left goes to the largest cells."""
    shares = [0] * len(sizes)
    left = min(count, sum(sizes))
    while left:
        unfilled = [cell for cell, size in enumerate(sizes) if shares[cell] < size]
        unfilled = sorted(unfilled, key=lambda cell: -sizes[cell])[:left]
        for cell in unfilled:
            step = min(max(left // len(unfilled), 1), sizes[cell] - shares[cell])
            shares[cell] += step
        left = min(count, sum(sizes)) - sum(shares)
    return shares


def farthest_first(features_ND: Floats, count: int) -> list[int]:
    """The picture nearest to the mean, then always the one that is farthest from all chosen.

    Gonzalez, "Clustering to minimize the maximum intercluster distance" (Theoretical Computer Science, 1985).
    """
    middle = int(np.square(features_ND - features_ND.mean(0)).sum(1).argmin())
    order, distance_N = [middle], np.full(len(features_ND), np.inf)
    while len(order) < count:
        distance_N = np.minimum(distance_N, np.square(features_ND - features_ND[order[-1]]).sum(1))
        distance_N[order] = -1.0
        order.append(int(distance_N.argmax()))
    return order


class ChosenPicture(NamedTuple):
    """A picture of a subset: its cluster or group, the fifth of the scores (1 the worst) that it lies in, its score."""

    name: str
    cluster: str
    fifth: int
    score: float


def chosen_subset(names: Sequence[str], answered: Answers, features_ND: Floats, count: int) -> list[ChosenPicture]:
    """So many of a study's readable pictures, in their order; all where there are no more."""
    if not names:
        return []
    cells = cells_of(answered, features_ND)
    rows = balanced_subset(features_ND, cells.number_N, count)
    return [
        ChosenPicture(names[row], cells.cluster_N[row], int(cells.bin_N[row]), float(answered.score_N[row]))
        for row in rows
    ]


def subset_csv(chosen: Sequence[ChosenPicture]) -> bytes:
    """As `subset.csv` has them."""
    return "".join(map(csv_line, [("image", "cluster", "fifth", "score"), *chosen])).encode()
