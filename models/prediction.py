"""What the studio says about one picture: plain floats, tuples and arrays, no tensor, ready to be kept or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

SCORE_RANGE: Final = (0.0, 100.0)
INTERVAL_COVERAGE: Final = 0.9
"""Coverage of the prediction intervals that every answer carries."""
_WORDS: Final = ("bad", "poor", "fair", "good", "excellent")


def quality_word(score: float) -> str:
    """ITU-R BT.500's word for a score on 0-100, five equal steps from `bad` to `excellent`."""
    low, high = SCORE_RANGE
    step = int((score - low) / (high - low) * len(_WORDS))
    return _WORDS[min(max(step, 0), len(_WORDS) - 1)]


class Top(NamedTuple):
    """The largest of several shares (0-1), and whose it is."""

    name: str
    share: float


@dataclass(frozen=True)
class Score:
    """Predicted MOS on 0-100 (higher is better), its standard deviation and its 90 % split-conformal interval."""

    value: float
    std: float
    low: float
    high: float

    @property
    def word(self) -> str:
        """ITU's word for `value`."""
        return quality_word(self.value)


@dataclass(frozen=True)
class ExpertPrediction:
    """One expert's own score (0-100), what weighs it (0-1), and their product; contributions add up to the score."""

    name: str
    kind: Literal["expert", "fusion"]
    score: float
    weight: float

    @property
    def contribution(self) -> float:
        """Points that this expert adds to the score."""
        return self.score * self.weight


@dataclass(frozen=True)
class DistortionProbabilities:
    """Probabilities by group (8 with `clean`) and by type (26 with `clean`); each sums to one."""

    groups: Mapping[str, float]
    types: Mapping[str, float]

    @property
    def top_type(self) -> Top:
        """The most probable type, or `clean`."""
        return max((Top(*pair) for pair in self.types.items()), key=lambda top: top.share)


@dataclass(frozen=True)
class ImageFacts:
    """The picture as it was scored: oriented size in pixels, encoded format, and what was done to it."""

    width: int
    height: int
    format: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Prediction:
    """One picture under one checkpoint; a part that the variant does not have is `None` (or no experts).

    K clusters, E experts, S severities. `posteriors` (K) go with `cluster_names`, `gating_weights` and
    `routing_weights` (E) with `experts`; each of these rows sums to one. `severities` (S, at least 0) go with
    `severity_names`, the distortion groups. `log_likelihood` is log p(embedding): low means unlike the training
    photographs. `familiarity` is its percentile among them: 0 is unlike all of them, 50 like the one in the middle.
    `timing_ms` holds the wall time of each stage.
    """

    checkpoint: str
    variant: str
    formulation: str
    weights_sha256: str
    score: Score
    image: ImageFacts
    posteriors: tuple[float, ...] | None = None
    cluster_names: tuple[str, ...] | None = None
    log_likelihood: float | None = None
    familiarity: float | None = None
    gating_weights: tuple[float, ...] | None = None
    routing_weights: tuple[float, ...] | None = None
    experts: tuple[ExpertPrediction, ...] = ()
    distortion: DistortionProbabilities | None = None
    attention_weights: tuple[float, ...] | None = None
    severities: tuple[float, ...] | None = None
    severity_names: tuple[str, ...] | None = None
    timing_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def top_cluster(self) -> Top | None:
        """The most probable cluster and its posterior."""
        if self.posteriors is None or self.cluster_names is None:
            return None
        pairs = zip(self.cluster_names, self.posteriors, strict=True)
        return max((Top(*pair) for pair in pairs), key=lambda top: top.share)

    @property
    def top_expert(self) -> Top | None:
        """The expert with the largest weight; the fusion is none, whatever its share."""
        tops = (Top(expert.name, expert.weight) for expert in self.experts if expert.kind == "expert")
        return max(tops, key=lambda top: top.share, default=None)


@dataclass(frozen=True, eq=False)
class Representation:
    """One picture as a checkpoint sees it: features (D,), and the embedding (d,) where the variant has one."""

    features_D: NDArray[np.float32]
    embedding_d: NDArray[np.float32] | None

    @property
    def is_finite(self) -> bool:
        """Whether every number may be used."""
        parts = (self.features_D, self.embedding_d)
        return all(part is None or bool(np.isfinite(part).all()) for part in parts)
