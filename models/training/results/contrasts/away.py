"""At home and away from home side by side: where heads are worth more than predictors without a network.

Legend: S splits or heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.figures.measurements import MeasuredAway
from models.figures.records import AwayKind, PairedComparison, Plain, Spread
from models.figures.routing_costs import RoutingCosts, away_routing_costs
from models.figures.statistics import compare_paired
from models.training.fitting.recipes import BASELINE
from models.training.results.contrasts.transfer import SETS
from models.training.results.evidence.measured import PLACES, Measured, median_of, on_all_splits, row_name
from models.training.results.evidence.rules import code
from models.training.results.evidence.tables import Cell, Figure, Lines, Table, Tables, bullets, shown, signed, spread

RIDGE: Final = "ridge on the same features"
TABLE: Final = "type x level table"


@dataclass(frozen=True)
class Place:
    """Pictures that heads are judged on: at home, or of a kind that they were not trained on."""

    name: str
    says: str


def place_of(name: str, kind: AwayKind) -> Place:
    """A place away from home in words."""
    if kind == "source":
        return Place(name, f"photographs of source {name}, left out")
    if kind == "synthetic":
        return Place(name, "synthetic pictures, scores learned from photographs alone")
    return Place(name, f"{SETS.get(name, name).rstrip(',')} held out whole")


def against_ridge(found: MeasuredAway) -> PairedComparison:
    """SRCC less that of the ridge, head by head."""
    pairs = [(head.figures.agreement.srcc, head.plain.ridge.srcc) for head in found.heads]
    own_S, ridge_S = np.array(pairs, np.float64).T
    return compare_paired(own_S, ridge_S)


def has_away(measured: Sequence[Measured]) -> bool:
    """Whether anything was measured away from home; files that were written before have nothing."""
    return any(entry.block.away for entry in measured)


def places(measured: Sequence[Measured]) -> list[Place]:
    """Every place away from home that anybody was measured at, in the order of the files."""
    found = {name: away.kind for entry in measured for name, away in (entry.block.away or {}).items()}
    return [place_of(name, kind) for name, kind in found.items()]


def away_of(entry: Measured, place: Place) -> MeasuredAway | None:
    """The figures of a checkpoint at a place."""
    return (entry.block.away or {}).get(place.name)


def srcc_away(entry: Measured, place: Place) -> float | None:
    """Median SRCC at a place."""
    found = away_of(entry, place)
    return None if found is None else median_of(found.summary.figures.agreement.srcc)


def ridge_away(measured: Sequence[Measured], place: Place) -> float | None:
    """Median SRCC of the ridge at a place: the same for all checkpoints on the same features."""
    plain = _plain(measured, place)
    return None if plain is None else median_of(plain.ridge.srcc)


def _plain(measured: Sequence[Measured], place: Place) -> Plain[Spread | None] | None:
    return next((found.summary.plain for entry in measured if (found := away_of(entry, place)) is not None), None)


def away_table(measured: Sequence[Measured]) -> Table:
    """SRCC at home and everywhere else, one row per checkpoint, and of the predictors without a network."""
    found = places(measured)
    rows: list[tuple[Cell, ...]] = [
        (
            row_name(entry, measured),
            *(spread(entry.summary.agreement(part).srcc) for part in PLACES),
            *(
                spread(None if (away := away_of(entry, place)) is None else away.summary.figures.agreement.srcc)
                for place in found
            ),
        )
        for entry in measured
        if entry.block.away
    ]
    return Table(
        "away",
        "SRCC, median over splits or heads (smallest to largest). At home other pictures of the same kind were trained "
        "on; elsewhere none was. The ridge is fitted on the same features of the same training pictures; the table "
        "predicts the mean label of type and level over the other references of a set, whose labels it has seen.",
        ("checkpoint", *(f"home, {name}" for name in PLACES.values()), *(place.says for place in found)),
        (*rows, *_plain_rows(measured, found)),
    )


def _plain_rows(measured: Sequence[Measured], found: Sequence[Place]) -> list[tuple[Cell, ...]]:
    """Ridge, and the table where it is known of any."""
    home = next((entry.summary.plain for entry in measured if entry.summary.plain is not None), None)
    at_home = [None if home is None else home.of(part) for part in PLACES]
    everywhere = [*at_home, *(_plain(measured, place) for place in found)]
    tables = [None if plain is None else plain.table for plain in everywhere]
    rows = {
        RIDGE: [None if plain is None else plain.ridge.srcc for plain in everywhere],
        TABLE: [None if known is None else known.srcc for known in tables],
    }
    known = {name: cells for name, cells in rows.items() if any(cell is not None for cell in cells)}
    return [(name, *(spread(cell) for cell in cells)) for name, cells in known.items()]


def away_routing_table(measured: Sequence[Measured]) -> Table:
    """What is left of SRCC and PLCC away from home when the routing is replaced, and intervals there."""
    rows: list[tuple[Cell, ...]] = []
    for entry in measured:
        for place in places(measured):
            away = away_of(entry, place)
            if away is None:
                continue
            left, costs = away.summary.routing, away_routing_costs(away.heads)
            conformal = away.summary.conformal
            kept = [
                spread(None if left is None else getattr(values, name))
                for values in ((None, None) if left is None else (left.srcc, left.plcc))
                for name in ("own", "uniform", "shuffled", "mean")
            ]
            rows.append(
                (
                    row_name(entry, measured),
                    place.says,
                    len(away.heads),
                    *kept,
                    *(signed(None if costs is None else cost) for cost in _listed(costs)),
                    Figure(None if conformal is None else median_of(conformal.coverage)),
                    Figure(None if conformal is None else median_of(conformal.mean_width), digits=1),
                )
            )
    weights = ("own", "uniform", "shuffled", "mean")
    return Table(
        "away_routing",
        "Own routing weights (or posteriors), equal ones, another picture's, and the mean of the training photographs; "
        "differences are medians of paired ones over heads (their range where there are few). Intervals were "
        "calibrated at home.",
        (
            *("checkpoint", "pictures", "heads", *(f"SRCC {name}" for name in weights)),
            *(f"PLCC {name}" for name in weights),
            *("own less uniform", "own less shuffled", "own less mean", "coverage", "width"),
        ),
        tuple(rows),
    )


def _listed(costs: RoutingCosts | None) -> tuple[PairedComparison | None, ...]:
    return (None, None, None) if costs is None else (costs.uniform, costs.shuffled, costs.mean)


def sources_table(measured: Sequence[Measured]) -> Table:
    """Test photographs at home divided by the source that they came from."""
    rows: list[tuple[Cell, ...]] = []
    for entry in measured:
        for name, found in (entry.summary.photographs_by_source or {}).items():
            agreement, conformal = found.agreement, found.conformal
            cells = (spread(agreement.srcc), spread(conformal.coverage), spread(conformal.mean_width, digits=1))
            rows.append((row_name(entry, measured), name, *cells))
    return Table(
        "sources",
        "Test photographs at home by source, whose other photographs were trained on: median over splits (smallest to "
        "largest). Width in points.",
        ("checkpoint", "source", "SRCC", "coverage of the 90 % intervals", "their width"),
        tuple(rows),
    )


def away_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """Where does the mixture pay? Empty where nothing was measured away from home."""
    if not has_away(measured):
        return []
    lines: list[str] = []
    for entries, features, suffix in _sides(measured):
        said = bullets(pays_sentences(entries))
        lines += [f"### On {features} features", said, *shown(tables[f"away{suffix}"])]
    return [
        "## At home and away from home",
        "A head is judged on pictures of the kinds that it was trained on, and on kinds that it was not: one source of "
        "the photographs left out, a rated set held out whole, distorted pictures whose scores were not trained on.",
        *lines,
        *shown(tables["away_routing"]),
        *shown(tables["sources"]),
    ]


def _sides(measured: Sequence[Measured]) -> list[tuple[Sequence[Measured], str, str]]:
    tuned = [found for entry in measured if (found := entry.fine_tuned) is not None]
    sides = [(measured, "frozen", ""), (tuned, "fine-tuned", "_fine_tuned")]
    return [side for side in sides if has_away(side[0])]


def away_tables(measured: Sequence[Measured]) -> list[Table]:
    """Every table of the section; none where nothing was measured away from home."""
    sides = _sides(measured)
    if not sides:
        return []
    named = [replace(away_table(entries), name=f"away{suffix}") for entries, _, suffix in sides]
    return [*named, away_routing_table(sides[-1][0]), sources_table(measured)]


def pays_sentences(measured: Sequence[Measured]) -> list[str]:
    """Where the best mixture is above both the baseline and the ridge, and the three figures place by place."""
    found = [(place, said) for place in places(measured) if (said := _pays(measured, place)) is not None]
    above = [place.says for place, said in found if said.is_above_both]
    if not found:
        return []
    elsewhere = [place.says for place, said in found if not said.is_above_both]
    pays = f"The mixture pays on {_and(above)}." if above else "The mixture pays nowhere away from home."
    not_there = f" It does not on {_and(elsewhere)}." if above and elsewhere else ""
    return [
        pays + not_there + " It pays where its median SRCC is above the baseline's and above the ridge's.",
        *(said.text for _, said in found),
    ]


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{'; '.join(names[:-1])}; and {names[-1]}"


@dataclass(frozen=True)
class _Pays:
    is_above_both: bool
    text: str


def _pays(measured: Sequence[Measured], place: Place) -> _Pays | None:
    known = {entry.id: value for entry in measured if (value := srcc_away(entry, place)) is not None}
    running = [entry for entry in on_all_splits(measured) if entry.is_mixture and entry.id in known]
    mixtures = {entry.id: known[entry.id] for entry in running}
    ridge = ridge_away(measured, place)
    if not mixtures or ridge is None or BASELINE not in known:
        return None
    best = max(mixtures, key=lambda name: mixtures[name])
    value, plain = mixtures[best], known[BASELINE]
    text = (
        f"{place.says[0].upper()}{place.says[1:]}: the best mixture is {code([best])} with SRCC {Figure(value).text}, "
        f"`{BASELINE}` has {Figure(plain).text}, the {RIDGE} {Figure(ridge).text}."
    )
    return _Pays(value > plain and value > ridge, text)
