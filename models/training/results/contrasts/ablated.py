"""What is left when one component is taken away: `ablations.json` as table, section and sentences.

Legend: S splits.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from models.figures.ablations import AblationSide, MeasuredAblation, read_ablations
from models.figures.files import ABLATIONS_FILE
from models.figures.records import PairedComparison, Part
from models.figures.verdicts import MIN_PAIRS, verdict
from models.training.results.evidence.measured import PLACES, median_of, splits_text
from models.training.results.evidence.rules import direction
from models.training.results.evidence.tables import Cell, Figure, Lines, Table, Tables, bullets, shown, signed

Ablations = Mapping[str, MeasuredAblation]
"""Every ablation by name."""


def ablations_under(root: Path) -> Ablations | None:
    """Every ablation under `root`; `None` where none was measured. Raises `FiguresUnreadable` for another shape."""
    path = root / ABLATIONS_FILE
    return read_ablations(path.read_bytes()).ablations if path.is_file() else None


def ablations_table(ablations: Ablations | None) -> Table:
    """A row per ablation: SRCC, cost of shuffled routing and AMI with the component and without it."""
    rows: list[tuple[Cell, ...]] = []
    for name, found in (ablations or {}).items():
        cells: list[Cell] = [f"`{name}`", found.says]
        for part in PLACES:
            cells += [Figure(median_of(side.agreement(part).srcc)) for side in (found.whole, found.ablated)]
            cells += [signed(_difference(found, part)), verdict(_difference(found, part))]
        for part in PLACES:
            cells += [_cost(side, part) for side in (found.whole, found.ablated)]
        cells += [Figure(_group_ami(side)) for side in (found.whole, found.ablated)]
        rows.append(tuple(cells))
    sides = ("whole", "ablated")
    return Table(
        "ablations",
        "Medians over splits; the whole recipe was measured beside its ablation on the same splits. Difference in "
        f"SRCC: ablated less whole, paired (95 % interval; the range where there are fewer than {MIN_PAIRS} splits). "
        "Cost: what shuffled routing, or shuffled posteriors, costs in SRCC, the median of paired differences.",
        (
            *("ablation", "what differs"),
            *(f"{word} {part}" for part in PLACES for word in ("whole", "ablated", "difference", "verdict")),
            *(f"cost of shuffling {part}, {side}" for part in PLACES for side in sides),
            *(f"AMI group, {side}" for side in sides),
        ),
        tuple(rows),
    )


def _difference(found: MeasuredAblation, part: Part) -> PairedComparison:
    return found.difference.of(part).srcc


def _cost(side: AblationSide, part: Part) -> Figure:
    return Figure(None if side.shuffling_cost is None else side.shuffling_cost.of(part).median_difference)


def _group_ami(side: AblationSide) -> float | None:
    return None if side.clusters is None else median_of(side.clusters.group.ami)


def ablations_section(ablations: Ablations | None, tables: Tables) -> Lines:
    """What each component is worth."""
    title = "## 6. What is each component worth?"
    if not ablations:
        return [
            title,
            f"Ablations were not measured: there is no `{ABLATIONS_FILE}` beside the checkpoints. "
            "`python -m models.training ablate all`, with the data that `train` was given, writes it.",
        ]
    return [
        title,
        "One component is taken away, or one size changed, and the recipe trained again on the same splits, with "
        "frozen features. A component is worth what is lost without it.",
        *few_splits_sentence(ablations),
        bullets([ablation_sentence(found) for found in ablations.values()]),
        *shown(tables["ablations"]),
    ]


def few_splits_sentence(ablations: Ablations) -> list[str]:
    """How far ablations over few splits can be trusted; nothing where all have enough."""
    few = [count for found in ablations.values() if (count := _difference(found, "photographs").num_pairs) < MIN_PAIRS]
    if not few:
        return []
    return [
        f"{len(few)} of {len(ablations)} were measured on no more than {splits_text(max(few))}, and a verdict needs "
        f"{MIN_PAIRS}: read these as directions."
    ]


def ablation_sentence(found: MeasuredAblation) -> str:
    """What SRCC, the cost of shuffling and the clusters do without a component."""
    parts = [f"on {place} SRCC is {change_text(_difference(found, part))}" for part, place in PLACES.items()]
    parts += [
        f"shuffling on {place} costs {after:.3f} instead of {before:.3f}"
        for part, place in PLACES.items()
        if (before := _cost(found.whole, part).value) is not None
        and (after := _cost(found.ablated, part).value) is not None
    ]
    before_ami, after_ami = _group_ami(found.whole), _group_ami(found.ablated)
    if before_ami is not None and after_ami is not None:
        parts.append(f"AMI of clusters and group is {after_ami:.3f} instead of {before_ami:.3f}")
    return f"`{found.recipe}`, {found.says}: {'; '.join(parts)}."


def change_text(found: PairedComparison) -> str:
    """A change in SRCC with its direction."""
    return f"{direction(found)}, {signed(found).text}" if found.num_pairs else direction(found)
