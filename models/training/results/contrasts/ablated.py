"""What is left when one component is taken away: `ablations.json` as table, section and sentences.

Legend: S splits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.figures.statistics import PairedComparison
from models.training.measuring.ablations import ABLATIONS_FILE
from models.training.measuring.comparison import ComparisonError
from models.training.results.evidence.differences import MIN_PAIRS, verdict
from models.training.results.evidence.measured import PLACES, Part, at, splits_text, stored_comparison
from models.training.results.evidence.rules import direction
from models.training.results.evidence.tables import Cell, Figure, Lines, Table, Tables, bullets, shown, signed


@dataclass(frozen=True)
class Side:
    """Medians over splits of a recipe, whole or ablated: SRCC, cost of shuffled routing, AMI of clusters and group."""

    srcc: Mapping[Part, float | None]
    shuffling_cost: Mapping[Part, PairedComparison | None]
    group_ami: float | None


@dataclass(frozen=True)
class Ablated:
    """One ablation beside its whole recipe, on the same splits; differences are ablated less whole."""

    name: str
    recipe: str
    says: str
    whole: Side
    ablated: Side
    differences: Mapping[Part, PairedComparison]


def read_ablations(root: Path) -> tuple[Ablated, ...] | None:
    """Every ablation under `root`; `None` where none was measured. Raises `ComparisonError` for another shape."""
    path = root / ABLATIONS_FILE
    if not path.is_file():
        return None
    try:
        report: Any = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_read(name, entry) for name, entry in report["ablations"].items())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ComparisonError(
            f"got {type(error).__name__} ({error}) from {path.name}, expected ablations as this version measures them: "
            "measure them again"
        ) from error


def _read(name: str, entry: Mapping[str, Any]) -> Ablated:
    differences = {part: stored_comparison(entry["difference"][part]["srcc"]) for part in PLACES}
    whole, ablated = (_side(entry[side]) for side in ("whole", "ablated"))
    return Ablated(name, entry["recipe"], entry["says"], whole, ablated, differences)


def _side(entry: Mapping[str, Any]) -> Side:
    costs = entry["shuffling_cost"]
    return Side(
        srcc={part: at(entry, (part, "srcc", "median")) for part in PLACES},
        shuffling_cost={part: None if costs is None else stored_comparison(costs[part]) for part in PLACES},
        group_ami=at(entry, ("clusters", "group", "ami", "median")),
    )


def ablations_table(ablations: tuple[Ablated, ...] | None) -> Table:
    """A row per ablation: SRCC, cost of shuffled routing and AMI with the component and without it."""
    rows: list[tuple[Cell, ...]] = []
    for found in ablations or ():
        cells: list[Cell] = [f"`{found.name}`", found.says]
        for part in PLACES:
            cells += [Figure(side.srcc[part]) for side in (found.whole, found.ablated)]
            cells += [signed(found.differences[part]), verdict(found.differences[part])]
        for part in PLACES:
            cells += [_cost(side, part) for side in (found.whole, found.ablated)]
        cells += [Figure(side.group_ami) for side in (found.whole, found.ablated)]
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


def _cost(side: Side, part: Part) -> Figure:
    found = side.shuffling_cost[part]
    return Figure(None if found is None else found.median_difference)


def ablations_section(ablations: tuple[Ablated, ...] | None, tables: Tables) -> Lines:
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
        bullets([ablation_sentence(found) for found in ablations]),
        *shown(tables["ablations"]),
    ]


def few_splits_sentence(ablations: tuple[Ablated, ...]) -> list[str]:
    """How far ablations over few splits can be trusted; nothing where all have enough."""
    few = [count for found in ablations if (count := found.differences["photographs"].num_pairs) < MIN_PAIRS]
    if not few:
        return []
    return [
        f"{len(few)} of {len(ablations)} were measured on no more than {splits_text(max(few))}, and a verdict needs "
        f"{MIN_PAIRS}: read these as directions."
    ]


def ablation_sentence(found: Ablated) -> str:
    """What SRCC, the cost of shuffling and the clusters do without a component."""
    parts = [f"on {place} SRCC is {change_text(found.differences[part])}" for part, place in PLACES.items()]
    parts += [
        f"shuffling on {place} costs {after:.3f} instead of {before:.3f}"
        for part, place in PLACES.items()
        if (before := _cost(found.whole, part).value) is not None
        and (after := _cost(found.ablated, part).value) is not None
    ]
    before_ami, after_ami = found.whole.group_ami, found.ablated.group_ami
    if before_ami is not None and after_ami is not None:
        parts.append(f"AMI of clusters and group is {after_ami:.3f} instead of {before_ami:.3f}")
    return f"`{found.recipe}`, {found.says}: {'; '.join(parts)}."


def change_text(found: PairedComparison) -> str:
    """A change in SRCC with its direction."""
    return f"{direction(found)}, {signed(found).text}" if found.num_pairs else direction(found)
