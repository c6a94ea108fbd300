"""What the evaluation measured of clusters and routing on test folds: the part of metrics.json that pages show.

Imports no torch and nothing of the training: a checkpoint of another version may lack any of it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

LABELLINGS: Final = ("group", "type", "content")
REPLACEMENTS: Final = ("own", "shuffled", "uniform", "wrong", "oracle")

T = TypeVar("T")


class FiguresRefused(ValueError):
    """A metrics.json that is there but cannot be read: the reason."""


@dataclass(frozen=True)
class Spread:
    """A figure over splits."""

    median: float
    min: float
    max: float


@dataclass(frozen=True)
class FoldAgreement:
    """Agreement of clusters with a labelling over splits."""

    ami: Spread | None
    nmi: Spread | None


@dataclass(frozen=True)
class FoldInterventions:
    """SRCC with the head's own weights and with others in their place, by replacement; lacking ones are left out."""

    replaced: Literal["routing_weights", "posteriors"]
    photographs: Mapping[str, Spread]
    synthetic: Mapping[str, Spread]


@dataclass(frozen=True)
class FoldFigures:
    """Figures over the test folds of `num_splits` splits; a part that was not measured is `None`, or left out.

    `bic` maps a number of clusters to the criterion of such a mixture (lower is better).
    """

    num_splits: int
    agreement: Mapping[str, FoldAgreement] | None
    bic: Mapping[int, Spread] | None
    interventions: FoldInterventions | None


def read_fold_figures(data: bytes) -> FoldFigures:
    """The figures in the bytes of a metrics.json; raises `FiguresRefused`."""
    try:
        document = json.loads(data)
        summary, num_splits = document["summary"], int(document["num_splits"])
        clusters = summary.get("clusters") or {}
        return FoldFigures(num_splits, _agreement(clusters), _bic(clusters.get("bic")), _interventions(summary))
    except (ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError) as error:
        kind = "fields" if isinstance(error, ValidationError) else type(error).__name__
        raise FiguresRefused(
            f"got figures that cannot be read ({kind}), expected summary and num_splits as the evaluation writes them"
        ) from error


def _agreement(clusters: Mapping[str, Any]) -> dict[str, FoldAgreement] | None:
    found = {name: clusters[name] for name in LABELLINGS if clusters.get(name) is not None}
    return {name: FoldAgreement(_spread(entry["ami"]), _spread(entry["nmi"])) for name, entry in found.items()} or None


def _bic(entries: Mapping[str, Any] | None) -> dict[int, Spread] | None:
    return None if entries is None else _spreads({int(count): entry for count, entry in entries.items()}) or None


def _interventions(summary: Mapping[str, Any]) -> FoldInterventions | None:
    entry = summary.get("interventions")
    if entry is None:
        return None
    replaced = TypeAdapter(Literal["routing_weights", "posteriors"]).validate_python(entry["replaced"])
    on = {place: {name: entry[place].get(name) for name in REPLACEMENTS} for place in ("photographs", "synthetic")}
    return FoldInterventions(replaced, _spreads(on["photographs"]), _spreads(on["synthetic"]))


def _spreads(entries: Mapping[T, Any]) -> dict[T, Spread]:
    found = {name: _spread(entry) for name, entry in entries.items()}
    return {name: spread for name, spread in found.items() if spread is not None}


def _spread(entry: Mapping[str, Any] | None) -> Spread | None:
    if entry is None:
        return None
    spread = TypeAdapter(Spread).validate_python(entry)
    if not all(map(math.isfinite, (spread.median, spread.min, spread.max))):
        raise ValueError(f"got {spread}, expected finite figures")
    return spread
