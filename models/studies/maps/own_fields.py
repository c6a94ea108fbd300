"""What a table says of its pictures beside their labels -> columns of a study's maps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from models.maps.building.columns import Column, OwnColumn
from models.maps.image_set import PictureRows
from models.studies.pictures.picture_set import StudyPicture
from models.taxonomy import UNKNOWN_INDEX

MOST_VALUES: Final = 255
"""A field with more different texts tells pictures apart, not groups of them, and is no column."""
_FEW_NUMBERS: Final = 6
"""Up to so many different numbers are names, such as those of a camera or a year."""


def own_columns(fields: Sequence[str], pictures: Sequence[StudyPicture], rows: PictureRows) -> dict[str, OwnColumn]:
    """A column for each field of a table that says something which the map does not show already."""
    columns = {}
    for number, field in enumerate(fields):
        texts = ["" if picture.row is None else picture.row.fields.get(field, "") for picture in pictures]
        if not any(texts) or _is_known(field, texts, rows):
            continue
        column = _numbers(field, texts) or _names(field, texts)
        if column is not None:
            columns[f"field_{number}"] = column
    return columns


def _is_known(field: str, texts: Sequence[str], rows: PictureRows) -> bool:
    """Whether the map has all that a role says: references always, types and levels where their words are known."""
    match field:
        case "reference":
            return True
        case "type":
            return all(code != UNKNOWN_INDEX for code, text in zip(rows.type, texts, strict=True) if text)
        case "level":
            return all(str(level) == text.strip() for level, text in zip(rows.level, texts, strict=True) if text)
        case _:
            return False


def _numbers(field: str, texts: Sequence[str]) -> OwnColumn | None:
    try:
        numbers = [float(text) if text else math.nan for text in texts]
    except ValueError:
        return None
    different = {number for number in numbers if not math.isnan(number)}
    if len(different) <= _FEW_NUMBERS or not all(map(math.isfinite, different)):
        return None
    return OwnColumn(field, Column(np.array(numbers, "<f4")))


def _names(field: str, texts: Sequence[str]) -> OwnColumn | None:
    names = sorted(set(filter(None, texts)))
    if len(names) > MOST_VALUES:
        return None
    code_of = {name: code for code, name in enumerate(names)} | {"": MOST_VALUES}
    return OwnColumn(
        field, Column(np.array([code_of[text] for text in texts], "|u1"), missing=MOST_VALUES), tuple(names)
    )
