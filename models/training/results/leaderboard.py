"""The record of `leaderboard.json`, which the Compare page reads, from everything that was measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from models.figures.leaderboard import (
    BoardAgreement,
    BoardAway,
    BoardBaseline,
    BoardBlock,
    BoardRow,
    Leaderboard,
    Pairs,
    SetAgreement,
    SplitCorrelations,
    TunedRow,
)
from models.figures.measurements import MeasuredAway, SetSummary
from models.figures.records import PARTS, Interval, OverSplits, Part, Parts
from models.figures.routing_costs import away_routing_costs
from models.training.results.contrasts.away import against_ridge
from models.training.results.evidence.differences import Pairwise, judged_by_id, matched_differences, pairwise, ranks
from models.training.results.evidence.measured import Measured, median_of, on_all_splits

V = TypeVar("V")


def leaderboard(measured: Sequence[Measured]) -> Leaderboard:
    """A row per checkpoint, all pairs, and the hashes of what was read."""
    places = {part: ranks(measured, part) for part in PARTS}
    tuned = [entry.fine_tuned for entry in measured if entry.fine_tuned is not None]
    corrected, corrected_tuned = ({part: _p_holm(entries, part) for part in PARTS} for entries in (measured, tuned))
    return Leaderboard(
        format=1,
        split_sha256=measured[0].split_sha256,
        seeds=list(on_all_splits(measured)[0].seeds),
        inputs={entry.id: dict(entry.inputs) for entry in sorted(measured, key=lambda entry: entry.id)},
        checkpoints=[_row(entry, places, corrected, corrected_tuned) for entry in measured],
        pairwise=_pairs(pairwise(measured, "photographs")),
        pairwise_fine_tuned=_pairs(pairwise(tuned, "photographs")) if len(tuned) > 1 else None,
    )


Corrected = Mapping[Part, Mapping[str, float]]
"""P after Holm's correction by part and checkpoint."""


def _p_holm(measured: Sequence[Measured], part: Part) -> dict[str, float]:
    """Of every difference to a baseline of the same size, which are one family."""
    return {name: found.p_holm for name, found in judged_by_id(matched_differences(measured, part)).items()}


def _row(
    entry: Measured, places: Mapping[Part, Mapping[str, int]], corrected: Corrected, corrected_tuned: Corrected
) -> BoardRow:
    manifest, summary = entry.manifest, entry.summary
    return BoardRow(
        id=manifest.id,
        variant=manifest.variant,
        formulation=manifest.formulation,
        title=manifest.title,
        parameter_count=manifest.parameter_count,
        trunk_sha256=manifest.trunk.sha256,
        ranks=_both(lambda part: places[part][entry.id]),
        **vars(_block(entry)),
        srcc_by_group=summary.synthetic_srcc_by_group,
        srcc_by_type=summary.synthetic_srcc_by_type,
        order=summary.order,
        conformal=summary.photographs_conformal,
        matched_baseline=_baseline(entry, corrected),
        fine_tuned=_fine_tuned(entry, corrected_tuned),
    )


def _both(value: Callable[[Part], V]) -> Parts[V]:
    photographs, synthetic = map(value, PARTS)
    return Parts(photographs, synthetic)


def _fine_tuned(entry: Measured, corrected: Corrected) -> TunedRow | None:
    """The figures on fine-tuned features."""
    tuned = entry.fine_tuned
    if tuned is None:
        return None
    baseline = _baseline(tuned, corrected)
    return TunedRow(**vars(_block(tuned)), order=tuned.summary.order, matched_baseline=baseline)


def _block(entry: Measured) -> BoardBlock:
    """What a checkpoint has on frozen and on fine-tuned features alike."""
    summary = entry.summary
    return BoardBlock(
        num_splits=entry.num_splits,
        figures=_both(lambda part: _agreement(entry, part)),
        splits=_both(lambda part: _correlations(entry, part)),
        group_accuracy=summary.group_accuracy,
        type_accuracy=summary.type_accuracy,
        clusters=summary.clusters,
        interventions=summary.interventions,
        further_rated=_sets(summary.further_rated or {}),
        held_out_sets=_sets(entry.block.held_out_sets),
        plain=summary.plain,
        away={name: _away(found) for name, found in (entry.block.away or {}).items()} or None,
    )


def _away(found: MeasuredAway) -> BoardAway:
    summary, costs = found.summary, away_routing_costs(found.heads)
    return BoardAway(
        kind=found.kind,
        num_heads=len(found.heads),
        agreement=summary.figures.agreement,
        routing=summary.routing,
        uniform_cost=None if costs is None else costs.uniform,
        shuffled_cost=None if costs is None else costs.shuffled,
        mean_cost=None if costs is None else costs.mean,
        conformal=summary.conformal,
        plain=summary.plain,
        against_ridge=against_ridge(found),
    )


def _agreement(entry: Measured, part: Part) -> BoardAgreement[OverSplits]:
    found, interval = entry.summary.agreement(part), entry.summary.srcc_interval(part)
    ends = (_or_nan(median_of(end)) for end in (interval.low, interval.high))
    return BoardAgreement(found.srcc, found.plcc, found.plcc_fitted, found.krcc, found.rmse, Interval(*ends))


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _correlations(entry: Measured, part: Part) -> SplitCorrelations:
    return SplitCorrelations(
        srcc=entry.per_split(lambda split: split.agreement(part).srcc).tolist(),
        plcc=entry.per_split(lambda split: split.agreement(part).plcc).tolist(),
    )


def _sets(found: Mapping[str, SetSummary]) -> dict[str, SetAgreement]:
    """Agreement on each rated set and its interval, without the types."""
    return {name: SetAgreement(figures.agreement, figures.srcc_interval) for name, figures in found.items()}


def _baseline(entry: Measured, corrected: Corrected) -> BoardBaseline | None:
    matched = entry.block.matched_baseline
    p_holm = _both(lambda part: corrected[part].get(entry.id, float("nan")))
    return None if matched is None else BoardBaseline(**vars(matched), srcc_p_holm=p_holm)


def _pairs(found: Pairwise) -> Pairs:
    """Square matrices in the order of `ids`: row less column; NaN on the diagonal."""

    def matrix(value: Callable[[tuple[str, str]], V], on_diagonal: V) -> list[list[V]]:
        return [[on_diagonal if row == column else value((row, column)) for column in found.ids] for row in found.ids]

    def numbers(value: Callable[[tuple[str, str]], float]) -> list[list[float]]:
        return matrix(value, float("nan"))

    def count(pair: tuple[str, str]) -> int | None:
        return found.differences[pair].num_pairs

    return Pairs(
        part="photographs",
        figure="srcc",
        ids=list(found.ids),
        median_difference=numbers(lambda pair: found.differences[pair].median_difference),
        low=numbers(lambda pair: found.differences[pair].interval.low),
        high=numbers(lambda pair: found.differences[pair].interval.high),
        p_value=numbers(lambda pair: found.differences[pair].p_value),
        p_holm=numbers(lambda pair: found.judged[pair].p_holm),
        num_pairs=matrix(count, None),
    )
