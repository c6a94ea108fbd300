"""Tables of labels that were sent: what they say of pictures, before these are sent and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from backend.errors import ImageColumnUnknown, LabelRangeUnknown, UnusableLabels
from backend.studies.asked import SaidOfLabels
from backend.studies.folders import SentPicture, StudyFolders
from backend.studies.schemas import LabelColumns, LabelSample, LabelsPreview
from backend.studies.store import Study, StudyLabels
from models.labels.columns import ROLES
from models.labels.matching import match
from models.labels.rows import LabelsRefused, filled_lines
from models.labels.table import LabelRow, LabelTable, read_labels, scaled, unscaled_labels
from models.studies.pictures.picture_set import PictureSet, named_pictures

_TABLE_SUFFIXES: Final = frozenset({".csv", ".tsv"})
_SAMPLES: Final = 10
_REFUSALS: Final[Mapping[str | None, type[UnusableLabels]]] = {
    "range": LabelRangeUnknown,
    "image": ImageColumnUnknown,
    None: UnusableLabels,
}


def is_label_table(filename: str) -> bool:
    """Whether a file that came among pictures is a table by its name."""
    return PurePosixPath(filename.lower()).suffix in _TABLE_SUFFIXES


def read_table(data: bytes, filename: str, said: SaidOfLabels) -> LabelTable:
    """A table that was sent under a name; raises `UnusableLabels`."""
    try:
        return read_labels(Path(filename), said.stated, columns=said.columns, data=data)
    except LabelsRefused as error:
        raise _REFUSALS[error.asks](str(error)) from error


def pictures_with_labels(study: Study, pictures: Sequence[SentPicture], folders: StudyFolders) -> PictureSet:
    """The pictures of a study that is kept, as their small copies, with their rows of its table."""
    paths = {one.name: folders.small_copy(study.id, place) for place, one in enumerate(pictures)}
    data, labels = folders.labels(study.id), study.facts.labels
    table = None if data is None or labels is None else read_table(data, labels.filename, study.facts.said)
    return named_pictures(study.facts.name, paths, table)


def labels_of(found: PictureSet) -> StudyLabels | None:
    """What a study remembers of its table; `None` where it has none."""
    table = found.table
    if table is None:
        return None
    scale, unmatched = table.scale, len(found.unmatched_pictures)
    return StudyLabels(
        filename=table.file.name,
        column=table.columns.label,
        low=None if scale is None else scale.low,
        high=None if scale is None else scale.high,
        higher_is_better=None if scale is None else scale.higher_is_better,
        matched=len(found.pictures) - unmatched,
        labelled=sum(label is not None for label in found.labels),
        unmatched_rows=len(found.unmatched_rows),
        unmatched_pictures=unmatched,
    )


def preview(data: bytes, filename: str, said: SaidOfLabels, pictures: Sequence[str] | None) -> LabelsPreview:
    """What a table will be taken for, beside the names of the pictures that are to be sent with it.

    What only its owner can say is asked for; raises `UnusableLabels` for one that can never be taken.
    """
    try:
        header = [name for name in next(iter(filled_lines(Path(filename), separator=None, data=data))).cells if name]
        table = unscaled_labels(Path(filename), columns=said.columns, data=data)
    except StopIteration as error:
        raise UnusableLabels(f"{filename}: got an empty file, expected a header and rows") from error
    except LabelsRefused as error:
        if error.asks != "image":
            raise UnusableLabels(str(error)) from error
        return _asking(filename, header, str(error))
    try:
        return _preview(scaled(table, said.stated), header, pictures)
    except LabelsRefused as error:
        return _preview(table, header, pictures).model_copy(update={"asks": "range", "detail": str(error)})


def _asking(filename: str, header: Sequence[str], detail: str) -> LabelsPreview:
    return LabelsPreview(
        filename=filename,
        header=list(header),
        columns=LabelColumns(),
        fields=[],
        rows=0,
        labelled=0,
        smallest=None,
        largest=None,
        low=None,
        high=None,
        higher_is_better=None,
        matched=None,
        unmatched_rows=None,
        unmatched_pictures=None,
        samples=[],
        asks="image",
        detail=detail,
    )


def _preview(table: LabelTable, header: Sequence[str], pictures: Sequence[str] | None) -> LabelsPreview:
    matches = None if pictures is None else match(pictures, table.rows)
    picture_of = {} if matches is None else {row.line: name for name, row in matches.row_of.items()}
    labels = [row.label for row in table.rows if row.label is not None]
    scale = table.scale
    first = sorted(table.rows, key=lambda row: row.line not in picture_of)[:_SAMPLES]
    return LabelsPreview(
        filename=table.file.name,
        header=list(header),
        columns=LabelColumns(**{role: getattr(table.columns, role) for role in ROLES}),
        fields=list(table.columns.fields),
        rows=len(table.rows),
        labelled=len(labels),
        smallest=min(labels, default=None),
        largest=max(labels, default=None),
        low=None if scale is None else scale.low,
        high=None if scale is None else scale.high,
        higher_is_better=None if scale is None else scale.higher_is_better,
        matched=None if matches is None else len(matches.row_of),
        unmatched_rows=None if matches is None else len(matches.unmatched_rows),
        unmatched_pictures=None if matches is None else len(matches.unmatched_pictures),
        samples=[
            LabelSample(
                image=row.image, label=row.label, score=_score(table, row.label), picture=picture_of.get(row.line)
            )
            for row in first
        ],
        asks=None,
        detail=None,
    )


def _sample(table: LabelTable, row: LabelRow, picture: str | None) -> LabelSample:
    return LabelSample(image=row.image, label=row.label, score=_score(table, row.label), picture=picture)


def _score(table: LabelTable, label: float | None) -> float | None:
    if table.scale is None or label is None:
        return None
    slope, offset = table.scale.to_score()
    return slope * label + offset
