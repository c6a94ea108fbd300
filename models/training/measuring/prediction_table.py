"""Predictions of one fold as CSV: label beside score, for charts; no pixel and no name of a person is in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from torch import Tensor

from models.heads.outputs import IQAOutput
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX
from models.training.data.folds import Fold

COLUMNS: Final = ("id", "reference", "class", "level", "label", "score", "score_std", "top_cluster", "top_expert")
_UNKNOWN: Final = "unknown"


def prediction_rows(picture_ids: Sequence[str], fold: Fold, output: IQAOutput) -> str:
    """CSV with a header and a row per picture; label, score and deviation in points with three digits.

    `top_cluster` and `top_expert` are positions, from 0, of the largest posterior and routing weight: empty where the
    variant has none. Raises `ValueError` where ids and pictures differ in number.
    """
    if len(picture_ids) != len(fold.scores_N):
        raise ValueError(f"got {len(picture_ids)} ids for {len(fold.scores_N)} pictures, expected one each")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    classes = [_UNKNOWN if index == UNKNOWN_INDEX else TAXONOMY.classes[index] for index in fold.classes_N.tolist()]
    columns = (
        picture_ids,
        fold.references_N.tolist(),
        classes,
        fold.levels_N.tolist(),
        *([f"{value:.3f}" for value in values] for values in (fold.scores_N, output.score, output.score_std)),
        _tops(output.posteriors, len(classes)),
        _tops(output.routing_weights, len(classes)),
    )
    table.writerows(zip(*columns, strict=True))
    return text.getvalue()


def _tops(weights_NK: Tensor | None, count: int) -> list[int] | list[str]:
    if weights_NK is None:
        return [""] * count
    tops: list[int] = weights_NK.argmax(1).tolist()
    return tops
