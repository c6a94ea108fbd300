"""Sentences that follow by rule from what the plans gained, and from literal against amended formulations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from models.figures.records import PairedComparison
from models.figures.verdicts import Verdict, verdict
from models.training.fitting.recipes import Recipe
from models.training.results.evidence.measured import splits_text
from models.training.results.evidence.published import Claim
from models.training.results.evidence.rules import code, direction
from models.training.results.evidence.tables import Figure, is_known, signed

_LITTLE_PRACTICE: Final = 0.1
"""Share of the other form's pictures up to which a head counts as hardly trained."""

PlanVerdict = Literal[
    "as claimed or more",
    "helps, claim within the interval",
    "helps, less than claimed",
    "helps, nothing was claimed",
    "gain hinted at, not shown",
    "no gain shown",
    "loss hinted at, not shown",
    "costs quality",
    "too few splits",
    "not measured",
]
KEPT: Final[PlanVerdict] = "as claimed or more"


@dataclass(frozen=True)
class Percent:
    """A gain and its 95 % interval in per cent of what the baseline has."""

    median: float
    low: float
    high: float


def relative_percent(difference: PairedComparison, own: float | None) -> Percent | None:
    """A gain in per cent of what the baseline has, from the gain and the median that is reached with it."""
    gain = difference.median_difference
    if own is None or not is_known(gain) or own - gain <= 0:
        return None
    return Percent(*(100 * value / (own - gain) for value in (gain, difference.interval.low, difference.interval.high)))


def plan_verdict(word: Verdict | None, percent: Percent | None, claim: Claim | None) -> PlanVerdict:
    """What became of a plan's promise on one part: kept where even the interval's low end reaches the lowest claim."""
    if word is None or percent is None:
        return "not measured"
    match word:
        case "too few splits":
            return "too few splits"
        case "worse":
            return "costs quality"
        case "hinted at: worse":
            return "loss hinted at, not shown"
        case "no difference shown":
            return "no gain shown"
        case "hinted at: better":
            return "gain hinted at, not shown"
        case "better":
            return _kept(percent, claim)


def _kept(percent: Percent, claim: Claim | None) -> PlanVerdict:
    if claim is None:
        return "helps, nothing was claimed"
    if percent.low >= claim.low_percent:
        return KEPT
    return "helps, claim within the interval" if percent.high >= claim.low_percent else "helps, less than claimed"


def plans_sentence(verdicts: Mapping[str, PlanVerdict], place: str) -> str:
    """Which plans help on a part; a checkpoint that was not measured is not counted."""
    judged = {name: word for name, word in verdicts.items() if word not in ("not measured", "too few splits")}
    if not judged:
        return f"On {place} no plan was measured against a baseline of its own size."
    helping = [name for name, word in judged.items() if word == KEPT or word.startswith("helps")]
    kept = [name for name, word in judged.items() if word == KEPT]
    open_claims = [name for name, word in judged.items() if word == "helps, claim within the interval"]
    kept_by = code(kept) if kept else "none"
    helped_by = f" ({code(helping)})" if helping else ""
    left_open = f" The interval holds the claim and less: {code(open_claims)}." if open_claims else ""
    return (
        f"Plans that are shown to help on {place}: {len(helping)} of {len(judged)}{helped_by}. By their whole interval "
        f"as much as was claimed: {kept_by}.{left_open}"
    )


def kept_on_both_sentence(by_place: Mapping[str, Mapping[str, PlanVerdict]]) -> str:
    """Which plans keep their claim on every part: the document made it without naming one."""
    names = dict.fromkeys(name for verdicts in by_place.values() for name in verdicts)
    kept = [name for name in names if all(verdicts.get(name) == KEPT for verdicts in by_place.values())]
    return f"As much as was claimed on {' and on '.join(by_place)} alike: {code(kept) if kept else 'none'}."


def literal_sentence(variant: str, place: str, difference: PairedComparison) -> str:
    """What amending a formulation as a whole did: `stable` less `seed`, split by split."""
    shown = signed(difference).text
    match verdict(difference):
        case "better":
            said = "the amended form as a whole is better than the literal one"
        case "worse":
            said = "the literal form as a whole is better than the amended one"
        case "hinted at: better":
            said = "the amended form is hinted at, and not shown, to be better than the literal one"
        case "hinted at: worse":
            said = "the literal form is hinted at, and not shown, to be better than the amended one"
        case "no difference shown":
            said = "no difference between the forms is shown"
        case "too few splits":
            return (
                f"`{variant}`, {place}: too few splits to compare the forms; amended less literal is {shown} on "
                f"{splits_text(difference.num_pairs)}, {direction(difference)}."
            )
    return f"`{variant}`, {place}: {said}, {shown}."


def practice_sentence(literal: Recipe, amended: Recipe) -> str:
    """Where a literal head is shown far fewer pictures than the amended one, that; else nothing."""
    if literal.num_pictures > _LITTLE_PRACTICE * amended.num_pictures:
        return ""
    return (
        f"`{literal.name}` was shown {literal.num_pictures:,} pictures (counted as often as shown), `{amended.name}` "
        f"{amended.num_pictures:,}, because a step of it costs so much more: what it lacks may be training rather than "
        "form. Its own baseline was shown as few and is the fair comparison."
    )


@dataclass(frozen=True)
class Judged:
    """A difference and what it allows to be said."""

    difference: PairedComparison
    verdict: Verdict


def fair_sentence(variant: str, place: str, literal: Judged, amended: Judged) -> str:
    """Both formulations against baselines of their own size and with their own score losses."""
    return (
        f"`{variant}`, {place}, each against its own baseline: the literal mixture {_worth(literal)}; the amended one "
        f"{_worth(amended)}."
    )


def _worth(found: Judged) -> str:
    """What a mixture adds or costs in SRCC."""
    median, interval = found.difference.median_difference, found.difference.interval
    gain = Figure(median, interval.low, interval.high).text
    loss = Figure(-median, -interval.high, -interval.low).text
    match found.verdict:
        case "better":
            return f"adds {gain}"
        case "worse":
            return f"costs {loss}"
        case "hinted at: better":
            return f"may add {gain}, hinted at and not shown"
        case "hinted at: worse":
            return f"may cost {loss}, hinted at and not shown"
        case "no difference shown":
            return f"adds nothing that is shown, {signed(found.difference).text}"
        case "too few splits":
            return f"cannot be judged on {splits_text(found.difference.num_pairs)}, {signed(found.difference).text}"
