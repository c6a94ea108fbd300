"""Pictures under two distortions in turn, labelled and ordered as people rated these mixtures.

Legend: P pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.distortions.mixed import Cell, RatedGrid, rated_grids
from models.labels.scales import FIVE_GRADES
from models.training.data.contents import pristine_content
from models.training.data.datasets import Dataset, Example
from models.training.data.kadid_scale import kadid_means

SURE: Final = 2.0
"""How many standard errors apart two means have to be, for their order to be taught."""


def mixed(photographs: Sequence[Path]) -> Dataset:
    """Each photograph in every cell of one of the four rated grids, in turn, labelled with the cell's mean for KADID.

    A quarter of the photographs for each grid: 105 pictures of every four. Labels are on KADID's 1-5.
    """
    grids = list(rated_grids().values())
    examples = [
        example for turn, path in enumerate(photographs) for example in _cells_of(path, grids[turn % len(grids)])
    ]
    return Dataset("mixed", tuple(examples), FIVE_GRADES)


def _cells_of(path: Path, rated: RatedGrid) -> list[Example]:
    reference = pristine_content(path.stem)
    return [
        Example(_name(reference, rated, cell), reference, path, mean, steps=rated.grid.steps(cell))
        for cell, mean in kadid_means(rated).items()
    ]


def _name(reference: str, rated: RatedGrid, cell: Cell) -> str:
    return f"mixed/{reference}/{rated.grid.name}/{cell[0]}/{cell[1]}"


def order_pairs(dataset: Dataset) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows (P) of better pictures, and of worse ones: neighbours in a grid whose order people were sure of."""
    position = {example.example_id: row for row, example in enumerate(dataset.examples)}
    pairs = [
        (position[_name(reference, rated, better)], position[_name(reference, rated, worse)])
        for reference in dict.fromkeys(example.reference for example in dataset.examples)
        for rated in rated_grids().values()
        for better, worse in rated.neighbours()
        if rated.gain(better, worse) >= SURE and _name(reference, rated, better) in position
    ]
    better_P, worse_P = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return better_P, worse_P
