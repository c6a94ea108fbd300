"""What scoring a picture costs, as a benchmark measured it: table, goals and sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.figures.files import FiguresUnreadable
from models.training.results.evidence.measured import Measured
from models.training.results.evidence.rules import at_most, code
from models.training.results.evidence.tables import Figure, Lines, Rows, Table, Tables, shown

SCORING_COST_FILE: Final = "scoring_cost.json"
MAX_RATIO: Final = 1.1
OWN_RATIOS: Final[Mapping[str, float | None]] = {"distortion_aware": 1.3, "distortion_aware_seed": None}
"""Goals of checkpoints that have another one than the rest; `None`: exempt."""


@dataclass(frozen=True)
class Timing:
    """Median time of scoring one picture in milliseconds, and that time over the baseline's."""

    median_ms: float
    ratio: float


@dataclass(frozen=True)
class ScoringCost:
    """Timings by checkpoint, and where and how they were taken."""

    machine: str
    picture: str
    rounds: int
    baseline: str
    checkpoints: Mapping[str, Timing]


@dataclass(frozen=True)
class CostGoal:
    """The largest ratio wanted of some checkpoints, and what they have."""

    says: str
    wanted: float
    ratios: Mapping[str, float]


def read_scoring_cost(root: Path) -> ScoringCost | None:
    """The timings under `root`; `None` where there are none. Raises `FiguresUnreadable` for a file of another shape."""
    path = root / SCORING_COST_FILE
    if not path.is_file():
        return None
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        timings = {
            name: Timing(float(entry["median_ms"]), float(entry["ratio"]))
            for name, entry in found["checkpoints"].items()
        }
        return ScoringCost(
            str(found["machine"]), str(found["picture"]), int(found["rounds"]), str(found["baseline"]), timings
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FiguresUnreadable(
            f"got {type(error).__name__} ({error}) from {path.name}, expected machine, picture, rounds, baseline and "
            "median_ms and ratio of checkpoints"
        ) from error


def wanted_ratio(checkpoint_id: str) -> float | None:
    """The largest ratio wanted of a checkpoint; `None` where it is exempt."""
    return OWN_RATIOS.get(checkpoint_id, MAX_RATIO)


def cost_goals(cost: ScoringCost | None, ids: Sequence[str]) -> list[CostGoal]:
    """The goals for time, with the ratios of the checkpoints that each is for: none where one of them was not timed."""
    ratios = {} if cost is None else {name: timing.ratio for name, timing in cost.checkpoints.items()}
    others = [name for name in ids if name not in OWN_RATIOS]
    goals = [_goal("any other checkpoint", MAX_RATIO, ratios, others)]
    own = {name: wanted for name, wanted in OWN_RATIOS.items() if wanted is not None}
    return goals + [_goal(f"`{name}`", wanted, ratios, [name]) for name, wanted in own.items()]


def _goal(what: str, wanted: float, ratios: Mapping[str, float], names: Sequence[str]) -> CostGoal:
    known = {name: ratios[name] for name in names if name in ratios}
    says = f"time of scoring with {what}, as a multiple of the baseline's"
    return CostGoal(says, wanted, known if len(known) == len(names) else {})


def scoring_cost_table(cost: ScoringCost | None) -> Table:
    """Time per picture and per baseline, fastest first."""
    timings = {} if cost is None else cost.checkpoints
    rows: Rows = tuple(
        (
            f"`{name}`",
            Figure(timing.median_ms, digits=1),
            Figure(timing.ratio),
            "exempt" if wanted_ratio(name) is None else f"≤ {wanted_ratio(name):g}",
            _cost_verdict(name, timing),
        )
        for name, timing in sorted(timings.items(), key=lambda item: (item[1].ratio, item[0]))
    )
    how = "" if cost is None else f" Machine: {cost.machine}; picture: {cost.picture}; {cost.rounds} rounds."
    baseline = "the baseline" if cost is None else f"`{cost.baseline}`"
    return Table(
        "scoring_cost",
        f"Median time of scoring one picture, and the same over that of {baseline}.{how}",
        ("checkpoint", "ms", "ratio", "wanted", "verdict"),
        rows,
    )


def _cost_verdict(name: str, timing: Timing) -> str:
    wanted = wanted_ratio(name)
    if wanted is None:
        return "exempt"
    return "met" if at_most(timing.ratio, wanted) else "not met"


def scoring_cost_section(measured: Sequence[Measured], cost: ScoringCost | None, tables: Tables) -> Lines:
    """What a mixture costs in time."""
    title = "## 7. What does scoring cost?"
    if cost is None:
        return [title, f"Not measured: there is no `{SCORING_COST_FILE}` beside the checkpoints."]
    return [
        title,
        cost_sentence(cost),
        *not_timed_sentences([entry.id for entry in measured], cost),
        *shown(tables["scoring_cost"]),
    ]


def cost_sentence(cost: ScoringCost) -> str:
    """Who is slower than wanted, and who is exempt."""
    verdicts = {name: _cost_verdict(name, timing) for name, timing in cost.checkpoints.items()}
    slow = [name for name, word in verdicts.items() if word == "not met"]
    exempt = [name for name, word in verdicts.items() if word == "exempt"]
    said = f"Slower than wanted: {code(slow)}." if slow else "No checkpoint is slower than wanted."
    for name in exempt:
        said += f" `{name}` is exempt and takes {cost.checkpoints[name].ratio:.2f} times as long as `{cost.baseline}`."
    return said


def not_timed_sentences(ids: Sequence[str], cost: ScoringCost) -> list[str]:
    """Which checkpoints have no timing."""
    missing = [name for name in ids if name not in cost.checkpoints]
    return [f"Not timed: {code(missing)}. No goal for time is met before they are."] if missing else []
