"""Predictions of one fold as the rows of `predictions.csv`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from torch import Tensor

from models.figures.predictions import PredictionRow
from models.heads.outputs import IQAOutput
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX
from models.training.data.folds import Fold

_UNKNOWN: Final = "unknown"


def prediction_rows(picture_ids: Sequence[str], fold: Fold, output: IQAOutput) -> list[PredictionRow]:
    """A row per picture; raises `ValueError` where ids and pictures differ in number."""
    if len(picture_ids) != len(fold.scores_N):
        raise ValueError(f"got {len(picture_ids)} ids for {len(fold.scores_N)} pictures, expected one each")
    classes = [_UNKNOWN if index == UNKNOWN_INDEX else TAXONOMY.classes[index] for index in fold.classes_N.tolist()]
    columns = (
        picture_ids,
        fold.references_N.tolist(),
        classes,
        fold.levels_N.tolist(),
        *(values_N.tolist() for values_N in (fold.scores_N, output.score, output.score_std)),
        _tops(output.posteriors, len(classes)),
        _tops(output.routing_weights, len(classes)),
    )
    return [PredictionRow(*cells) for cells in zip(*columns, strict=True)]


def _tops(weights_NK: Tensor | None, count: int) -> list[int] | list[None]:
    if weights_NK is None:
        return [None] * count
    tops: list[int] = weights_NK.argmax(1).tolist()
    return tops
