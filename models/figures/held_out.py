"""How well a checkpoint's recipe did on pictures that it was not trained on, read from `metrics.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from models.checkpoints.manifest import METRICS_FILE

Fold = Literal["test_fold", "held_out_whole"]
"""`test_fold`: the test part of content-disjoint splits; `held_out_whole`: a rated set that no head saw anything of."""


class MetricsUnreadable(ValueError):
    """A `metrics.json` that is missing, or not as the evaluation writes it."""


@dataclass(frozen=True)
class Spread:
    """A figure over splits."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class HeldOutFigures:
    """Rank and linear correlation with the labels of one set of pictures; `None` where they could not be measured."""

    name: str
    fold: Fold
    srcc: Spread | None
    plcc: Spread | None


@dataclass(frozen=True)
class HeldOut:
    """Every set of pictures, and over how many splits its figures are."""

    num_splits: int
    sets: tuple[HeldOutFigures, ...]


def read_held_out(folder: Path) -> HeldOut:
    """The figures of a checkpoint folder; raises `MetricsUnreadable`."""
    try:
        metrics = json.loads((folder / METRICS_FILE).read_text(encoding="utf-8"))
        return HeldOut(int(metrics["num_splits"]), tuple(_sets(metrics)))
    except OSError as error:
        raise MetricsUnreadable(f"got no readable {METRICS_FILE}: {error.strerror}") from error
    except (ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise MetricsUnreadable(f"got {reason}, expected {METRICS_FILE} as it is written") from error


def _sets(metrics: Mapping[str, Any]) -> Iterator[HeldOutFigures]:
    summary = metrics["summary"]
    yield _figures("photographs", "test_fold", summary["photographs"])
    yield _figures("synthetic", "test_fold", summary["synthetic"])
    for name, entry in (summary["further_rated"] or {}).items():
        yield _figures(name, "test_fold", entry["agreement"])
    for name, entry in (metrics["held_out_sets"] or {}).items():
        if entry is not None:
            yield _figures(name, "held_out_whole", entry["agreement"])


def _figures(name: str, fold: Fold, agreement: Mapping[str, Any]) -> HeldOutFigures:
    return HeldOutFigures(name, fold, _spread(agreement["srcc"]), _spread(agreement["plcc"]))


def _spread(entry: Mapping[str, Any] | None) -> Spread | None:
    if entry is None:
        return None
    values = [float(entry[name]) for name in ("median", "min", "max")]
    if not all(map(math.isfinite, values)):
        raise ValueError(f"got {values}, expected finite figures")
    return Spread(*values)
