"""Errors of mapped scores within parts of a set: fifths of the labels, and values of fields.

Legend: R rated pictures.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.figures.statistics import srcc
from models.studies.figures.rated import Mapped, Rated
from models.studies.findings.records import MIN_RATED, PartErrors

NUM_BINS: Final = 5
MOST_VALUES: Final = 40
"""A field with more different values, such as a time, divides no set."""
_MOST_DISTINCT: Final = 0.5
"""Nor does one with a value of its own for more than every second picture."""


def errors_by_label(mapped: Mapped, rated: Rated) -> tuple[PartErrors, ...]:
    """Errors in fifths of the labels, the worst pictures first; a fifth that ties leave empty is left out."""
    label_R = rated.label_R
    edges = np.quantile(label_R, np.linspace(0, 1, NUM_BINS + 1))
    bin_R = np.searchsorted(edges[1:-1], label_R, side="left")
    rows_of = {number: np.flatnonzero(bin_R == number) for number in range(NUM_BINS)}
    return tuple(
        replace(
            _part(f"{label_R[rows].min():.1f} to {label_R[rows].max():.1f}", rows, mapped, rated),
            low=float(label_R[rows].min()),
            high=float(label_R[rows].max()),
        )
        for rows in rows_of.values()
        if len(rows)
    )


def errors_by_field(mapped: Mapped, rated: Rated) -> dict[str, tuple[PartErrors, ...]]:
    """Errors by the values of each field that divides the set into few parts, pictures without a value left out."""
    found = {}
    for name, value_R in rated.fields.items():
        values = sorted(set(value_R) - {""})
        if 2 <= len(values) <= min(MOST_VALUES, _MOST_DISTINCT * len(value_R)):
            column_R = np.array(value_R)
            found[name] = tuple(_part(value, np.flatnonzero(column_R == value), mapped, rated) for value in values)
    return found


def _part(name: str, rows: NDArray[np.intp], mapped: Mapped, rated: Rated) -> PartErrors:
    error = mapped.mapped_R[rows] - rated.label_R[rows]
    order = srcc(mapped.score_R[rows], rated.label_R[rows]) if len(rows) >= MIN_RATED else float("nan")
    return PartErrors(name, len(rows), float(np.abs(error).mean()), float(error.mean()), order)
