"""Tables of the results page with what was measured of each checkpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np

from models.training.leaderboard import Measured, at, difference, ranks
from models.training.published import PUBLISHED
from models.training.results_rules import RouterCosts
from models.training.results_tables import UNKNOWN, Cell, Figure, Rows, Table, signed, spread

Part = Literal["photographs", "synthetic"]
PLACES: Final[Mapping[Part, str]] = {"photographs": "photographs", "synthetic": "synthetic pictures"}

_REPLACEMENTS: Final = ("own", "shuffled", "uniform", "wrong", "oracle")
_RANGE: Final = "Median over splits (smallest to largest)."


def leaderboard_table(measured: Sequence[Measured]) -> Table:
    """Every checkpoint's agreement with people, best on photographs first."""
    places = ranks(measured, "synthetic")
    rows: Rows = tuple(
        (
            rank,
            f"`{entry.id}`",
            entry.manifest.formulation,
            entry.manifest.parameter_count,
            _srcc(entry, "photographs"),
            *(Figure(entry.median("photographs", name)) for name in ("plcc", "krcc")),
            Figure(entry.median("photographs", "rmse"), digits=2),
            _srcc(entry, "synthetic"),
            Figure(entry.median("synthetic", "plcc")),
            places[entry.id],
        )
        for rank, entry in enumerate(measured, 1)
    )
    return Table(
        "leaderboard",
        "Medians over splits; with SRCC the median over splits of its 95 % interval, which resamples references. "
        "RMSE in points after the logistic fit.",
        (
            *("#", "checkpoint", "formulation", "parameters", "SRCC photographs", "PLCC photographs"),
            *("KRCC photographs", "RMSE photographs", "SRCC synthetic", "PLCC synthetic", "# synthetic"),
        ),
        rows,
    )


def _srcc(entry: Measured, part: Part) -> Figure:
    low, high = (entry.median(f"{part}_srcc_interval", end) for end in ("low", "high"))
    return Figure(entry.median(part, "srcc"), low, high)


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
            rows.append((f"`{entry.id}`", costs.replaced.replace("_", " "), place, *left, signed(costs.shuffled)))
    return Table(
        "interventions",
        f"SRCC. {_RANGE} Last column: own less shuffled, paired over splits (95 % interval).",
        ("checkpoint", "replaced", "on", *_REPLACEMENTS, "cost of shuffling"),
        tuple(rows),
    )


def routing_table(measured: Sequence[Measured]) -> Table:
    """How many experts are in use, and what they tell about types."""
    rows: Rows = tuple(
        (
            f"`{entry.id}`",
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
        f"{_RANGE} Entropy in nats; information of expert and type normalised to 0-1; span: the best expert's own SRCC "
        "less the worst one's, on synthetic pictures within a group.",
        (
            *("checkpoint", "effective experts photographs", "effective experts synthetic", "entropy photographs"),
            *("entropy synthetic", "dead experts", "expert-type information", "span photographs", "span synthetic"),
        ),
        rows,
    )


def clusters_table(measured: Sequence[Measured]) -> Table:
    """What the clusters follow, and the health of their posteriors."""
    rows: Rows = tuple(
        (
            f"`{entry.id}`",
            *(spread(entry.figure("clusters", label, "ami")) for label in ("group", "type", "content")),
            *(Figure(entry.median("clusters", "group", name)) for name in ("nmi", "ari", "purity")),
            Figure(entry.median("clusters", "content", "nmi")),
            Figure(entry.median("clusters", "posterior_entropy")),
            Figure(entry.median("clusters", "posterior_saturation")),
            Figure(entry.median("clusters", "effective_clusters"), digits=2),
            Figure(entry.median("clusters", "dead_clusters"), digits=1),
            _lowest_bic(entry),
            *(Figure(entry.median(name)) for name in ("group_accuracy", "type_accuracy")),
        )
        for entry in measured
        if entry.figure("clusters") is not None
    )
    return Table(
        "clusters",
        f"Contents that no training fold saw, levels 2 to 5. AMI: {_RANGE} Other columns: medians. Entropy in nats; "
        "saturation: share of posteriors above 0.99; K of the lowest BIC out of those tried.",
        (
            *("checkpoint", "AMI group", "AMI type", "AMI content", "NMI group", "ARI group", "purity group"),
            *(
                "NMI content",
                "entropy",
                "saturation",
                "effective",
                "dead",
                "K by BIC",
                "group accuracy",
                "type accuracy",
            ),
        ),
        rows,
    )


def bic_by_count(entry: Measured) -> dict[str, float]:
    """Median BIC by number of clusters, of those that could be fitted."""
    medians = {count: at(found, ("median",)) for count, found in (entry.figure("clusters", "bic") or {}).items()}
    return {count: value for count, value in medians.items() if value is not None}


def _lowest_bic(entry: Measured) -> Cell:
    known = bic_by_count(entry)
    return min(known, key=lambda count: known[count]) if known else UNKNOWN


def order_table(measured: Sequence[Measured]) -> Table:
    """The tests that need no human score."""
    names = ("d_test", "l_test", "p_test", "level_order_violations")
    rows: Rows = tuple(
        (f"`{entry.id}`", *(spread(entry.figure("order", name)) for name in names)) for entry in measured
    )
    return Table(
        "order",
        f"{_RANGE} D: pristine told from distorted; L: order of levels; P: pairs 30 points apart in order; last: "
        "share of pairs of levels, clearly apart for people, that are put in the wrong order.",
        ("checkpoint", "D-test", "L-test", "P-test", "level order violated"),
        rows,
    )


def calibration_table(measured: Sequence[Measured]) -> Table:
    """Honesty of intervals, deviations and class probabilities."""
    rows: Rows = tuple(
        (
            f"`{entry.id}`",
            spread(entry.figure("photographs_conformal", "coverage")),
            spread(entry.figure("photographs_conformal", "mean_width"), digits=1),
            *(Figure(entry.median("calibration", "std_coverage", percent)) for percent in ("50", "80", "90", "95")),
            Figure(entry.median("calibration", "z_rms"), digits=2),
            Figure(entry.median("calibration", "class_error")),
        )
        for entry in measured
    )
    return Table(
        "calibration",
        f"On photographs. First two columns: {_RANGE} Others: medians. Width in points; then the share of photographs "
        "within what `score_std` promises; root mean square of error over `score_std` (1 is right); expected "
        "calibration error of the distortion type on synthetic pictures.",
        (
            *("checkpoint", "coverage of the 90 % intervals", "their width", "50 %", "80 %", "90 %", "95 %"),
            *("z rms", "class error"),
        ),
        rows,
    )


def cross_table(measured: Sequence[Measured]) -> Table:
    """Every rated set, held out whole and as a test fold of unseen contents."""
    rows: list[tuple[Cell, ...]] = []
    for entry in measured:
        sets = [(name, "held out whole", found) for name, found in (entry.metrics.get("held_out_sets") or {}).items()]
        further = entry.figure("further_rated") or {}
        sets += [(name, "unseen contents", found) for name, found in further.items()]
        for name, how, found in sorted(sets, key=lambda item: item[:2]):
            if found:
                agreement = found["agreement"]
                cells = (spread(agreement[figure]) for figure in ("srcc", "plcc", "plcc_fitted", "krcc"))
                rows.append((f"`{entry.id}`", name, how, *cells, spread(agreement["rmse"], digits=2)))
    return Table(
        "cross_database",
        "Held out whole: the heads were trained on the other sets and saw nothing of this one, not even its contents "
        "under other distortions; median of these heads (smallest to largest). Unseen contents: the set's test fold, "
        "its other pictures were trained on.",
        ("checkpoint", "set", "how", "SRCC", "PLCC", "PLCC fitted", "KRCC", "RMSE"),
        tuple(rows),
    )


def published_table() -> Table:
    """Figures that were published elsewhere."""
    rows: Rows = tuple(
        (figure.dataset, figure.protocol, figure.model, Figure(figure.srcc), Figure(figure.plcc))
        for figure in PUBLISHED
    )
    return Table(
        "published",
        "Published elsewhere, on other splits and with other training: not comparable digit by digit.",
        ("set", "protocol", "model", "SRCC", "PLCC"),
        rows,
    )
