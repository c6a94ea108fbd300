"""The table of predictions has one plain row per picture, in order."""

from __future__ import annotations

import csv
import io

import pytest
import torch

from models.figures.predictions import COLUMNS, write_predictions
from models.training.measuring.prediction_table import prediction_rows
from tests.models.training.fold_builders import fold_of, scored


def test_every_picture_has_label_and_score_in_its_row() -> None:
    fold = fold_of([40, 60], classes=["jpeg", "unknown"], levels=[3, 0], references=["a, b", "c"])
    output = scored([41.23456, 59])._replace(posteriors=torch.tensor([[0.2, 0.8], [0.6, 0.4]]))
    first, second = csv.DictReader(
        io.StringIO(write_predictions(prediction_rows(["1.png", "2.png"], fold, output)).decode())
    )
    assert list(first) == list(COLUMNS)
    assert list(first.values()) == ["1.png", "a, b", "jpeg", "3", "40.000", "41.235", "5.000", "1", ""]
    assert (second["class"], second["top_cluster"]) == ("unknown", "0")


def test_ids_of_other_pictures_are_refused() -> None:
    with pytest.raises(ValueError, match="got 1 ids for 2 pictures"):
        prediction_rows(["1.png"], fold_of([40, 60]), scored([41, 59]))
