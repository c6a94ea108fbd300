"""Sentences that follow from figures by rule: what may be said, and what may not.

Every rule is a function of figures alone, and says something else, or nothing, where the figures are other ones.
Differences and costs are in SRCC, paired over splits; "shown" means that a 95 % interval excludes zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from models.metrics import PairedComparison
from models.training.leaderboard import MIN_PAIRS, Verdict, verdict
from models.training.published import Claim
from models.training.results_tables import Figure, is_known, signed

MIN_ROUTING_COST: Final = 0.02
"""SRCC that shuffling the routing has to cost before the router counts as used."""
ALIKE_SKILLS: Final = 0.05
"""Experts whose own SRCC lie within this of each other count as alike."""
LEVEL: Final = 0.05

Replaced = Literal["routing_weights", "posteriors"]
PlanVerdict = Literal[
    "as claimed or more",
    "helps, less than claimed",
    "helps, nothing was claimed",
    "no gain shown",
    "costs quality",
    "too few splits",
    "not measured",
]


def code(names: Sequence[str]) -> str:
    """Names as code, as a list in words."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def mixture_matters(differences: Mapping[str, PairedComparison], place: str) -> str:
    """Whether any mixture beats a baseline of its own size."""
    judged = {name: found for name, found in differences.items() if verdict(found) != "too few splits"}
    if not judged:
        return (
            f"On {place} this cannot be said: no mixture was compared with a baseline of its own size on {MIN_PAIRS} "
            "or more splits."
        )
    better, worse = (_names(judged, wanted) for wanted in ("better", "worse"))
    losers = f" Worse than their baseline: {code(worse)}." if worse else ""
    if not better:
        return f"On {place} it does not: {_none_of(len(judged))} has an interval above zero.{losers}"
    best = max(better, key=lambda name: judged[name].median_difference)
    return (
        f"On {place} it does, for {len(better)} of {len(judged)}: {code(better)}. The largest gain is that of "
        f"`{best}`, {signed(judged[best]).text}.{losers}"
    )


def _names(differences: Mapping[str, PairedComparison], wanted: Verdict) -> list[str]:
    return [name for name, found in differences.items() if verdict(found) == wanted]


def _none_of(count: int) -> str:
    return "not even the one difference measured" if count == 1 else f"none of the {count} differences"


def after_holm(differences: Mapping[str, PairedComparison], p_holm: Mapping[str, float], place: str) -> str:
    """Which of the shown differences a correction for their number leaves standing; empty where none was shown."""
    shown = [name for name, found in differences.items() if verdict(found) in ("better", "worse")]
    if not shown:
        return ""
    fallen = [name for name in shown if not p_holm[name] < LEVEL]
    count = len(differences)
    if not fallen:
        return f"On {place} every difference whose interval excludes zero also has p < {LEVEL} after Holm's correction."
    return (
        f"On {place} p is {LEVEL} or more after Holm's correction over {count} comparisons for {code(fallen)}: take "
        "these differences as hints."
    )


@dataclass(frozen=True)
class RouterCosts:
    """What replacing a head's routing (or posteriors) costs on one part, and how far its experts' own SRCC lie apart.

    `skill_spread` is `None` for a head without experts.
    """

    replaced: Replaced
    shuffled: PairedComparison
    uniform: PairedComparison
    skill_spread: float | None


def is_decorative(costs: RouterCosts) -> bool:
    """Whether another picture's routing does as well as a picture's own."""
    return not costs.shuffled.median_difference >= MIN_ROUTING_COST


def router_sentence(name: str, place: str, costs: RouterCosts) -> str:
    """Whether the router does something on a part, and if not, why that may be."""
    what, other = {
        "routing_weights": ("router is", "another picture's routing"),
        "posteriors": ("posteriors are", "another picture's posteriors"),
    }[costs.replaced]
    paid = _cost(costs.shuffled, "cost" if costs.replaced == "posteriors" else "costs")
    if not is_decorative(costs):
        return f"`{name}`: the {what} used on {place}; {other} {paid}."
    return (
        f"`{name}`: the {what} decorative on {place}; {other} {paid}, less than the {MIN_ROUTING_COST} that would "
        f"count. {decorative_reason(costs)}"
    )


def _cost(found: PairedComparison, verb: str) -> str:
    low, high = found.interval
    if found.median_difference <= 0:
        return f"{verb} nothing ({signed(found).text})"
    return f"{verb} {Figure(found.median_difference, low, high).text} SRCC"


def decorative_reason(costs: RouterCosts) -> str:
    """Why a router may be decorative: any weights would do, or only their average counts; experts alike or not."""
    uniform = Figure(costs.uniform.median_difference).text
    if costs.uniform.median_difference < MIN_ROUTING_COST:
        first = f"Equal weights cost as little ({uniform}): a plain average would do."
    else:
        first = f"Equal weights cost more ({uniform}): the average weights count, the picture's own do not."
    spread = costs.skill_spread
    if spread is None or not is_known(spread):
        return first
    if spread < ALIKE_SKILLS:
        return f"{first} The experts are about equally good there (their own SRCC span {spread:.3f})."
    return f"{first} It is not that the experts are equally good (their own SRCC span {spread:.3f})."


def types_sentence(name: str, by_type: Mapping[str, PairedComparison]) -> str:
    """On how many distortion types a checkpoint beats the plain baseline, and on how many it loses."""
    better, worse = (_names(by_type, wanted) for wanted in ("better", "worse"))
    if not better and not worse:
        return f"`{name}` is not shown to differ from `no_gmm` on any of the {len(by_type)} types."
    return (
        f"`{name}` is better than `no_gmm` on {len(better)} of {len(by_type)} types and worse on {len(worse)}, by "
        "intervals that exclude zero."
    )


def extremes(differences: Mapping[str, PairedComparison], *, gains: int = 3) -> tuple[list[str], list[str]]:
    """Names of the largest gains and of the largest losses, most extreme first; a gain is never listed as a loss."""
    known = {name: found.median_difference for name, found in differences.items() if found.num_pairs}
    order = sorted(known, key=lambda name: (-known[name], name))
    up = [name for name in order if known[name] > 0]
    down = [name for name in reversed(order) if known[name] < 0]
    return up[:gains], down[:gains]


def relative_percent(difference: float, own: float | None) -> float | None:
    """A gain in per cent of what the baseline has, from the gain and what is reached with it."""
    if own is None or not is_known(difference) or own - difference <= 0:
        return None
    return 100 * difference / (own - difference)


def plan_verdict(difference: PairedComparison | None, percent: float | None, claim: Claim | None) -> PlanVerdict:
    """What became of a plan's promise on one part."""
    if difference is None or percent is None:
        return "not measured"
    match verdict(difference):
        case "too few splits":
            return "too few splits"
        case "worse":
            return "costs quality"
        case "no difference shown":
            return "no gain shown"
        case "better":
            if claim is None:
                return "helps, nothing was claimed"
            return "as claimed or more" if percent >= claim.low_percent else "helps, less than claimed"


def plans_sentence(verdicts: Mapping[str, PlanVerdict], place: str) -> str:
    """Which plans help on a part; a checkpoint that was not measured is not counted."""
    judged = {name: word for name, word in verdicts.items() if word not in ("not measured", "too few splits")}
    if not judged:
        return f"On {place} no plan was measured against a baseline of its own size."
    helping = [name for name, word in judged.items() if word.startswith(("as claimed", "helps"))]
    kept = [name for name, word in judged.items() if word == "as claimed or more"]
    kept_by = code(kept) if kept else "none"
    helped_by = f" ({code(helping)})" if helping else ""
    return f"Plans that help on {place}: {len(helping)} of {len(judged)}{helped_by}. As much as was claimed: {kept_by}."


def literal_sentence(variant: str, place: str, difference: PairedComparison) -> str:
    """What amending a formulation did: `stable` less `seed`, split by split."""
    shown = signed(difference).text
    match verdict(difference):
        case "better":
            return f"`{variant}`, {place}: the amended formulation is better than the literal one, {shown}."
        case "worse":
            return f"`{variant}`, {place}: the literal formulation is better than the amended one, {shown}."
        case "no difference shown":
            return f"`{variant}`, {place}: no difference between the formulations is shown, {shown}."
        case "too few splits":
            return f"`{variant}`, {place}: too few splits to compare the formulations."


def fair_sentence(variant: str, place: str, literal: PairedComparison, amended: PairedComparison) -> str:
    """Both formulations against baselines of their own size and with their own score losses."""
    told = {name: verdict(found) == "better" for name, found in (("literal", literal), ("amended", amended))}
    gains = f"literal {signed(literal).text}, amended {signed(amended).text}"
    match told["literal"], told["amended"]:
        case True, True:
            said = "both mixtures add something"
        case True, False:
            said = "only the literal mixture adds something"
        case False, True:
            said = "only the amended mixture adds something"
        case _:
            said = "neither mixture adds anything that can be shown"
    return f"`{variant}`, {place}, each against its own baseline: {said} ({gains})."


def at_least(value: float | None, goal: float) -> bool:
    """Whether a goal from below is met; never by what was not measured."""
    return value is not None and value >= goal


def at_most(value: float | None, goal: float) -> bool:
    """Whether a goal from above is met; never by what was not measured."""
    return value is not None and value <= goal


def targets_sentence(met: Sequence[bool]) -> str:
    """How many goals are met."""
    return f"Goals met: {'all' if all(met) else sum(met)} of {len(met)}."


def trunks_sentence(num_trunks: int) -> str:
    """On what backbone the figures stand."""
    meant = "The goals for photographs are meant for a fine-tuned backbone."
    if num_trunks == 1:
        return (
            f"{meant} All checkpoints here stand on one shared trunk of frozen ImageNet features: these are frozen "
            "figures."
        )
    return (
        f"{meant} The checkpoints here stand on {num_trunks} trunks, and each has its own rows; the model cards say "
        "how a trunk came about."
    )
