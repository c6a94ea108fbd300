"""Any rated pictures, listed in a CSV file: `image,mos[,mos_std,reference,type,level,split]`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.labels.scales import UNSTATED, LabelScale, RangeRefused, StatedLabels, scale_of
from models.taxonomy import CLEAN, LEVELS, TAXONOMY
from models.training.data.contents import PRISTINE, canonical_content
from models.training.data.datasets import DatasetError
from models.training.data.readers.label_files import Row, csv_rows
from models.training.data.readers.ratings import RatedSet, Rating, rated_set

UNKNOWN: Final = "unknown"


def read_csv(path: Path, labels: StatedLabels = UNSTATED) -> RatedSet:
    """The pictures of a CSV file with columns image and mos, relative paths taken from the file's folder.

    A higher `mos` is better and its range that of `scale_of`, unless the owner says otherwise. Optional columns:
    mos_std; reference (a picture without one is its own content, `pristine/STEM` names a pristine photograph); type, a
    name of the taxonomy, `clean` or `unknown`; level, 1-5; split (train, validation or test).
    """
    name = f"csv_{path.resolve().parent.name}_{path.stem}"  # never a database's, nor that of another folder's table
    rows = csv_rows(path, ("image", "mos"))
    ratings = [_rating(row, name) for row in rows]
    return rated_set(name, path.name, _scale_of(ratings, path, labels), ratings)


def _scale_of(ratings: Sequence[Rating], path: Path, labels: StatedLabels) -> LabelScale:
    if not ratings:
        raise DatasetError(f"{path}: got no rated picture, expected some")
    try:
        return scale_of([rating.label for rating in ratings], labels)
    except RangeRefused as error:
        raise DatasetError(f"{path}: {error} (--range LOW HIGH)") from error


def _rating(row: Row, name: str) -> Rating:
    image = row.text("image")
    path = (row.file.parent / image).resolve()
    if not path.is_file():
        raise row.error(f"image {image!r}", f"a file in {row.file.parent} or an absolute path")
    distortion_type = _type(row)
    return Rating(
        row.place,
        image,
        path,
        row.number("mos"),
        label_std=row.deviation("mos_std"),
        reference=_reference(row, name),
        distortion_type=distortion_type,
        level=_level(row, distortion_type),
        role=row.role("split"),
    )


def _reference(row: Row, name: str) -> str | None:
    reference = row.cells.get("reference")
    if not reference:
        return None
    return canonical_content(reference) if reference.startswith(f"{PRISTINE}/") else f"{name}/{reference}"


def _type(row: Row) -> str | None:
    word = row.cells.get("type") or UNKNOWN
    if word != UNKNOWN and word not in TAXONOMY.classes:
        raise row.error(f"type {word!r}", f"{UNKNOWN} or one of {', '.join(TAXONOMY.classes)}")
    return None if word == UNKNOWN else word


def _level(row: Row, distortion_type: str | None) -> int:
    """0 where nobody said; only a distortion of the taxonomy has levels."""
    level = row.deviation("level") or 0
    if level and (distortion_type in (None, CLEAN) or level not in LEVELS):
        expected = f"none, or one of {', '.join(map(str, LEVELS))} with a distortion type"
        raise row.error(f"level {level:g} of type {distortion_type or UNKNOWN}", expected)
    return int(level)
