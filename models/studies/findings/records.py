"""The figures of a study, as `figures.json` has them. Fields stand in the order of the file.

Scores and labels are on 0-100, higher is better, labels by their nominal range; errors are score minus label in these
points. A figure that could not be measured is NaN in memory and null in the file. Imports no torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from pydantic import TypeAdapter

from models.figures.records import Number

FIGURES_FILE: Final = "figures.json"
UNMATCHED_FILE: Final = "unmatched.csv"
REPORT_FILE: Final = "report.html"
MAPS_OF_STUDY: Final = "maps"
"""The folder of its maps."""
BASELINE: Final = "no_gmm"
"""What every mixture has to be better than."""
MIN_RATED: Final = 5
"""Fewer labels say nothing about an order."""
MIN_FITTED: Final = 30
"""Fewer labels fit no head."""
MappingKind = Literal["logistic", "linear"]
Verdict = Literal["no_labels", "few_labels", "equal_labels", "one_checkpoint", "clear", "tied"]


@dataclass(frozen=True)
class Estimate:
    """A figure, and its 95 % bootstrap interval."""

    value: Number
    low: Number
    high: Number


@dataclass(frozen=True)
class Counts:
    """Pictures of the set, those that could be read, those of them that have a label, and what found no partner.

    `faults` counts the pictures that could not be read by the code of what is wrong with them.
    """

    pictures: int
    readable: int
    rated: int
    unmatched_rows: int
    unmatched_pictures: int
    faults: Mapping[str, int]


@dataclass(frozen=True)
class LabelFigures:
    """What the table's labels are on, and how they lie on 0-100; `fields` are its further columns."""

    file: str
    column: str
    low: float
    high: float
    higher_is_better: bool
    smallest: Number
    mean: Number
    largest: Number
    deviation: Number
    fields: tuple[str, ...]


@dataclass(frozen=True)
class LabelMapping:
    """What scores are mapped to the labels by before `plcc` and `rmse` are taken.

    logistic: low + (high - low) / (1 + exp(-(score - middle) / width)); linear: intercept + slope * score.
    """

    kind: MappingKind
    parameters: Mapping[str, float]


@dataclass(frozen=True)
class Agreement:
    """How well mapped scores follow the labels; `plcc_unmapped` is taken of the scores as they are."""

    srcc: Estimate
    plcc: Estimate
    krcc: Estimate
    rmse: Estimate
    plcc_unmapped: Number


@dataclass(frozen=True)
class Coverage:
    """Promised and measured share of labels inside the prediction intervals, and their mean width in points."""

    promised: float
    measured: Estimate
    mean_width: Number


@dataclass(frozen=True)
class PartErrors:
    """Pictures of one part of the set: mean absolute error and mean error (bias) of mapped scores, and SRCC there.

    The part is those with one value of a field, or a bin of labels from `low` to `high`.
    """

    name: str
    count: int
    mean_absolute_error: Number
    bias: Number
    srcc: Number
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class Routing:
    """SRCC under the checkpoint's own routing, under equal weights, and under another picture's weights.

    The differences are own less the other: a router that is worth something has them above zero.
    """

    own: Number
    uniform: Number
    shuffled: Number
    own_less_uniform: Estimate
    own_less_shuffled: Estimate


@dataclass(frozen=True)
class Mix:
    """Mean share of each cluster, or weight of each expert, over the set."""

    names: tuple[str, ...]
    mean: tuple[float, ...]


@dataclass(frozen=True)
class CheckpointFigures:
    """Everything about one checkpoint; what needs labels, or a part that it lacks, is `None`."""

    id: str
    title: str
    variant: str
    formulation: str
    weights_sha256: str
    mean_score: Number
    score_deviation: Number
    mapping: LabelMapping | None
    agreement: Agreement | None
    coverage: Coverage | None
    mean_absolute_error: Number
    bias: Number
    by_label: tuple[PartErrors, ...]
    by_field: Mapping[str, tuple[PartErrors, ...]]
    routing: Routing | None
    clusters: Mix | None
    experts: Mix | None


@dataclass(frozen=True)
class Difference:
    """SRCC and RMSE of one checkpoint less those of another, on the same drawn pictures."""

    checkpoint: str
    other: str
    srcc: Estimate
    rmse: Estimate


@dataclass(frozen=True)
class Drawing:
    """How intervals were made: pictures, or whole references, drawn again with replacement.

    Kendall's coefficient is drawn less often where there are very many pictures.
    """

    unit: Literal["pictures", "references"]
    num_samples: int
    num_samples_krcc: int
    seed: int


@dataclass(frozen=True)
class FitFigures:
    """What a head fitted to the labels is worth on pictures that took no part, beside the shipped one, mapped.

    `penalty`, per feature, was chosen by cross-validation among all rated pictures, those of folds among the others;
    `None` leaves nothing but the mapping. `srcc` and `rmse` are fitted less shipped.
    """

    checkpoint: str
    labels: int
    folds: int
    unit: Literal["pictures", "references"]
    mapping: LabelMapping
    penalty: float | None
    penalties_of_folds: tuple[float | None, ...]
    shipped: Agreement
    fitted: Agreement
    srcc: Estimate
    rmse: Estimate
    is_better: bool


@dataclass(frozen=True)
class DuplicateLimits:
    """Pictures belong together within both limits of a copy, or where their shares of a scene's add up to 1 at most.

    Distances are 1 - cosine.
    """

    copy_layout: float
    copy_features: float
    scene_layout: float
    scene_features: float


@dataclass(frozen=True)
class Duplicates:
    """Groups of near-duplicates, each with its best picture first, by the scores of one checkpoint."""

    checkpoint: str
    limits: DuplicateLimits
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class StudyFigures:
    """All of a study. `best` has the highest SRCC, `as_good` are those that cannot be told from it here."""

    format: Literal[1]
    name: str
    counts: Counts
    labels: LabelFigures | None
    drawing: Drawing | None
    verdict: Verdict
    best: str | None
    as_good: tuple[str, ...]
    checkpoints: tuple[CheckpointFigures, ...]
    to_best: tuple[Difference, ...]
    to_baseline: tuple[Difference, ...]
    duplicates: Duplicates
    fits: tuple[FitFigures, ...] = ()


@lru_cache(maxsize=1)
def figures_adapter() -> TypeAdapter[StudyFigures]:
    """Reads and writes `figures.json`."""
    return TypeAdapter(StudyFigures)
