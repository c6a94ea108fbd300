"""What the files of measured figures hold, as far as the studio shows it; fields that nobody shows are passed over.

Legend: S splits, C checkpoints.
"""

from __future__ import annotations

from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

Part = Literal["photographs", "synthetic"]
PARTS: tuple[Part, ...] = ("photographs", "synthetic")
Replaced = Literal["routing_weights", "posteriors"]

_Value = TypeVar("_Value")


class Frozen(BaseModel):
    """A part of a file or of an answer, never changed."""

    model_config = ConfigDict(frozen=True)


class Parts(Frozen, Generic[_Value]):
    """The same on photographs with human scores and on synthetic pictures."""

    photographs: _Value
    synthetic: _Value

    def of(self, part: Part) -> _Value:
        """The value on one part."""
        value: _Value = getattr(self, part)
        return value


class Spread(Frozen):
    """A figure over splits; each is null where no split has it."""

    median: FiniteFloat | None
    min: FiniteFloat | None
    max: FiniteFloat | None


class Bounds(Frozen):
    """The ends of an interval."""

    low: FiniteFloat | None
    high: FiniteFloat | None


class AgreementFigures(Frozen):
    """How scores agree with labels, over splits."""

    srcc: Spread
    plcc: Spread
    plcc_fitted: Spread
    krcc: Spread
    rmse: Spread


class BoardFigures(AgreementFigures):
    """The same with the 95 % bootstrap interval of SRCC inside a split: medians of its ends over splits."""

    srcc_interval: Bounds


class SplitFigures(Frozen):
    """One number per split (S), in the order of the seeds."""

    srcc: list[FiniteFloat | None]
    plcc: list[FiniteFloat | None]


class Comparison(Frozen):
    """Paired differences over splits: median, 95 % interval of the median, Wilcoxon's p, mean and deviation."""

    median_difference: FiniteFloat | None
    interval: Bounds
    p_value: FiniteFloat | None
    num_pairs: Annotated[int, Field(ge=0)]
    mean_difference: FiniteFloat | None
    deviation: FiniteFloat | None


class ComparedFigures(Frozen):
    """What is compared on one part."""

    srcc: Comparison


class MatchedFile(Frozen):
    """The baseline of the same size, and the differences to it."""

    recipe: str
    parameter_count: int
    comparison: Parts[ComparedFigures]
    srcc_p_holm: Parts[FiniteFloat | None] | None = None


class Interventions(Frozen):
    """SRCC over splits with the head's own routing weights (or posteriors) and with others."""

    replaced: Replaced | None
    photographs: dict[str, Spread]
    synthetic: dict[str, Spread]


class MeasuredFile(Frozen):
    """What a row of the leaderboard has on frozen and on fine-tuned features alike."""

    num_splits: Annotated[int, Field(ge=1)]
    figures: Parts[BoardFigures]
    splits: Parts[SplitFigures]
    matched_baseline: MatchedFile | None


class RowFile(MeasuredFile):
    """A row of the leaderboard."""

    id: str
    variant: str
    formulation: Literal["seed", "stable"]
    title: str
    parameter_count: int
    ranks: Parts[int]
    srcc_by_type: dict[str, Spread | None] | None
    fine_tuned: MeasuredFile | None


_Matrix = list[list[_Value]]


class PairwiseFile(Frozen):
    """Every checkpoint (row) less every other one (column), C × C in the order of `ids`; null on the diagonal."""

    part: Part
    figure: Literal["srcc"]
    ids: list[str]
    median_difference: _Matrix[FiniteFloat | None]
    low: _Matrix[FiniteFloat | None]
    high: _Matrix[FiniteFloat | None]
    p_value: _Matrix[FiniteFloat | None]
    p_holm: _Matrix[FiniteFloat | None]
    num_pairs: _Matrix[int | None]

    @model_validator(mode="after")
    def _is_square(self) -> Self:
        for name in ("median_difference", "low", "high", "p_value", "p_holm", "num_pairs"):
            matrix = getattr(self, name)
            if len(matrix) != len(self.ids) or any(len(row) != len(self.ids) for row in matrix):
                raise ValueError(f"{name} is not {len(self.ids)} by {len(self.ids)}")
        return self


class LeaderboardFile(Frozen):
    """`leaderboard.json`."""

    format: Literal[1]
    split_sha256: str
    seeds: list[int]
    checkpoints: Annotated[list[RowFile], Field(min_length=1)]
    pairwise: PairwiseFile

    @model_validator(mode="after")
    def _pairs_are_rows(self) -> Self:
        missing = set(self.pairwise.ids) - {row.id for row in self.checkpoints}
        if missing:
            raise ValueError(f"pairwise.ids names {', '.join(sorted(missing))}, which has no row")
        return self


class Medians(Frozen):
    """Medians over splits, one per bin."""

    median: list[FiniteFloat | None]


class QualityErrors(Frozen):
    """Errors per fifth of the human score, worst first: upper edge, mean absolute and mean signed error, points."""

    upper_edges: Medians
    mean_absolute_error: Medians
    bias: Medians


class SummaryFile(Frozen):
    """A checkpoint's figures over splits."""

    photographs: AgreementFigures
    synthetic: AgreementFigures
    photographs_error: QualityErrors | None
    interventions: Interventions | None


class SplitInterventions(Frozen):
    """SRCC of one split with the head's own routing weights (or posteriors) and with others."""

    photographs: dict[str, FiniteFloat | None]
    synthetic: dict[str, FiniteFloat | None]


class SplitFile(Frozen):
    """One split, as far as the studio needs it."""

    seed: int
    interventions: SplitInterventions | None


class MeasuredBlock(Frozen):
    """Figures on one kind of features."""

    summary: SummaryFile
    splits: Annotated[list[SplitFile], Field(min_length=1)]


class MetricsFile(MeasuredBlock):
    """`metrics.json`."""

    recipe: str
    split_sha256: str
    fine_tuned: MeasuredBlock | None


class PredictionRow(Frozen):
    """A line of `predictions.csv`; the last two are positions from 0, and absent where the variant has none."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    id: str
    reference: str
    class_name: str = Field(alias="class")
    level: Annotated[int, Field(ge=0, le=5)]
    label: FiniteFloat
    score: FiniteFloat
    score_std: FiniteFloat
    top_cluster: Annotated[int, Field(ge=0)] | None
    top_expert: Annotated[int, Field(ge=0)] | None
