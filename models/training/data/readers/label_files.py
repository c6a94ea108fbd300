"""Label files and picture folders as databases distribute them: every mistake is named with its file and row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray
from scipy.io import loadmat
from scipy.io.matlab import MatReadError

from models.labels import rows
from models.training.data.datasets import DatasetError
from models.training.data.splits import Role

_MAX_HEADER_LINES: Final = 10
_ROLES: Final[Mapping[str, Role]] = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "validation": "validation",
    "test": "test",
}


@dataclass(frozen=True)
class Row(rows.Row):
    """One row of a database's label file."""

    refusal: ClassVar[type[ValueError]] = DatasetError

    def role(self, column: str) -> Role | None:
        """A cell with a role in the authors' split; `None` where it is empty."""
        if not (word := self.cells.get(column, "")):
            return None
        if word.lower() not in _ROLES:
            raise self.error(f"{column} {word!r}", f"one of {', '.join(_ROLES)}")
        return _ROLES[word.lower()]


def csv_rows(path: Path, columns: Sequence[str], *, instead_of: str = "") -> list[Row]:
    """The rows of a comma-separated file (UTF-8, with or without BOM) below the header that names these columns.

    Empty lines are skipped, and so are lines above the header, as exports of workbooks have them. `instead_of` names a
    workbook that the file is exported from. Raises `DatasetError` for anything else.
    """
    if not path.is_file():
        origin = f", exported from {instead_of} (workbooks themselves are not read)" if instead_of else ""
        raise DatasetError(f"got no {path}, expected a CSV file with columns {', '.join(columns)}{origin}")
    try:
        filled = rows.filled_lines(path)
    except rows.LabelsRefused as error:
        raise DatasetError(str(error)) from error
    return list(_below_header(path, columns, filled))


def _below_header(path: Path, columns: Sequence[str], lines: Sequence[rows.Line]) -> Iterator[Row]:
    headers = (at for at, (_, cells) in enumerate(lines[:_MAX_HEADER_LINES]) if set(columns) <= set(cells))
    if (top := next(headers, None)) is None:
        got = ", ".join(filter(None, lines[0][1])) if lines else "an empty file"
        raise DatasetError(f"{path}: got {got}, expected a header with columns {', '.join(columns)}")
    header = lines[top][1]
    if twice := rows.repeated(header):
        raise DatasetError(f"{path}: got several columns called {', '.join(twice)}, expected one of each name")
    for number, cells in lines[top + 1 :]:
        row = Row(path, number, {name: cell for name, cell in zip(header, cells, strict=False) if name})
        if any(cells[len(header) :]):
            raise row.error(f"{len(cells)} cells", f"{len(header)}, as in the header (quote cells with commas)")
        yield row


def existing_picture(folder: Path, name: str, *, row: Row) -> Path:
    """The picture under a path in a folder; raises `DatasetError` with the row that names it."""
    if not (folder / name).is_file():
        raise row.error(f"no picture {name} in {folder}", "one")
    return folder / name


def text_rows(path: Path, columns: Sequence[str], *, separator: str | None = None) -> list[Row]:
    """The rows of a file without header whose cells are separated by blanks, or by what is said."""
    if not path.is_file():
        raise DatasetError(f"got no {path}, expected a text file with rows of {' and '.join(columns)}")
    try:
        lines = enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1)
    except UnicodeDecodeError as error:
        raise DatasetError(f"got {path} with {error}, expected UTF-8 text") from error
    cells = ((number, [cell.strip() for cell in line.split(separator)]) for number, line in lines if line.strip())
    return [Row(path, number, dict(zip(columns, found, strict=False))) for number, found in cells]


@dataclass(frozen=True)
class MatFile:
    """The variables of a MATLAB file."""

    path: Path
    variables: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> MatFile:
        """Read a MATLAB file of version 5 to 7; raises `DatasetError` where it is none."""
        if not path.is_file():
            raise DatasetError(f"got no {path}, expected a MATLAB file")
        try:
            return cls(path, loadmat(path))
        except (ValueError, TypeError, NotImplementedError, MatReadError) as error:
            raise DatasetError(f"got {path} with {error}, expected a MATLAB file of version 5 to 7") from error

    def vector(self, name: str) -> NDArray[Any]:
        """A variable in one dimension; raises `DatasetError` where it is missing."""
        if name not in self.variables:
            found = ", ".join(key for key in self.variables if not key.startswith("__"))
            raise DatasetError(f"{self.path}: got variables {found}, expected {name} among them")
        return np.ravel(self.variables[name])

    def numbers(self, name: str) -> list[float]:
        """A numeric variable of any shape as a list."""
        return [float(number) for number in self.vector(name)]

    def names(self, name: str) -> list[str]:
        """A cell array of strings as a list."""
        return [str(np.ravel(cell)[0]) for cell in self.vector(name)]


@dataclass(frozen=True)
class PictureFolder:
    """The files of one folder, found whatever the case of their names."""

    path: Path
    by_name: Mapping[str, Path]

    @classmethod
    def open(cls, path: Path) -> PictureFolder:
        """List the folder; raises `DatasetError` where there is none."""
        if not path.is_dir():
            raise DatasetError(f"got no folder {path}, expected the database's pictures there")
        return cls(path, {file.name.lower(): file for file in path.iterdir()})

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return name.lower() in self.by_name

    def find(self, name: str, *, place: str) -> Path:
        """The file of this name; raises `DatasetError` with the place of the label that names it."""
        if not self.has(name):
            raise DatasetError(f"{place}: got no picture {name} in {self.path}, expected one")
        return self.by_name[name.lower()]
