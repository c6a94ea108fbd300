"""Two pictures of a study: their rows, and which of them people would probably rate higher, under every checkpoint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from backend.errors import UnknownPicture
from backend.studies.pictures.decided import Decided
from backend.studies.pictures.rows import RowTables, rows_at, scores_at
from backend.studies.schemas import PairUnder, PicturePair
from models.pairs.preference import probability_better


def pair_of(
    folder: Path,
    tables: RowTables,
    checkpoints: Sequence[str],
    checkpoint: str,
    positions: tuple[int, int],
    decided: Decided,
    *,
    study_id: str,
) -> PicturePair:
    """Two pictures that could be read, by their positions; raises `UnknownPicture`."""
    places = tables.rows["position"].to_numpy()
    is_scored = tables.rows["state"].to_numpy() == "scored"
    numbers = [np.flatnonzero((places == position) & is_scored) for position in positions]
    for position, found in zip(positions, numbers, strict=True):
        if not len(found):
            raise UnknownPicture(f"got picture {position}, expected one of the study's that could be read")
    a, b = rows_at(tables, np.concatenate(numbers), decided, study_id=study_id)
    return PicturePair(
        checkpoint=checkpoint,
        a=a,
        b=b,
        are_near_duplicates=a.duplicate_group is not None and a.duplicate_group == b.duplicate_group,
        under=list(_under(folder, checkpoints, positions)),
    )


def _under(folder: Path, checkpoints: Sequence[str], positions: tuple[int, int]) -> Iterator[PairUnder]:
    scores = scores_at(folder, positions)
    for name in checkpoints:
        first, second = (scores[name, position] for position in positions)
        probability = probability_better(first, second)
        yield PairUnder(checkpoint=name, a=first.value, b=second.value, probability=probability)
