"""What a checkpoint says of every picture of an image set, as the columns of a map.

Legend: N pictures, K clusters, E experts, X either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.checkpoints.manifest import Manifest
from models.heads.outputs import IQAOutput
from models.maps.embedding_map import Floats, LabelScaleRecord
from models.maps.image_set import ImageSet
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX

_MISSING_CODE: Final = 255


class Column(NamedTuple):
    """An array to store, and how its numbers are to be read."""

    stored: NDArray[Any]
    scale: float = 1.0
    missing: int | None = None


class OwnColumn(NamedTuple):
    """A column of the pictures' owner: what it is called, and the names of its codes where it has some."""

    title: str
    column: Column
    names: tuple[str, ...] | None = None


def map_columns(
    output: IQAOutput, images: ImageSet, label_N: Floats, scale: LabelScaleRecord | None
) -> dict[str, Column]:
    """All columns but the places."""
    return {
        **_picture_columns(images, label_N),
        **_score_columns(output, label_N, scale),
        **_cluster_columns(output),
        **_expert_columns(output),
    }


def _picture_columns(images: ImageSet, label_N: Floats) -> dict[str, Column]:
    """Distortions only where any picture's is known."""
    width = "|u1" if len(images.manifest.references) <= 256 else "<u4"
    columns = {"reference": Column(np.array(images.manifest.rows.reference, width)), **_distortion_columns(images)}
    return columns if np.isnan(label_N).all() else {**columns, "label": Column(label_N)}


def _distortion_columns(images: ImageSet) -> dict[str, Column]:
    rows = images.manifest.rows
    if not any(rows.level) and {*rows.type, *rows.class_index} == {UNKNOWN_INDEX}:
        return {}
    groups = [_MISSING_CODE if code == UNKNOWN_INDEX else TAXONOMY.group_of_class[code] for code in rows.class_index]
    return {
        "class": _codes(rows.class_index),
        "group": _codes(groups),
        "type": _codes(rows.type),
        "level": Column(np.array(rows.level, "|u1")),
    }


def _codes(codes: Sequence[int]) -> Column:
    return Column(np.array([_MISSING_CODE if code < 0 else code for code in codes], "|u1"), missing=_MISSING_CODE)


def _score_columns(output: IQAOutput, label_N: Floats, label_scale: LabelScaleRecord | None) -> dict[str, Column]:
    score_N = output.score.clamp(0, 100).numpy().astype("<f4")
    columns = {"score": Column(score_N), "score_std": Column(output.score_std.numpy().astype("<f4"))}
    if label_scale is None:
        return columns
    expected_N = label_scale.slope * label_N + label_scale.offset
    return {**columns, "score_error": Column((score_N - expected_N).astype("<f4"))}


def _cluster_columns(output: IQAOutput) -> dict[str, Column]:
    if output.posteriors is None:
        return {}
    posteriors_NK = output.posteriors.numpy()
    columns = {
        "cluster": _top(posteriors_NK),
        "cluster_posterior": Column(posteriors_NK.max(1).astype("<f4")),
        "posterior_entropy": Column(entropies(posteriors_NK)),
        "posteriors": _shares(posteriors_NK),
    }
    if output.log_likelihood is None:
        return columns
    return {**columns, "log_likelihood": Column(output.log_likelihood.numpy().astype("<f4"))}


def _expert_columns(output: IQAOutput) -> dict[str, Column]:
    if output.routing_weights is None or output.expert_scores is None:
        return {}
    weights_NE = output.routing_weights.numpy()
    columns = {
        "expert": _top(weights_NE),
        "routing_entropy": Column(entropies(weights_NE)),
        "routing_weights": _shares(weights_NE),
        "expert_scores": Column(np.rint(output.expert_scores.numpy() * 2.55).clip(0, 255).astype("|u1"), 100 / 255),
    }
    if output.fusion_weight is None or output.fusion_score is None:
        return columns
    fusion = {"fusion_weight": output.fusion_weight, "fusion_score": output.fusion_score}
    return {**columns, **{name: Column(values.numpy().astype("<f4")) for name, values in fusion.items()}}


def _top(weights_NX: Floats) -> Column:
    return Column(weights_NX.argmax(1).astype("|u1" if weights_NX.shape[1] <= 256 else "<u2"))


def _shares(weights_NX: Floats) -> Column:
    """Weights on 0-1 in steps of 1/255."""
    return Column(np.rint(weights_NX * 255).astype("|u1"), 1 / 255)


def entropies(weights_NX: Floats) -> Floats:
    """Entropy of each row in nats, between 0 (one-hot) and the logarithm of its length."""
    return np.asarray(-np.sum(weights_NX * np.log(np.clip(weights_NX, 1e-12, None)), axis=1), np.float32)


def categories(manifest: Manifest, output: IQAOutput) -> dict[str, tuple[str, ...]]:
    categories = {"class": TAXONOMY.classes, "type": TAXONOMY.classes, "group": TAXONOMY.group_names}
    if output.posteriors is not None and manifest.cluster_names is not None:
        categories["cluster"] = manifest.cluster_names
    if output.routing_weights is not None and manifest.expert_names is not None:
        categories["expert"] = manifest.expert_names
    return categories
