"""The files of measured figures: what they are called, how they are read and written, and when they are refused."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

METRICS_FILE: Final = "metrics.json"
LEADERBOARD_FILE: Final = "leaderboard.json"
PREDICTIONS_FILE: Final = "predictions.csv"
CURVE_FILE: Final = "training_curve.csv"
ABLATIONS_FILE: Final = "ablations.json"

_SHOWN_CHARACTERS: Final = 40

T = TypeVar("T")


class FiguresUnreadable(ValueError):
    """A file of measured figures that is missing, damaged, or of another version: file, field, got and expected."""


def from_json(adapter: TypeAdapter[T], data: bytes, name: str) -> T:
    """The record in a file's bytes; raises `FiguresUnreadable` with the file's `name` and the first field at fault."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FiguresUnreadable(f"{name}: got {type(error).__name__} ({error}), expected JSON") from error
    try:
        return adapter.validate_python(plain)
    except ValidationError as error:
        raise FiguresUnreadable(first_fault(name, error)) from error


def to_json(adapter: TypeAdapter[T], value: T) -> bytes:
    """A record as its file has it: `from_json` reads it back, and gives the same bytes again."""
    return (json.dumps(to_plain(adapter, value), indent=1, ensure_ascii=False) + "\n").encode()


def to_plain(adapter: TypeAdapter[T], value: T) -> Any:
    """A record as what JSON can hold: figures with six decimals, `None` for what could not be measured."""
    return adapter.dump_python(value, mode="json")


def first_fault(name: str, error: ValidationError) -> str:
    """The first fault of a file: file, field, what was got and what was expected."""
    fault = error.errors(include_url=False)[0]
    field = ".".join(map(str, fault["loc"])) or "the whole"
    if fault["type"] == "missing":
        return f"{name}, {field}: got nothing, expected the figures of this version"
    got = repr(fault["input"])
    shown = got if len(got) <= _SHOWN_CHARACTERS else f"{got[:_SHOWN_CHARACTERS]}…"
    return f"{name}, {field}: got {shown}, expected another value ({fault['msg']})"


def csv_lines(data: bytes, name: str) -> list[list[str]]:
    """Header and rows of a CSV file, all as wide as the header; raises `FiguresUnreadable`."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode()), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FiguresUnreadable(f"{name}: got {error}, expected CSV in UTF-8") from error
    if len(lines) < 2:
        raise FiguresUnreadable(f"{name}: got {len(lines)} lines, expected a header and rows")
    width = len(lines[0])
    for number, line in enumerate(lines, 1):
        if len(line) != width:
            raise FiguresUnreadable(f"{name}, line {number}: got {len(line)} cells, expected {width}")
    return lines


def csv_text(lines: list[list[str]]) -> str:
    """Header and rows as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()
