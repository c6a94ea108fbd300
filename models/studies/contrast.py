"""One study against another: before and after, one camera and the next.

Legend: N pictures of a study, M of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.studies.findings.records import Estimate
from models.studies.pictures.picture_set import StudyRefused
from models.studies.result_rows import scores_of
from models.studies.study import Study

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Contrast:
    """Scores of two studies under one checkpoint, first less second, with SciPy's 95 % interval of the mean.

    Where both have the same pictures' names the difference is taken picture by picture, and Student's interval is of
    these; otherwise it is Welch's. `first_is_better` is the chance that a picture of the first has a higher score than
    one of the second, ties counted half. `clusters` are differences of mean posteriors.
    """

    checkpoint: str
    pictures: tuple[int, int]
    is_paired: bool
    means: tuple[float, float]
    difference: Estimate
    first_is_better: float
    clusters: Mapping[str, float]


def contrast(first: Study, second: Study, *, checkpoint: str | None = None) -> Contrast:
    """Two studies under a checkpoint that both have, by default the best of the first.

    Raises `StudyRefused` where one lacks it, was made with other weights, or has fewer than two pictures with a score.
    """
    chosen = checkpoint or first.figures.best or first.figures.checkpoints[0].id
    _check_same(first, second, chosen)
    both = [{name: score.value for name, score in scores_of(one.folder, chosen).items()} for one in (first, second)]
    if min(map(len, both)) < 2:
        raise StudyRefused(f"got {len(both[0])} and {len(both[1])} pictures with a score, expected 2 or more of each")
    is_paired = both[0].keys() == both[1].keys()
    score_N, other_N = (np.array([found[name] for name in sorted(found)]) for found in both)
    return Contrast(
        checkpoint=chosen,
        pictures=(len(score_N), len(other_N)),
        is_paired=is_paired,
        means=(float(score_N.mean()), float(other_N.mean())),
        difference=_difference(score_N, other_N, is_paired=is_paired),
        first_is_better=_higher(score_N, other_N),
        clusters=_mix_less(first, second, chosen),
    )


def _check_same(first: Study, second: Study, checkpoint: str) -> None:
    weights = [
        {one.id: one.weights_sha256 for one in study.figures.checkpoints}.get(checkpoint) for study in (first, second)
    ]
    for study, found in zip((first, second), weights, strict=True):
        if found is None:
            raise StudyRefused(f"got no {checkpoint} in {study.folder}, expected a checkpoint that both studies asked")
    if weights[0] != weights[1]:
        raise StudyRefused(f"got {checkpoint} with other weights in {second.folder}, expected those of {first.folder}")


def _difference(score_N: Floats, other_N: Floats, *, is_paired: bool) -> Estimate:
    from scipy import stats

    if is_paired and np.ptp(score_N - other_N) == 0:  # of which there is no spread to take an interval from
        same = float((score_N - other_N)[0])
        return Estimate(same, same, same)
    test = stats.ttest_rel(score_N, other_N) if is_paired else stats.ttest_ind(score_N, other_N, equal_var=False)
    interval = test.confidence_interval(0.95)
    return Estimate(float(score_N.mean() - other_N.mean()), float(interval.low), float(interval.high))


def _higher(score_N: Floats, other_N: Floats) -> float:
    """The Mann-Whitney statistic as a share of all pairs."""
    from scipy import stats

    return float(stats.mannwhitneyu(score_N, other_N).statistic / (len(score_N) * len(other_N)))


def _mix_less(first: Study, second: Study, checkpoint: str) -> dict[str, float]:
    own, other = (
        next(one.clusters for one in study.figures.checkpoints if one.id == checkpoint) for study in (first, second)
    )
    if own is None or other is None:
        return {}
    return {name: mean - less for name, mean, less in zip(own.names, own.mean, other.mean, strict=True)}


def contrast_words(found: Contrast, names: Sequence[str]) -> str:
    """What it comes to, in a sentence."""
    difference = found.difference
    less = f"{difference.value:+.1f} points, 95 % interval {difference.low:+.1f} to {difference.high:+.1f}"
    how = "the same pictures" if found.is_paired else "different pictures"
    if difference.low > 0 or difference.high < 0:
        better, worse = names if difference.low > 0 else tuple(reversed(names))
        return f"{better} is better than {worse} under {found.checkpoint} ({names[0]} less {names[1]}: {less}; {how})."
    return f"{names[0]} and {names[1]} are not shown to differ under {found.checkpoint} ({less}; {how})."
