"""The project's goals, and what was reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from models.checkpoints import DEFAULT_CHECKPOINT_ID
from models.training.leaderboard import Measured, at
from models.training.results_figures import PLACES, Part, router_costs
from models.training.results_rules import MIN_ROUTING_COST, at_least, at_most
from models.training.results_tables import UNKNOWN, Figure, Rows, Table, is_known

LIVE: Final = "live_regenerated"


@dataclass(frozen=True)
class Target:
    """A goal of the project, who comes closest to it, and what the default checkpoint reaches."""

    goal: str
    wanted: str
    figure: Figure
    reached_by: str
    is_met: bool
    default: Figure


def targets(measured: Sequence[Measured]) -> list[Target]:
    """Every goal, with the checkpoint that comes closest to it."""

    def median(*path: str) -> Callable[[Measured], float | None]:
        return lambda entry: entry.median(*path)

    def held_out(entry: Measured) -> float | None:
        value: float | None = at(entry.metrics.get("held_out_sets"), (LIVE, "agreement", "srcc", "median"))
        return value

    found = []
    for trunk, members in _by_trunk(measured).items():
        name = "BIQ2021 part" if len(members) == len(measured) else f"BIQ2021 part, trunk `{trunk[:12]}`"
        found += [
            _target(f"{name}, SRCC", 0.86, median("photographs", "srcc"), members),
            _target(f"{name}, PLCC", 0.88, median("photographs", "plcc"), members),
        ]
    found += [
        _target("LIVE, regenerated, held out whole, SRCC", 0.90, held_out, measured),
        _target(
            "LIVE, regenerated, unseen contents, SRCC",
            0.96,
            median("further_rated", LIVE, "agreement", "srcc"),
            measured,
        ),
        _target("distortion group named rightly", 0.95, median("group_accuracy"), measured),
        _target("distortion type named rightly", 0.85, median("type_accuracy"), measured),
        _target("AMI of clusters and group", 0.75, median("clusters", "group", "ami"), measured),
        *_content_target(measured),
        _target("level order violated", 0.03, median("order", "level_order_violations"), measured, at_worst=True),
    ]
    for part, place in PLACES.items():
        found.append(
            _target(f"cost of shuffled routing on {place}, SRCC", MIN_ROUTING_COST, _shuffling(part), measured)
        )
    return found


def _by_trunk(measured: Sequence[Measured]) -> dict[str, list[Measured]]:
    trunks = dict.fromkeys(entry.manifest.trunk.sha256 for entry in measured)
    return {trunk: [entry for entry in measured if entry.manifest.trunk.sha256 == trunk] for trunk in trunks}


def _shuffling(part: Part) -> Callable[[Measured], float | None]:
    def cost(entry: Measured) -> float | None:
        costs = router_costs(entry, part)
        return None if costs is None or not costs.shuffled.num_pairs else costs.shuffled.median_difference

    return cost


def _content_target(measured: Sequence[Measured]) -> list[Target]:
    """Clusters that say nothing are free of content, too: the goal is for the ones that follow the group best."""
    group = {entry.id: entry.median("clusters", "group", "ami") for entry in measured}
    known = {name: value for name, value in group.items() if value is not None}
    best = [entry for entry in measured if known and entry.id == max(known, key=lambda name: known[name])]
    goal, value = "AMI of the same clusters and content", _content_ami
    default = _target(goal, 0.05, value, measured, at_worst=True).default
    return [replace(_target(goal, 0.05, value, best, at_worst=True), default=default)]


def _content_ami(entry: Measured) -> float | None:
    return entry.median("clusters", "content", "ami")


def _target(
    goal: str,
    wanted: float,
    value: Callable[[Measured], float | None],
    measured: Sequence[Measured],
    *,
    at_worst: bool = False,
) -> Target:
    known = {entry.id: reached for entry in measured if (reached := value(entry)) is not None}
    choose = min if at_worst else max
    best = choose(known, key=lambda name: known[name]) if known else None
    reached = None if best is None else known[best]
    return Target(
        goal,
        f"{'≤' if at_worst else '≥'} {wanted:g}",
        Figure(reached),
        UNKNOWN if best is None else f"`{best}`",
        at_most(reached, wanted) if at_worst else at_least(reached, wanted),
        Figure(known.get(DEFAULT_CHECKPOINT_ID)),
    )


def targets_table(measured: Sequence[Measured]) -> Table:
    """Goal, reached, met or not."""
    words = {True: "met", False: "not met"}
    rows: Rows = tuple(
        (
            target.goal,
            target.wanted,
            target.figure,
            target.reached_by,
            words[target.is_met] if is_known(target.figure.value) else "not measured",
            target.default,
        )
        for target in targets(measured)
    )
    return Table(
        "targets",
        "The best median over splits of any checkpoint, and that of the default checkpoint.",
        ("goal", "wanted", "reached", "by", "verdict", f"`{DEFAULT_CHECKPOINT_ID}`"),
        rows,
    )
