"""A whole run of one recipe: ten splits, the weights that ship, and the checkpoint folder.

Every finished split is a file in the run's folder; a run that was stopped goes on after the last one.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import torch

from models.files import write_atomically
from models.training.corpus import PHOTOGRAPH_SCALE, Corpus
from models.training.evaluation import calibrate, evaluate_split, predict_fold, summarise, to_plain
from models.training.feature_cache import progress_bar
from models.training.recipes import Recipe
from models.training.splits import NUM_SPLITS, Split, content_disjoint_split, final_split, splits_csv, splits_sha256
from models.training.trainer import FittedHead, fit_head
from models.variants.base import Variant

log = logging.getLogger(__name__)

SPLITS_FILE: Final = "splits.csv"


@dataclass(frozen=True)
class FinalHead:
    """The head that ships, fitted on nine tenths of the data, and the conformal quantile from the last tenth."""

    fitted: FittedHead
    interval_quantile: float


@dataclass(frozen=True)
class Run:
    """What a finished run leaves: metrics over splits, the head that ships, and the splits behind both."""

    recipe: Recipe
    metrics: dict[str, Any]
    final: FinalHead
    splits: tuple[Split, ...]


def run_key(recipe: Recipe, corpus: Corpus) -> str:
    """What a run's folder is called: the recipe's name and a hash of recipe, data and features."""
    parts = (corpus.photographs, corpus.synthetic, corpus.further, corpus.blurred)
    digest = hashlib.sha256(json.dumps([asdict(recipe), *(part.dataset.sha256 for part in parts)]).encode())
    for part in parts:
        digest.update(part.table.features_ND.tobytes())
    return f"{recipe.name}-{digest.hexdigest()[:12]}"


def run_recipe(recipe: Recipe, corpus: Corpus, *, num_splits: int = NUM_SPLITS, runs: Path) -> Run:
    """Train and measure a recipe on every split, then fit what ships; finished splits are not done again."""
    folder = runs / run_key(recipe, corpus)
    folder.mkdir(parents=True, exist_ok=True)
    splits = [content_disjoint_split(corpus.references, seed=seed) for seed in range(num_splits)]
    last = final_split(corpus.references)
    write_atomically(folder / SPLITS_FILE, splits_csv([*splits, last]).encode())
    with progress_bar() as bar:
        described = bar.track(splits, description=f"{recipe.name}: splits")
        results = [split_result(recipe, corpus, split, folder) for split in described]
    metrics = {
        "recipe": recipe.name,
        "num_splits": num_splits,
        "split_sha256": splits_sha256([*splits, last]),
        "synthetic_scale": to_plain(asdict(corpus.synthetic_scale(last))),
        "summary": to_plain(summarise(results)),
        "splits": results,
    }
    return Run(recipe, metrics, fit_final(recipe, corpus, last), (*splits, last))


def split_result(recipe: Recipe, corpus: Corpus, split: Split, folder: Path) -> dict[str, Any]:
    """The figures of one split, from its file where it is done."""
    path = folder / f"split_{split.seed:02}.json"
    if path.is_file():
        done: dict[str, Any] = json.loads(path.read_text())
        return done
    scale = corpus.synthetic_scale(split)
    fitted = fit_head(recipe, corpus.training_set(split, scale), seed=recipe.seed + split.seed)
    quantile = calibrated_quantile(fitted.head, corpus, split)
    result = evaluate_split(
        fitted.head,
        seed=split.seed,
        quantile=quantile,
        photographs=corpus.fold(corpus.photographs, split, "test", PHOTOGRAPH_SCALE),
        synthetic=corpus.fold(corpus.synthetic, split, "test", scale),
    )
    plain: dict[str, Any] = to_plain(result)
    write_atomically(path, json.dumps(plain, indent=1).encode())
    log.info("split done", extra={"recipe": recipe.name, "seed": split.seed, "srcc": result.photographs.srcc})
    return plain


def calibrated_quantile(head: Variant, corpus: Corpus, split: Split) -> float:
    """Set the head's constant deviation and read the conformal quantile, both off the validation photographs."""
    validation = corpus.fold(corpus.photographs, split, "validation", PHOTOGRAPH_SCALE)
    residual_N = torch.from_numpy(validation.scores_N) - predict_fold(head, validation).score
    head.residual_std.copy_(residual_N.square().mean().sqrt())
    return calibrate(predict_fold(head, validation), validation)


def fit_final(recipe: Recipe, corpus: Corpus, split: Split) -> FinalHead:
    """Fit on all references but the calibration tenth, for as many steps as in the measured splits."""
    fitted = fit_head(recipe, corpus.training_set(split, corpus.synthetic_scale(split)), seed=recipe.seed)
    return FinalHead(fitted, calibrated_quantile(fitted.head, corpus, split))


def curve_csv(fitted: FittedHead) -> str:
    """Training curve as CSV: step, then every weighed loss."""
    names: Sequence[str] = list(fitted.curve[0].losses) if fitted.curve else []
    rows = [",".join([str(record.step), *(str(record.losses[name]) for name in names)]) for record in fitted.curve]
    return "\n".join([",".join(["step", *names]), *rows]) + "\n"
