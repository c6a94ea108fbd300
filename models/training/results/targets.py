"""The project's goals, and what was reached on frozen and on fine-tuned features."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from models.checkpoints.manifest import DEFAULT_CHECKPOINT_ID
from models.figures.measurements import MeasuredAway
from models.figures.records import Part
from models.figures.routing_costs import away_routing_costs
from models.figures.verdicts import MIN_ROUTING_COST
from models.training.results.contrasts.away import against_ridge, has_away
from models.training.results.contrasts.routing import router_costs
from models.training.results.contrasts.scoring_cost import ScoringCost, cost_goals
from models.training.results.evidence.measured import LIVE, PLACES, Measured, SpreadValue, median_of, on_all_splits
from models.training.results.evidence.readings import content_ami, group_ami, live_srcc
from models.training.results.evidence.rules import at_least, at_most
from models.training.results.evidence.tables import UNKNOWN, Figure, Lines, Rows, Table, Tables, shown

_Value = Callable[[Measured], float | None]
_Meets = Callable[[float | None, float], bool]
ROUTED: Final[tuple[str, ...]] = ("moe", "distortion_aware", "self_supervised")
"""The checkpoints whose routing the project wants to matter: each of them has to meet the goal."""


SOURCES: Final = {"ss01": 0.80, "ss02": 0.52, "ss03": 0.68}
"""SRCC wanted on the photographs of each source of BIQ2021 that nothing was trained on."""
MOST_LOST_BY_ROUTING: Final = 0.003
LEAST_COVERAGE: Final = 0.89


@dataclass(frozen=True)
class Reached:
    """What was reached of a goal, by whom, and by the default checkpoint; `None` where nobody was measured.

    `each` has the figures of all checkpoints that a goal names, where it is for several; such a goal is met by the
    default checkpoint only where it is met by all.
    """

    value: float | None = None
    by: str | None = None
    is_met: bool = False
    default: float | None = None
    is_met_by_default: bool = False
    each: Mapping[str, float] = field(default_factory=dict)

    @property
    def said_by(self) -> str:
        """The checkpoint as code, or all that the goal names with their figures."""
        if self.each:
            return ", ".join(f"`{name}` {Figure(value).text}" for name, value in self.each.items())
        return UNKNOWN if self.by is None else f"`{self.by}`"


NOTHING: Final = Reached()


@dataclass(frozen=True)
class Target:
    """A goal of the project, and who comes closest to it on frozen and on fine-tuned features.

    `fine_tuned` is `None` for a goal to which features make no difference, whose figure stands under `frozen`.
    """

    goal: str
    wanted: str
    frozen: Reached
    fine_tuned: Reached | None

    @property
    def is_met(self) -> bool:
        """Whether the goal is met on either features."""
        return self.frozen.is_met or self.tuned.is_met

    @property
    def is_met_by_default(self) -> bool:
        """Whether the default checkpoint alone meets the goal on either features."""
        return self.frozen.is_met_by_default or self.tuned.is_met_by_default

    @property
    def tuned(self) -> Reached:
        """What was reached on fine-tuned features, if anything."""
        return self.fine_tuned or NOTHING

    @property
    def verdict(self) -> str:
        """Met or not, and on which features."""
        if self.frozen.value is None and self.tuned.value is None:
            return "not measured"
        if not self.is_met:
            return "not met"
        if self.fine_tuned is None:
            return "met"
        met = [name for name, found in (("frozen", self.frozen), ("fine-tuned", self.fine_tuned)) if found.is_met]
        return f"met, {' and '.join(met)}"


def targets(measured: Sequence[Measured], cost: ScoringCost | None) -> list[Target]:
    """Every goal, with the checkpoint that comes closest to it.

    Checkpoints with fewer splits than others on the same features are not in the running: they meet no goal.
    """
    tuned = [found for entry in measured if (found := entry.fine_tuned) is not None]
    sides = (on_all_splits(measured), on_all_splits(tuned))

    def target(goal: str, wanted: float, value: _Value, *, at_worst: bool = False) -> Target:
        frozen, fine_tuned = (_reached(value, wanted, side, at_worst=at_worst) for side in sides)
        return Target(goal, f"{'≤' if at_worst else '≥'} {wanted:g}", frozen, fine_tuned)

    return [
        target("BIQ2021 part, SRCC", 0.86, _median(lambda summary: summary.photographs.srcc)),
        target("BIQ2021 part, PLCC", 0.88, _median(lambda summary: summary.photographs.plcc)),
        target("LIVE, regenerated, held out whole, SRCC", 0.91, _held_out),
        target("LIVE, regenerated, unseen contents, SRCC", 0.96, _median(live_srcc)),
        target("distortion group named rightly", 0.93, _median(lambda summary: summary.group_accuracy)),
        target("distortion type named rightly", 0.85, _median(lambda summary: summary.type_accuracy)),
        target("AMI of clusters and group", 0.75, _median(group_ami)),
        Target("AMI of the same clusters and content", "≤ 0.05", *map(_content_reached, sides)),
        target(
            "level order violated", 0.03, _median(lambda summary: summary.order.level_order_violations), at_worst=True
        ),
        *(
            Target(
                f"cost of shuffled routing on {place}, SRCC, of all three",
                f"≥ {MIN_ROUTING_COST:g}",
                *(_routing_reached(part, side) for side in sides),
            )
            for part, place in PLACES.items()
        ),
        target(
            f"width of the 90 % interval at {100 * LEAST_COVERAGE:.0f} % coverage or more",
            28.0,
            _honest_width,
            at_worst=True,
        ),
        *(_away_targets(sides) if any(has_away(side) for side in sides) else []),
        *(
            _cost_target(goal.says, goal.wanted, goal.ratios)
            for goal in cost_goals(cost, [entry.id for entry in measured])
        ),
    ]


def _honest_width(entry: Measured) -> float | None:
    """Width in points of intervals that hold their share of photographs; `None` for others."""
    conformal = entry.summary.photographs_conformal
    coverage = median_of(conformal.coverage)
    return median_of(conformal.mean_width) if at_least(coverage, LEAST_COVERAGE) else None


def _away_targets(sides: Sequence[Sequence[Measured]]) -> list[Target]:
    """Goals on photographs of sources that were left out."""
    by_source = [
        Target(
            f"photographs of source {name}, left out, SRCC",
            f"≥ {wanted:g}",
            *(_reached(_source_srcc(name), wanted, side, at_worst=False) for side in sides),
        )
        for name, wanted in SOURCES.items()
    ]
    above_ridge = [_reached(_least_over_ridge, 0.0, side, at_worst=False) for side in sides]
    uniform = [_own_less_uniform(side) for side in sides]
    return [
        *by_source,
        Target("a mixture less the ridge on the same features, worst source left out, SRCC", "≥ 0", *above_ridge),
        Target(
            "own routing less equal weights, worst source left out, SRCC, of every stable mixture",
            f"≥ {-MOST_LOST_BY_ROUTING:g}",
            *uniform,
        ),
    ]


def _sources(entry: Measured) -> dict[str, MeasuredAway]:
    return {name: found for name, found in (entry.block.away or {}).items() if found.kind == "source"}


def _source_srcc(name: str) -> _Value:
    def value(entry: Measured) -> float | None:
        found = _sources(entry).get(name)
        return None if found is None else median_of(found.summary.figures.agreement.srcc)

    return value


def _least_over_ridge(entry: Measured) -> float | None:
    """SRCC of a mixture less that of the ridge where it is least."""
    found = _sources(entry).values()
    return min((against_ridge(one).median_difference for one in found), default=None) if entry.is_mixture else None


def _own_less_uniform(measured: Sequence[Measured]) -> Reached:
    """The stable mixture whose routing costs most decides."""
    each = {
        entry.id: min(costs)
        for entry in measured
        if entry.manifest.formulation == "stable" and (costs := _uniform_costs(entry))
    }
    if not each:
        return NOTHING
    least = _judged(each, min(each, key=lambda name: each[name]), -MOST_LOST_BY_ROUTING, at_least)
    return replace(least, each=each)


def _uniform_costs(entry: Measured) -> list[float]:
    costs = [away_routing_costs(found.heads) for found in _sources(entry).values()]
    return [found.uniform.median_difference for found in costs if found is not None]


def _median(value: SpreadValue) -> _Value:
    return lambda entry: entry.median(value)


def _held_out(entry: Measured) -> float | None:
    figures = entry.held_out(LIVE)
    return None if figures is None else median_of(figures.agreement.srcc)


def _shuffling(part: Part) -> _Value:
    def cost(entry: Measured) -> float | None:
        costs = router_costs(entry, part)
        return None if costs is None or not costs.of.shuffled.num_pairs else costs.of.shuffled.median_difference

    return cost


def _known(value: _Value, measured: Sequence[Measured]) -> dict[str, float]:
    return {entry.id: reached for entry in measured if (reached := value(entry)) is not None}


def _reached(value: _Value, wanted: float, measured: Sequence[Measured], *, at_worst: bool) -> Reached:
    known = _known(value, measured)
    if not known:
        return NOTHING
    best = (min if at_worst else max)(known, key=lambda name: known[name])
    return _judged(known, best, wanted, at_most if at_worst else at_least)


def _judged(known: Mapping[str, float], decisive: str, wanted: float, meets: _Meets) -> Reached:
    value, default = known.get(decisive), known.get(DEFAULT_CHECKPOINT_ID)
    is_met = meets(value, wanted)
    return Reached(value, decisive, is_met, default, is_met and meets(default, wanted))


def _content_reached(measured: Sequence[Measured]) -> Reached:
    """Clusters that say nothing are free of content, too: the goal is for the ones that follow the group best."""
    group, content = _known(_median(group_ami), measured), _known(_median(content_ami), measured)
    if not group:
        return NOTHING
    return _judged(content, max(group, key=lambda name: group[name]), 0.05, at_most)


def _routing_reached(part: Part, measured: Sequence[Measured]) -> Reached:
    """The least of the three decides, and one that was not measured meets nothing."""
    costs = _known(_shuffling(part), measured)
    each = {name: costs[name] for name in ROUTED if name in costs}
    if not each:
        return NOTHING
    least = _judged(each, min(each, key=lambda name: each[name]), MIN_ROUTING_COST, at_least)
    is_whole = len(each) == len(ROUTED)
    by_default = least.is_met_by_default and is_whole
    return replace(least, is_met=least.is_met and is_whole, is_met_by_default=by_default, each=each)


def _cost_target(goal: str, wanted: float, ratios: Mapping[str, float]) -> Target:
    """Every checkpoint has to meet a goal for time: the slowest one decides; features make no difference to it."""
    if not ratios:
        return Target(goal, f"≤ {wanted:g}", NOTHING, None)
    slowest = max(ratios, key=lambda name: ratios[name])
    return Target(goal, f"≤ {wanted:g}", _judged(ratios, slowest, wanted, at_most), None)


def targets_table(found: Sequence[Target]) -> Table:
    """Goal, reached on frozen and fine-tuned features, met or not."""
    rows: Rows = tuple(
        (
            target.goal,
            target.wanted,
            Figure(target.frozen.value),
            target.frozen.said_by,
            Figure(target.tuned.value),
            target.tuned.said_by,
            target.verdict,
            Figure(target.frozen.default),
            Figure(target.tuned.default),
        )
        for target in found
    )
    default = f"`{DEFAULT_CHECKPOINT_ID}`"
    return Table(
        "targets",
        "The best median over splits of any checkpoint, on frozen and on fine-tuned features, and those of the default "
        "checkpoint. Fine-tuned medians are over fewer splits and less certain. A goal is met where either meets it. "
        "Routing has to matter to all of the three that are listed, of which the least is shown; it says nothing of "
        "their quality. Times are those of the slowest checkpoint, as shipped.",
        (
            *("goal", "wanted", "frozen", "by", "fine-tuned", "by, fine-tuned", "verdict"),
            *(f"{default} frozen", f"{default} fine-tuned"),
        ),
        rows,
    )


def targets_section(measured: Sequence[Measured], found: Sequence[Target], tables: Tables) -> Lines:
    """The project's goals."""
    return [
        "## 8. Goals",
        targets_sentence(found),
        features_sentence(sum(entry.fine_tuned is not None for entry in measured), len(measured)),
        *shown(tables["targets"]),
    ]


def targets_sentence(found: Sequence[Target]) -> str:
    """How many goals are met by the best for each, and how many by the default checkpoint alone."""
    met, alone = (
        sum(values) for values in zip(*((goal.is_met, goal.is_met_by_default) for goal in found), strict=True)
    )
    judged = sum(any(side.default is not None for side in (goal.frozen, goal.tuned)) for goal in found)
    return (
        f"Goals met: {met} of {len(found)}, each by the checkpoint that does best at it (or by all that it is for); by "
        f"the default checkpoint `{DEFAULT_CHECKPOINT_ID}` alone: {alone} of the {judged} that it was measured for."
    )


def features_sentence(num_fine_tuned: int, num_checkpoints: int) -> str:
    """On which features the figures stand."""
    meant = "The goals for photographs are meant for a fine-tuned backbone."
    if not num_fine_tuned:
        return f"{meant} No checkpoint here has figures on one: these are frozen figures."
    return (
        f"{meant} {num_fine_tuned} of {num_checkpoints} checkpoints have figures on one; the others are judged on "
        "frozen features alone."
    )
