"""The leaderboard as the API says it: its record's figures, and what the differences in it allow to be said.

Legend: C checkpoints.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from backend.figures.schemas import (
    AgainstBaseline,
    BoardFigures,
    Comparison,
    LeaderboardResponse,
    MatchedResponse,
    MeasuredResponse,
    PairwiseResponse,
    RowResponse,
    Rule,
)
from models.figures.leaderboard import BoardBaseline, BoardBlock, BoardRow, Leaderboard, Matrix, Pairs
from models.figures.records import PARTS, Interval, PairedComparison, Part, Parts, stored
from models.figures.statistics import compare_paired
from models.figures.verdicts import Judged, corrected_p, judged, num_comparisons, smallest_p_holm, verdict

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
