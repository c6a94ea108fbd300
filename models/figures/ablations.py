"""`ablations.json`: recipes with one component taken away, beside the whole ones on the same splits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from models.figures.files import ABLATIONS_FILE, from_json, to_json
from models.figures.measurements import ComparedFigures
from models.figures.records import (
    Agreement,
    ClusterFigures,
    Interventions,
    Number,
    OrderTests,
    OverSplits,
    PairedComparison,
    Part,
    Parts,
)


@dataclass(frozen=True)
class AblationSide:
    """A recipe, whole or ablated: figures over splits, each split's SRCC, and what shuffled routing costs, paired."""

    photographs: Agreement[OverSplits]
    synthetic: Agreement[OverSplits]
    order: OrderTests[OverSplits]
    group_accuracy: OverSplits
    clusters: ClusterFigures[OverSplits] | None
    interventions: Interventions[OverSplits] | None
    srcc_by_split: Parts[list[Number]]
    shuffling_cost: Parts[PairedComparison] | None

    def agreement(self, part: Part) -> Agreement[OverSplits]:
        """Agreement with the labels of one part."""
        return self.photographs if part == "photographs" else self.synthetic


@dataclass(frozen=True)
class MeasuredAblation:
    """One ablation beside its whole recipe on the same splits; differences are ablated less whole."""

    recipe: str
    says: str
    num_splits: int
    runs: list[str]
    whole: AblationSide
    ablated: AblationSide
    difference: Parts[ComparedFigures]


@dataclass(frozen=True)
class AblationReport:
    """Every ablation by name, and the splits that all of them stand on."""

    split_sha256: str
    ablations: Mapping[str, MeasuredAblation]


_REPORT: Final[TypeAdapter[AblationReport]] = TypeAdapter(AblationReport)


def read_ablations(data: bytes, name: str = ABLATIONS_FILE) -> AblationReport:
    """The record in the bytes of an `ablations.json`; raises `FiguresUnreadable` with the field at fault."""
    return from_json(_REPORT, data, name)


def write_ablations(report: AblationReport) -> bytes:
    """The bytes of an `ablations.json`."""
    return to_json(_REPORT, report)
