"""The measured figures beside the checkpoints, read from their files when asked for and kept while these stay."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import anyio.to_thread
from pydantic import BaseModel, TypeAdapter, ValidationError

from backend.errors import FiguresMissing, FiguresRefused
from backend.figures.files import LeaderboardFile, MetricsFile, PredictionRow
from backend.figures.schemas import CurveResponse, LeaderboardResponse, MetricsResponse, PredictionsResponse
from backend.routing.content import Content
from models.checkpoints.manifest import METRICS_FILE, Manifest

LEADERBOARD_FILE: Final = "leaderboard.json"
PREDICTIONS_FILE: Final = "predictions.csv"
CURVE_FILE: Final = "training_curve.csv"

_STEP: Final = "step"
_SHOWN_CHARACTERS: Final = 40
_PREDICTION_ROWS: Final = TypeAdapter(list[PredictionRow])
_NUMBERS: Final = TypeAdapter(list[float], config={"allow_inf_nan": False})

_Model = TypeVar("_Model", bound=BaseModel)
_Fingerprint = tuple[int, int]
"""Size in bytes and modification time in ns."""


@dataclass(frozen=True)
class _Known:
    fingerprint: _Fingerprint
    content: Content


class Figures:
    """Answers of the figures API for the files under the checkpoints folder.

    Every method raises `FiguresMissing` where the file is not there, and `FiguresRefused` where it is damaged; the
    message names the file and the field.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, _Known] = {}

    async def leaderboard(self) -> Content:
        """Every checkpoint's figures, and what the differences between them allow to be said."""
        return await anyio.to_thread.run_sync(self._read, LEADERBOARD_FILE, _leaderboard)

    async def metrics(self, checkpoint: Manifest) -> Content:
        """One checkpoint's figures over splits, and what replacing its routing costs."""

        def build(data: bytes, name: str) -> BaseModel:
            return MetricsResponse.of(checkpoint.id, _model(MetricsFile, data, name))

        return await anyio.to_thread.run_sync(self._read, f"{checkpoint.id}/{METRICS_FILE}", build)

    async def training_curve(self, checkpoint: Manifest) -> Content:
        """The loss terms of the training run of the head that ships."""

        def build(data: bytes, name: str) -> BaseModel:
            return _curve(checkpoint.id, data, name)

        return await anyio.to_thread.run_sync(self._read, f"{checkpoint.id}/{CURVE_FILE}", build)

    async def predictions(self, checkpoint: Manifest) -> Content:
        """Scores of the test photographs of one split beside their labels."""

        def build(data: bytes, name: str) -> BaseModel:
            return PredictionsResponse.of(checkpoint.id, _predictions(data, name))

        return await anyio.to_thread.run_sync(self._read, f"{checkpoint.id}/{PREDICTIONS_FILE}", build)

    def _read(self, name: str, build: Callable[[bytes, str], BaseModel]) -> Content:
        path = self._root / name
        try:
            facts = path.stat()
            fingerprint = (facts.st_size, facts.st_mtime_ns)
            known = self._known.get(name)
            if known is not None and known.fingerprint == fingerprint:
                return known.content
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise FiguresMissing(f"got no {name}, expected the file that training and comparing write") from error
        except OSError as error:
            raise FiguresRefused(f"got {type(error).__name__} from {name}, expected a file to read") from error
        content = Content.of_model(build(data, name))
        self._known[name] = _Known(fingerprint, content)
        return content


def _leaderboard(data: bytes, name: str) -> BaseModel:
    return LeaderboardResponse.of(_model(LeaderboardFile, data, name))


def _model(kind: type[_Model], data: bytes, name: str) -> _Model:
    try:
        plain = json.loads(data)
    except ValueError as error:
        raise FiguresRefused(f"{name}: got {error}, expected JSON") from error
    try:
        return kind.model_validate(plain)
    except ValidationError as error:
        raise FiguresRefused(_fault(name, error)) from error


def _fault(name: str, error: ValidationError) -> str:
    """The first fault of a file: file, field, what was got and what was expected."""
    fault = error.errors(include_url=False)[0]
    field = ".".join(map(str, fault["loc"])) or "the whole"
    if fault["type"] == "missing":
        return f"{name}, {field}: got nothing, expected a value"
    got = repr(fault["input"])
    shown = got if len(got) <= _SHOWN_CHARACTERS else f"{got[:_SHOWN_CHARACTERS]}…"
    return f"{name}, {field}: got {shown}, expected another value ({fault['msg']})"


def _table(data: bytes, name: str) -> list[list[str]]:
    """Header and rows of a CSV file, all as wide as the header."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode()), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FiguresRefused(f"{name}: got {error}, expected CSV in UTF-8") from error
    if len(lines) < 2:
        raise FiguresRefused(f"{name}: got {len(lines)} lines, expected a header and rows")
    width = len(lines[0])
    for number, line in enumerate(lines, 1):
        if len(line) != width:
            raise FiguresRefused(f"{name}, line {number}: got {len(line)} cells, expected {width}")
    return lines


def _curve(checkpoint_id: str, data: bytes, name: str) -> CurveResponse:
    header, *rows = _table(data, name)
    if header[0] != _STEP or len(set(header)) < len(header):
        raise FiguresRefused(f"{name}, line 1: got {', '.join(header)}, expected {_STEP} and one name per loss term")
    columns = {term: _numbers(cells, name, term) for term, *cells in zip(header, *rows, strict=True)}
    steps = columns.pop(_STEP)
    if any(later <= earlier for earlier, later in itertools.pairwise(steps)):
        raise FiguresRefused(f"{name}, {_STEP}: got steps that fall, expected rising ones")
    return CurveResponse(checkpoint=checkpoint_id, steps=steps, terms=columns)


def _numbers(cells: list[str], name: str, column: str) -> list[float]:
    try:
        return _NUMBERS.validate_python(cells)
    except ValidationError as error:
        fault = error.errors()[0]
        line = int(fault["loc"][0]) + 2
        raise FiguresRefused(
            f"{name}, line {line}, {column}: got {fault['input']!r}, expected a finite number"
        ) from error


def _predictions(data: bytes, name: str) -> list[PredictionRow]:
    header, *lines = _table(data, name)
    cells: list[Mapping[str, Any]] = [
        {column: text or None for column, text in zip(header, line, strict=True)} for line in lines
    ]
    try:
        rows = _PREDICTION_ROWS.validate_python(cells)
    except ValidationError as error:
        fault = error.errors()[0]
        row, *field = fault["loc"]
        where = f"{name}, line {int(row) + 2}, {'.'.join(map(str, field))}"
        if fault["type"] == "missing":
            raise FiguresRefused(f"{where}: got no such column, expected one") from error
        raise FiguresRefused(f"{where}: got {fault['input']!r}, expected another value ({fault['msg']})") from error
    if len({row.id for row in rows}) < len(rows):
        raise FiguresRefused(f"{name}, id: got an id twice, expected each picture once")
    return rows
