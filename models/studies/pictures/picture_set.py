"""Which pictures a study has, and which of them have labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.images.folders import pictures_in, shown_path
from models.labels.matching import match
from models.labels.table import LabelRow, LabelTable, is_table


class StudyRefused(ValueError):
    """A study that cannot be made: what was got, what was expected, and what to do."""


@dataclass(frozen=True)
class StudyPicture:
    """A file, under the name that rows and pages call it by, and what a table's row says of it."""

    name: str
    path: Path
    row: LabelRow | None = None


@dataclass(frozen=True)
class PictureSet:
    """The pictures of a study in their order, and the table of their labels, if there is one.

    `unmatched_rows` are those whose picture is not there.
    """

    name: str
    pictures: tuple[StudyPicture, ...]
    table: LabelTable | None = None
    unmatched_rows: tuple[LabelRow, ...] = ()

    @property
    def labels(self) -> tuple[float | None, ...]:
        """Labels as scores on 0-100, higher is better, `None` for a picture without."""
        scale = None if self.table is None else self.table.scale
        if scale is None:
            return (None,) * len(self.pictures)
        slope, offset = scale.to_score()
        raw = (None if picture.row is None else picture.row.label for picture in self.pictures)
        return tuple(None if label is None else slope * label + offset for label in raw)

    @property
    def unmatched_pictures(self) -> tuple[str, ...]:
        """Names of the pictures of which the table has no row; none where there is no table."""
        return () if self.table is None else tuple(found.name for found in self.pictures if found.row is None)


def pictures_of_folder(
    folder: Path, table: LabelTable | None = None, *, on_error: Callable[[OSError], None] | None = None
) -> PictureSet:
    """The pictures in a folder and below, with their rows of a table."""
    paths = {
        shown_path(path.relative_to(folder)): path for path in pictures_in(folder, recursive=True, on_error=on_error)
    }
    return named_pictures(shown_path(Path(folder.resolve().name)), paths, table)


def named_pictures(name: str, paths: Mapping[str, Path], table: LabelTable | None = None) -> PictureSet:
    """Pictures by their names, with their rows of a table."""
    if table is None:
        return PictureSet(name, tuple(StudyPicture(*found) for found in paths.items()))
    matches = match(list(paths), table.rows)
    pictures = tuple(StudyPicture(found, path, matches.row_of.get(found)) for found, path in paths.items())
    return PictureSet(name, pictures, table, matches.unmatched_rows)


def pictures_of_table(table: LabelTable) -> PictureSet:
    """The pictures that a table names, by paths from its own folder; a row whose file is not there is left over."""
    found, missing = [], []
    for row in table.rows:
        path = table.file.parent / row.image.replace("\\", "/")
        if path.is_file():
            found.append(StudyPicture(row.image, path, row))
        else:
            missing.append(row)
    return PictureSet(table.file.stem, tuple(found), table, tuple(missing))


def open_pictures(
    source: Path,
    read: Callable[[Path], LabelTable],
    *,
    labels: Path | None = None,
    on_error: Callable[[OSError], None] | None = None,
) -> PictureSet:
    """The pictures of a folder, with a table of labels beside it, or those that a table names.

    `read` makes a table of a file. Raises `StudyRefused` for anything else, and where there is no picture at all.
    """
    if source.is_dir():
        found = pictures_of_folder(source, None if labels is None else read(labels), on_error=on_error)
    elif source.is_file() and is_table(source):
        if labels is not None:
            raise StudyRefused(
                f"got --labels {labels} beside the table {source}, expected a folder of pictures with it"
            )
        found = pictures_of_table(read(source))
    else:
        raise StudyRefused(f"got {source}, expected a folder of pictures, or a CSV or TSV file that names some")
    if not found.pictures:
        rows = f", of which its {len(found.unmatched_rows)} rows name none that is there" if found.table else ""
        raise StudyRefused(f"got no picture in {source}{rows}, expected some: JPEG, PNG, WebP, TIFF, HEIC, AVIF or BMP")
    return found
