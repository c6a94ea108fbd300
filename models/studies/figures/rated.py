"""The pictures that figures are taken of, and checkpoints' scores on the scale of their labels.

Legend: R rated pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from models.figures.statistics import fitted_logistic
from models.studies.figures.samples import Samples
from models.studies.findings.records import MIN_RATED, LabelMapping, MappingKind
from models.studies.pictures.answers import Answers
from models.studies.pictures.kept import KeptPicture
from models.studies.pictures.picture_set import PictureSet

Floats = NDArray[np.floating]

MIN_LOGISTIC: Final = 10
"""Fewer labels are no ground for four parameters: a line is fitted."""


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
    """Scores on the labels' scale, by the mapping of this kind that comes closest; a line where no logistic is found.

    Scores that are all the same are mapped to the labels' mean.
    """
    score_R, label_R = answers.score_N[rated.rows_R], rated.label_R
    kind = kind or ("logistic" if len(label_R) >= MIN_LOGISTIC else "linear")
    logistic = fitted_logistic(score_R, label_R) if kind == "logistic" and np.ptp(score_R) > 0 else None
    if logistic is not None:
        return Mapped(score_R, logistic(score_R), LabelMapping("logistic", logistic._asdict()))
    slope, intercept = (0.0, float(label_R.mean()))
    if np.ptp(score_R) > 0:
        line = stats.linregress(score_R, label_R)
        slope, intercept = float(line.slope), float(line.intercept)
    return Mapped(
        score_R, slope * score_R + intercept, LabelMapping("linear", {"slope": slope, "intercept": intercept})
    )
