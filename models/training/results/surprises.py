"""What stands out, by rule: each rule says something where the figures support it, and nothing where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from models.figures.measurements import Summary
from models.figures.records import Part, Spread
from models.figures.verdicts import MIN_ROUTING_COST
from models.prediction import INTERVAL_COVERAGE
from models.training.fitting.recipes import BASELINE
from models.training.results.evidence.measured import PLACES, Measured, SpreadValue, on_all_splits
from models.training.results.evidence.readings import (
    content_ami,
    dead_clusters,
    dead_experts,
    group_ami,
    posterior_saturation,
    replacements,
)
from models.training.results.evidence.rules import code
from models.training.results.evidence.tables import Figure
from models.training.results.measured_tables import bic_by_count

COVERAGE_TOLERANCE: Final = 0.03
SATURATED_SHARE: Final = 0.9
ORACLE_GAIN: Final = 0.05
MIN_DEAD: Final = 1.0


Pair = tuple[float, float]
"""Two medians of one checkpoint that belong together."""


def surprises(measured: Sequence[Measured]) -> list[str]:
    """Everything that the rules find, one sentence per rule."""
    found = [
        baseline_on_top([entry.id for entry in on_all_splits(measured)], BASELINE),
        follows_content(_pairs(measured, content_ami, group_ami)),
        one_hot_posteriors(_medians(measured, posterior_saturation)),
        bic_still_falling({entry.id: bic_by_count(entry) for entry in measured}),
        dead_parts(_medians(measured, dead_experts), "experts"),
        dead_parts(_medians(measured, dead_clusters), "clusters"),
        off_coverage(_medians(measured, lambda found: found.photographs_conformal.coverage)),
    ]
    for part, place in PLACES.items():
        own, wrong, oracle = (_left(part, name) for name in ("own", "wrong", "oracle"))
        found.append(wrong_routing_harmless(place, _pairs(measured, own, wrong)))
        found.append(oracle_room(place, _pairs(measured, own, oracle)))
    return [sentence for sentence in found if sentence is not None]


def _left(part: Part, name: Literal["own", "wrong", "oracle"]) -> SpreadValue:
    def value(found: Summary) -> Spread | None:
        left = replacements(found, part)
        return None if left is None else {"own": left.own, "wrong": left.wrong, "oracle": left.oracle}[name]

    return value


def _medians(measured: Sequence[Measured], value: SpreadValue) -> dict[str, float]:
    known = {entry.id: entry.median(value) for entry in measured}
    return {name: median for name, median in known.items() if median is not None}


def _pairs(measured: Sequence[Measured], first: SpreadValue, second: SpreadValue) -> dict[str, Pair]:
    left, right = _medians(measured, first), _medians(measured, second)
    return {name: (left[name], right[name]) for name in left if name in right}


def baseline_on_top(order: Sequence[str], baseline: str) -> str | None:
    """The baseline without a mixture leads, or comes before some mixtures."""
    if baseline not in order or order[-1] == baseline:
        return None
    behind = order[order.index(baseline) + 1 :]
    if len(behind) == len(order) - 1:
        return f"No mixture has a higher median SRCC on photographs than `{baseline}`, which has none."
    return f"`{baseline}`, which has no mixture, has a higher median SRCC on photographs than {code(behind)}."


def follows_content(content_and_group: Mapping[str, Pair]) -> str | None:
    """Clusters that say more about what is in the picture than about its distortion, by AMI."""
    return _listed(
        "Clusters follow content more than distortion (AMI with content against AMI with the distortion group)",
        {
            name: f"{Figure(pair[0]).text} against {Figure(pair[1]).text}"
            for name, pair in content_and_group.items()
            if pair[0] > pair[1]
        },
    )


def one_hot_posteriors(saturation: Mapping[str, float]) -> str | None:
    """Posteriors that are nearly all certain, whatever is right."""
    return _listed(
        "Posteriors are one-hot and say no more than a class would (share above 0.99)",
        {name: f"{share:.3f}" for name, share in saturation.items() if share >= SATURATED_SHARE},
    )


def bic_still_falling(bic: Mapping[str, Mapping[str, float]]) -> str | None:
    """Embeddings on which the largest number of clusters that was tried has the lowest criterion."""
    return _listed(
        "BIC is still falling at the largest number of clusters that was tried",
        {name: f"K = {max(by_count, key=int)}" for name, by_count in bic.items() if _is_falling(by_count)},
    )


def _is_falling(by_count: Mapping[str, float]) -> bool:
    counts = sorted(by_count, key=int)
    return len(counts) > 1 and all(by_count[count] > by_count[counts[-1]] for count in counts[:-1])


def dead_parts(dead: Mapping[str, float], what: Literal["experts", "clusters"]) -> str | None:
    """Experts or clusters that are hardly ever used."""
    return _listed(
        f"Dead {what} in the median split (less than a tenth of an equal share)",
        {name: f"{count:g}" for name, count in dead.items() if count >= MIN_DEAD},
    )


def off_coverage(coverage: Mapping[str, float]) -> str | None:
    """Conformal intervals that hold clearly more or fewer photographs than they promise."""
    return _listed(
        f"The {100 * INTERVAL_COVERAGE:.0f} % intervals hold another share of photographs than promised",
        {
            name: f"{100 * share:.1f} %"
            for name, share in coverage.items()
            if abs(share - INTERVAL_COVERAGE) > COVERAGE_TOLERANCE
        },
    )


def wrong_routing_harmless(place: str, own_and_wrong: Mapping[str, Pair]) -> str | None:
    """Heads that hardly suffer when every weight goes to the neighbouring expert (or cluster)."""
    return _listed(
        f"On {place} it costs less than {MIN_ROUTING_COST} SRCC to give every weight to the wrong neighbour",
        {name: _change(pair) for name, pair in own_and_wrong.items() if pair[0] - pair[1] < MIN_ROUTING_COST},
    )


def oracle_room(place: str, own_and_oracle: Mapping[str, Pair]) -> str | None:
    """Heads for which the best single choice in hindsight would be much better than the choice that is made."""
    return _listed(
        f"On {place} the oracle, which reads the label and which no router can be expected to reach, is far above",
        {name: _change(pair) for name, pair in own_and_oracle.items() if pair[1] - pair[0] >= ORACLE_GAIN},
    )


def _change(pair: Pair) -> str:
    return f"{Figure(pair[0]).text} to {Figure(pair[1]).text}"


def _listed(said: str, by_name: Mapping[str, str]) -> str | None:
    """What is said of whom, with a figure for each; `None` where it is true of nobody."""
    if not by_name:
        return None
    return f"{said}: {', '.join(f'`{name}` {figure}' for name, figure in by_name.items())}."
