"""Where the opinions of a rated grid stand on KADID-10k's scale, by the single distortions that both had rated.

A grid's cells with one distortion alone have a KADID mean at the same parameter, between those of two levels. The map
is the monotone curve nearest to these pairs: centred isotonic regression (Oron and Flournoy, 2017), from the worst end
of the database's scale at KADID's worst cell to its best end at KADID's references.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from models.distortions.mixed import Cell, RatedGrid, rated_grids
from models.distortions.operations import DISTORTIONS, Step
from models.distortions.pseudo_mos import kadid_mos, lowest_kadid_mos
from models.taxonomy import LEVELS
from models.training.data.datasets import KADID_CLEAN_MOS

UNKNOWN_NOISE: Final = "mdivl_noise_jpeg"
"""Its noise was chosen so that it agrees with KADID's, so only its JPEG says anything about the scale."""
_UNHARMED_JPEG: Final = 100.0

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Opinions of a database and the KADID means that they stand for, both rising with quality."""


def kadid_means(rated: RatedGrid) -> dict[Cell, float]:
    """Every rated cell's mean on KADID-10k's 1 to 5, by the curve of its database."""
    opinions, means = database_curve(rated.database)
    sign = 1 if rated.higher_is_better else -1
    return {cell: float(np.interp(sign * opinion.mean, opinions, means)) for cell, opinion in rated.opinions.items()}


def database_curve(database: str) -> Curve:
    """The map of one database, learned from all its grids; opinions that fall with quality are negated."""
    grids = [rated for rated in rated_grids().values() if rated.database == database]
    sign = 1 if grids[0].higher_is_better else -1
    pairs = [(sign * opinion, mean) for rated in grids for opinion, mean in shared_opinions(rated)]
    pairs += [(sign * grids[0].worst, lowest_kadid_mos()), (sign * grids[0].best, KADID_CLEAN_MOS)]
    opinions_N, means_N = np.array(sorted(pairs)).T
    fitted_N = IsotonicRegression().fit_transform(opinions_N, means_N)
    values, block_N = np.unique(fitted_N, return_inverse=True)
    middles = np.bincount(block_N, opinions_N) / np.bincount(block_N)
    return middles, values


def shared_opinions(rated: RatedGrid) -> Iterator[tuple[float, float]]:
    """A cell's opinion and KADID's mean of the same single distortion, for each that both had rated."""
    for cell, opinion in rated.opinions.items():
        steps = [step for step in rated.grid.steps(cell) if step != Step("jpeg", _UNHARMED_JPEG)]
        if len(steps) != 1 or (rated.grid.name == UNKNOWN_NOISE and steps[0].distortion_type == "white_noise"):
            continue
        mean = kadid_mean_at(steps[0])
        if mean is not None:
            yield opinion.mean, mean


def kadid_mean_at(step: Step) -> float | None:
    """KADID's mean of a single distortion, between those of its levels; `None` beyond them."""
    parameters = DISTORTIONS[step.distortion_type].parameters
    points = sorted(
        (parameter, kadid_mos(step.distortion_type, level)) for parameter, level in zip(parameters, LEVELS, strict=True)
    )
    known, means = zip(*points, strict=True)
    if not known[0] <= step.parameter <= known[-1]:
        return None
    return float(np.interp(step.parameter, known, means))
