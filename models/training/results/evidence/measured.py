"""Checkpoints' metrics, read from their files and checked to stand on the same splits.

Legend: S splits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from models.checkpoints.manifest import CONFIG_FILE, Manifest
from models.checkpoints.reading import checkpoint_folders, read_manifest
from models.figures.files import METRICS_FILE, PREDICTIONS_FILE
from models.figures.measurements import ComparisonError, MeasuredBlock, SetSummary, SplitFigures, Summary, metrics_in
from models.figures.predictions import read_predictions
from models.figures.records import PairedComparison, Part, Spread
from models.figures.statistics import Floats
from models.figures.summaries import summarise
from models.pairs.calibration import PairBin, pair_calibration
from models.training.fitting.recipes import BASELINE

LIVE: Final = "live_regenerated"

PLACES: Final[Mapping[Part, str]] = {"photographs": "photographs", "synthetic": "synthetic pictures"}

SplitValue = Callable[[SplitFigures], float | None]
SpreadValue = Callable[[Summary], Spread | None]


@dataclass(frozen=True)
class Measured:
    """One checkpoint's manifest and figures on one kind of features, and the SHA-256 of both files by name.

    What is read from a folder has the figures on frozen features; `fine_tuned` has those on fine-tuned ones.
    """

    manifest: Manifest
    split_sha256: str
    block: MeasuredBlock
    tuned_block: MeasuredBlock | None
    inputs: Mapping[str, str]
    pairs: tuple[PairBin, ...] = ()
    """What P(A better than B) is worth on the first split's test photographs."""

    @property
    def id(self) -> str:
        """The checkpoint's id."""
        return self.manifest.id

    @property
    def is_mixture(self) -> bool:
        """Whether there is a mixture to judge."""
        return self.manifest.variant != BASELINE

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the splits that were measured, in their order."""
        return tuple(split.seed for split in self.block.splits)

    @property
    def num_splits(self) -> int:
        """How many splits were measured."""
        return len(self.block.splits)

    @property
    def summary(self) -> Summary:
        """The figures over splits."""
        return self.block.summary

    @property
    def fine_tuned(self) -> Measured | None:
        """The same variant's heads on trunks fine-tuned split by split; `None` where that was not measured."""
        if self.tuned_block is None:
            return None
        return replace(self, block=self.tuned_block, tuned_block=None)

    def on_first(self, num_splits: int) -> Measured:
        """The figures of the first splits alone; sets held out whole have their own few heads and stay as they are.

        There is no comparison with the matched baseline, whose splits are not stored.
        """
        splits = self.block.splits[:num_splits]
        return replace(self, block=replace(self.block, splits=splits, summary=summarise(splits), matched_baseline=None))

    def median(self, value: SpreadValue) -> float | None:
        """Median over splits of a figure of the summary; `None` where no split has it."""
        return median_of(value(self.summary))

    def held_out(self, name: str) -> SetSummary | None:
        """The figures over heads on a rated set held out whole; `None` where there are none."""
        return self.block.held_out_sets.get(name)

    def per_split(self, value: SplitValue) -> Floats:
        """The number that each split has (S,), NaN where it has none."""
        found = [value(split) for split in self.block.splits]
        return np.array([np.nan if number is None else number for number in found], np.float64)

    def against_matched(self, part: Part) -> PairedComparison | None:
        """SRCC against the baseline of the same size, as the evaluation compared it; `None` where there is none."""
        matched = self.block.matched_baseline
        return None if matched is None else matched.comparison.of(part).srcc


def srcc_on(part: Part) -> SplitValue:
    """SRCC of a split on one part."""
    return lambda split: split.agreement(part).srcc


def median_of(spread: Spread | None) -> float | None:
    """The median of what was measured."""
    return None if spread is None else spread.median


def read_measured(root: Path) -> tuple[Measured, ...]:
    """Every checkpoint under `root`, best median SRCC on photographs first.

    A checkpoint may have fewer splits than the others, the first ones. Raises `CheckpointRefused` for a bad manifest,
    `FiguresUnreadable` for metrics that cannot be read or that another version wrote, and `ComparisonError` for those
    that were measured on other splits than the rest, and where there is no checkpoint at all.
    """
    measured = [_read(folder) for folder in checkpoint_folders(root)]
    if not measured:
        raise ComparisonError(f"got no checkpoint under {root}, expected folders with {CONFIG_FILE} and {METRICS_FILE}")
    _check_same_splits(measured)
    return tuple(sorted(measured, key=lambda entry: rank_key(entry, "photographs")))


def _read(folder: Path) -> Measured:
    metrics = metrics_in(folder)
    inputs = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (CONFIG_FILE, METRICS_FILE)}
    return Measured(read_manifest(folder), metrics.split_sha256, metrics, metrics.fine_tuned, inputs, _pairs(folder))


def _pairs(folder: Path) -> tuple[PairBin, ...]:
    path = folder / PREDICTIONS_FILE
    return pair_calibration(read_predictions(path.read_bytes())) if path.is_file() else ()


def _check_same_splits(measured: Sequence[Measured]) -> None:
    longest = max(measured, key=lambda entry: entry.num_splits)
    expected = longest.split_sha256
    for entry in measured:
        found = entry.split_sha256
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


def rank_key(entry: Measured, part: Part) -> tuple[float, str]:
    """Sorts checkpoints, best median SRCC on a part first; one without comes last."""
    median = median_of(entry.summary.agreement(part).srcc)
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
