"""The pictures that a checkpoint predicts worst, small enough to lie inside a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.studies.report.small_pictures import data_address

NUM_WORST: Final = 12


@dataclass(frozen=True)
class WorstPicture:
    """A picture with its label, its mapped score, and a small copy as a data address."""

    name: str
    label: float
    mapped_score: float
    mapped_error: float
    address: str


def worst_pictures(rows: Sequence[Mapping[str, Any]], path_of: Mapping[str, Path]) -> list[WorstPicture]:
    """Of a checkpoint's rows those with the largest error after the mapping; files that are gone are left out."""
    rated = [row for row in rows if row["mapped_error"] is not None]
    ranked = sorted(rated, key=lambda row: -abs(row["mapped_error"]))
    found: list[WorstPicture] = []
    for row in ranked[:NUM_WORST]:
        if address := data_address(path_of[row["filename"]]):
            figures = {name: row[name] for name in ("label", "mapped_score", "mapped_error")}
            found.append(WorstPicture(row["filename"], address=address, **figures))
    return found
