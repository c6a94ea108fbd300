"""`predictions.csv`: one split's test photographs, label beside score; no pixel and no name of a person is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, FiniteFloat, TypeAdapter, ValidationError

from models.figures.files import PREDICTIONS_FILE, FiguresUnreadable, csv_lines, csv_text

COLUMNS: Final = ("id", "reference", "class", "level", "label", "score", "score_std", "top_cluster", "top_expert")
"""As `PredictionRow` has them."""


@dataclass(frozen=True)
class PredictionRow:
    """A picture's human score, its predicted one and the deviation in points, with three decimals in the file.

    The last two are positions from 0 of the largest posterior and routing weight, `None` where the variant has none.
    """

    id: str
    reference: str
    class_name: Annotated[str, Field(validation_alias="class")]
    level: Annotated[int, Field(ge=0, le=5)]
    label: FiniteFloat
    score: FiniteFloat
    score_std: FiniteFloat
    top_cluster: Annotated[int, Field(ge=0)] | None
    top_expert: Annotated[int, Field(ge=0)] | None


_ROWS: Final[TypeAdapter[list[PredictionRow]]] = TypeAdapter(list[PredictionRow])


def write_predictions(rows: Sequence[PredictionRow]) -> bytes:
    """A header and a line per picture."""
    return csv_text([list(COLUMNS), *(_cells(row) for row in rows)]).encode()


def _cells(row: PredictionRow) -> list[str]:
    points = [f"{value:.3f}" for value in (row.label, row.score, row.score_std)]
    tops = ["" if top is None else str(top) for top in (row.top_cluster, row.top_expert)]
    return [row.id, row.reference, row.class_name, str(row.level), *points, *tops]


def read_predictions(data: bytes, name: str = PREDICTIONS_FILE) -> list[PredictionRow]:
    """The rows in the bytes of a `predictions.csv`; raises `FiguresUnreadable` with line and column at fault."""
    header, *lines = csv_lines(data, name)
    cells = [{column: text or None for column, text in zip(header, line, strict=True)} for line in lines]
    try:
        rows = _ROWS.validate_python(cells)
    except ValidationError as error:
        raise FiguresUnreadable(_fault(name, error)) from error
    if len({row.id for row in rows}) < len(rows):
        raise FiguresUnreadable(f"{name}, id: got an id twice, expected each picture once")
    return rows


def _fault(name: str, error: ValidationError) -> str:
    fault = error.errors()[0]
    row, *field = fault["loc"]
    where = f"{name}, line {int(row) + 2}, {'.'.join(map(str, field))}"
    if fault["type"] == "missing":
        return f"{where}: got no such column, expected one"
    return f"{where}: got {fault['input']!r}, expected another value ({fault['msg']})"
