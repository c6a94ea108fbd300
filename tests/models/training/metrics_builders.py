"""Checkpoint folders with figures that nobody trained for: real shapes, values drawn around given ones."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from models.checkpoints.manifest import (
    CONFIG_FILE,
    DatasetRecord,
    Manifest,
    ScoreRecord,
    TrainingRecord,
    WeightsRecord,
    manifest_adapter,
)
from models.checkpoints.model_record import ModelRecord
from models.figures.files import METRICS_FILE, to_plain
from models.figures.measurements import (
    SPLIT,
    AwayHead,
    MatchedBaseline,
    MeasuredAway,
    MeasuredBlock,
    Metrics,
    SplitFigures,
    SyntheticScale,
    write_metrics,
)
from models.figures.records import AwayFigures, AwayRouting, Conformal, Plain, Replacements
from models.figures.summaries import summarise, summarise_away, summarise_set
from models.heads.config import Formulation
from models.taxonomy import TAXONOMY
from models.training.measuring.comparison import against_baseline
from models.training.measuring.evaluation import evaluate_split
from models.trunk.record import TrunkRecord
from tests.models.builders import generic_head, tiny_config
from tests.models.training.fold_builders import drawn_photographs, drawn_synthetic

SPLITS_SHA256 = "5" * 64
LIVE = "live_regenerated"


@functools.cache
def _measured_once(variant: str, formulation: Formulation) -> dict[str, Any]:
    """One split as the evaluation writes it, of a head that was not trained."""
    photographs, synthetic = drawn_photographs(), drawn_synthetic()
    measured = evaluate_split(
        generic_head(tiny_config(variant, formulation)),
        seed=0,
        quantile=1.5,
        photographs=photographs,
        synthetic=synthetic,
        further_rated={LIVE: synthetic},
    )
    result: dict[str, Any] = to_plain(SPLIT, measured)
    return result


def put(entry: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Set what lies at a path of nested dictionaries."""
    for name in path[:-1]:
        entry = entry[name]
    entry[path[-1]] = value


def drawn_splits(
    variant: str,
    formulation: Formulation = "stable",
    *,
    gain: float = 0.0,
    num_splits: int = 10,
    values: Mapping[tuple[str, ...], Any] | None = None,
) -> list[SplitFigures]:
    """Figures over splits: SRCC around .8 plus the gain, the rest as measured once but for what `values` sets.

    How easy a split is differs more than the heads do, and is the same for all of them.
    """
    easy = np.random.default_rng(0).uniform(-0.03, 0.03, num_splits)
    noise = np.random.default_rng(len(variant) + len(formulation)).uniform(-0.002, 0.002, num_splits)
    splits = []
    for seed in range(num_splits):
        split = copy.deepcopy(_measured_once(variant, formulation)) | {"seed": seed}
        level = round(0.8 + gain + easy[seed] + noise[seed], 6)
        for part in ("photographs", "synthetic"):
            split[part] |= {"srcc": level, "plcc": level}
            split[f"{part}_srcc_interval"] = {"low": round(level - 0.03, 6), "high": round(level + 0.03, 6)}
        split["synthetic_srcc_by_type"] = {
            name: round(level + 0.01 * gain * place, 6) for place, name in enumerate(TAXONOMY.distortion_types)
        }
        split["synthetic_srcc_by_group"] = dict.fromkeys(TAXONOMY.groups, level)
        for path, value in (values or {}).items():
            put(split, path, value)
        splits.append(SPLIT.validate_python(split))
    return splits


def _block(
    variant: str,
    formulation: Formulation,
    *,
    gain: float,
    num_splits: int,
    values: Mapping[tuple[str, ...], Any] | None,
    held_out: tuple[str, ...],
) -> MeasuredBlock:
    """Figures on one kind of features; the matched baseline has no gain."""
    splits = drawn_splits(variant, formulation, gain=gain, num_splits=num_splits, values=values)
    matched = None
    if variant != "no_gmm":
        comparison = against_baseline(splits, drawn_splits("no_gmm", num_splits=num_splits))
        matched = MatchedBaseline("no_gmm_200", 318_000, comparison)
    heads = [(split.further_rated or {})[LIVE] for split in splits[:3]]
    return MeasuredBlock(
        num_splits=num_splits,
        summary=summarise(splits),
        held_out_sets={name: summarise_set(heads) for name in held_out},
        matched_baseline=matched,
        splits=splits,
    )


Values = Mapping[str, float]
SOURCES = ("ss01", "ss02", "ss03")


def drawn_away(
    split: SplitFigures, *, srcc: Values, ridge: float, uniform_cost: float = 0.0
) -> dict[str, MeasuredAway]:
    """Figures away from home by source or set: one head each, as good as said, beside a ridge."""

    def head(value: float) -> AwayHead:
        found = (split.further_rated or {})[LIVE]
        figures = replace(found, agreement=replace(found.agreement, srcc=value, plcc=value))
        left = Replacements(value, value - 0.1, value - uniform_cost, value, value, value - 0.05)
        routing = None if split.interventions is None else AwayRouting("routing_weights", left, left)
        plain = Plain(replace(found.agreement, srcc=ridge, plcc=ridge))
        return AwayFigures(figures=figures, routing=routing, conformal=Conformal(0.85, 31.0, 1.5), plain=plain)

    return {
        name: MeasuredAway(
            kind="source" if name in SOURCES else "set", summary=summarise_away([head(value)]), heads=[head(value)]
        )
        for name, value in srcc.items()
    }


def write_checkpoint(
    root: Path,
    checkpoint_id: str,
    *,
    variant: str,
    formulation: Formulation = "stable",
    gain: float = 0.0,
    num_splits: int = 10,
    values: Mapping[tuple[str, ...], Any] | None = None,
    split_sha256: str = SPLITS_SHA256,
    fine_tuned_gain: float | None = None,
    fine_tuned_values: Mapping[tuple[str, ...], Any] | None = None,
    away: Values | None = None,
    ridge: float = 0.7,
    uniform_cost: float = 0.0,
) -> Path:
    """`config.json` and `metrics.json` of a checkpoint; with a gain on fine-tuned features, three splits on these."""
    tuned = None
    if fine_tuned_gain is not None:
        tuned = _block(
            variant, formulation, gain=fine_tuned_gain, num_splits=3, values=fine_tuned_values, held_out=(LIVE,)
        )
    block = _block(variant, formulation, gain=gain, num_splits=num_splits, values=values, held_out=("biq2021", LIVE))
    if away is not None:
        found = drawn_away(block.splits[0], srcc=away, ridge=ridge, uniform_cost=uniform_cost)
        block = replace(block, away=found)
    metrics = Metrics(
        recipe=checkpoint_id,
        split_sha256=split_sha256,
        synthetic_scale=SyntheticScale(1.0, 0.0),
        **vars(block),
        fine_tuned=tuned,
    )
    folder = root / checkpoint_id
    folder.mkdir(parents=True)
    (folder / METRICS_FILE).write_bytes(write_metrics(metrics))
    fields = manifest_adapter().dump_python(
        manifest_of(checkpoint_id, variant, formulation), mode="json", exclude={"id"}
    )
    (folder / CONFIG_FILE).write_text(json.dumps(fields))
    return folder


def manifest_of(checkpoint_id: str, variant: str, formulation: Formulation = "stable") -> Manifest:
    """The manifest of a head that nobody trained."""
    return Manifest(
        format=1,
        variant=variant,
        formulation=formulation,
        title=f"Title of {checkpoint_id}",
        model=ModelRecord(variant, formulation),
        score=ScoreRecord((0.0, 100.0), True, 0.9, 1.5),
        classes=TAXONOMY.classes,
        cluster_names=None,
        expert_names=None,
        trunk=TrunkRecord("0" * 64, "0" * 64),
        training=TrainingRecord(checkpoint_id, 0, "all", "0" * 64, (DatasetRecord("biq2021", 60, "0" * 64),)),
        parameter_count=318_932,
        weights=WeightsRecord("0" * 64, 1),
        golden_score=50.0,
    )
