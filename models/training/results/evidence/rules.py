"""Sentences that follow from figures by rule: what may be said, and what may not.

Every rule is a function of figures alone, and says something else, or nothing, where the figures are other ones.
Differences and costs are in SRCC, paired over splits; what "shown" means is said by `differences.verdict`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.figures.records import PairedComparison
from models.figures.routing_costs import RoutingCosts
from models.figures.verdicts import (
    HINTS,
    MIN_CONCLUDING,
    MIN_PAIRS,
    MIN_ROUTING_COST,
    Verdict,
    has_enough,
    is_decorative,
    verdict,
)
from models.training.results.evidence.measured import splits_text
from models.training.results.evidence.tables import Figure, is_known, signed

ALIKE_SKILLS: Final = 0.05
"""Experts whose own SRCC lie within this of each other count as alike."""


def code(names: Sequence[str]) -> str:
    """Names as code, as a list in words."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def mixture_matters(differences: Mapping[str, PairedComparison], verdicts: Mapping[str, Verdict], place: str) -> str:
    """Whether any mixture is shown to beat a baseline of its own size; what is hinted at is not counted."""
    judged = [name for name, word in verdicts.items() if word != "too few splits"]
    few = [name for name in verdicts if name not in judged]
    if not judged:
        return (
            f"On {place} this cannot be said: no mixture was compared with a baseline of its own size on "
            f"{MIN_CONCLUDING} or more splits."
        )
    better = names_of(verdicts, "better")
    further = "".join(
        f" {said}: {code(names)}."
        for said, names in (
            ("Hinted at, not shown", names_of(verdicts, "hinted at: better")),
            ("Shown to be worse than their baseline", names_of(verdicts, "worse")),
            ("Worse, hinted at and not shown", names_of(verdicts, "hinted at: worse")),
            ("Too few splits to say", few),
        )
        if names
    )
    if not better:
        return f"On {place} it is not shown to: {_none_of(len(judged))} is a gain that the tests bear out.{further}"
    best = max(better, key=lambda name: differences[name].median_difference)
    largest = "" if len(better) == 1 else f". The largest is that of `{best}`"
    return (
        f"On {place} a gain is shown for {len(better)} of {len(judged)}: {code(better)}{largest}, "
        f"{signed(differences[best]).text}.{further}"
    )


def names_of(verdicts: Mapping[str, Verdict], wanted: Verdict) -> list[str]:
    """Who has a verdict."""
    return [name for name, word in verdicts.items() if word == wanted]


def _names(differences: Mapping[str, PairedComparison], wanted: Verdict) -> list[str]:
    return names_of({name: verdict(found) for name, found in differences.items()}, wanted)


def _none_of(count: int) -> str:
    return "not even the one difference measured" if count == 1 else f"none of the {count} differences"


@dataclass(frozen=True)
class RouterCosts:
    """What replacing a head's routing (or posteriors) costs on one part, and how far its experts' own SRCC lie apart.

    `skill_spread` is `None` for a head without experts.
    """

    of: RoutingCosts
    skill_spread: float | None


def router_sentence(name: str, place: str, costs: RouterCosts) -> str:
    """Whether the score depends on the routing on a part, and if not, why that may be."""
    what, other = {
        "routing_weights": ("router", "another picture's routing"),
        "posteriors": ("posteriors", "another picture's posteriors"),
    }[costs.of.replaced]
    paid = _cost(costs.of.shuffled, "cost" if costs.of.replaced == "posteriors" else "costs")
    if not has_enough(costs.of.shuffled):
        paid += f" on {splits_text(costs.of.shuffled.num_pairs)} alone"
    if not is_decorative(costs.of):
        return f"`{name}`: the score depends on the {what} on {place}; {other} {paid}."
    are = "are" if costs.of.replaced == "posteriors" else "is"
    return (
        f"`{name}`: the {what} {are} decorative on {place}; {other} {paid}, less than the {MIN_ROUTING_COST} that "
        f"would count. {decorative_reason(costs)}"
    )


def _cost(found: PairedComparison, verb: str) -> str:
    low, high = found.interval.low, found.interval.high
    if found.median_difference <= 0:
        return f"{verb} nothing ({signed(found).text})"
    return f"{verb} {Figure(found.median_difference, low, high).text} SRCC"


def decorative_reason(costs: RouterCosts) -> str:
    """Why a router may be decorative: any weights would do, or only their average counts; experts alike or not."""
    uniform = Figure(costs.of.uniform.median_difference).text
    if costs.of.uniform.median_difference < MIN_ROUTING_COST:
        first = f"Equal weights cost as little ({uniform}): a plain average would do."
    else:
        first = f"Equal weights cost more ({uniform}): the average weights count, the picture's own do not."
    spread = costs.skill_spread
    if spread is None or not is_known(spread):
        return first
    if spread < ALIKE_SKILLS:
        return f"{first} The experts are about equally good there (their own SRCC span {spread:.3f})."
    return f"{first} It is not that the experts are equally good (their own SRCC span {spread:.3f})."


def direction(found: PairedComparison) -> str:
    """Which way a difference goes: by its interval, or by its range where there are too few splits for more."""
    if not found.num_pairs:
        return "not measured"
    low, high = found.interval.low, found.interval.high
    if not has_enough(found):
        where = "on the one split" if found.num_pairs == 1 else "on every split"
        return f"higher {where}" if low > 0 else f"lower {where}" if high < 0 else "without a clear direction"
    word = verdict(found)
    if word == "no difference shown":
        return "not shown to differ"
    return f"{'higher' if low > 0 else 'lower'}{' (hinted at, not shown)' if word in HINTS else ''}"


def change_sentence(place: str, changes: Mapping[str, PairedComparison]) -> str:
    """For whom fine-tuning changes SRCC on a part, and which way."""
    known = {name: found for name, found in changes.items() if found.num_pairs}
    if not known:
        return f"On {place} fine-tuning was not measured."
    return f"On {place} SRCC on fine-tuned features, less that on frozen ones, is {_by_direction(known)}."


def matched_few_sentence(place: str, differences: Mapping[str, PairedComparison]) -> str:
    """Whether mixtures still gain over baselines of their size on fine-tuned features, as far as few splits allow."""
    known = {name: found for name, found in differences.items() if found.num_pairs}
    if not known:
        return f"On {place} no mixture was compared with a baseline of its own size on fine-tuned features."
    few = [name for name, found in known.items() if not has_enough(found)]
    says = f"On fewer than {MIN_PAIRS} splits these are directions; the table has the corrected t-test's verdicts:"
    caveat = "" if not few else f" {says} {code(few)}."
    return (
        f"On {place} SRCC on fine-tuned features, less that of a baseline of the same size, is "
        f"{_by_direction(known)}.{caveat}"
    )


def _by_direction(differences: Mapping[str, PairedComparison]) -> str:
    """Which way differences go, and for whom; each way once."""
    by_way: dict[str, list[str]] = {}
    for name, found in differences.items():
        by_way.setdefault(direction(found), []).append(f"`{name}` {signed(found).text}")
    return "; ".join(f"{way} for {', '.join(names)}" for way, names in by_way.items())


def types_sentence(name: str, by_type: Mapping[str, PairedComparison]) -> str:
    """On how many distortion types a checkpoint beats the plain baseline, and on how many it loses."""
    better, worse = (_names(by_type, wanted) for wanted in ("better", "worse"))
    if not any(map(has_enough, by_type.values())):
        return f"`{name}` has too few splits to be compared with `no_gmm` type by type."
    if not better and not worse:
        return f"`{name}` is not shown to differ from `no_gmm` on any of the {len(by_type)} types."
    return (
        f"`{name}` is shown to be better than `no_gmm` on {len(better)} of {len(by_type)} types and worse on "
        f"{len(worse)}."
    )


def extremes(differences: Mapping[str, PairedComparison], *, gains: int = 3) -> tuple[list[str], list[str]]:
    """Names of the largest gains and of the largest losses, most extreme first; a gain is never listed as a loss."""
    known = {name: found.median_difference for name, found in differences.items() if found.num_pairs}
    order = sorted(known, key=lambda name: (-known[name], name))
    up = [name for name in order if known[name] > 0]
    down = [name for name in reversed(order) if known[name] < 0]
    return up[:gains], down[:gains]


def at_least(value: float | None, goal: float) -> bool:
    """Whether a goal from below is met; never by what was not measured."""
    return value is not None and value >= goal


def at_most(value: float | None, goal: float) -> bool:
    """Whether a goal from above is met; never by what was not measured."""
    return value is not None and value <= goal
