"""How a checkpoint uses its experts and clusters on the pictures of an embedding map, and what each expert is good at.

Imports no torch. Legend: N pictures, E experts, K
clusters, X experts or clusters, G groups, L labels (groups, types or contents), B bins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.figures.records import ClusterAgreement, MutualInformation
from models.figures.statistics import (
    cluster_agreement,
    dead,
    effective_number,
    entropies,
    mutual_information,
    saturation,
    shared_information,
    srcc,
)
from models.maps.embedding_map import EmbeddingMap
from models.taxonomy import CLEAN, TAXONOMY, UNKNOWN_INDEX

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MIN_VISIBLE_LEVEL: Final = 2
"""Agreement and information are measured from this level on, as in metrics.json: level 1 can hardly be seen."""
MIN_RANKED: Final = 20
"""A rank correlation of fewer pictures is left out."""
NUM_BINS: Final = 24
NUM_EXAMPLES: Final = 12
NUM_CLOSEST: Final = 4
"""So many pictures stand for a cluster that is nobody's top one."""
NUM_NAMED: Final = 3
"""So many strongest and weakest types are named of each expert."""


@dataclass(frozen=True)
class Pictures:
    """What is known of a map's pictures, whatever a checkpoint makes of them.

    `class_N` counts into the taxonomy's classes and is `UNKNOWN_INDEX` where nobody named the distortion, `level_N` is
    0 to 5, `label_N` on the scale of the checkpoint's scores and NaN where nobody rated.
    """

    class_N: Ints
    level_N: Ints
    reference_N: Ints
    label_N: Floats

    @classmethod
    def of(cls, embedding_map: EmbeddingMap) -> Pictures:
        """The pictures of a map; labels by its label scale, and none where it has none."""
        rows, scale = embedding_map.images.manifest.rows, embedding_map.manifest.label_scale
        stored_N = np.array([np.nan if label is None else label for label in rows.label], np.float64)
        label_N = np.full_like(stored_N, np.nan) if scale is None else scale.slope * stored_N + scale.offset
        return cls(np.array(rows.class_index), np.array(rows.level), np.array(rows.reference), label_N)

    @cached_property
    def group_N(self) -> Ints:
        """Counts into the taxonomy's group names, `UNKNOWN_INDEX` where nobody named the distortion."""
        return np.where(self.class_N == UNKNOWN_INDEX, UNKNOWN_INDEX, np.array(TAXONOMY.group_of_class)[self.class_N])

    @cached_property
    def is_visible_N(self) -> NDArray[np.bool_]:
        """Where the distortion has a name and is strong enough to be seen."""
        is_named_N: NDArray[np.bool_] = self.class_N != UNKNOWN_INDEX
        return is_named_N & (self.level_N >= MIN_VISIBLE_LEVEL)


@dataclass(frozen=True)
class Row:
    """Mean weights (X) on the `count` pictures of a label; absent labels have no row."""

    name: str
    count: int
    mean_weights: tuple[float, ...]


@dataclass(frozen=True)
class EntropyHistogram:
    """How undecided the weights are from picture to picture: entropies in nats between 0 and `maximum` = log X.

    `saturation` is the share of pictures whose largest weight is above 0.99.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    mean: float
    maximum: float
    saturation: float


@dataclass(frozen=True)
class Use:
    """How experts or clusters (X of them) are used: mean weight, share of pictures where it is the top, who is dead.

    Dead is who gets less than a tenth of an equal share. `effective_number` is exp(entropy of the mean weights), from 1
    to X. Information is shared with types and groups, over visible pictures; `None` where there are none.
    """

    names: tuple[str, ...]
    mean_weights: tuple[float, ...]
    top_shares: tuple[float, ...]
    dead: tuple[int, ...]
    effective_number: float
    entropy: EntropyHistogram
    by_group: tuple[Row, ...]
    by_type: tuple[Row, ...]
    type_information: MutualInformation[float] | None
    group_information: MutualInformation[float] | None


@dataclass(frozen=True)
class SkillRow:
    """On the rated pictures of a group: each expert's mean absolute error and rank correlation, then the score's own.

    Errors are in points. A correlation is `None` for clean pictures, whose copies differ in nothing that could be
    ranked, and where there are fewer than `MIN_RANKED` pictures or all labels are the same.
    """

    group: str
    count: int
    errors: tuple[float, ...]
    correlations: tuple[float | None, ...]
    score_error: float
    score_correlation: float | None


@dataclass(frozen=True)
class NamedError:
    """A distortion type, and an expert's mean absolute error on it in points."""

    name: str
    error: float


@dataclass(frozen=True)
class Portrait:
    """An expert in a few facts.

    `called_for` are the groups that give it more weight than any other expert, `best_at` those in which no other
    expert's own score comes closer to the labels; `strongest` and `weakest` are its own types, best and worst first.
    """

    name: str
    called_for: tuple[str, ...]
    best_at: tuple[str, ...]
    strongest: tuple[NamedError, ...]
    weakest: tuple[NamedError, ...]


@dataclass(frozen=True)
class Example:
    """A picture of a map with a high posterior for a cluster."""

    row: int
    posterior: float
    is_top: bool


@dataclass(frozen=True)
class ExpertUsage:
    """Everything about the experts and clusters on a map's pictures; a part that the variant lacks is `None`.

    `experts_by_cluster` holds mean routing weights (E) over the pictures of each top cluster. `num_visible` pictures
    stand behind agreement and information.
    """

    num_pictures: int
    num_contents: int
    num_visible: int
    num_rated: int
    experts: Use | None
    clusters: Use | None
    skill: tuple[SkillRow, ...] | None
    portraits: tuple[Portrait, ...] | None
    experts_by_cluster: tuple[Row, ...] | None
    cluster_expert_information: MutualInformation[float] | None
    agreement: Mapping[str, ClusterAgreement[float]] | None
    examples: tuple[tuple[Example, ...], ...] | None


def expert_usage(embedding_map: EmbeddingMap) -> ExpertUsage:
    """Every figure of a map."""
    pictures = Pictures.of(embedding_map)
    routing_NE, posteriors_NK = (_weights(embedding_map, name) for name in ("routing_weights", "posteriors"))
    experts = None if routing_NE is None else _use(embedding_map, "expert", "routing_entropy", routing_NE, pictures)
    skill, portrayed = _skill_and_portraits(embedding_map, experts, pictures)
    by_cluster = (
        _ByCluster() if posteriors_NK is None else _by_cluster(embedding_map, posteriors_NK, routing_NE, pictures)
    )
    return ExpertUsage(
        num_pictures=len(pictures.class_N),
        num_contents=len(np.unique(pictures.reference_N)),
        num_visible=int(pictures.is_visible_N.sum()),
        num_rated=int((~np.isnan(pictures.label_N)).sum()),
        experts=experts,
        clusters=by_cluster.clusters,
        skill=skill,
        portraits=portrayed,
        experts_by_cluster=by_cluster.experts,
        cluster_expert_information=by_cluster.expert_information,
        agreement=by_cluster.agreement,
        examples=by_cluster.examples,
    )


@dataclass(frozen=True)
class _ByCluster:
    """What is known of the clusters of a variant that has some."""

    clusters: Use | None = None
    experts: tuple[Row, ...] | None = None
    expert_information: MutualInformation[float] | None = None
    agreement: Mapping[str, ClusterAgreement[float]] | None = None
    examples: tuple[tuple[Example, ...], ...] | None = None


def _by_cluster(
    embedding_map: EmbeddingMap, posteriors_NK: Floats, routing_NE: Floats | None, pictures: Pictures
) -> _ByCluster:
    clusters = _use(embedding_map, "cluster", "posterior_entropy", posteriors_NK, pictures)
    top_N = _top(embedding_map, "cluster", posteriors_NK)
    return _ByCluster(
        clusters=clusters,
        experts=None if routing_NE is None else mean_weights_by(routing_NE, top_N, clusters.names),
        expert_information=None if routing_NE is None else shared_information(posteriors_NK, routing_NE),
        agreement=_agreements(top_N, pictures),
        examples=_examples(embedding_map, posteriors_NK, top_N, pictures),
    )


# ---- who is used


def use(weights_NX: Floats, pictures: Pictures, *, names: Sequence[str], top_N: Ints, entropy_N: Floats) -> Use:
    """How weights (rows sum to one) are spread over experts or clusters, over distortions, and over pictures."""
    num_parts = weights_NX.shape[1]
    return Use(
        names=tuple(names),
        mean_weights=tuple(weights_NX.mean(0).tolist()),
        top_shares=tuple((np.bincount(top_N, minlength=num_parts) / len(top_N)).tolist()),
        dead=tuple(dead(weights_NX).tolist()),
        effective_number=effective_number(weights_NX),
        entropy=entropy_histogram(entropy_N, weights_NX),
        by_group=mean_weights_by(weights_NX, pictures.group_N, TAXONOMY.group_names),
        by_type=mean_weights_by(weights_NX, pictures.class_N, TAXONOMY.classes),
        type_information=_information(weights_NX, pictures.class_N, pictures),
        group_information=_information(weights_NX, pictures.group_N, pictures),
    )


def mean_weights_by(weights_NX: Floats, label_N: Ints, names: Sequence[str]) -> tuple[Row, ...]:
    """Mean weights on the pictures of each label, in the names' order; labels count into the names."""
    rows_of = [np.flatnonzero(label_N == index) for index in range(len(names))]
    return tuple(
        Row(name, len(rows), tuple(weights_NX[rows].mean(0).tolist()))
        for name, rows in zip(names, rows_of, strict=True)
        if len(rows)
    )


def entropy_histogram(entropy_N: Floats, weights_NX: Floats) -> EntropyHistogram:
    """A histogram of the entropy of each row, in equal bins from 0 to log X."""
    maximum = float(np.log(weights_NX.shape[1]))
    # Stored in single precision, a uniform row's entropy may lie a hair above its bound.
    clipped_N = np.clip(entropy_N, 0, maximum)
    counts_B, edges_B = np.histogram(clipped_N, NUM_BINS, (0, maximum or 1.0))
    return EntropyHistogram(
        edges=tuple(edges_B.tolist()),
        counts=tuple(counts_B.tolist()),
        mean=float(clipped_N.mean()),
        maximum=maximum,
        saturation=saturation(weights_NX),
    )


def _information(weights_NX: Floats, label_N: Ints, pictures: Pictures) -> MutualInformation[float] | None:
    visible_N = pictures.is_visible_N
    return mutual_information(weights_NX[visible_N], label_N[visible_N]) if visible_N.any() else None


# ---- who is good at what


def skill_rows(scores_NE: Floats, score_N: Floats, pictures: Pictures) -> tuple[SkillRow, ...]:
    """Errors and rank correlations of every expert's own score within each group that has rated pictures."""
    return tuple(
        _skill_row(TAXONOMY.group_names[group], scores_NE[rows], score_N[rows], pictures.label_N[rows])
        for group, rows in _rated_rows(pictures.group_N, pictures.label_N)
    )


def _rated_rows(part_N: Ints, label_N: Floats) -> list[tuple[int, Ints]]:
    """Codes that rated pictures have, in order, with the rows of these pictures."""
    part_N = np.where(np.isnan(label_N), UNKNOWN_INDEX, part_N)
    return [(int(code), np.flatnonzero(part_N == code)) for code in np.unique(part_N) if code != UNKNOWN_INDEX]


def _skill_row(group: str, scores_NE: Floats, score_N: Floats, label_N: Floats) -> SkillRow:
    is_ranked = group != CLEAN
    return SkillRow(
        group=group,
        count=len(label_N),
        errors=tuple(_errors(scores_NE, label_N).tolist()),
        correlations=tuple(_correlation(own_N, label_N) if is_ranked else None for own_N in scores_NE.T),
        score_error=float(np.abs(score_N - label_N).mean()),
        score_correlation=_correlation(score_N, label_N) if is_ranked else None,
    )


def _errors(scores_NE: Floats, label_N: Floats) -> Floats:
    errors_E: Floats = np.abs(scores_NE - label_N[:, None]).mean(0)
    return errors_E


def _correlation(score_N: Floats, label_N: Floats) -> float | None:
    found = srcc(score_N, label_N) if len(label_N) >= MIN_RANKED else float("nan")
    return None if np.isnan(found) else found


def portraits(experts: Use, skill: Sequence[SkillRow], scores_NE: Floats, pictures: Pictures) -> tuple[Portrait, ...]:
    """Each expert's calling, and its strongest and weakest types."""
    named = [(TAXONOMY.classes[code], rows) for code, rows in _rated_rows(pictures.class_N, pictures.label_N)]
    errors_LE = [(name, _errors(scores_NE[rows], pictures.label_N[rows])) for name, rows in named]
    return tuple(
        Portrait(
            name=name,
            called_for=tuple(row.name for row in experts.by_group if int(np.argmax(row.mean_weights)) == expert),
            best_at=tuple(row.group for row in skill if int(np.argmin(row.errors)) == expert),
            **_extremes([NamedError(label, float(errors_E[expert])) for label, errors_E in errors_LE]),
        )
        for expert, name in enumerate(experts.names)
    )


def _extremes(errors: list[NamedError]) -> dict[str, tuple[NamedError, ...]]:
    ordered = sorted(errors, key=lambda named: named.error)
    # Of few types none is named twice.
    count = min(NUM_NAMED, len(ordered) // 2)
    return {"strongest": tuple(ordered[:count]), "weakest": tuple(ordered[::-1][:count])}


def _skill_and_portraits(
    embedding_map: EmbeddingMap, experts: Use | None, pictures: Pictures
) -> tuple[tuple[SkillRow, ...] | None, tuple[Portrait, ...] | None]:
    if experts is None or "expert_scores" not in embedding_map.columns:
        return None, None
    scores_NE, score_N = (embedding_map.values(name) for name in ("expert_scores", "score"))
    skill = skill_rows(scores_NE, score_N, pictures)
    return skill or None, portraits(experts, skill, scores_NE, pictures)


# ---- what clusters follow


def _agreements(cluster_N: Ints, pictures: Pictures) -> dict[str, ClusterAgreement[float]] | None:
    visible_N = pictures.is_visible_N
    labels = {"group": pictures.group_N, "type": pictures.class_N, "content": pictures.reference_N}
    if not visible_N.any():
        return None
    return {name: cluster_agreement(cluster_N[visible_N], label_N[visible_N]) for name, label_N in labels.items()}


def typical_rows(posterior_N: Floats, typicality_N: Floats, reference_N: Ints, count: int) -> list[int]:
    """Rows of the pictures with the highest posterior, ties by typicality; each content once before any comes again."""
    order_N = np.lexsort((-typicality_N, -posterior_N))
    turn_of: dict[int, int] = {}
    turns = []
    for reference in reference_N[order_N].tolist():
        turn_of[reference] = turns_before = turn_of.get(reference, -1) + 1
        turns.append(turns_before)
    chosen = order_N[np.argsort(turns, kind="stable")[:count]]
    return [int(row) for row in chosen]


def _examples(
    embedding_map: EmbeddingMap, posteriors_NK: Floats, top_N: Ints, pictures: Pictures
) -> tuple[tuple[Example, ...], ...]:
    # Posteriors are stored in steps and often saturated: the more typical picture comes first.
    has_likelihood = "log_likelihood" in embedding_map.columns
    typicality_N = embedding_map.values("log_likelihood") if has_likelihood else np.zeros(len(posteriors_NK))
    return tuple(
        examples(posterior_N, typicality_N, pictures.reference_N, is_top_N=top_N == cluster)
        for cluster, posterior_N in enumerate(posteriors_NK.T)
    )


def examples(
    posterior_N: Floats, typicality_N: Floats, reference_N: Ints, *, is_top_N: NDArray[np.bool_]
) -> tuple[Example, ...]:
    """Pictures that show a cluster: those that it is the top of, or the few that come closest where there are none."""
    has_any = bool(is_top_N.any())
    rows = np.flatnonzero(is_top_N) if has_any else np.arange(len(posterior_N))
    count = NUM_EXAMPLES if has_any else NUM_CLOSEST
    chosen = rows[typical_rows(posterior_N[rows], typicality_N[rows], reference_N[rows], count)]
    return tuple(Example(int(row), float(posterior_N[row]), has_any) for row in chosen)


# ---- columns of a map


def _weights(embedding_map: EmbeddingMap, name: str) -> Floats | None:
    """Weights (N, X) whose rows sum to one: stored in steps, they do so only nearly."""
    record = embedding_map.manifest.columns.get(name)
    if record is None or len(record.shape) != 2:
        return None
    weights_NX = np.nan_to_num(embedding_map.values(name)).clip(0)
    total_N1 = weights_NX.sum(1, keepdims=True)
    even = 1 / weights_NX.shape[1]
    return np.asarray(np.where(total_N1 > 0, weights_NX / np.maximum(total_N1, 1e-9), even))


def _top(embedding_map: EmbeddingMap, name: str, weights_NX: Floats) -> Ints:
    """Which part has most weight: as stored beside the weights, whose steps hide small differences."""
    computed_N = weights_NX.argmax(1)
    stored_N: NDArray[Any] | None = embedding_map.columns.get(name)
    return computed_N if stored_N is None else np.where(stored_N < weights_NX.shape[1], stored_N, computed_N)


def _use(embedding_map: EmbeddingMap, part: str, entropy: str, weights_NX: Floats, pictures: Pictures) -> Use:
    has_entropy = entropy in embedding_map.columns
    return use(
        weights_NX,
        pictures,
        names=_names(embedding_map, part, weights_NX.shape[1]),
        top_N=_top(embedding_map, part, weights_NX),
        entropy_N=np.nan_to_num(embedding_map.values(entropy))
        if has_entropy
        else np.asarray(entropies(weights_NX), np.float64),
    )


def _names(embedding_map: EmbeddingMap, part: str, count: int) -> tuple[str, ...]:
    named = embedding_map.manifest.categories.get(part, ())
    return named if len(named) == count else tuple(f"{part} {number + 1}" for number in range(count))
