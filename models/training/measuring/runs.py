"""A whole run of one recipe: ten splits, other data sets held out whole, and the weights that ship.

On the frozen trunk there is one corpus for all splits; on fine-tuned ones each split has its own.

Every finished piece is a file in the run's folder; a run that was stopped goes on after the last one. Pieces run side
by side, each on one thread, so that the number of jobs changes no digit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Final

import torch
from joblib import Parallel, delayed
from safetensors.torch import load as load_safetensors
from safetensors.torch import save as save_safetensors

from models.checkpoints.model_record import ModelRecord
from models.figures.files import from_json, to_json
from models.figures.measurements import (
    SET,
    SPLIT,
    MatchedBaseline,
    MeasuredBlock,
    Metrics,
    SplitFigures,
    SyntheticScale,
)
from models.figures.predictions import write_predictions
from models.figures.protocol import NUM_HELD_OUT_SPLITS
from models.figures.records import SetFigures
from models.figures.summaries import summarise, summarise_set
from models.figures.training_curve import TrainingCurve
from models.files import write_atomically
from models.heads.variant import Variant
from models.registry import create_model
from models.training.data.corpus import Corpus, Scales
from models.training.data.feature_cache import progress_bar
from models.training.data.splits import NUM_SPLITS, Split, content_disjoint_split, final_split, splits_sha256
from models.training.fitting.capacity import matched_baseline, num_parameters
from models.training.fitting.recipes import BASELINE, Recipe
from models.training.fitting.trainer import TRAINER_VERSION, FittedHead, StepRecord, fit_head
from models.training.measuring.comparison import against_baseline
from models.training.measuring.evaluation import calibrate, evaluate_split, measure_set, predict_fold
from models.training.measuring.prediction_table import prediction_rows

"""Heads trained per rated set that is held out whole."""
PREDICTIONS_SEED: Final = 0
_NOT_MEASURED: Final = frozenset({"name", "title", "description"})
"""Fields of a recipe that change no figure."""
_LATER: Final = frozenset({"classifier_cross_entropy", "classifier_posterior_kl", "has_type_encoder"})
"""Settings that were added later: a run that was finished without them is still the same run."""


@dataclass(frozen=True)
class Protocol:
    """How much is measured: content-disjoint splits, heads per rated set held out whole, the matched baseline."""

    num_splits: int = NUM_SPLITS
    num_held_out_splits: int = NUM_HELD_OUT_SPLITS
    has_baseline: bool = True


@dataclass(frozen=True)
class FinalHead:
    """The head that ships, fitted on nine tenths of the data, and the conformal quantile from the last tenth."""

    fitted: FittedHead
    interval_quantile: float


@dataclass(frozen=True)
class Run:
    """What a finished run leaves: metrics over splits, one split's predictions, the head that ships, and the splits."""

    recipe: Recipe
    metrics: Metrics
    predictions: bytes
    final: FinalHead
    splits: tuple[Split, ...]


@dataclass(frozen=True)
class Results:
    """Figures of a recipe per split, per held-out set and split."""

    splits: list[SplitFigures]
    held_out: dict[str, list[SetFigures[float]]]


@dataclass(frozen=True)
class Piece:
    """One piece of work of a run: the file that it leaves, and what makes its content."""

    path: Path
    make: Callable[[], bytes]

    def finish(self) -> None:
        """Do it on one thread, unless it is done."""
        if not self.path.is_file():
            torch.set_num_threads(1)
            write_atomically(self.path, self.make())

    def read(self) -> bytes:
        """What the finished piece says."""
        return self.path.read_bytes()


def run_key(recipe: Recipe, corpus: Corpus) -> str:
    """What a run's folder is called: the variant's name and a hash of trainer, recipe, data and features."""
    settings = {name: value for name, value in asdict(recipe).items() if name not in _NOT_MEASURED}
    settings["model"] = asdict(ModelRecord.of(recipe.model))
    for group in ("losses", "model"):
        settings[group] = {name: value for name, value in settings[group].items() if value or name not in _LATER}
    datasets = [part.dataset.sha256 for part in corpus.parts]  # their pixels are known by the features below
    digest = hashlib.sha256(json.dumps([TRAINER_VERSION, settings, datasets]).encode())
    for part in corpus.parts:
        digest.update(part.table.features_ND.tobytes())
    return f"{recipe.model.variant}-{digest.hexdigest()[:12]}"


@dataclass(frozen=True)
class SplitCorpus:
    """A split, and a corpus whose trunk has seen nothing but its training fold (the frozen trunk has seen none)."""

    split: Split
    corpus: Corpus


@dataclass(frozen=True)
class FineTuned:
    """Measured splits with the corpus of each one's fine-tuned trunk, and the corpus of the trunk that ships."""

    splits: tuple[SplitCorpus, ...]
    final: Corpus


def run_recipe(
    recipe: Recipe, corpus: Corpus, protocol: Protocol, *, runs: Path, jobs: int, fine_tuned: FineTuned | None = None
) -> Run:
    """Measure a recipe and its capacity-matched baseline by the protocol, and fit what ships.

    With `fine_tuned` both are measured there, too, and what ships is fitted on that trunk.
    """
    last = final_split(corpus.references)
    all_splits = splits_of(corpus, Protocol())
    ground = corpus if fine_tuned is None else fine_tuned.final
    final_folder = _folder(recipe, ground, runs)
    final = Piece(final_folder / f"final_{recipe.seed}.json", partial(_final_text, recipe, ground, last, final_folder))
    frozen = _measured(recipe, frozen_splits(corpus, protocol), protocol, runs=runs, jobs=jobs, further=(final,))
    first, tuned = corpus, None
    if fine_tuned is not None:
        tuned = _measured(recipe, fine_tuned.splits, protocol, runs=runs, jobs=jobs, first_held_out=1)
        first = fine_tuned.splits[0].corpus
    scale = corpus.scales(last).synthetic
    metrics = Metrics(
        recipe=recipe.name,
        split_sha256=splits_sha256([*all_splits, last]),
        synthetic_scale=SyntheticScale(scale.slope, scale.offset),
        **vars(frozen),
        fine_tuned=tuned,
    )
    predictions = _predictions_path(_folder(recipe, first, runs)).read_bytes()
    return Run(recipe, metrics, predictions, _read_final(recipe, final, final_folder), (*all_splits, last))


def _measured(
    recipe: Recipe,
    splits: Sequence[SplitCorpus],
    protocol: Protocol,
    *,
    runs: Path,
    jobs: int,
    first_held_out: int = 0,
    further: Sequence[Piece] = (),
) -> MeasuredBlock:
    """One block of `metrics.json`: figures over splits and on sets held out whole, and the matched baseline's."""
    results = measure(
        recipe,
        splits,
        runs=runs,
        jobs=jobs,
        num_held_out=protocol.num_held_out_splits,
        first_held_out=first_held_out,
        further=further,
    )
    matched = None
    if protocol.has_baseline and recipe.model.variant != BASELINE:
        baseline = matched_baseline(recipe)
        baseline_splits = measure(baseline, splits, runs=runs, jobs=jobs).splits
        comparison = against_baseline(results.splits, baseline_splits)
        matched = MatchedBaseline(baseline.name, num_parameters(baseline.model), comparison)
    return MeasuredBlock(
        num_splits=len(splits),
        summary=summarise(results.splits),
        held_out_sets={name: summarise_set(found) for name, found in results.held_out.items()},
        matched_baseline=matched,
        splits=results.splits,
    )


def measure(
    recipe: Recipe,
    splits: Sequence[SplitCorpus],
    *,
    runs: Path,
    jobs: int,
    num_held_out: int = 0,
    first_held_out: int = 0,
    further: Sequence[Piece] = (),
) -> Results:
    """Train and measure on every split, and with rated sets held out whole; finished pieces are not done again.

    `num_held_out` splits hold out each rated set from position `first_held_out` on: a fine-tuned trunk has seen the
    first one. `further` pieces are done beside these.
    """
    corpora = {id(entry.corpus): entry.corpus for entry in splits}  # often one: a folder's name hashes all features
    folders = {key: _folder(recipe, corpus, runs) for key, corpus in corpora.items()}
    placed = [(entry.split, entry.corpus, folders[id(entry.corpus)]) for entry in splits]
    on_splits = [
        Piece(folder / f"split_{split.seed:02}.json", partial(split_result, recipe, corpus, split, folder))
        for split, corpus, folder in placed
    ]
    rated = splits[0].corpus.rated if num_held_out and splits and len(splits[0].corpus.rated) > 1 else ()
    held_out = {
        part.dataset.name: [
            Piece(
                folder / f"without_{part.dataset.name}_{split.seed:02}.json",
                partial(held_out_result, recipe, corpus, split, position),
            )
            for split, corpus, folder in placed[:num_held_out]
        ]
        for position, part in enumerate(rated)
        if position >= first_held_out
    }
    pieces = [*further, *on_splits, *(piece for members in held_out.values() for piece in members)]
    missing = [piece for piece in pieces if not piece.path.is_file()]
    with progress_bar() as bar:
        work = Parallel(n_jobs=jobs, return_as="generator_unordered")(delayed(piece.finish)() for piece in missing)
        for _ in bar.track(work, total=len(missing), description=recipe.name):
            pass
    return Results(
        [from_json(SPLIT, piece.read(), piece.path.name) for piece in on_splits],
        {
            name: [from_json(SET, piece.read(), piece.path.name) for piece in members]
            for name, members in held_out.items()
        },
    )


def frozen_splits(corpus: Corpus, protocol: Protocol) -> list[SplitCorpus]:
    """The splits of a protocol, all with one corpus."""
    return [SplitCorpus(split, corpus) for split in splits_of(corpus, protocol)]


def split_result(recipe: Recipe, corpus: Corpus, split: Split, folder: Path) -> bytes:
    """The figures of one split as JSON; the first split's predictions are written beside them."""
    scales = corpus.scales(split)
    fitted = fit_head(recipe, corpus.training_set(split, scales), seed=recipe.seed + split.seed)
    quantile = calibrated_quantile(fitted.head, corpus, split, scales)
    photographs, *others = corpus.rated_folds(split, "test", scales)
    names = [part.dataset.name for part in corpus.rated[1:]]
    if split.seed == PREDICTIONS_SEED:
        ids = corpus.photographs.ids(split, "test")
        rows = prediction_rows(ids, photographs, predict_fold(fitted.head, photographs))
        write_atomically(_predictions_path(folder), write_predictions(rows))
    result = evaluate_split(
        fitted.head,
        seed=split.seed,
        quantile=quantile,
        photographs=photographs,
        synthetic=corpus.fold(corpus.synthetic, split, "test", scales.synthetic),
        further_rated=dict(zip(names, others, strict=True)),
    )
    return to_json(SPLIT, result)


def held_out_result(recipe: Recipe, corpus: Corpus, split: Split, position: int) -> bytes:
    """What a head is worth on a rated set none of whose contents it has seen, as JSON."""
    held_out = corpus.rated[position]
    split = split.with_test(held_out.references_N.tolist())
    scales = corpus.scales(split)
    fitted = fit_head(recipe, corpus.training_set(split, scales), seed=recipe.seed + split.seed)
    fold = corpus.rated_folds(split, "test", scales)[position]
    return to_json(SET, measure_set(fitted.head, fold))


def calibrated_quantile(head: Variant, corpus: Corpus, split: Split, scales: Scales) -> float:
    """Set the head's constant deviation and read the conformal quantile, both off the validation photographs."""
    validation = corpus.rated_folds(split, "validation", scales)[0]
    residual_N = torch.from_numpy(validation.scores_N) - predict_fold(head, validation).score
    head.residual_std.copy_(residual_N.square().mean().sqrt())
    return calibrate(predict_fold(head, validation), validation)


def fit_final(recipe: Recipe, corpus: Corpus, split: Split) -> FinalHead:
    """Fit on all references but the calibration tenth, for as many steps as in the measured splits."""
    scales = corpus.scales(split)
    fitted = fit_head(recipe, corpus.training_set(split, scales), seed=recipe.seed)
    return FinalHead(fitted, calibrated_quantile(fitted.head, corpus, split, scales))


def _final_text(recipe: Recipe, corpus: Corpus, split: Split, folder: Path) -> bytes:
    final = fit_final(recipe, corpus, split)
    write_atomically(folder / _weights_name(recipe), save_safetensors(final.fitted.head.state_dict()))
    curve = [asdict(record) for record in final.fitted.curve]
    return json.dumps({"interval_quantile": final.interval_quantile, "curve": curve}).encode()


def _read_final(recipe: Recipe, piece: Piece, folder: Path) -> FinalHead:
    done = json.loads(piece.read())
    head = create_model(recipe.model)
    head.load_state_dict(load_safetensors((folder / _weights_name(recipe)).read_bytes()))
    curve = tuple(StepRecord(**record) for record in done["curve"])
    return FinalHead(FittedHead(head.eval().requires_grad_(False), curve), done["interval_quantile"])


def _weights_name(recipe: Recipe) -> str:
    return f"final_{recipe.seed}.safetensors"


def _folder(recipe: Recipe, corpus: Corpus, runs: Path) -> Path:
    folder = runs / run_key(recipe, corpus)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def splits_of(corpus: Corpus, protocol: Protocol) -> list[Split]:
    """The content-disjoint splits of a protocol."""
    return [content_disjoint_split(corpus.references, seed=seed) for seed in range(protocol.num_splits)]


def _predictions_path(folder: Path) -> Path:
    return folder / f"predictions_{PREDICTIONS_SEED:02}.csv"


def training_curve(fitted: FittedHead) -> TrainingCurve:
    """The training run's steps with every weighed loss."""
    names: Sequence[str] = list(fitted.curve[0].losses) if fitted.curve else []
    terms = {name: [record.losses[name] for record in fitted.curve] for name in names}
    return TrainingCurve([record.step for record in fitted.curve], terms)
