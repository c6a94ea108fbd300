"""What is measured on held-out folds, and how ten splits become one `metrics.json`.

Legend: N pictures, E experts, K clusters.

Photographs are BIQ2021's with human scores; synthetic pictures are distortions of contents that no training fold saw.
Cluster figures are taken on levels 2 to 5, where a distortion can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.metrics import (
    Agreement,
    ClusterAgreement,
    Interval,
    agreement,
    bootstrap_over_references,
    cluster_agreement,
    conformal_quantile,
    effective_number,
    mean_entropy,
    saturation,
    srcc,
)
from models.outputs import IQAOutput
from models.taxonomy import TAXONOMY
from models.training.losses import RANK_MIN_GAP
from models.variants.base import Variant

MIN_VISIBLE_LEVEL: Final = 2
_GROUPS_C: Final = np.array(TAXONOMY.group_of_class)


@dataclass(frozen=True)
class Fold:
    """Held-out pictures of one data set: features (N, D), scores on 0-100, classes, levels and references (N,)."""

    features_ND: Tensor
    scores_N: NDArray[np.float32]
    classes_N: NDArray[np.int64]
    levels_N: NDArray[np.int64]
    references_N: NDArray[np.str_]


class Conformal(NamedTuple):
    """Measured coverage and mean width (points) of the 90 % intervals, and the quantile that scales them."""

    coverage: float
    mean_width: float
    quantile: float


class RouterInterventions(NamedTuple):
    """SRCC with the router's own weights, and with rows shuffled, uniform, and each expert given its neighbour's."""

    own: float
    shuffled: float
    uniform: float
    wrong_expert: float


class ClusterFigures(NamedTuple):
    """Agreement of the most probable cluster with group, type and content, and the health of the posteriors."""

    group: ClusterAgreement
    type: ClusterAgreement
    content: ClusterAgreement
    posterior_entropy: float
    posterior_saturation: float
    effective_clusters: float


class RoutingFigures(NamedTuple):
    """What the router does and what it is worth, on photographs and on synthetic pictures."""

    photographs: RouterInterventions
    synthetic: RouterInterventions
    effective_experts: float
    routing_entropy: float


@dataclass(frozen=True)
class SplitResult:
    """Everything measured on one split; parts that the variant does not have are `None`."""

    seed: int
    photographs: Agreement
    photographs_srcc_interval: Interval
    photographs_conformal: Conformal
    synthetic: Agreement
    synthetic_srcc_by_group: Mapping[str, float]
    level_order_violations: float
    group_accuracy: float | None
    type_accuracy: float | None
    clusters: ClusterFigures | None
    routing: RoutingFigures | None


@torch.inference_mode()
def predict_fold(head: Variant, fold: Fold) -> IQAOutput:
    """The head's output over a fold."""
    output = head(fold.features_ND)
    assert isinstance(output, IQAOutput)
    return output


def calibrate(output: IQAOutput, fold: Fold) -> float:
    """Conformal quantile from a fold that the head was not fitted on."""
    return conformal_quantile(np.abs(fold.scores_N - output.score.numpy()) / output.score_std.numpy())


def evaluate_split(head: Variant, *, seed: int, quantile: float, photographs: Fold, synthetic: Fold) -> SplitResult:
    """Every figure of one split, on its test folds."""
    on_photographs, on_synthetic = predict_fold(head, photographs), predict_fold(head, synthetic)
    predicted_N = on_photographs.score.numpy()
    visible_N = synthetic.levels_N >= MIN_VISIBLE_LEVEL
    groups = _group_accuracy(on_synthetic, synthetic, visible_N)
    return SplitResult(
        seed=seed,
        photographs=agreement(predicted_N, photographs.scores_N),
        photographs_srcc_interval=bootstrap_over_references(
            lambda drawn: srcc(predicted_N[drawn], photographs.scores_N[drawn]), photographs.references_N
        ),
        photographs_conformal=_conformal(on_photographs, photographs, quantile),
        synthetic=agreement(on_synthetic.score.numpy(), synthetic.scores_N),
        synthetic_srcc_by_group=_srcc_by_group(on_synthetic, synthetic),
        level_order_violations=level_order_violations(on_synthetic.score.numpy(), synthetic),
        group_accuracy=None if groups is None else groups[0],
        type_accuracy=None if groups is None else groups[1],
        clusters=_cluster_figures(on_synthetic, synthetic, visible_N),
        routing=_routing_figures(on_photographs, photographs, on_synthetic, synthetic, seed),
    )


def _conformal(output: IQAOutput, fold: Fold, quantile: float) -> Conformal:
    half_width_N = quantile * output.score_std.numpy()
    covered_N = np.abs(fold.scores_N - output.score.numpy()) <= half_width_N
    return Conformal(float(covered_N.mean()), float(2 * half_width_N.mean()), quantile)


def _srcc_by_group(output: IQAOutput, fold: Fold) -> dict[str, float]:
    group_N = _GROUPS_C[fold.classes_N]
    return {
        name: srcc(output.score.numpy()[group_N == index], fold.scores_N[group_N == index])
        for index, name in enumerate(TAXONOMY.group_names)
        if index > 0
    }


def level_order_violations(predicted_N: NDArray[np.float32], fold: Fold) -> float:
    """Share of pairs of levels, of one reference and type, whose labels clearly differ and whose scores disagree."""
    wrong = pairs = 0
    gap_min = RANK_MIN_GAP * 100
    keys = np.array([f"{r}/{c}" for r, c in zip(fold.references_N, fold.classes_N, strict=True)])
    for key in np.unique(keys[fold.levels_N > 0]):
        rows = np.flatnonzero((keys == key) & (fold.levels_N > 0))
        label_gap = fold.scores_N[rows][:, None] - fold.scores_N[rows]
        score_gap = predicted_N[rows][:, None] - predicted_N[rows]
        counts = label_gap >= gap_min
        pairs += int(counts.sum())
        wrong += int((counts & (score_gap <= 0)).sum())
    return wrong / max(pairs, 1)


def _group_accuracy(output: IQAOutput, fold: Fold, visible_N: NDArray[np.bool_]) -> tuple[float, float] | None:
    if output.distortion_logits is None:
        return None
    probabilities_NC = output.distortion_logits.softmax(1).numpy()
    membership_CG = np.eye(len(TAXONOMY.group_names))[_GROUPS_C]
    group_N = (probabilities_NC @ membership_CG).argmax(1)
    type_N = probabilities_NC.argmax(1)
    right_group = group_N == _GROUPS_C[fold.classes_N]
    return float(right_group[visible_N].mean()), float((type_N == fold.classes_N)[visible_N].mean())


def _cluster_figures(output: IQAOutput, fold: Fold, visible_N: NDArray[np.bool_]) -> ClusterFigures | None:
    if output.posteriors is None:
        return None
    posteriors_NK = output.posteriors.numpy()[visible_N]
    cluster_N = posteriors_NK.argmax(1)
    return ClusterFigures(
        group=cluster_agreement(cluster_N, _GROUPS_C[fold.classes_N[visible_N]]),
        type=cluster_agreement(cluster_N, fold.classes_N[visible_N]),
        content=cluster_agreement(cluster_N, fold.references_N[visible_N]),
        posterior_entropy=mean_entropy(posteriors_NK),
        posterior_saturation=saturation(posteriors_NK),
        effective_clusters=effective_number(posteriors_NK),
    )


def intervene(output: IQAOutput, fold: Fold, *, seed: int) -> RouterInterventions:
    """SRCC when only the routing weights change: expert scores stay what they are (no fusion path)."""
    assert output.routing_weights is not None
    assert output.expert_scores is not None
    routing_NE, scores_NE = output.routing_weights.numpy(), output.expert_scores.numpy()
    shuffled_N = np.random.default_rng(seed).permutation(len(routing_NE))
    uniform_NE = np.full_like(routing_NE, 1 / routing_NE.shape[1])

    def srcc_under(weights_NE: NDArray[np.float32]) -> float:
        return srcc((weights_NE * scores_NE).sum(1), fold.scores_N)

    return RouterInterventions(
        own=srcc_under(routing_NE),
        shuffled=srcc_under(routing_NE[shuffled_N]),
        uniform=srcc_under(uniform_NE),
        wrong_expert=srcc_under(np.roll(routing_NE, 1, axis=1)),
    )


def _routing_figures(
    on_photographs: IQAOutput, photographs: Fold, on_synthetic: IQAOutput, synthetic: Fold, seed: int
) -> RoutingFigures | None:
    if on_photographs.routing_weights is None or on_photographs.expert_scores is None:
        return None
    routing_NE = on_photographs.routing_weights.numpy()
    return RoutingFigures(
        photographs=intervene(on_photographs, photographs, seed=seed),
        synthetic=intervene(on_synthetic, synthetic, seed=seed),
        effective_experts=effective_number(routing_NE),
        routing_entropy=mean_entropy(routing_NE),
    )


def to_plain(value: Any) -> Any:
    """Dataclasses, named tuples and mappings, nested, as dictionaries that JSON can hold; floats with six digits."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = value._asdict()
    elif is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: to_plain(item) for name, item in value.items()}
    return value


def summarise(results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Median, smallest and largest value over splits of every number in the results, in their shape."""
    first = results[0]
    summary: dict[str, Any] = {}
    for name, value in first.items():
        if isinstance(value, Mapping):
            summary[name] = summarise([result[name] for result in results])
        elif isinstance(value, float):
            values = [result[name] for result in results]
            summary[name] = {"median": float(np.median(values)), "min": min(values), "max": max(values)}
    return summary
