"""`training_curve.csv`: the loss terms of the training run of the head that ships, at some of its steps."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from pydantic import FiniteFloat, TypeAdapter, ValidationError

from models.figures.files import CURVE_FILE, FiguresUnreadable, csv_lines, csv_text

_STEP: Final = "step"
_STEPS: Final = TypeAdapter(list[int])
_LOSSES: Final = TypeAdapter(list[FiniteFloat])

T = TypeVar("T")


@dataclass(frozen=True)
class TrainingCurve:
    """Steps, rising, and every loss term at each of them: weighted, no unit."""

    steps: list[int]
    terms: Mapping[str, list[float]]


def write_curve(curve: TrainingCurve) -> bytes:
    """A header and a line per step."""
    columns = [[_STEP, *curve.steps], *([term, *losses] for term, losses in curve.terms.items())]
    return csv_text([list(map(str, line)) for line in zip(*columns, strict=True)]).encode()


def read_curve(data: bytes, name: str = CURVE_FILE) -> TrainingCurve:
    """The record in the bytes of a `training_curve.csv`; raises `FiguresUnreadable` with line and column at fault."""
    header, *rows = csv_lines(data, name)
    if header[0] != _STEP or len(set(header)) < len(header):
        raise FiguresUnreadable(f"{name}, line 1: got {', '.join(header)}, expected {_STEP} and one name per loss term")
    cells = {column: [row[place] for row in rows] for place, column in enumerate(header)}
    steps = _numbers(_STEPS, cells.pop(_STEP), name, _STEP)
    if any(later <= earlier for earlier, later in itertools.pairwise(steps)):
        raise FiguresUnreadable(f"{name}, {_STEP}: got steps that fall, expected rising ones")
    return TrainingCurve(steps, {term: _numbers(_LOSSES, losses, name, term) for term, losses in cells.items()})


def _numbers(kind: TypeAdapter[list[T]], cells: list[str], name: str, column: str) -> list[T]:
    try:
        return kind.validate_python(cells)
    except ValidationError as error:
        fault = error.errors()[0]
        line = int(fault["loc"][0]) + 2
        raise FiguresUnreadable(
            f"{name}, line {line}, {column}: got {fault['input']!r}, expected a finite number"
        ) from error
