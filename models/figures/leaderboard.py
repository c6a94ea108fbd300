"""`leaderboard.json`: a row per checkpoint, and all pairs of them, as the results page's command writes it.

Legend: S splits, C checkpoints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Generic, Literal

from pydantic import Field, TypeAdapter

from models.figures.files import LEADERBOARD_FILE, from_json, to_json
from models.figures.measurements import ComparedFigures
from models.figures.records import (
    Agreement,
    AwayKind,
    AwayRouting,
    ClusterFigures,
    Conformal,
    Interval,
    Interventions,
    N,
    Number,
    OrderTests,
    OverSplits,
    PairedComparison,
    Part,
    Parts,
    Plain,
    PlainAtHome,
    V,
)

_LATER: Final = Field(exclude_if=lambda value: value is None)
"""A field that older files do not have."""


@dataclass(frozen=True)
class BoardAgreement(Generic[N]):
    """Agreement with the labels, and the 95 % interval of SRCC inside a split: medians of its ends over splits."""

    srcc: N
    plcc: N
    plcc_fitted: N
    krcc: N
    rmse: N
    srcc_interval: Interval[Number]


@dataclass(frozen=True)
class SplitCorrelations:
    """One number per split (S), in the order of the seeds."""

    srcc: list[Number]
    plcc: list[Number]


@dataclass(frozen=True)
class SetAgreement:
    """Agreement on a rated set over splits, with its interval."""

    agreement: Agreement[OverSplits]
    srcc_interval: Interval[OverSplits]


@dataclass(frozen=True)
class BoardBaseline:
    """The baseline of the same size; `srcc_p_holm` is p of the test that the splits allow, after Holm's correction."""

    recipe: str
    parameter_count: int
    comparison: Parts[ComparedFigures]
    srcc_p_holm: Annotated[Parts[Number] | None, Field(exclude_if=lambda value: value is None)] = None


@dataclass(frozen=True, kw_only=True)
class BoardAway:
    """Figures on pictures of a kind that heads were not trained on.

    `against_ridge` is SRCC less that of the ridge, `uniform_cost`, `shuffled_cost` and `mean_cost` what is lost without
    the own routing: paired over heads.
    """

    kind: AwayKind
    num_heads: Annotated[int, Field(ge=1)]
    agreement: Agreement[OverSplits]
    routing: AwayRouting[OverSplits] | None
    uniform_cost: PairedComparison | None
    shuffled_cost: PairedComparison | None
    mean_cost: PairedComparison | None
    conformal: Conformal[OverSplits] | None
    plain: Plain[OverSplits]
    against_ridge: PairedComparison


@dataclass(frozen=True, kw_only=True)
class BoardBlock:
    """What a row has on frozen and on fine-tuned features alike.

    `plain` are predictors without a network at home, `away` the figures away from home by the name of what was left
    out; `None` in files that were written before these were measured.
    """

    num_splits: Annotated[int, Field(ge=1)]
    figures: Parts[BoardAgreement[OverSplits]]
    splits: Parts[SplitCorrelations]
    group_accuracy: OverSplits
    type_accuracy: OverSplits
    clusters: ClusterFigures[OverSplits] | None
    interventions: Interventions[OverSplits] | None
    further_rated: Mapping[str, SetAgreement]
    held_out_sets: Mapping[str, SetAgreement]
    plain: Annotated[PlainAtHome[OverSplits] | None, _LATER] = None
    away: Annotated[Mapping[str, BoardAway] | None, _LATER] = None


@dataclass(frozen=True, kw_only=True)
class TunedRow(BoardBlock):
    """The figures on fine-tuned features."""

    order: OrderTests[OverSplits]
    matched_baseline: BoardBaseline | None


@dataclass(frozen=True, kw_only=True)
class _Identity:
    id: str
    variant: str
    formulation: Literal["seed", "stable"]
    title: str
    parameter_count: int
    trunk_sha256: str
    ranks: Parts[int]


@dataclass(frozen=True, kw_only=True)
class BoardRow(BoardBlock, _Identity):
    """A checkpoint with its figures on frozen features; ranks are by median SRCC there, 1 is best."""

    srcc_by_group: Mapping[str, OverSplits] | None
    srcc_by_type: Mapping[str, OverSplits] | None
    order: OrderTests[OverSplits]
    conformal: Conformal[OverSplits]
    matched_baseline: BoardBaseline | None
    fine_tuned: TunedRow | None


Matrix = list[list[V]]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Every checkpoint (row) less every other one (column) on the same features, C x C in the order of `ids`.

    `p_holm` is p of the test that the splits allow, after Holm's correction over all pairs. The diagonal is NaN,
    its `num_pairs` `None`.
    """

    part: Part
    figure: Literal["srcc"]
    ids: list[str]
    median_difference: Matrix[Number]
    low: Matrix[Number]
    high: Matrix[Number]
    p_value: Matrix[Number]
    p_holm: Matrix[Number]
    num_pairs: Matrix[int | None]

    def __post_init__(self) -> None:
        count = len(self.ids)
        for name in ("median_difference", "low", "high", "p_value", "p_holm", "num_pairs"):
            matrix = getattr(self, name)
            if len(matrix) != count or any(len(row) != count for row in matrix):
                raise ValueError(f"{name} is not {count} by {count}")


@dataclass(frozen=True, kw_only=True)
class Leaderboard:
    """The rows, best median SRCC on photographs first, all pairs, and the SHA-256 of the files that were read.

    `seeds` are those of the checkpoints with the most splits; a row with fewer has the first of them.
    """

    format: Literal[1]
    split_sha256: str
    seeds: list[int]
    inputs: Mapping[str, Mapping[str, str]]
    checkpoints: Annotated[list[BoardRow], Field(min_length=1)]
    pairwise: Pairs
    pairwise_fine_tuned: Annotated[Pairs | None, Field(exclude_if=lambda value: value is None)] = None
    """On fine-tuned features; `None` where fewer than two were measured there, and in older files."""

    def __post_init__(self) -> None:
        tuned_rows = {row.id for row in self.checkpoints if row.fine_tuned is not None}
        _expect_rows("pairwise", self.pairwise, {row.id for row in self.checkpoints})
        if self.pairwise_fine_tuned is not None:
            _expect_rows("pairwise_fine_tuned", self.pairwise_fine_tuned, tuned_rows)


def _expect_rows(name: str, pairs: Pairs, known: set[str]) -> None:
    missing = set(pairs.ids) - known
    if missing:
        raise ValueError(f"{name}.ids names {', '.join(sorted(missing))}, which has no row of such figures")


LEADERBOARD: Final[TypeAdapter[Leaderboard]] = TypeAdapter(Leaderboard)


def read_leaderboard(data: bytes, name: str = LEADERBOARD_FILE) -> Leaderboard:
    """The record in the bytes of a `leaderboard.json`; raises `FiguresUnreadable` with the field at fault."""
    return from_json(LEADERBOARD, data, name)


def write_leaderboard(board: Leaderboard) -> bytes:
    """The bytes of a `leaderboard.json`."""
    return to_json(LEADERBOARD, board)
