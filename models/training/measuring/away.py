"""Heads on pictures of a kind that they were not trained on: a source, a whole rated set, distorted pictures.

Legend: E experts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.figures.measurements import AwayHead, MeasuredAway
from models.figures.records import AwayFigures, AwayKind, AwayRouting
from models.figures.statistics import plcc, srcc
from models.figures.summaries import summarise_away
from models.heads.outputs import IQAOutput
from models.heads.variant import Variant
from models.training.data.corpus import Corpus, LabelledFeatures, Scales
from models.training.data.folds import Fold
from models.training.data.splits import Split
from models.training.data.training_set import TrainingSet
from models.training.measuring.calibration_figures import conformal_figures
from models.training.measuring.evaluation import measure_set, predict_fold, typical_weights
from models.training.measuring.plain_predictors import ScoredPart, plain_figures, scored_parts
from models.training.measuring.routing_figures import Floats, rerouting

SYNTHETIC: Final = "synthetic"
"""What the trial is called in which distorted pictures have no scores to learn."""


@dataclass(frozen=True)
class SplitCorpus:
    """A split, and a corpus whose trunk has seen nothing but its training fold (the frozen trunk has seen none)."""

    split: Split
    corpus: Corpus


@dataclass(frozen=True)
class AwayTrial:
    """What a head is not trained on, by name, and the split that keeps it in the test fold."""

    kind: AwayKind
    name: str
    split: Split
    corpus: Corpus

    @property
    def file_name(self) -> str:
        """What the finished piece is called."""
        return f"away_{self.kind}_{self.name}_{self.split.seed:02}.json"

    @property
    def tested(self) -> LabelledFeatures:
        """The data set whose test fold is measured."""
        if self.kind == "synthetic":
            return self.corpus.synthetic
        if self.kind == "source":
            return self.corpus.photographs
        return next(part for part in self.corpus.rated if part.dataset.name == self.name)

    def training_set(self, scales: Scales) -> TrainingSet:
        """What the head is fitted on."""
        data = self.corpus.training_set(self.split, scales)
        return data.with_photographs_alone() if self.kind == "synthetic" else data

    def training_parts(self, scales: Scales) -> tuple[ScoredPart, ...]:
        """The data sets whose scores may be learned."""
        parts = scored_parts(self.corpus, scales)
        return parts[:1] if self.kind == "synthetic" else parts

    def test(self, scales: Scales) -> ScoredPart:
        """The data set whose test fold is measured, and its scale."""
        scale_of = {id(part): scale for part, scale in scored_parts(self.corpus, scales)}
        return self.tested, scale_of[id(self.tested)]


def source_trials(sources: Mapping[str, SplitCorpus]) -> list[AwayTrial]:
    """One trial per source of the photographs."""
    return [AwayTrial("source", name, entry.split, entry.corpus) for name, entry in sources.items()]


def set_trials(splits: Sequence[SplitCorpus], first: int) -> list[AwayTrial]:
    """Each rated set from position `first` on held out whole, on every one of the splits; none where there is one."""
    return [
        AwayTrial("set", part.dataset.name, entry.split.with_test(part.references_N.tolist()), entry.corpus)
        for entry in splits
        if len(entry.corpus.rated) > 1
        for part in entry.corpus.rated[first:]
    ]


def synthetic_trials(splits: Sequence[SplitCorpus]) -> list[AwayTrial]:
    """Scores learned from photographs alone, on every one of the splits."""
    return [AwayTrial("synthetic", SYNTHETIC, entry.split, entry.corpus) for entry in splits]


def away_figures(
    trial: AwayTrial, head: Variant, scales: Scales, *, quantile: float | None, training: Fold
) -> AwayFigures[float]:
    """Everything that is measured of a head in a trial.

    `quantile` is that of the intervals, if they could be calibrated; `training` are photographs that it was fitted on,
    or other rated pictures where there are none.
    """
    test = trial.test(scales)
    fold = trial.corpus.fold(test[0], trial.split, "test", test[1])
    output = predict_fold(head, fold)
    return AwayFigures(
        figures=measure_set(head, fold),
        routing=_routing(head, output, fold, typical_weights(head, training), seed=trial.split.seed),
        conformal=None if quantile is None else conformal_figures(output, fold, quantile),
        plain=plain_figures(test, trial.training_parts(scales), trial.split, head.config.layout),
    )


def _routing(
    head: Variant, output: IQAOutput, fold: Fold, mean_E: Floats | None, *, seed: int
) -> AwayRouting[float] | None:
    found = rerouting(head, output, fold)
    if found is None:
        return None
    by_rank, linear = (
        found.left(fold, seed=seed, mean_E=mean_E, correlation=correlation) for correlation in (srcc, plcc)
    )
    return AwayRouting(found.replaced, by_rank, linear)


def by_trial(trials: Sequence[AwayTrial], heads: Sequence[AwayHead]) -> dict[str, MeasuredAway]:
    """The figures of each head's trial, those with one name together."""
    found: dict[str, list[AwayHead]] = {}
    for trial, head in zip(trials, heads, strict=True):
        found.setdefault(trial.name, []).append(head)
    kinds = {trial.name: trial.kind for trial in trials}
    return {
        name: MeasuredAway(kind=kinds[name], summary=summarise_away(members), heads=members)
        for name, members in found.items()
    }
