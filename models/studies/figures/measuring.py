"""Answers and labels -> the figures of a study.

Legend: N pictures, R rated ones, S samples, K clusters, E experts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.studies.figures.agreeing import Standing, agreement, coverage, routing
from models.studies.figures.comparing import best_of, differences, verdict_of
from models.studies.figures.duplicates import LIMITS, named_groups, places
from models.studies.figures.parts import errors_by_field, errors_by_label
from models.studies.figures.rated import Mapped, Rated, map_scores
from models.studies.figures.samples import krcc_samples
from models.studies.findings.records import (
    BASELINE,
    CheckpointFigures,
    Counts,
    Drawing,
    Duplicates,
    LabelFigures,
    MappingKind,
    Mix,
    StudyFigures,
)
from models.studies.pictures.answers import Answers
from models.studies.pictures.kept import KeptPicture
from models.studies.pictures.picture_set import PictureSet

Floats = NDArray[np.floating]


def measure(
    found: PictureSet,
    kept: Sequence[KeptPicture],
    answers: Sequence[Answers],
    groups: Sequence[Sequence[int]] = (),
    *,
    mapping: MappingKind | None = None,
) -> StudyFigures:
    """All figures of a study; `kept` are all of the set's pictures, `answers` and `groups` speak of the readable ones.

    Scores are mapped to labels by the logistic, or by a line where labels are few, unless one of the two is asked for.
    """
    rated = Rated.of(found, kept)
    counts = count(found, kept)
    mapped = {} if rated is None else {one.manifest.id: map_scores(one, rated, mapping) for one in answers}
    standings = {} if rated is None else {name: Standing.of(one, rated) for name, one in mapped.items()}
    figures = tuple(
        _checkpoint(one, rated, mapped.get(one.manifest.id), standings.get(one.manifest.id)) for one in answers
    )
    best = best_of(figures)
    to_best = () if best is None else differences(standings, best)
    as_good = tuple(one.checkpoint for one in to_best if one.srcc.high >= 0)
    return StudyFigures(
        format=1,
        name=found.name,
        counts=counts,
        labels=_label_figures(found),
        drawing=None if rated is None else _drawing(rated),
        verdict=verdict_of(counts, best, as_good, num_checkpoints=len(figures)),
        best=best,
        as_good=as_good,
        checkpoints=figures,
        to_best=to_best,
        to_baseline=differences(standings, BASELINE) if BASELINE in standings else (),
        duplicates=_duplicates(kept, answers, groups, best),
    )


def _duplicates(
    kept: Sequence[KeptPicture], answers: Sequence[Answers], groups: Sequence[Sequence[int]], best: str | None
) -> Duplicates:
    """Put in order by the best checkpoint, or by the first where labels name none."""
    chosen = next((one for one in answers if one.manifest.id == best), answers[0])
    readable = [picture for picture in kept if picture.fault is None]
    placed = places(groups, chosen.score_N, num_pixels(readable))
    return Duplicates(chosen.manifest.id, LIMITS, named_groups(placed, [picture.name for picture in readable]))


def num_pixels(pictures: Sequence[KeptPicture]) -> NDArray[np.integer]:
    """Of readable pictures (N,)."""
    facts = [picture.facts for picture in pictures if picture.facts is not None]
    return np.array([one.width * one.height for one in facts], np.int64)


# ---- the set


def count(found: PictureSet, kept: Sequence[KeptPicture]) -> Counts:
    """Pictures of each kind."""
    pairs = list(zip(found.labels, kept, strict=True))
    return Counts(
        pictures=len(pairs),
        readable=sum(one.fault is None for _, one in pairs),
        rated=sum(one.fault is None and label is not None for label, one in pairs),
        unmatched_rows=len(found.unmatched_rows),
        unmatched_pictures=len(found.unmatched_pictures),
        faults=dict(sorted(Counter(one.fault.code for _, one in pairs if one.fault is not None).items())),
    )


def _label_figures(found: PictureSet) -> LabelFigures | None:
    table = found.table
    if table is None or table.scale is None or table.columns.label is None:
        return None
    label_R = np.array([label for label in found.labels if label is not None])
    is_any = bool(len(label_R))
    smallest, mean, largest, deviation = (
        float(figure(label_R)) if is_any else float("nan") for figure in (np.min, np.mean, np.max, np.std)
    )
    return LabelFigures(
        file=table.file.name,
        column=table.columns.label,
        low=table.scale.low,
        high=table.scale.high,
        higher_is_better=table.scale.higher_is_better,
        smallest=smallest,
        mean=mean,
        largest=largest,
        deviation=deviation,
        fields=table.fields,
    )


def _drawing(rated: Rated) -> Drawing:
    unit: Literal["pictures", "references"] = "references" if rated.has_references else "pictures"
    return Drawing(unit, rated.samples.num_samples, krcc_samples(len(rated.label_R)), rated.samples.seed)


# ---- a checkpoint


def _checkpoint(
    answers: Answers, rated: Rated | None, mapped: Mapped | None, standing: Standing | None
) -> CheckpointFigures:
    manifest = answers.manifest
    is_any = bool(len(answers.score_N))
    error_R = None if rated is None or mapped is None else mapped.score_R - rated.label_R
    return CheckpointFigures(
        id=manifest.id,
        title=manifest.title or manifest.id,
        variant=manifest.variant,
        formulation=manifest.formulation,
        weights_sha256=manifest.weights_sha256,
        mean_score=float(answers.score_N.mean()) if is_any else float("nan"),
        score_deviation=float(answers.score_N.std()) if is_any else float("nan"),
        mapping=None if mapped is None else mapped.mapping,
        agreement=None if rated is None or mapped is None or standing is None else agreement(standing, mapped, rated),
        coverage=None if rated is None else coverage(answers, rated),
        mean_absolute_error=float("nan") if error_R is None else float(np.abs(error_R).mean()),
        bias=float("nan") if error_R is None else float(error_R.mean()),
        by_label=() if rated is None or mapped is None else errors_by_label(mapped, rated),
        by_field={} if rated is None or mapped is None else errors_by_field(mapped, rated),
        routing=None if rated is None or answers.experts is None else routing(answers.experts, rated),
        clusters=_mix(manifest.cluster_names, answers.posteriors_NK),
        experts=_mix(manifest.expert_names, None if answers.experts is None else answers.experts.weights_NE),
    )


def _mix(names: tuple[str, ...] | None, weights_NK: Floats | None) -> Mix | None:
    if names is None or weights_NK is None or weights_NK.ndim != 2:
        return None
    return Mix(names, tuple(weights_NK.mean(0).tolist()))
