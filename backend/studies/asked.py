"""What a form asks of a study beside its pictures."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from pydantic import TypeAdapter, ValidationError

from backend.errors import InvalidBatch
from backend.uploads.forms import FormFields
from models.labels.scales import Direction, RangeRefused, StatedLabels

STUDY_FIELDS: Final = FormFields(
    frozenset({"name", "checkpoints", "low", "high", "direction", "columns"}), frozenset({"labels"})
)
"""What its form has beside pictures."""
MAX_NAME_CHARACTERS: Final = 200
_BETWEEN_IDS: Final = re.compile(r"[,\s]+")
_DIRECTION: Final[TypeAdapter[Direction]] = TypeAdapter(Direction)
_COLUMNS: Final = TypeAdapter(dict[str, str])


@dataclass(frozen=True)
class SaidOfLabels:
    """What the owner of a table says of it: the range and direction of its labels, and which column is which."""

    low: float | None = None
    high: float | None = None
    direction: Direction | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def stated(self) -> StatedLabels:
        """Range and direction as reading a table wants them; raises `InvalidBatch`."""
        if (self.low is None) != (self.high is None):
            raise InvalidBatch("got one end of a range, expected `low` and `high` together")
        bounds = None if self.low is None or self.high is None else (self.low, self.high)
        try:
            return StatedLabels(bounds, self.direction)
        except RangeRefused as error:
            raise InvalidBatch(str(error)) from error


@dataclass(frozen=True)
class Asked:
    """Name and checkpoints of a study, `None` where its form leaves them to us, and what is said of its labels."""

    name: str | None
    checkpoints: tuple[str, ...] | None
    labels: SaidOfLabels


def read_asked(texts: Mapping[str, str]) -> Asked:
    """What a form's texts say; raises `InvalidBatch`."""
    name = texts.get("name", "")
    if len(name) > MAX_NAME_CHARACTERS:
        raise InvalidBatch(f"got a name of {len(name)} characters, expected at most {MAX_NAME_CHARACTERS}")
    ids = tuple(dict.fromkeys(filter(None, _BETWEEN_IDS.split(texts.get("checkpoints", "")))))
    return Asked(name or None, ids or None, said_of_labels(texts))


def said_of_labels(texts: Mapping[str, str]) -> SaidOfLabels:
    """What a form's texts say of its labels; raises `InvalidBatch`."""
    said = SaidOfLabels(
        _number(texts, "low"),
        _number(texts, "high"),
        _direction(texts.get("direction")),
        _columns(texts.get("columns")),
    )
    _ = said.stated  # what contradicts itself is refused now
    return said


def distinct(names: Iterable[str]) -> list[str]:
    """The names, of which a second of the same has a number: rows and pages tell pictures apart by them."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, number, unique = PurePosixPath(name), 1, name
        while unique in taken:
            number += 1
            unique = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        taken.add(unique)
        found.append(unique)
    return found


def _number(texts: Mapping[str, str], name: str) -> float | None:
    text = texts.get(name)
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InvalidBatch(f"got {text!r} as `{name}`, expected a number")
    return number


def _direction(text: str | None) -> Direction | None:
    try:
        return None if text is None else _DIRECTION.validate_python(text)
    except ValidationError as error:
        raise InvalidBatch(f"got {text!r} as `direction`, expected mos or dmos") from error


def _columns(text: str | None) -> Mapping[str, str]:
    try:
        return {} if text is None else _COLUMNS.validate_python(json.loads(text))
    except ValueError as error:  # ValidationError is one
        raise InvalidBatch('got no columns under `columns`, expected JSON such as {"image": "shot"}') from error
