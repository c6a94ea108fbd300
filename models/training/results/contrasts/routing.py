"""What routing is worth: its cost when it is replaced, and the tables of interventions and of experts in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from models.figures.records import ExpertTable, Part
from models.figures.routing_costs import routing_costs
from models.training.results.evidence.measured import PLACES, Measured, row_name
from models.training.results.evidence.readings import replacements
from models.training.results.evidence.rules import RouterCosts
from models.training.results.evidence.tables import RANGE, Cell, Figure, Rows, Table, is_known, signed, spread

_REPLACEMENTS: Final = ("own", "shuffled", "uniform", "wrong", "oracle")


def router_costs(entry: Measured, part: Part) -> RouterCosts | None:
    """What replacing the routing or the posteriors costs; `None` where there is neither."""
    found = routing_costs(entry.block.splits, part)
    return None if found is None else RouterCosts(found, _skill_spread(entry, part))


def _skill_spread(entry: Measured, part: Part) -> float | None:
    """Median over splits of the best expert's own SRCC less the worst one's; on synthetic pictures within a group."""
    spans = [None if split.routing is None else _span(split.routing.experts, part) for split in entry.block.splits]
    known = [span for span in spans if span is not None]
    return float(np.median(known)) if known else None


def _span(experts: ExpertTable[list[float]], part: Part) -> float | None:
    rows = [experts.skill_photographs] if part == "photographs" else experts.skill.values()
    known = [[skill for skill in row if is_known(skill)] for row in rows]
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
            found = replacements(entry.summary, part)
            left = (spread(None if found is None else getattr(found, name)) for name in _REPLACEMENTS)
            replaced = costs.of.replaced.replace("_", " ")
            rows.append((row_name(entry, measured), replaced, place, *left, signed(costs.of.shuffled)))
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
            *(spread(routing.effective_experts.of(part), digits=2) for part in PLACES),
            *(spread(routing.routing_entropy.of(part)) for part in PLACES),
            spread(routing.dead_experts, digits=0),
            spread(routing.expert_type_information.normalised),
            *(Figure(_skill_spread(entry, part)) for part in PLACES),
        )
        for entry in measured
        if (routing := entry.summary.routing) is not None
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
