"""Measured figures as the API says them: the records' numbers, and what their differences allow to be said.

Legend: C checkpoints.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from backend.figures.schemas import (
    AgainstBaseline,
    AgreementFigures,
    AwayResponse,
    AwayRoutingResponse,
    BoardFigures,
    Comparison,
    CurveResponse,
    FeatureFigures,
    LeaderboardResponse,
    MatchedResponse,
    MeasuredResponse,
    MetricsResponse,
    PairwiseResponse,
    PlainResponse,
    PredictionsResponse,
    QualityErrors,
    RouterCost,
    RouterResponse,
    RowResponse,
    Rule,
)
from models.figures.leaderboard import BoardAway, BoardBaseline, BoardBlock, BoardRow, Leaderboard, Matrix, Pairs
from models.figures.measurements import MeasuredBlock, Metrics
from models.figures.predictions import PredictionRow
from models.figures.records import (
    PARTS,
    Interval,
    OverSplits,
    PairedComparison,
    Part,
    Parts,
    Plain,
    Replacements,
    stored,
)
from models.figures.routing_costs import RoutingCosts, routing_costs
from models.figures.statistics import compare_paired
from models.figures.training_curve import TrainingCurve
from models.figures.verdicts import (
    Judged,
    corrected_p,
    is_decorative,
    judged,
    num_comparisons,
    smallest_p_holm,
    verdict,
)

V = TypeVar("V")
Cell = tuple[int, int]
Splits = Mapping[str, Sequence[float]]
"""SRCC of each split, by checkpoint."""


def leaderboard_response(board: Leaderboard) -> LeaderboardResponse:
    """The leaderboard with its verdicts, which are those of today's rule on the file's differences."""
    rows, tuned = board.checkpoints, {row.id: row.fine_tuned for row in board.checkpoints if row.fine_tuned is not None}
    frozen_baselines = _matched({row.id: row.matched_baseline for row in rows})
    tuned_baselines = _matched({name: block.matched_baseline for name, block in tuned.items()})
    pairs_tuned = board.pairwise_fine_tuned
    return LeaderboardResponse(
        split_sha256=board.split_sha256,
        seeds=board.seeds,
        rule=Rule(),
        checkpoints=[_row(row, frozen_baselines.get(row.id), tuned_baselines.get(row.id)) for row in rows],
        pairwise=_pairwise(board.pairwise, {row.id: row for row in rows}),
        pairwise_fine_tuned=None if pairs_tuned is None else _pairwise(pairs_tuned, tuned),
    )


def _matched(baselines: Mapping[str, BoardBaseline | None]) -> dict[str, MatchedResponse]:
    """Every baseline of a checkpoint's size; on each part, the differences to them are one family."""
    known = {name: baseline for name, baseline in baselines.items() if baseline is not None}
    against = {part: _against([baseline.comparison.of(part).srcc for baseline in known.values()]) for part in PARTS}
    return {
        name: MatchedResponse(
            recipe=baseline.recipe,
            parameter_count=baseline.parameter_count,
            photographs=against["photographs"][place],
            synthetic=against["synthetic"][place],
        )
        for place, (name, baseline) in enumerate(known.items())
    }


def _against(differences: Sequence[PairedComparison]) -> list[AgainstBaseline]:
    return [
        AgainstBaseline(
            comparison=Comparison.model_validate(found),
            test=says.test,
            num_comparisons=num_comparisons(differences),
            p_holm=stored(says.p_holm),
            p_corrected=stored(corrected_p(found)),
            verdict=says.verdict,
        )
        for found, says in zip(differences, judged(differences), strict=True)
    ]


def _row(row: BoardRow, frozen: MatchedResponse | None, tuned: MatchedResponse | None) -> RowResponse:
    return RowResponse(
        id=row.id,
        variant=row.variant,
        formulation=row.formulation,
        title=row.title,
        parameter_count=row.parameter_count,
        ranks=row.ranks,
        frozen=_measured(row, frozen),
        fine_tuned=None if row.fine_tuned is None else _measured(row.fine_tuned, tuned),
        srcc_by_type=None if row.srcc_by_type is None else dict(row.srcc_by_type),
    )


def _measured(block: BoardBlock, matched: MatchedResponse | None) -> MeasuredResponse:
    """The figures without those of each split."""
    return MeasuredResponse(
        num_splits=block.num_splits,
        figures=Parts(*(BoardFigures.model_validate(block.figures.of(part)) for part in PARTS)),
        matched_baseline=matched,
        plain=None if block.plain is None else Parts(*(_plain(block.plain.of(part)) for part in PARTS)),
        away=[_away(name, found) for name, found in (block.away or {}).items()],
    )


def _plain(plain: Plain[OverSplits]) -> PlainResponse:
    return PlainResponse(ridge=plain.ridge.srcc, table=None if plain.table is None else plain.table.srcc)


def _away(name: str, found: BoardAway) -> AwayResponse:
    conformal = found.conformal
    return AwayResponse(
        name=name,
        kind=found.kind,
        num_heads=found.num_heads,
        srcc=found.agreement.srcc,
        plcc=found.agreement.plcc,
        routing=_away_routing(found),
        coverage=None if conformal is None else conformal.coverage,
        mean_width=None if conformal is None else conformal.mean_width,
        plain=_plain(found.plain),
        against_ridge=Comparison.model_validate(found.against_ridge),
    )


def _away_routing(found: BoardAway) -> AwayRoutingResponse | None:
    if found.routing is None:
        return None
    left = found.routing.srcc
    costs = {"uniform": found.uniform_cost, "shuffled": found.shuffled_cost, "mean": found.mean_cost}
    return AwayRoutingResponse(
        own=left.own,
        uniform=left.uniform,
        shuffled=left.shuffled,
        mean=left.mean,
        **{f"{name}_cost": None if cost is None else Comparison.model_validate(cost) for name, cost in costs.items()},
    )


def _pairwise(pairs: Pairs, blocks: Mapping[str, BoardBlock]) -> PairwiseResponse:
    """The matrices with their verdicts; all pairs are one family, in which each is tested once."""
    count, splits = range(len(pairs.ids)), _splits(blocks, pairs.part)
    found = {cell: _paired(pairs, *cell, splits) for cell in itertools.permutations(count, 2)}
    tested = {cell: found[cell] for cell in itertools.combinations(count, 2)}
    says = dict(zip(tested, judged(list(tested.values())), strict=True))

    def matrix(value: Callable[[PairedComparison, Judged], V]) -> Matrix[V | None]:
        return [
            [value(found[row, column], says[_once(row, column)]) if row != column else None for column in count]
            for row in count
        ]

    size = num_comparisons(list(tested.values()))
    return PairwiseResponse(
        **vars(pairs) | {"p_holm": matrix(lambda _, one: one.p_holm)},
        p_corrected=matrix(lambda pair, _: corrected_p(pair)),
        test=matrix(lambda _, one: one.test),
        verdict=matrix(lambda pair, one: verdict(pair, one.p_holm)),
        num_comparisons=size,
        smallest_p_holm=smallest_p_holm(max((pair.num_pairs for pair in tested.values()), default=0), size),
    )


def _once(row: int, column: int) -> Cell:
    """The direction in which a pair was tested."""
    return min(row, column), max(row, column)


def _splits(blocks: Mapping[str, BoardBlock], part: Part) -> Splits:
    return {name: block.splits.of(part).srcc for name, block in blocks.items()}


def _paired(pairs: Pairs, row: int, column: int, splits: Splits) -> PairedComparison:
    """A stored difference with mean and deviation over the splits that both have, the first ones."""
    one, other = (splits[pairs.ids[place]] for place in (row, column))
    shared = min(len(one), len(other))
    found = compare_paired(np.array(one[:shared]), np.array(other[:shared]), num_samples=1)
    return PairedComparison(
        median_difference=pairs.median_difference[row][column],
        interval=Interval(pairs.low[row][column], pairs.high[row][column]),
        p_value=pairs.p_value[row][column],
        num_pairs=found.num_pairs,
        mean_difference=found.mean_difference,
        deviation=found.deviation,
    )


def metrics_response(checkpoint_id: str, metrics: Metrics) -> MetricsResponse:
    """A checkpoint's figures on each kind of features."""
    return MetricsResponse(
        checkpoint=checkpoint_id,
        recipe=metrics.recipe,
        split_sha256=metrics.split_sha256,
        frozen=feature_figures(metrics),
        fine_tuned=None if metrics.fine_tuned is None else feature_figures(metrics.fine_tuned),
    )


def feature_figures(block: MeasuredBlock) -> FeatureFigures:
    """The figures on one kind of features, with what replacing the routing costs."""
    summary = block.summary
    return FeatureFigures(
        num_splits=len(block.splits),
        photographs=AgreementFigures.model_validate(summary.photographs),
        synthetic=AgreementFigures.model_validate(summary.synthetic),
        quality_errors=QualityErrors.model_validate(summary.photographs_error),
        router=_router(block),
    )


def _router(block: MeasuredBlock) -> RouterResponse | None:
    """What the splits say of the routing; `None` where there is nothing to replace."""
    left = block.summary.interventions
    costs = {part: routing_costs(block.splits, part) for part in PARTS}
    if left is None:
        return None
    return RouterResponse(
        replaced=left.replaced,
        **{part: _router_cost(left.of(part), found) for part, found in costs.items() if found is not None},
    )


def _router_cost(left: Replacements[OverSplits], costs: RoutingCosts) -> RouterCost:
    return RouterCost(
        srcc={name: spread for name, spread in vars(left).items() if spread is not None},
        shuffled_cost=Comparison.model_validate(costs.shuffled),
        uniform_cost=Comparison.model_validate(costs.uniform),
        is_decorative=is_decorative(costs),
    )


def curve_response(checkpoint_id: str, curve: TrainingCurve) -> CurveResponse:
    """The curve as the file has it."""
    return CurveResponse(checkpoint=checkpoint_id, steps=list(curve.steps), terms=dict(curve.terms))


def predictions_response(
    checkpoint_id: str, rows: Sequence[PredictionRow], split_sha256: str | None
) -> PredictionsResponse:
    """The rows as columns."""
    return PredictionsResponse(
        checkpoint=checkpoint_id,
        split_sha256=split_sha256,
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
