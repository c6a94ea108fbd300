"""What routing is worth: its cost when it is replaced, and the tables of interventions and of experts in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from models.training.results.evidence.differences import difference
from models.training.results.evidence.measured import PLACES, Measured, Part, at, row_name
from models.training.results.evidence.rules import RouterCosts
from models.training.results.evidence.tables import RANGE, Cell, Figure, Rows, Table, signed, spread

_REPLACEMENTS: Final = ("own", "shuffled", "uniform", "wrong", "oracle")


def router_costs(entry: Measured, part: Part) -> RouterCosts | None:
    """What replacing the routing or the posteriors costs; `None` where there is neither."""
    replaced = at(entry.figure("interventions"), ("replaced",))
    if replaced is None:
        return None
    own_S = entry.per_split("interventions", part, "own")
    costs = [difference(own_S, entry.per_split("interventions", part, name)) for name in ("shuffled", "uniform")]
    return RouterCosts(replaced, costs[0], costs[1], _skill_spread(entry, part))


def _skill_spread(entry: Measured, part: Part) -> float | None:
    """Median over splits of the best expert's own SRCC less the worst one's; on synthetic pictures within a group."""
    spans = [_span(at(split, ("routing", "experts")), part) for split in entry.metrics["splits"]]
    known = [span for span in spans if span is not None]
    return float(np.median(known)) if known else None


def _span(experts: Mapping[str, Any] | None, part: Part) -> float | None:
    if experts is None:
        return None
    rows = [experts["skill_photographs"]] if part == "photographs" else experts["skill"].values()
    known = [[skill for skill in row if skill is not None] for row in rows]
    spans = [max(skills) - min(skills) for skills in known if skills]
    return float(np.median(spans)) if spans else None


def interventions_table(measured: Sequence[Measured]) -> Table:
    """What is left of SRCC when the routing, or the posteriors, are replaced."""
    rows: list[tuple[Cell, ...]] = []
    for entry in measured:
        for part, place in PLACES.items():
            costs = router_costs(entry, part)
            if costs is None:
                continue
            found = entry.figure("interventions", part) or {}
            left = (spread(found.get(name)) for name in _REPLACEMENTS)
            rows.append(
                (row_name(entry, measured), costs.replaced.replace("_", " "), place, *left, signed(costs.shuffled))
            )
    return Table(
        "interventions",
        f"SRCC. {RANGE} Last column: own less shuffled, paired over splits (95 % interval).",
        ("checkpoint", "replaced", "on", *_REPLACEMENTS, "cost of shuffling"),
        tuple(rows),
    )


def routing_table(measured: Sequence[Measured]) -> Table:
    """How many experts are in use, and what they tell about types."""
    rows: Rows = tuple(
        (
            row_name(entry, measured),
            *(spread(entry.figure("routing", "effective_experts", part), digits=2) for part in PLACES),
            *(spread(entry.figure("routing", "routing_entropy", part)) for part in PLACES),
            spread(entry.figure("routing", "dead_experts"), digits=0),
            spread(entry.figure("routing", "expert_type_information", "normalised")),
            *(Figure(_skill_spread(entry, part)) for part in PLACES),
        )
        for entry in measured
        if entry.figure("routing") is not None
    )
    return Table(
        "routing",
        f"{RANGE} Entropy in nats; information of expert and type normalised to 0-1; span: the best expert's own SRCC "
        "less the worst one's, on synthetic pictures within a group.",
        (
            *("checkpoint", "effective experts photographs", "effective experts synthetic", "entropy photographs"),
            *("entropy synthetic", "dead experts", "expert-type information", "span photographs", "span synthetic"),
        ),
        rows,
    )
