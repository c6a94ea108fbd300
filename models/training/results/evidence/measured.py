"""Checkpoints' metrics, read from their files and checked to stand on the same splits.

Legend: S splits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from models.checkpoints.manifest import CONFIG_FILE, METRICS_FILE, Manifest
from models.checkpoints.reading import checkpoint_folders, read_manifest
from models.figures.statistics import Floats, Interval, PairedComparison
from models.training.measuring.comparison import ComparisonError
from models.training.measuring.evaluation import summarise, to_plain

BASELINE_VARIANT: Final = "no_gmm"
LIVE: Final = "live_regenerated"

Part = Literal["photographs", "synthetic"]
PLACES: Final[Mapping[Part, str]] = {"photographs": "photographs", "synthetic": "synthetic pictures"}

_REQUIRED: Final = ("summary", "splits", "split_sha256", "matched_baseline")
_REQUIRED_FINE_TUNED: Final = ("summary", "splits", "held_out_sets", "matched_baseline")
_REQUIRED_IN_SUMMARY: Final = (
    "photographs",
    "synthetic",
    "order",
    "calibration",
    "interventions",
    "routing",
    "further_rated",
)


@dataclass(frozen=True)
class Measured:
    """One checkpoint's manifest and figures on one kind of features, and the SHA-256 of both files by name.

    What is read from a folder has the figures on frozen features; `fine_tuned` has those on fine-tuned ones.
    """

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

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the splits that were measured, in their order."""
        return tuple(split["seed"] for split in self.metrics["splits"])

    @property
    def num_splits(self) -> int:
        """How many splits were measured."""
        return len(self.metrics["splits"])

    @property
    def fine_tuned(self) -> Measured | None:
        """The same variant's heads on trunks fine-tuned split by split; `None` where that was not measured."""
        block = self.metrics.get("fine_tuned")
        if block is None:
            return None
        return replace(self, metrics={**block, "split_sha256": self.metrics["split_sha256"]})

    def on_first(self, num_splits: int) -> Measured:
        """The figures of the first splits alone; sets held out whole have their own few heads and stay as they are.

        There is no comparison with the matched baseline, whose splits are not stored.
        """
        splits = self.metrics["splits"][:num_splits]
        summary = to_plain(summarise(splits))
        return replace(self, metrics={**self.metrics, "splits": splits, "summary": summary, "matched_baseline": None})

    def figure(self, *path: str) -> Any:
        """What the summary over splits has at a path; `None` where it has nothing."""
        return at(self.metrics["summary"], path)

    def median(self, *path: str) -> float | None:
        """Median over splits of the number at a path; `None` where no split has it."""
        value: float | None = at(self.figure(*path), ("median",))
        return value

    def held_out(self, name: str, *path: str) -> Any:
        """What the summary over heads has at a path for a rated set held out whole; `None` where it has nothing."""
        return at(self.metrics.get("held_out_sets"), (name, *path))

    def per_split(self, *path: str) -> Floats:
        """The number at a path in every split (S,); NaN where a split lacks it."""
        values = [at(split, path) for split in self.metrics["splits"]]
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    def against_matched(self, part: str) -> PairedComparison | None:
        """Paired difference of SRCC to the baseline of the same size; `None` where none was trained."""
        entry = at(self.metrics["matched_baseline"], ("comparison", part, "srcc"))
        return None if entry is None else stored_comparison(entry)


def at(entry: Any, path: Sequence[str]) -> Any:
    """The value at a path of names in nested mappings; `None` where the path ends early."""
    return reduce(lambda value, name: value.get(name) if isinstance(value, Mapping) else None, path, entry)


def stored_comparison(entry: Mapping[str, Any]) -> PairedComparison:
    """What `comparison.against_baseline` wrote of one figure, read back."""

    def number(value: float | None) -> float:
        return float("nan") if value is None else value

    interval = Interval(number(entry["interval"]["low"]), number(entry["interval"]["high"]))
    return PairedComparison(
        number(entry["median_difference"]),
        interval,
        number(entry["p_value"]),
        int(entry["num_pairs"]),
        number(entry["mean_difference"]),
        number(entry["deviation"]),
    )


def read_measured(root: Path) -> tuple[Measured, ...]:
    """Every checkpoint under `root`, best median SRCC on photographs first.

    A checkpoint may have fewer splits than the others, the first ones. Raises `CheckpointRefused` for a bad manifest,
    and `ComparisonError` for metrics that cannot be read, that another version wrote or that were measured on other
    splits than the rest, and where there is no checkpoint at all.
    """
    measured = [_read(folder) for folder in checkpoint_folders(root)]
    if not measured:
        raise ComparisonError(f"got no checkpoint under {root}, expected folders with {CONFIG_FILE} and {METRICS_FILE}")
    _check_same_splits(measured)
    return tuple(sorted(measured, key=lambda entry: rank_key(entry, "photographs")))


def _read(folder: Path) -> Measured:
    manifest = read_manifest(folder)
    path = folder / METRICS_FILE
    name = f"{folder.name}/{path.name}"
    try:
        metrics = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ComparisonError(f"got {type(error).__name__} from {name}, expected JSON") from error
    missing = _missing(metrics, _REQUIRED)
    block = at(metrics, ("fine_tuned",))
    if block is not None:
        missing += [f"fine_tuned.{field}" for field in _missing(block, _REQUIRED_FINE_TUNED)]
    if missing:
        raise ComparisonError(
            f"got {name} without {', '.join(missing)}, expected the figures of this version: train {folder.name} again"
        )
    inputs = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (CONFIG_FILE, METRICS_FILE)}
    return Measured(manifest, metrics, inputs)


def _missing(metrics: Any, required: Sequence[str]) -> list[str]:
    missing = [name for name in required if not _has(metrics, name)]
    comparison = at(metrics, ("matched_baseline", "comparison", "photographs", "srcc"))
    if comparison is not None and not _has(comparison, "deviation"):
        missing.append("matched_baseline.comparison.*.deviation")
    return missing + [name for name in _REQUIRED_IN_SUMMARY if not _has(at(metrics, ("summary",)), name)]


def _has(entry: Any, name: str) -> bool:
    return isinstance(entry, Mapping) and name in entry


def _check_same_splits(measured: Sequence[Measured]) -> None:
    longest = max(measured, key=lambda entry: entry.num_splits)
    expected = longest.metrics["split_sha256"]
    for entry in measured:
        found = entry.metrics["split_sha256"]
        is_first = entry.seeds and entry.seeds == longest.seeds[: entry.num_splits]
        if found != expected or not is_first:
            raise ComparisonError(
                f"got {entry.id} on splits {found[:12]} with seeds {list(entry.seeds)}, expected {expected[:12]} with "
                f"seeds {list(longest.seeds)}, or the first of them, as {longest.id} has"
            )
        tuned = entry.fine_tuned
        if tuned is not None and not (tuned.seeds and tuned.seeds == entry.seeds[: tuned.num_splits]):
            raise ComparisonError(
                f"got {entry.id} on fine-tuned features with seeds {list(tuned.seeds)}, expected the first of its own "
                f"seeds {list(entry.seeds)}"
            )


def rank_key(entry: Measured, part: str) -> tuple[float, str]:
    """Sorts checkpoints, best median SRCC on a part first; one without comes last."""
    median = entry.median(part, "srcc")
    return (float("inf") if median is None else -median, entry.id)


def find(measured: Sequence[Measured], checkpoint_id: str) -> Measured | None:
    """The checkpoint of an id; `None` where it is not there."""
    return next((entry for entry in measured if entry.id == checkpoint_id), None)


def on_all_splits(measured: Sequence[Measured]) -> list[Measured]:
    """The checkpoints that were measured on as many splits as any: only their medians can be ranked."""
    most = max((entry.num_splits for entry in measured), default=0)
    return [entry for entry in measured if entry.num_splits == most]


def on_shared_splits(*measured: Measured) -> list[Measured]:
    """The figures of each on the splits that all of them have."""
    shared = min(entry.num_splits for entry in measured)
    return [entry.on_first(shared) if entry.num_splits > shared else entry for entry in measured]


def row_name(entry: Measured, measured: Sequence[Measured]) -> str:
    """The id as code; with the number of splits where the others have more."""
    if entry in on_all_splits(measured):
        return f"`{entry.id}`"
    return f"`{entry.id}` ({splits_text(entry.num_splits)})"


def splits_text(count: int) -> str:
    """A number of splits in words."""
    return "1 split" if count == 1 else f"{count} splits"
