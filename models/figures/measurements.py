"""`metrics.json`: what the evaluation measured of a checkpoint's recipe, split by split and over splits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Generic, Literal

from pydantic import Field, TypeAdapter

from models.figures.files import METRICS_FILE, FiguresUnreadable, from_json, to_json
from models.figures.records import (
    Agreement,
    AwayFigures,
    AwayKind,
    Calibration,
    ClusterFigures,
    Conformal,
    Finite,
    Interval,
    Interventions,
    L,
    Medians,
    N,
    Number,
    OrderTests,
    OverSplits,
    PairedComparison,
    Part,
    Parts,
    PlainAtHome,
    QualityBinErrors,
    RoutingFigures,
    Row,
    SetFigures,
    SourceFigures,
)

ALL_SPLITS: Final = -1
"""In place of a seed, of which splits have none below 0."""
_LATER: Final = Field(exclude_if=lambda value: value is None)
"""A field that older files do not have."""


class ComparisonError(ValueError):
    """Runs that were not measured on the same splits, or no run at all."""


@dataclass(frozen=True, kw_only=True)
class Measurements(Generic[N, L]):
    """Everything that is measured on test folds; parts that the variant does not have are `None`.

    Photographs are BIQ2021's with human scores; synthetic pictures are distortions of contents that no training fold
    saw; `further_rated` are the test folds of further rated sets. `plain` is what predictors without a network reach
    there, and `photographs_by_source` divides the photographs by where they came from. A summary over splits has no
    seed.
    """

    seed: Annotated[int, Field(exclude_if=lambda seed: seed == ALL_SPLITS)] = ALL_SPLITS
    photographs: Agreement[N]
    photographs_srcc_interval: Interval[N]
    photographs_conformal: Conformal[N]
    photographs_error: QualityBinErrors[L]
    synthetic: Agreement[N]
    synthetic_srcc_interval: Interval[N]
    synthetic_srcc_by_group: Mapping[str, N]
    synthetic_srcc_by_type: Mapping[str, N]
    order: OrderTests[N]
    group_accuracy: N
    type_accuracy: N
    calibration: Calibration[N]
    clusters: ClusterFigures[N] | None = None
    interventions: Interventions[N] | None = None
    routing: RoutingFigures[N, L] | None = None
    further_rated: Mapping[str, SetFigures[N]] | None = None
    plain: Annotated[PlainAtHome[N] | None, _LATER] = None
    photographs_by_source: Annotated[Mapping[str, SourceFigures[N]] | None, _LATER] = None

    def agreement(self, part: Part) -> Agreement[N]:
        """Agreement with the labels of one part."""
        return self.photographs if part == "photographs" else self.synthetic

    def srcc_interval(self, part: Part) -> Interval[N]:
        """The interval of SRCC on one part, over references."""
        return self.photographs_srcc_interval if part == "photographs" else self.synthetic_srcc_interval


Features = Literal["frozen", "fine_tuned"]

SplitFigures = Measurements[Number, Row]
"""One split."""
Summary = Measurements[OverSplits, Medians]
"""The same over splits."""
SetSummary = SetFigures[OverSplits]


AwayHead = AwayFigures[Number]
"""One head away from home."""
AwaySummary = AwayFigures[OverSplits]


@dataclass(frozen=True, kw_only=True)
class MeasuredAway:
    """One kind of pictures that heads were not trained on: the figures over heads, and of each head."""

    kind: AwayKind
    summary: AwaySummary
    heads: Annotated[list[AwayHead], Field(min_length=1)]


@dataclass(frozen=True)
class ComparedFigures:
    """Paired differences over splits, by figure."""

    srcc: PairedComparison
    plcc: PairedComparison


@dataclass(frozen=True)
class MatchedBaseline:
    """The baseline of the same size on the same splits, and the differences to it: positive where it is worse."""

    recipe: str
    parameter_count: int
    comparison: Parts[ComparedFigures]


@dataclass(frozen=True, kw_only=True)
class MeasuredBlock:
    """Figures on one kind of features; `held_out_sets` are over a few heads that saw nothing of the set.

    `away` has, by name, every source and rated set that was left out, and `synthetic` for distorted pictures whose
    scores were; `None` in files that were written before this was measured.
    """

    num_splits: Annotated[int, Field(ge=1)]
    summary: Summary
    held_out_sets: Mapping[str, SetSummary]
    matched_baseline: MatchedBaseline | None
    splits: Annotated[list[SplitFigures], Field(min_length=1)]
    away: Annotated[Mapping[str, MeasuredAway] | None, _LATER] = None


@dataclass(frozen=True)
class SyntheticScale:
    """How labels of synthetic pictures were brought to the scale of the scores: slope times label, and an offset."""

    slope: Finite
    offset: Finite


@dataclass(frozen=True, kw_only=True)
class _Source:
    recipe: str
    split_sha256: str
    synthetic_scale: SyntheticScale


@dataclass(frozen=True, kw_only=True)
class Metrics(MeasuredBlock, _Source):
    """A checkpoint's figures on frozen features, and on fine-tuned ones where these were measured."""

    fine_tuned: MeasuredBlock | None = None

    @property
    def shipped(self) -> MeasuredBlock:
        """The figures to expect of the weights that ship: on fine-tuned features where these were measured."""
        return self if self.fine_tuned is None else self.fine_tuned

    @property
    def shipped_on(self) -> Features:
        """The features that the weights that ship sit on."""
        return "frozen" if self.fine_tuned is None else "fine_tuned"


METRICS: Final[TypeAdapter[Metrics]] = TypeAdapter(Metrics)
SPLIT: Final[TypeAdapter[SplitFigures]] = TypeAdapter(SplitFigures)
SUMMARY: Final[TypeAdapter[Summary]] = TypeAdapter(Summary)
SET: Final[TypeAdapter[SetFigures[Number]]] = TypeAdapter(SetFigures[Number])
AWAY: Final[TypeAdapter[AwayHead]] = TypeAdapter(AwayHead)
AWAY_SUMMARY: Final[TypeAdapter[AwaySummary]] = TypeAdapter(AwaySummary)
SET_SUMMARY: Final[TypeAdapter[SetSummary]] = TypeAdapter(SetSummary)


def read_metrics(data: bytes, name: str = METRICS_FILE) -> Metrics:
    """The figures in the bytes of a `metrics.json`; raises `FiguresUnreadable` with its `name` and the field."""
    return from_json(METRICS, data, name)


def write_metrics(metrics: Metrics) -> bytes:
    """The bytes of a `metrics.json`."""
    return to_json(METRICS, metrics)


def metrics_in(folder: Path) -> Metrics:
    """The figures of a checkpoint folder; raises `FiguresUnreadable`, also where there is no file."""
    name = f"{folder.name}/{METRICS_FILE}"
    try:
        data = (folder / METRICS_FILE).read_bytes()
    except OSError as error:
        raise FiguresUnreadable(f"got no readable {name}: {error.strerror}, expected a file") from error
    return read_metrics(data, name)
