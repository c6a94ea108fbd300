"""Checkpoints side by side: read from their metrics files, ranked, and compared split by split.

Legend: S splits.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from models.checkpoints import CONFIG_FILE, METRICS_FILE, Manifest, checkpoint_folders, read_manifest
from models.metrics import Floats, Interval, PairedComparison, compare_paired
from models.training.comparison import COMPARED_FIGURES, COMPARED_PARTS, ComparisonError
from models.training.evaluation import to_plain

LEADERBOARD_FILE: Final = "leaderboard.json"
BASELINE_VARIANT: Final = "no_gmm"
MIN_PAIRS: Final = 6
"""Fewest splits from which anything is concluded: with five, no two-sided p of Wilcoxon's test is below .05."""

_FIGURES: Final = ("srcc", "plcc", "plcc_fitted", "krcc", "rmse")
_REQUIRED: Final = ("summary", "splits", "split_sha256", "matched_baseline")
_REQUIRED_IN_SUMMARY: Final = (
    "photographs",
    "synthetic",
    "order",
    "calibration",
    "interventions",
    "routing",
    "further_rated",
)

Verdict = Literal["better", "worse", "no difference shown", "too few splits"]


@dataclass(frozen=True)
class Measured:
    """One checkpoint's manifest and metrics, and the SHA-256 of both files by name."""

    manifest: Manifest
    metrics: Mapping[str, Any]
    inputs: Mapping[str, str]

    @property
    def id(self) -> str:
        """The checkpoint's id."""
        return self.manifest.id

    @property
    def is_mixture(self) -> bool:
        """Whether there is a mixture to judge."""
        return self.manifest.variant != BASELINE_VARIANT

    def figure(self, *path: str) -> Any:
        """What the summary over splits has at a path; `None` where it has nothing."""
        return at(self.metrics["summary"], path)

    def median(self, *path: str) -> float | None:
        """Median over splits of the number at a path; `None` where no split has it."""
        value: float | None = at(self.figure(*path), ("median",))
        return value

    def per_split(self, *path: str) -> Floats:
        """The number at a path in every split (S,); NaN where a split lacks it."""
        values = [at(split, path) for split in self.metrics["splits"]]
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    def against_matched(self, part: str) -> PairedComparison | None:
        """Paired difference of SRCC to the baseline of the same size; `None` where none was trained."""
        entry = at(self.metrics["matched_baseline"], ("comparison", part, "srcc"))
        return None if entry is None else _comparison(entry)


def at(entry: Any, path: Sequence[str]) -> Any:
    """The value at a path of names in nested mappings; `None` where the path ends early."""
    return reduce(lambda value, name: value.get(name) if isinstance(value, Mapping) else None, path, entry)


def read_measured(root: Path) -> tuple[Measured, ...]:
    """Every checkpoint under `root`, best median SRCC on photographs first.

    Raises `CheckpointRefused` for a bad manifest, and `ComparisonError` for metrics that cannot be read, that another
    version wrote or that were measured on other splits than the rest, and where there is no checkpoint at all.
    """
    measured = [_read(folder) for folder in checkpoint_folders(root)]
    if not measured:
        raise ComparisonError(f"got no checkpoint under {root}, expected folders with {CONFIG_FILE} and {METRICS_FILE}")
    _check_same_splits(measured)
    return tuple(sorted(measured, key=lambda entry: _rank_key(entry, "photographs")))


def _read(folder: Path) -> Measured:
    manifest = read_manifest(folder)
    path = folder / METRICS_FILE
    try:
        metrics = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ComparisonError(f"got {type(error).__name__} from {folder.name}/{path.name}, expected JSON") from error
    missing = [name for name in _REQUIRED if not _has(metrics, name)]
    missing += [name for name in _REQUIRED_IN_SUMMARY if not _has(at(metrics, ("summary",)), name)]
    if missing:
        got = f"got {folder.name}/{path.name} without {', '.join(missing)}"
        raise ComparisonError(f"{got}, expected the figures of this version: train {folder.name} again")
    inputs = {name: _sha256(folder / name) for name in (CONFIG_FILE, METRICS_FILE)}
    return Measured(manifest, metrics, inputs)


def _has(entry: Any, name: str) -> bool:
    return isinstance(entry, Mapping) and name in entry


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_same_splits(measured: Sequence[Measured]) -> None:
    first = measured[0]
    for other in measured[1:]:
        hashes = [entry.metrics["split_sha256"] for entry in (other, first)]
        seeds = [_seeds(entry) for entry in (other, first)]
        if hashes[0] != hashes[1] or seeds[0] != seeds[1]:
            got = f"got {other.id} on splits {hashes[0][:12]} with seeds {seeds[0]}"
            raise ComparisonError(f"{got}, expected {hashes[1][:12]} with seeds {seeds[1]} as {first.id} has")


def _seeds(entry: Measured) -> list[int]:
    return [split["seed"] for split in entry.metrics["splits"]]


def _rank_key(entry: Measured, part: str) -> tuple[float, str]:
    median = entry.median(part, "srcc")
    return (math.inf if median is None else -median, entry.id)


def ranks(measured: Sequence[Measured], part: str) -> dict[str, int]:
    """Place of every checkpoint by median SRCC on photographs or synthetic pictures, 1 is best."""
    order = sorted(measured, key=lambda entry: _rank_key(entry, part))
    return {entry.id: place for place, entry in enumerate(order, 1)}


def find(measured: Sequence[Measured], checkpoint_id: str) -> Measured | None:
    """The checkpoint of an id; `None` where it is not there."""
    return next((entry for entry in measured if entry.id == checkpoint_id), None)


def paired(entry: Measured, other: Measured, *path: str) -> PairedComparison:
    """Split by split, the number at a path less the other checkpoint's; positive where the other's is smaller."""
    return difference(entry.per_split(*path), other.per_split(*path))


def difference(values_S: Floats, others_S: Floats) -> PairedComparison:
    """Values less others of the same splits; asked for again, as tables and sentences do, it is not computed again."""
    return _compared(tuple(values_S.tolist()), tuple(others_S.tolist()))


@lru_cache(maxsize=4096)
def _compared(values_S: tuple[float, ...], others_S: tuple[float, ...]) -> PairedComparison:
    return compare_paired(np.array(values_S), np.array(others_S))


def verdict(found: PairedComparison) -> Verdict:
    """What a difference allows to be said: something only where the 95 % interval excludes zero."""
    if found.num_pairs < MIN_PAIRS:
        return "too few splits"
    if found.interval.low > 0:
        return "better"
    return "worse" if found.interval.high < 0 else "no difference shown"


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values corrected for their number; NaN stay NaN and do not count.

    Holm, "A simple sequentially rejective multiple test procedure" (Scandinavian Journal of Statistics, 1979).
    """
    corrected = [math.nan] * len(p_values)
    known = sorted((p, position) for position, p in enumerate(p_values) if not math.isnan(p))
    largest = 0.0
    for rank, (p, position) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - rank)))
        corrected[position] = largest
    return corrected


def matched_differences(measured: Sequence[Measured], part: str) -> dict[str, PairedComparison]:
    """Each mixture's difference to the baseline of its own size, by checkpoint, where one was trained."""
    by_id = {entry.id: entry.against_matched(part) for entry in measured if entry.is_mixture}
    return {name: found for name, found in by_id.items() if found is not None}


def holm_of(differences: Mapping[str, PairedComparison]) -> dict[str, float]:
    """Holm's correction over one family of comparisons, by checkpoint."""
    corrected = holm([found.p_value for found in differences.values()])
    return dict(zip(differences, corrected, strict=True))


@dataclass(frozen=True)
class Pairwise:
    """Every checkpoint (row) less every other one (column) in SRCC; `p_holm` is corrected over all pairs."""

    ids: tuple[str, ...]
    differences: Mapping[tuple[str, str], PairedComparison]
    p_holm: Mapping[tuple[str, str], float]


def pairwise(measured: Sequence[Measured], part: str) -> Pairwise:
    """All pairs of checkpoints on one part; both directions are filled, each pair is tested once."""
    pairs = [(first, second) for place, first in enumerate(measured) for second in measured[place + 1 :]]
    tested = {(first.id, second.id): paired(first, second, part, "srcc") for first, second in pairs}
    corrected = dict(zip(tested, holm([found.p_value for found in tested.values()]), strict=True))
    differences = tested | {(second, first): _reversed(found) for (first, second), found in tested.items()}
    p_holm = corrected | {(second, first): p for (first, second), p in corrected.items()}
    return Pairwise(tuple(entry.id for entry in measured), differences, p_holm)


def _reversed(found: PairedComparison) -> PairedComparison:
    interval = Interval(-found.interval.high, -found.interval.low)
    return found._replace(median_difference=-found.median_difference, interval=interval)


def _comparison(entry: Mapping[str, Any]) -> PairedComparison:
    """What `comparison.against_baseline` wrote, read back."""

    def number(value: float | None) -> float:
        return math.nan if value is None else value

    interval = Interval(number(entry["interval"]["low"]), number(entry["interval"]["high"]))
    return PairedComparison(
        number(entry["median_difference"]), interval, number(entry["p_value"]), int(entry["num_pairs"])
    )


def leaderboard(measured: Sequence[Measured]) -> dict[str, Any]:
    """What the Compare page reads, ready for JSON: a row per checkpoint, all pairs, and the hashes of what was read."""
    places = {part: ranks(measured, part) for part in COMPARED_PARTS}
    corrected = {part: holm_of(matched_differences(measured, part)) for part in COMPARED_PARTS}
    rows = [_row(entry, places, corrected) for entry in measured]
    board = {
        "format": 1,
        "split_sha256": measured[0].metrics["split_sha256"],
        "seeds": _seeds(measured[0]),
        "inputs": {entry.id: dict(entry.inputs) for entry in sorted(measured, key=lambda entry: entry.id)},
        "checkpoints": rows,
        "pairwise": {"part": "photographs", "figure": "srcc", **_matrices(pairwise(measured, "photographs"))},
    }
    plain: dict[str, Any] = to_plain(board)
    return plain


def _row(
    entry: Measured, places: Mapping[str, Mapping[str, int]], corrected: Mapping[str, Mapping[str, float]]
) -> dict[str, Any]:
    manifest = entry.manifest
    return {
        "id": manifest.id,
        "variant": manifest.variant,
        "formulation": manifest.formulation,
        "title": manifest.title,
        "parameter_count": manifest.parameter_count,
        "trunk_sha256": manifest.trunk.sha256,
        "ranks": {part: places[part][entry.id] for part in COMPARED_PARTS},
        "figures": {
            part: {
                **{name: entry.figure(part, name) for name in _FIGURES},
                "srcc_interval": {end: entry.median(f"{part}_srcc_interval", end) for end in ("low", "high")},
            }
            for part in COMPARED_PARTS
        },
        "splits": {
            part: {name: entry.per_split(part, name).tolist() for name in COMPARED_FIGURES} for part in COMPARED_PARTS
        },
        "srcc_by_group": entry.figure("synthetic_srcc_by_group"),
        "srcc_by_type": entry.figure("synthetic_srcc_by_type"),
        "order": entry.figure("order"),
        "group_accuracy": entry.figure("group_accuracy"),
        "type_accuracy": entry.figure("type_accuracy"),
        "clusters": entry.figure("clusters"),
        "interventions": entry.figure("interventions"),
        "conformal": entry.figure("photographs_conformal"),
        "further_rated": _sets(entry.figure("further_rated")),
        "held_out_sets": _sets(entry.metrics.get("held_out_sets")),
        "matched_baseline": _matched(entry, corrected),
    }


def _sets(found: Mapping[str, Any] | None) -> dict[str, Any]:
    """Agreement on each rated set and its interval, without the types."""
    kept = ("agreement", "srcc_interval")
    return {name: {key: figures[key] for key in kept} for name, figures in (found or {}).items() if figures}


def _matched(entry: Measured, corrected: Mapping[str, Mapping[str, float]]) -> dict[str, Any] | None:
    baseline = entry.metrics["matched_baseline"]
    if baseline is None:
        return None
    p_holm = {part: corrected[part].get(entry.id) for part in COMPARED_PARTS}
    return {**{name: baseline[name] for name in ("recipe", "parameter_count", "comparison")}, "srcc_p_holm": p_holm}


def _matrices(found: Pairwise) -> dict[str, Any]:
    """Square matrices in the order of `ids`: row less column; `None` on the diagonal."""

    def matrix(value: Any) -> list[list[float | None]]:
        return [[None if row == column else value((row, column)) for column in found.ids] for row in found.ids]

    return {
        "ids": list(found.ids),
        "median_difference": matrix(lambda pair: found.differences[pair].median_difference),
        "low": matrix(lambda pair: found.differences[pair].interval.low),
        "high": matrix(lambda pair: found.differences[pair].interval.high),
        "p_value": matrix(lambda pair: found.differences[pair].p_value),
        "p_holm": matrix(lambda pair: found.p_holm[pair]),
    }
