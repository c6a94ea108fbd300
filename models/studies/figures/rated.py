"""The pictures that figures are taken of, and checkpoints' scores on the scale of their labels.

Legend: R rated pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.studies.figures.mapping import fitted_mapping, mapped_scores
from models.studies.figures.samples import Samples
from models.studies.findings.records import MIN_RATED, LabelMapping, MappingKind
from models.studies.pictures.answers import Answers
from models.studies.pictures.kept import KeptPicture
from models.studies.pictures.picture_set import PictureSet

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Rated:
    """The readable pictures that have a label: their rows among the readable, labels, and what is drawn together."""

    rows_R: NDArray[np.intp]
    label_R: Floats
    samples: Samples
    has_references: bool
    fields: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, found: PictureSet, kept: Sequence[KeptPicture]) -> Rated | None:
        """Those of a set; `None` where there are too few labels to measure an order, or all of them are the same.

        References are drawn whole where every picture names one.
        """
        readable = [
            (picture, label)
            for picture, label, one in zip(found.pictures, found.labels, kept, strict=True)
            if one.fault is None
        ]
        rows = [row for row, (_, label) in enumerate(readable) if label is not None]
        label_R = np.array([label for _, label in readable if label is not None], np.float64)
        if len(rows) < MIN_RATED or np.ptp(label_R) == 0:
            return None
        said = [readable[row][0].row for row in rows]
        columns = () if found.table is None else found.table.fields
        fields = {name: tuple("" if one is None else one.fields.get(name, "") for one in said) for name in columns}
        references = fields.get("reference", ("",))
        has_references = all(references) and len(set(references)) > 1
        units = references if has_references else [str(row) for row in rows]
        return cls(np.array(rows, np.intp), label_R, Samples.of(units), has_references, fields)


@dataclass(frozen=True)
class Mapped:
    """A checkpoint's scores of the rated pictures, as they are and on the labels' scale, and what maps them."""

    score_R: Floats
    mapped_R: Floats
    mapping: LabelMapping


def map_scores(answers: Answers, rated: Rated, kind: MappingKind | None) -> Mapped:
    """Scores on the labels' scale by `fitted_mapping`."""
    score_R = answers.score_N[rated.rows_R]
    mapping = fitted_mapping(score_R, rated.label_R, kind)
    return Mapped(score_R, mapped_scores(mapping, score_R), mapping)
