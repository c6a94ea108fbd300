"""A table's rows and a set's pictures find each other by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from models.labels.table import LabelRow


@dataclass(frozen=True)
class Matches:
    """The row of each picture that has one, by the picture's name, and the rows and pictures that are left over."""

    row_of: Mapping[str, LabelRow]
    unmatched_rows: tuple[LabelRow, ...]
    unmatched_pictures: tuple[str, ...]


def _path(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).as_posix()


def _file_name(name: str) -> str:
    return PurePosixPath(_path(name)).name.lower()


def _stem(name: str) -> str:
    return PurePosixPath(_file_name(name)).stem


_KEYS: Final[tuple[Callable[[str], str], ...]] = (_path, lambda name: _path(name).lower(), _file_name, _stem)
"""What two names must share, the strictest first: the path, without case, the file's name, and that without ending."""


def match(pictures: Sequence[str], rows: Iterable[LabelRow]) -> Matches:
    """Rows and pictures whose names are the same, by the strictest rule that makes them so for one pair alone.

    A looser name that two pictures or two rows have matches neither: nothing is guessed.
    """
    row_of: dict[str, LabelRow] = {}
    left_rows, left_pictures = list(rows), list(pictures)
    for key in _KEYS:
        pairs = _pairs(left_pictures, left_rows, key)
        row_of |= pairs
        lines = {row.line for row in pairs.values()}
        left_rows = [row for row in left_rows if row.line not in lines]
        left_pictures = [name for name in left_pictures if name not in pairs]
    return Matches(row_of, tuple(left_rows), tuple(left_pictures))


def _pairs(pictures: Sequence[str], rows: Sequence[LabelRow], key: Callable[[str], str]) -> dict[str, LabelRow]:
    pictures_by: defaultdict[str, list[str]] = defaultdict(list)
    rows_by: defaultdict[str, list[LabelRow]] = defaultdict(list)
    for name in pictures:
        pictures_by[key(name)].append(name)
    for row in rows:
        rows_by[key(row.image)].append(row)
    return {
        names[0]: rows_by[shared][0]
        for shared, names in pictures_by.items()
        if len(names) == 1 and len(rows_by.get(shared, ())) == 1
    }
