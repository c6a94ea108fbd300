"""A whole run of one recipe: ten splits, figures away from home, and the weights that ship.

On the frozen trunk there is one corpus for all splits; on fine-tuned ones each split has its own.

Every finished piece is a file in the run's folder; a run that was stopped goes on after the last one. Pieces run side
by side, each on one thread, so that the number of jobs changes no digit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

import torch
from joblib import Parallel, delayed
from safetensors.torch import load as load_safetensors
from safetensors.torch import save as save_safetensors
from threadpoolctl import threadpool_limits

from models.checkpoints.model_record import ModelRecord
from models.figures.files import from_json, to_json
from models.figures.measurements import (
    AWAY,
    SPLIT,
    MatchedBaseline,
    MeasuredAway,
    MeasuredBlock,
    Metrics,
    SplitFigures,
    SyntheticScale,
)
from models.figures.predictions import write_predictions
from models.figures.protocol import NUM_HELD_OUT_SPLITS
from models.figures.summaries import summarise, summarise_set
from models.figures.training_curve import TrainingCurve
from models.files import write_atomically
from models.heads.variant import Variant
from models.registry import create_model
from models.training.data.corpus import Corpus, Scales
from models.training.data.feature_cache import progress_bar
from models.training.data.splits import NUM_SPLITS, Role, Split, content_disjoint_split, final_split, splits_sha256
from models.training.fitting.capacity import matched_baseline, num_parameters
from models.training.fitting.recipes import BASELINE, Recipe
from models.training.fitting.spread import MIN_PHOTOGRAPHS, fit_spread
from models.training.fitting.trainer import TRAINER_VERSION, FittedHead, StepRecord, fit_head
from models.training.measuring.away import (
    AwayTrial,
    SplitCorpus,
    away_figures,
    by_trial,
    set_trials,
    source_trials,
    synthetic_trials,
)
from models.training.measuring.comparison import against_baseline
from models.training.measuring.evaluation import calibrate, evaluate_split, predict_fold
from models.training.measuring.plain_predictors import plain_at_home
from models.training.measuring.prediction_table import prediction_rows

PREDICTIONS_SEED: Final = 0
_NOT_MEASURED: Final = frozenset({"name", "title", "description"})
"""Fields of a recipe that change no figure."""
_FITTED_AND_CALIBRATED: Final[tuple[Role, ...]] = ("train", "validation")
_LATER: Final = frozenset({"classifier_cross_entropy", "classifier_posterior_kl", "has_type_encoder", "spread_sources"})
"""Settings that were added later: a run that was finished without them is still the same run."""


@dataclass(frozen=True)
class Protocol:
    """How much is measured: content-disjoint splits, heads per set held out whole (0: none away), matched baseline."""

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
    """Figures of a recipe per split, and away from home by the name of what was left out."""

    splits: list[SplitFigures]
    away: dict[str, MeasuredAway]


@dataclass(frozen=True)
class Piece:
    """One piece of work of a run: the file that it leaves, and what makes its content."""

    path: Path
    make: Callable[[], bytes]

    def finish(self) -> None:
        """Do it on one thread, unless it is done."""
        if not self.path.is_file():
            torch.set_num_threads(1)
            with threadpool_limits(1):  # NumPy's and SciPy's threads: sums in another order have other digits
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
class FineTuned:
    """Measured splits with the corpus of each one's fine-tuned trunk, and the corpus of the trunk that ships.

    `sources` are the splits that leave a source of the photographs out, by its name (`Corpus.source_splits`).
    """

    splits: tuple[SplitCorpus, ...]
    final: Corpus
    sources: Mapping[str, SplitCorpus] = field(default_factory=dict)


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
    splits = frozen_splits(corpus, protocol)
    sources = _frozen_sources(corpus) if protocol.num_held_out_splits else {}
    held_out = splits[: protocol.num_held_out_splits]
    trials = [*source_trials(sources), *set_trials(held_out, first=0), *synthetic_trials(held_out)] if held_out else []
    frozen = _measured(recipe, splits, protocol, trials, runs=runs, jobs=jobs, further=(final,))
    first, tuned = corpus, None
    if fine_tuned is not None:
        seen_by_trunk = 1  # the first set
        tuned_splits = fine_tuned.splits[: protocol.num_held_out_splits]
        trials = [*source_trials(fine_tuned.sources), *set_trials(tuned_splits, first=seen_by_trunk)]
        tuned = _measured(recipe, fine_tuned.splits, protocol, trials, runs=runs, jobs=jobs)
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
    trials: Sequence[AwayTrial],
    *,
    runs: Path,
    jobs: int,
    further: Sequence[Piece] = (),
) -> MeasuredBlock:
    """One block of `metrics.json`: figures over splits and away from home, and the matched baseline's over splits."""
    results = measure(recipe, splits, trials, runs=runs, jobs=jobs, further=further)
    matched = None
    if protocol.has_baseline and recipe.model.variant != BASELINE:
        baseline = matched_baseline(recipe)
        baseline_splits = measure(baseline, splits, runs=runs, jobs=jobs).splits
        comparison = against_baseline(results.splits, baseline_splits)
        matched = MatchedBaseline(baseline.name, num_parameters(baseline.model), comparison)
    return MeasuredBlock(
        num_splits=len(splits),
        summary=summarise(results.splits),
        held_out_sets={
            name: summarise_set([head.figures for head in found.heads])
            for name, found in results.away.items()
            if found.kind == "set"
        },
        matched_baseline=matched,
        splits=results.splits,
        away=results.away or None,
    )


def measure(
    recipe: Recipe,
    splits: Sequence[SplitCorpus],
    trials: Sequence[AwayTrial] = (),
    *,
    runs: Path,
    jobs: int,
    further: Sequence[Piece] = (),
) -> Results:
    """Train and measure on every split, and away from home in every trial; finished pieces are not done again.

    `further` pieces are done beside these.
    """
    corpora = {id(corpus): corpus for corpus in (*(entry.corpus for entry in splits), *(one.corpus for one in trials))}
    folders = {key: _folder(recipe, corpus, runs) for key, corpus in corpora.items()}  # its name hashes all features
    placed = [(entry.split, entry.corpus, folders[id(entry.corpus)]) for entry in splits]
    on_splits = [
        Piece(folder / f"split_{split.seed:02}.json", partial(split_result, recipe, corpus, split, folder))
        for split, corpus, folder in placed
    ]
    away = [Piece(folders[id(trial.corpus)] / trial.file_name, partial(away_result, recipe, trial)) for trial in trials]
    missing = [piece for piece in (*further, *on_splits, *away) if not piece.path.is_file()]
    with progress_bar() as bar:
        work = Parallel(n_jobs=jobs, return_as="generator_unordered")(delayed(piece.finish)() for piece in missing)
        for _ in bar.track(work, total=len(missing), description=recipe.name):
            pass
    heads = [from_json(AWAY, piece.read(), piece.path.name) for piece in away]
    return Results([from_json(SPLIT, piece.read(), piece.path.name) for piece in on_splits], by_trial(trials, heads))


def frozen_splits(corpus: Corpus, protocol: Protocol) -> list[SplitCorpus]:
    """The splits of a protocol, all with one corpus."""
    return [SplitCorpus(split, corpus) for split in splits_of(corpus, protocol)]


def _frozen_sources(corpus: Corpus) -> dict[str, SplitCorpus]:
    return {name: SplitCorpus(split, corpus) for name, split in corpus.source_splits().items()}


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
        training=corpus.rated_folds(split, "train", scales)[0],
        plain=plain_at_home(corpus, split, scales, recipe.model.layout),
    )
    return to_json(SPLIT, result)


def away_result(recipe: Recipe, trial: AwayTrial) -> bytes:
    """What a head is worth on pictures of a kind that it has not seen, as JSON."""
    corpus, split = trial.corpus, trial.split
    scales = corpus.scales(split)
    fitted = fit_head(recipe, trial.training_set(scales), seed=recipe.seed + split.seed)
    can_calibrate = bool(len(corpus.rated_folds(split, "validation", scales)[0].scores_N))
    quantile = calibrated_quantile(fitted.head, corpus, split, scales) if can_calibrate else None
    known = (fold for fold in corpus.rated_folds(split, "train", scales) if len(fold.scores_N))
    return to_json(AWAY, away_figures(trial, fitted.head, scales, quantile=quantile, training=next(known)))


def calibrated_quantile(head: Variant, corpus: Corpus, split: Split, scales: Scales) -> float:
    """Fit how far from people the head's scores will be, and read the conformal quantile off the validation fold.

    Both are of photographs; where few of them were trained on, one deviation has to do for all pictures.
    """
    training, validation = (corpus.rated_folds(split, role, scales)[0] for role in _FITTED_AND_CALIBRATED)
    residual_N = torch.from_numpy(validation.scores_N) - predict_fold(head, validation).score
    head.residual_std.copy_(residual_N.square().mean().sqrt())
    if len(training.scores_N) >= MIN_PHOTOGRAPHS:
        stages_ND = head.stages(training.features_ND).numpy()
        head.take_spread(fit_spread(stages_ND, training.scores_N, training.subsets_N))
        assert head.spread is not None
        std_N = predict_fold(head, validation).score_std
        head.spread.scale.mul_((residual_N / std_N).square().mean().sqrt())
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
    sources = final.fitted.head.config.spread_sources
    done = {"interval_quantile": final.interval_quantile, "spread_sources": sources, "curve": curve}
    return json.dumps(done).encode()


def _read_final(recipe: Recipe, piece: Piece, folder: Path) -> FinalHead:
    done = json.loads(piece.read())
    head = create_model(replace(recipe.model, spread_sources=done["spread_sources"]))
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
