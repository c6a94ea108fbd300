"""What the API says of measured figures: the files' content, and what it allows to be said.

Legend: C checkpoints, N pictures.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Self

import numpy as np
from pydantic import Field, FiniteFloat

from backend.figures.files import (
    PARTS,
    AgreementFigures,
    BoardFigures,
    Comparison,
    Frozen,
    LeaderboardFile,
    MatchedFile,
    MeasuredBlock,
    MeasuredFile,
    MetricsFile,
    PairwiseFile,
    Part,
    Parts,
    PredictionRow,
    QualityErrors,
    Replaced,
    RowFile,
    SplitInterventions,
    Spread,
)
from backend.figures.verdicts import (
    LEVEL,
    MIN_PAIRS,
    MIN_ROUTING_COST,
    Verdict,
    corrected_p,
    over_splits,
    paired,
    plain,
    smallest_p_holm,
    stored,
    verdict,
)
from models.figures.statistics import Floats, Interval, compare_paired


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _array(values: Sequence[float]) -> Floats:
    return np.array(values, np.float64)


class AgainstBaseline(Frozen):
    """A paired difference in SRCC to the baseline of the same size, and what it allows to be said."""

    comparison: Comparison
    p_holm: FiniteFloat | None = Field(description="Wilcoxon's p after Holm's correction over all checkpoints.")
    p_corrected: FiniteFloat | None = Field(description="P of the corrected resampled t-test.")
    verdict: Verdict

    @classmethod
    def of(cls, comparison: Comparison, p_holm: float | None) -> Self:
        """The difference with its verdict."""
        found = paired(comparison)
        p_corrected = corrected_p(found)
        return cls(
            comparison=comparison,
            p_holm=p_holm,
            p_corrected=plain(p_corrected),
            verdict=verdict(found, p_corrected, _number(p_holm)),
        )


class MatchedResponse(Frozen):
    """The baseline of the same size."""

    recipe: str
    parameter_count: int
    photographs: AgainstBaseline
    synthetic: AgainstBaseline

    @classmethod
    def of(cls, matched: MatchedFile) -> Self:
        """The differences with their verdicts."""
        holm = matched.srcc_p_holm
        against = {
            part: AgainstBaseline.of(matched.comparison.of(part).srcc, None if holm is None else holm.of(part))
            for part in PARTS
        }
        return cls(recipe=matched.recipe, parameter_count=matched.parameter_count, **against)


class MeasuredResponse(Frozen):
    """Figures over splits on one kind of features."""

    num_splits: int
    figures: Parts[BoardFigures]
    matched_baseline: MatchedResponse | None

    @classmethod
    def of(cls, measured: MeasuredFile) -> Self:
        """The figures without those of each split."""
        matched = measured.matched_baseline
        return cls(
            num_splits=measured.num_splits,
            figures=measured.figures,
            matched_baseline=None if matched is None else MatchedResponse.of(matched),
        )


class RowResponse(Frozen):
    """A checkpoint on the leaderboard."""

    id: str
    variant: str
    formulation: str
    title: str
    parameter_count: int
    ranks: Parts[int] = Field(description="Place by median SRCC on frozen features, 1 is best.")
    frozen: MeasuredResponse
    fine_tuned: MeasuredResponse | None = Field(description="On fine-tuned features, where that was measured.")
    srcc_by_type: dict[str, Spread | None] | None = Field(description="On synthetic pictures, frozen features.")

    @classmethod
    def of(cls, row: RowFile) -> Self:
        """The row with its verdicts."""
        return cls(
            id=row.id,
            variant=row.variant,
            formulation=row.formulation,
            title=row.title,
            parameter_count=row.parameter_count,
            ranks=row.ranks,
            frozen=MeasuredResponse.of(row),
            fine_tuned=None if row.fine_tuned is None else MeasuredResponse.of(row.fine_tuned),
            srcc_by_type=row.srcc_by_type,
        )


class PairwiseResponse(PairwiseFile):
    """Every checkpoint less every other one, with what the difference allows to be said."""

    p_corrected: list[list[FiniteFloat | None]] = Field(description="P of the corrected resampled t-test.")
    verdict: list[list[Verdict | None]]
    num_comparisons: int = Field(description="Pairs that Holm's correction is over.")
    smallest_p_holm: FiniteFloat = Field(description="The smallest p_holm that so many splits and pairs can have.")

    @classmethod
    def of_rows(cls, pairwise: PairwiseFile, rows: Sequence[RowFile]) -> Self:
        """The matrices with their verdicts; mean and deviation of the differences come from the rows' splits."""
        by_id = {row.id: row for row in rows}
        judged = [
            [_judged(pairwise, row, column, by_id) for column in range(len(pairwise.ids))]
            for row in range(len(pairwise.ids))
        ]
        counts = [
            pairwise.num_pairs[row][column] or 0 for row, column in itertools.combinations(range(len(pairwise.ids)), 2)
        ]
        tested = [count for count in counts if count >= MIN_PAIRS]
        return cls(
            **pairwise.model_dump(),
            p_corrected=[[None if found is None else found[0] for found in line] for line in judged],
            verdict=[[None if found is None else found[1] for found in line] for line in judged],
            num_comparisons=len(tested),
            smallest_p_holm=smallest_p_holm(max(tested, default=0), len(tested)),
        )


def _judged(
    pairwise: PairwiseFile, row: int, column: int, by_id: dict[str, RowFile]
) -> tuple[float | None, Verdict] | None:
    if row == column:
        return None
    one, other = (by_id[pairwise.ids[place]].splits.of(pairwise.part).srcc for place in (row, column))
    interval = Interval(_number(pairwise.low[row][column]), _number(pairwise.high[row][column]))
    median, p_value = (_number(matrix[row][column]) for matrix in (pairwise.median_difference, pairwise.p_value))
    found = over_splits(one, other, median=median, interval=interval, p=p_value)
    p_corrected = corrected_p(found)
    return plain(p_corrected), verdict(found, p_corrected, _number(pairwise.p_holm[row][column]))


class Rule(Frozen):
    """When a difference counts as shown."""

    level: float = Field(default=LEVEL, description="Both p have to be below it.")
    min_splits: int = MIN_PAIRS


class LeaderboardResponse(Frozen):
    """Every checkpoint, best median SRCC on photographs first."""

    split_sha256: str
    seeds: list[int]
    rule: Rule
    checkpoints: list[RowResponse]
    pairwise: PairwiseResponse

    @classmethod
    def of(cls, board: LeaderboardFile) -> Self:
        """The leaderboard with its verdicts."""
        return cls(
            split_sha256=board.split_sha256,
            seeds=board.seeds,
            rule=Rule(),
            checkpoints=[RowResponse.of(row) for row in board.checkpoints],
            pairwise=PairwiseResponse.of_rows(board.pairwise, board.checkpoints),
        )


class RouterCost(Frozen):
    """What replacing the routing (or the posteriors) costs on one part, in SRCC."""

    srcc: dict[str, Spread] = Field(description="own, shuffled, uniform, wrong and oracle, over splits.")
    shuffled_cost: Comparison = Field(description="Own less shuffled, paired over splits.")
    uniform_cost: Comparison = Field(description="Own less uniform, paired over splits.")
    is_decorative: bool = Field(description="Whether shuffling costs less than `min_cost`.")
    min_cost: float = MIN_ROUTING_COST


class RouterResponse(Frozen):
    """Interventions on the routing weights, or on the posteriors where there are no experts."""

    replaced: Replaced
    photographs: RouterCost
    synthetic: RouterCost

    @classmethod
    def of(cls, block: MeasuredBlock) -> Self | None:
        """What the splits say; null where there is nothing to replace."""
        interventions = block.summary.interventions
        if interventions is None or interventions.replaced is None:
            return None
        splits = [split.interventions for split in block.splits]
        costs = {part: _router_cost(getattr(interventions, part), splits, part) for part in PARTS}
        return cls(replaced=interventions.replaced, **costs)


def _router_cost(summary: dict[str, Spread], splits: Sequence[SplitInterventions | None], part: Part) -> RouterCost:
    def values(name: str) -> list[float]:
        return [math.nan if split is None else _number(getattr(split, part).get(name)) for split in splits]

    own, shuffled, uniform = (values(name) for name in ("own", "shuffled", "uniform"))
    shuffled_cost, uniform_cost = (compare_paired(_array(own), _array(other)) for other in (shuffled, uniform))
    return RouterCost(
        srcc=summary,
        shuffled_cost=stored(shuffled_cost),
        uniform_cost=stored(uniform_cost),
        is_decorative=not shuffled_cost.median_difference >= MIN_ROUTING_COST,
    )


class FeatureFigures(Frozen):
    """A checkpoint's figures on one kind of features."""

    num_splits: int
    photographs: AgreementFigures
    synthetic: AgreementFigures
    quality_errors: QualityErrors | None = Field(description="On photographs, medians over splits, points.")
    router: RouterResponse | None

    @classmethod
    def of(cls, block: MeasuredBlock) -> Self:
        """The figures with what replacing the routing costs."""
        summary = block.summary
        return cls(
            num_splits=len(block.splits),
            photographs=summary.photographs,
            synthetic=summary.synthetic,
            quality_errors=summary.photographs_error,
            router=RouterResponse.of(block),
        )


class MetricsResponse(Frozen):
    """One checkpoint's figures."""

    checkpoint: str
    recipe: str
    split_sha256: str = Field(description="Names the splits; predictions of equal splits are of the same pictures.")
    frozen: FeatureFigures
    fine_tuned: FeatureFigures | None = Field(description="On fine-tuned features, where that was measured.")

    @classmethod
    def of(cls, checkpoint_id: str, metrics: MetricsFile) -> Self:
        """The figures as the file has them."""
        return cls(
            checkpoint=checkpoint_id,
            recipe=metrics.recipe,
            split_sha256=metrics.split_sha256,
            frozen=FeatureFigures.of(metrics),
            fine_tuned=None if metrics.fine_tuned is None else FeatureFigures.of(metrics.fine_tuned),
        )


class CurveResponse(Frozen):
    """Loss terms of the training run of the head that ships, at some of its steps."""

    checkpoint: str
    steps: list[FiniteFloat]
    terms: dict[str, list[FiniteFloat]] = Field(description="Each as long as `steps`; weighted, no unit.")


class PredictionsResponse(Frozen):
    """Scores of the test photographs of the first split (N each), by the head that was trained on that split."""

    checkpoint: str
    ids: list[str]
    references: list[str]
    classes: list[str]
    levels: list[int]
    labels: list[float] = Field(description="Human scores, points.")
    scores: list[float] = Field(description="Predicted, points.")
    score_stds: list[float] = Field(description="Predictive standard deviations, points.")
    top_clusters: list[int | None] = Field(description="Position from 0; null where the variant has no clusters.")
    top_experts: list[int | None] = Field(description="Position from 0; null where the variant has no experts.")

    @classmethod
    def of(cls, checkpoint_id: str, rows: Sequence[PredictionRow]) -> Self:
        """The rows as columns."""
        return cls(
            checkpoint=checkpoint_id,
            ids=[row.id for row in rows],
            references=[row.reference for row in rows],
            classes=[row.class_name for row in rows],
            levels=[row.level for row in rows],
            labels=[row.label for row in rows],
            scores=[row.score for row in rows],
            score_stds=[row.score_std for row in rows],
            top_clusters=[row.top_cluster for row in rows],
            top_experts=[row.top_expert for row in rows],
        )
