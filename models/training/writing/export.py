"""A finished run -> a checkpoint folder by the contract of `models.checkpoints.manifest`, with its model card."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import save as save_safetensors

from models.checkpoints.manifest import (
    CARD_FILE,
    CONFIG_FILE,
    WEIGHTS_FILE,
    DatasetRecord,
    Manifest,
    ScoreRecord,
    TrainingRecord,
    WeightsRecord,
    manifest_adapter,
)
from models.checkpoints.model_record import ModelRecord
from models.checkpoints.reading import read_manifest
from models.figures.files import CURVE_FILE, METRICS_FILE, PREDICTIONS_FILE
from models.figures.measurements import write_metrics
from models.figures.training_curve import write_curve
from models.files import write_atomically
from models.heads.variant import Variant
from models.prediction import INTERVAL_COVERAGE, SCORE_RANGE
from models.taxonomy import TAXONOMY
from models.training.data.corpus import Corpus
from models.training.data.splits import FINAL_SEED, splits_csv
from models.training.fitting.recipes import Recipe
from models.training.measuring.runs import Run, training_curve
from models.training.writing.model_card import model_card
from models.trunk.crops import crops_of_picture
from models.trunk.features import FeatureRuntime, picture_features
from models.trunk.golden_picture import golden_image
from models.trunk.preprocess import Preprocess
from models.trunk.record import SHARED_FOLDER, TrunkRecord

_FITTED_ON: Final = (
    f"nine tenths of all references (seed {FINAL_SEED}); the last tenth calibrated the interval; "
    "nothing was left to test"
)


def cluster_names(type_probabilities_KC: torch.Tensor) -> tuple[str, ...]:
    """The group that marks each cluster: frequent in it, and more so than in the others; numbered where shared.

    By frequency alone a cluster of clean pictures would be named after the distortions that hardly show.
    """
    membership_CG = torch.nn.functional.one_hot(torch.tensor(TAXONOMY.group_of_class)).float()
    groups_KG = type_probabilities_KC @ membership_CG
    lift_KG = groups_KG / groups_KG.mean(0).clamp(min=1e-9)
    top_K = (groups_KG * lift_KG).argmax(1).tolist()
    names = [TAXONOMY.group_names[group] for group in top_K]
    return tuple(
        f"{name} {names[: position + 1].count(name)}" if names.count(name) > 1 else name
        for position, name in enumerate(names)
    )


def head_cluster_names(head: Variant) -> tuple[str, ...] | None:
    """Names of clusters by the cluster-type matrix where there is one, else by number; `None` without a mixture."""
    if head.num_clusters is None:
        return None
    matrix = head.cluster_types_KC
    if matrix is None:
        return tuple(f"cluster {number}" for number in range(1, head.num_clusters + 1))
    return cluster_names(matrix)


def export_run(run: Run, corpus: Corpus, *, runtime: FeatureRuntime, trunk: TrunkRecord, root: Path) -> Path:
    """Write weights, metrics, card and curve, then `config.json`: a folder appears only when it is whole."""
    folder = root / run.recipe.name
    weights = save_safetensors({name: value.contiguous() for name, value in run.final.fitted.head.state_dict().items()})
    manifest = _manifest(run, corpus, runtime, trunk, weights)
    fields = manifest_adapter().dump_python(manifest, mode="json", exclude={"id"})
    (folder / CONFIG_FILE).unlink(missing_ok=True)
    write_atomically(folder / WEIGHTS_FILE, weights)
    write_atomically(folder / METRICS_FILE, write_metrics(run.metrics))
    write_atomically(folder / CURVE_FILE, write_curve(training_curve(run.final.fitted)))
    write_atomically(folder / PREDICTIONS_FILE, run.predictions)
    write_atomically(folder / CARD_FILE, model_card(manifest, run.metrics).encode())
    splits = root / SHARED_FOLDER / "splits" / f"{run.metrics.split_sha256[:12]}.csv"
    write_atomically(splits, splits_csv(run.splits).encode())
    write_atomically(folder / CONFIG_FILE, _json(fields))
    return folder


def describe_checkpoint(folder: Path, recipe: Recipe) -> Path:
    """Write the recipe's title and description into a checkpoint that is there, and nothing else of it anew."""
    manifest = replace(read_manifest(folder), title=recipe.title, description=recipe.description)
    write_atomically(folder / CONFIG_FILE, _json(manifest_adapter().dump_python(manifest, mode="json", exclude={"id"})))
    return folder / CONFIG_FILE


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _manifest(run: Run, corpus: Corpus, runtime: FeatureRuntime, trunk: TrunkRecord, weights: bytes) -> Manifest:
    head, recipe = run.final.fitted.head, run.recipe
    clusters = head_cluster_names(head)
    datasets = tuple(
        DatasetRecord(part.dataset.name, len(part.dataset.examples), part.dataset.sha256) for part in corpus.parts
    )
    return Manifest(
        format=1,
        variant=recipe.model.variant,
        formulation=recipe.model.formulation,
        title=recipe.title,
        description=recipe.description,
        model=ModelRecord.of(head.config),
        score=ScoreRecord(SCORE_RANGE, True, INTERVAL_COVERAGE, run.final.interval_quantile),
        classes=TAXONOMY.classes,
        cluster_names=clusters,
        expert_names=(head.expert_names or clusters) if head.has_experts else None,
        trunk=trunk,
        training=TrainingRecord(recipe.name, recipe.seed, _FITTED_ON, run.metrics.split_sha256, datasets),
        parameter_count=sum(parameter.numel() for parameter in head.parameters()),
        weights=WeightsRecord(hashlib.sha256(weights).hexdigest(), len(weights)),
        golden_score=_golden_score(head, runtime, Preprocess(recipe.model.preprocess)),
    )


@torch.inference_mode()
def _golden_score(head: Variant, runtime: FeatureRuntime, preprocess: Preprocess) -> float:
    image = golden_image()
    features_1D = picture_features(runtime, preprocess(image))
    return float(head(features_1D, *crops_of_picture(image, head.crop_px)).score.item())
