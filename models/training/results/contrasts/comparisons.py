"""Tables of the results page that compare checkpoints split by split: with baselines, with each other, with claims."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from models.figures.measurements import SplitFigures
from models.figures.records import PairedComparison, Part
from models.figures.verdicts import MIN_PAIRS, Test, corrected_p, verdict
from models.taxonomy import TAXONOMY
from models.training.fitting.recipes import BASELINE
from models.training.results.evidence.differences import (
    Pairwise,
    judged_by_id,
    matched_differences,
    matched_verdicts,
    paired,
)
from models.training.results.evidence.measured import (
    PLACES,
    Measured,
    SplitValue,
    find,
    median_of,
    on_shared_splits,
    row_name,
    srcc_on,
)
from models.training.results.evidence.plan_rules import Percent, PlanVerdict, plan_verdict, relative_percent
from models.training.results.evidence.published import PLANS, Claim
from models.training.results.evidence.rules import extremes
from models.training.results.evidence.tables import UNKNOWN, Cell, Figure, Rows, Table, p_value, signed

_MARK: Final = "*"


def mixture_table(measured: Sequence[Measured]) -> Table:
    """Each mixture against the baseline of its own size."""
    differences = {part: matched_differences(measured, part) for part in PLACES}
    judged = {part: judged_by_id(differences[part]) for part in PLACES}
    rows: list[tuple[Cell, ...]] = []
    for entry in measured:
        if entry.id not in differences["photographs"]:
            continue
        baseline = entry.block.matched_baseline
        assert baseline is not None
        cells: list[Cell] = [row_name(entry, measured), entry.manifest.parameter_count, f"`{baseline.recipe}`"]
        cells.append(baseline.parameter_count)
        for part in PLACES:
            found, says = differences[part][entry.id], judged[part][entry.id]
            p = math.nan if says.test is None else corrected_p(found)
            cells += [signed(found), p_value(says.p_holm), p_value(p), says.verdict]
        rows.append(tuple(cells))
    return Table(
        "mixture",
        "SRCC less that of the baseline of the same size: median over splits (95 % interval of the median), p of "
        "Wilcoxon's test after Holm's correction over the checkpoints, and p of the corrected resampled t-test; with "
        f"fewer than {MIN_PAIRS} splits the interval is their range, and the corrected t-test is what Holm's "
        "correction is of. Type supervision is not matched.",
        (
            *("checkpoint", "parameters", "baseline", "its parameters"),
            *(
                f"{word} {part}"
                for part in PLACES
                for word in ("difference", "p after Holm,", "p, corrected t,", "verdict")
            ),
        ),
        tuple(rows),
    )


def differences_by_group(measured: Sequence[Measured]) -> dict[str, dict[str, PairedComparison]]:
    """Every other checkpoint less `no_gmm`, by checkpoint and by group; empty where `no_gmm` is not there."""
    return _differences_by(measured, {name: partial(_of_group, name) for name in TAXONOMY.groups})


def differences_by_type(measured: Sequence[Measured]) -> dict[str, dict[str, PairedComparison]]:
    """The same by distortion type."""
    return _differences_by(measured, {name: partial(_of_type, name) for name in TAXONOMY.distortion_types})


def _of_group(name: str, split: SplitFigures) -> float | None:
    return split.synthetic_srcc_by_group.get(name)


def _of_type(name: str, split: SplitFigures) -> float | None:
    return split.synthetic_srcc_by_type.get(name)


def _differences_by(
    measured: Sequence[Measured], values: Mapping[str, SplitValue]
) -> dict[str, dict[str, PairedComparison]]:
    baseline = find(measured, BASELINE)
    if baseline is None:
        return {}
    return {
        entry.id: {name: paired(entry, baseline, value) for name, value in values.items()}
        for entry in measured
        if entry.is_mixture
    }


def groups_table(measured: Sequence[Measured]) -> Table:
    """Per group, every checkpoint less `no_gmm`."""
    return _by_name(measured, "groups", "group", differences_by_group(measured), TAXONOMY.groups)


def types_table(measured: Sequence[Measured]) -> Table:
    """Per type, every checkpoint less `no_gmm`."""
    return _by_name(measured, "types", "type", differences_by_type(measured), TAXONOMY.distortion_types)


def _by_name(
    measured: Sequence[Measured],
    name: str,
    kind: str,
    differences: Mapping[str, Mapping[str, PairedComparison]],
    names: Sequence[str] | Mapping[str, Any],
) -> Table:
    def cell(found: PairedComparison) -> Figure:
        return signed(found, mark=_MARK if verdict(found) in ("better", "worse") else "", is_short=True)

    return Table(
        name,
        f"SRCC within the {kind} less that of `no_gmm`, median of paired differences; a star marks one that is "
        "shown. The CSV has the intervals.",
        (kind, *(row_name(entry, measured) for entry in measured if entry.id in differences)),
        tuple((row, *(cell(by_name[row]) for by_name in differences.values())) for row in names),
    )


def extremes_table(measured: Sequence[Measured]) -> Table:
    """Each checkpoint's three largest gains and losses by type."""
    rows: list[tuple[Cell, ...]] = []
    for checkpoint, by_type in differences_by_type(measured).items():
        for word, names in zip(("gain", "loss"), extremes(by_type), strict=True):
            rows += [(f"`{checkpoint}`", word, name, signed(by_type[name]), verdict(by_type[name])) for name in names]
    return Table(
        "extremes",
        "Types with the three largest gains and losses in SRCC against `no_gmm` (95 % interval).",
        ("checkpoint", "", "type", "difference", "verdict"),
        tuple(rows),
    )


@dataclass(frozen=True)
class PlanResult:
    """What one formulation of a plan gained on one part against the baseline of its own size."""

    number: int
    claim: Claim | None
    entry: Measured
    difference: PairedComparison | None
    percent: Percent | None
    verdict: PlanVerdict


def plan_results(measured: Sequence[Measured], part: Part) -> list[PlanResult]:
    """Every plan's checkpoints, amended formulations before literal ones."""
    results = []
    verdicts = matched_verdicts(measured, part)
    for plan in PLANS:
        members = [entry for entry in measured if entry.manifest.variant == plan.variant]
        for entry in sorted(members, key=lambda member: (member.manifest.formulation != "stable", member.id)):
            difference = entry.against_matched(part)
            percent = (
                None
                if difference is None
                else relative_percent(difference, median_of(entry.summary.agreement(part).srcc))
            )
            word = plan_verdict(verdicts.get(entry.id), percent, plan.claim)
            results.append(PlanResult(plan.number, plan.claim, entry, difference, percent, word))
    return results


def plans_table(measured: Sequence[Measured]) -> Table:
    """Plan, checkpoint, difference, claim, verdict."""
    by_part = {part: plan_results(measured, part) for part in PLACES}
    rows: list[tuple[Cell, ...]] = []
    for on_both in zip(*by_part.values(), strict=True):
        first = on_both[0]
        claim = UNKNOWN if first.claim is None else f"+{first.claim.low_percent:g} to +{first.claim.high_percent:g} %"
        cells: list[Cell] = [first.number, row_name(first.entry, measured), first.entry.manifest.formulation, claim]
        for result in on_both:
            cells += [signed(result.difference), _percent(result.percent), result.verdict]
        rows.append(tuple(cells))
    return Table(
        "plans",
        "Difference in SRCC to the baseline of the same size (95 % interval), the same in per cent of what that "
        "baseline has, and what became of the claim: kept where the whole interval reaches its low end.",
        (
            *("plan", "checkpoint", "formulation", "claimed"),
            *(f"{word} {part}" for part in PLACES for word in ("difference", "%", "verdict")),
        ),
        tuple(rows),
    )


def _percent(percent: Percent | None) -> Figure:
    if percent is None:
        return Figure(None, is_signed=True)
    return Figure(percent.median, percent.low, percent.high, digits=1, is_signed=True)


def formulation_pairs(measured: Sequence[Measured]) -> list[tuple[Measured, Measured]]:
    """Literal and amended checkpoint of every variant that has both, in the order of the plans."""
    found = {(entry.manifest.variant, entry.manifest.formulation): entry for entry in reversed(measured)}
    variants = [plan.variant for plan in PLANS]
    return [
        (found[variant, "seed"], found[variant, "stable"])
        for variant in variants
        if (variant, "seed") in found and (variant, "stable") in found
    ]


def literal_table(measured: Sequence[Measured]) -> Table:
    """Literal against amended formulations, directly and each against its own baseline."""
    rows: Rows = tuple(
        (
            f"`{literal.manifest.variant}`",
            place,
            *(Figure(median_of(entry.summary.agreement(part).srcc)) for entry in on_shared_splits(literal, amended)),
            signed(paired(amended, literal, srcc_on(part))),
            *(signed(entry.against_matched(part)) for entry in (literal, amended)),
        )
        for literal, amended in formulation_pairs(measured)
        for part, place in PLACES.items()
    )
    return Table(
        "literal",
        "SRCC, median over the splits that both have; differences with 95 % intervals. Own baseline: of the same size "
        "and with the same score losses.",
        (
            *("variant", "on", "literal", "amended", "amended less literal"),
            *("literal less own baseline", "amended less own baseline"),
        ),
        rows,
    )


_TESTS: Final[Mapping[Test, str]] = {
    "signed_rank": "Wilcoxon's test and the corrected resampled t-test",
    "corrected_t": "the corrected resampled t-test",
}


def _tests(found: Pairwise) -> str:
    """Which tests the pairs have, in words."""
    tests = {pair.test for pair in found.judged.values()}
    return ", or ".join(words for test, words in _TESTS.items() if test in tests) or "no test"


def pairwise_table(found: Pairwise) -> Table:
    """All pairs of checkpoints on photographs: row less column."""

    def cell(row: str, column: str) -> Cell:
        if row == column:
            return Figure(math.nan)
        mark = _MARK if found.judged[row, column].verdict in ("better", "worse") else ""
        return signed(found.differences[row, column], mark=mark, is_short=True)

    return Table(
        "pairwise",
        "Median paired difference in SRCC on photographs, row less column; a star marks one that is shown by "
        f"{_tests(found)} after Holm's correction over all pairs. A pair is compared on the splits that both have.",
        ("less", *(f"`{column}`" for column in found.ids)),
        tuple((f"`{row}`", *(cell(row, column) for column in found.ids)) for row in found.ids),
    )
