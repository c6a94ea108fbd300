"""What people said of pictures distorted in the same way, and the tables of it that lie beside this module."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["mos", "dmos"]


@dataclass(frozen=True)
class Opinion:
    """Mean over references of what people said of a cell, its deviation between them, and their number."""

    mean: float
    deviation: float
    num_references: int

    @property
    def variance_of_mean(self) -> float:
        """How far from the mean of all references that of these few may lie, squared."""
        return self.deviation**2 / self.num_references

    @classmethod
    def of(cls, row: Mapping[str, str], kind: Kind) -> Opinion:
        """From a table's row."""
        return cls(float(row[f"{kind}_mean"]), float(row[f"{kind}_std_over_references"]), int(row["num_references"]))


def read_opinions(table: str) -> list[dict[str, str]]:
    """Rows of a table by its file name."""
    with Path(__file__).with_name(table).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
