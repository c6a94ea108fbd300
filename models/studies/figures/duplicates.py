"""Near-duplicates: copies of one picture, and pictures of one scene that were taken in a burst.

Distances are 1 - cosine: of layouts, and of features in deviations from the training set's mean. Two pictures belong
together where their layouts are all but the same (a copy that was saved again, resized or blurred) and their features
not opposite, or where both are similar: the less the layouts, the more the features (cropped, moved, exposed a little
differently). Layouts alone take one sky over one horizon for another, features alone one dark picture for another.
Limits were set on photographs of BIQ2021 and copies of them (`tests/benchmarks/bench_duplicates.py`).

Legend: N pictures, L layout numbers, D features, k neighbours, P pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.studies.findings.records import DuplicateLimits

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]

LIMITS: Final = DuplicateLimits(copy_layout=0.003, copy_features=0.9, scene_layout=0.15, scene_features=0.3)
_MOST_NEIGHBOURS: Final = 50
"""By layout, of each picture: its copies come first, and memory stays bounded where all pictures are alike."""
_PAIRS_AT_ONCE: Final = 4096


def duplicate_groups(layout_NL: Floats, features_ND: Floats) -> list[list[int]]:
    """Rows of pictures that belong together, directly or by others between; whoever stands alone is in no group."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(layout_NL)
    if count < 2:
        return []
    first_P, second_P = _alike(layout_NL, features_ND)
    links = coo_array((np.ones(len(first_P), bool), (first_P, second_P)), shape=(count, count))
    _, group_N = connected_components(links, directed=False)
    order_N = np.argsort(group_N, kind="stable")
    groups = np.split(order_N, np.flatnonzero(np.diff(group_N[order_N])) + 1)
    return sorted(group.tolist() for group in groups if len(group) > 1)


def _alike(layout_NL: Floats, features_ND: Floats) -> tuple[Ints, Ints]:
    first_P, second_P, layout_P = _near_by_layout(layout_NL)
    unit_ND = features_ND / np.maximum(np.linalg.norm(features_ND, axis=1, keepdims=True), 1e-12)
    parts = [
        np.einsum("pd,pd->p", unit_ND[first_P[at : at + _PAIRS_AT_ONCE]], unit_ND[second_P[at : at + _PAIRS_AT_ONCE]])
        for at in range(0, len(first_P), _PAIRS_AT_ONCE)
    ]
    features_P = 1 - np.concatenate([np.empty(0), *parts])
    is_copy_P = (layout_P <= LIMITS.copy_layout) & (features_P <= LIMITS.copy_features)
    is_alike_P = is_copy_P | (layout_P / LIMITS.scene_layout + features_P / LIMITS.scene_features <= 1)
    return first_P[is_alike_P], second_P[is_alike_P]


def _near_by_layout(layout_NL: Floats) -> tuple[Ints, Ints, Floats]:
    """Pairs within the wider limit, and their distances; between vectors of length one, half the squared Euclidean."""
    from sklearn.neighbors import NearestNeighbors

    count = min(_MOST_NEIGHBOURS, len(layout_NL) - 1)
    search = NearestNeighbors(n_neighbors=count, algorithm="brute").fit(layout_NL.astype(np.float64))
    distances_Nk, neighbours_Nk = search.kneighbors()
    layout_P = np.square(distances_Nk.ravel()) / 2
    first_P = np.repeat(np.arange(len(layout_NL)), count)
    is_flat_N: NDArray[np.bool_] = np.linalg.norm(layout_NL, axis=1) == 0  # whose layout says nothing
    is_near_P = (layout_P <= LIMITS.scene_layout) & ~is_flat_N[first_P]
    return first_P[is_near_P], neighbours_Nk.ravel()[is_near_P], layout_P[is_near_P]


class Place(NamedTuple):
    """A picture's group, counted from 1, and its place in it by score; the first is the best."""

    group: int
    rank: int


def places(groups: Sequence[Sequence[int]], score_N: Floats, pixels_N: Ints) -> dict[int, Place]:
    """Places by row: the highest score first; of equal ones that with more pixels, then the earlier one."""
    return {
        row: Place(number, rank)
        for number, group in enumerate(groups, 1)
        for rank, row in enumerate(sorted(group, key=lambda row: (-score_N[row], -pixels_N[row], row)), 1)
    }


def named_groups(placed: Mapping[int, Place], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The names of each group's pictures, the best first."""
    found: dict[int, list[str]] = {}
    for row in sorted(placed, key=lambda row: placed[row]):
        found.setdefault(placed[row].group, []).append(names[row])
    return tuple(map(tuple, found.values()))
