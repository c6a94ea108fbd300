"""A checkpoint and an image set -> an embedding map, by the contract of `models.maps.embedding_map`.

Legend: N pictures, D features, d embedding, P axes in which neighbours are sought, K clusters, E experts.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, cast

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from models.checkpoints.integrity import check_trunk
from models.checkpoints.manifest import Manifest
from models.checkpoints.reading import read_manifest
from models.files import write_atomically
from models.heads.config import ConfigError
from models.heads.outputs import IQAOutput
from models.heads.variant import Variant
from models.loading import load_head
from models.maps.embedding_map import (
    FORMAT,
    MAP_FILE,
    MAPS_FOLDER,
    ColumnRecord,
    DType,
    Floats,
    LabelScaleRecord,
    MapManifest,
    PlacingRecord,
    ProjectionRecord,
    SpaceRecord,
    map_adapter,
    map_address,
    read_map,
    read_maps,
    reduce_features,
)
from models.maps.image_set import ImageSet, MapRefused
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX
from models.training.data.crop_cache import cached_crops
from models.training.data.feature_cache import trunk_features
from models.training.data.trunk import Trunk
from models.training.measuring.evaluation import head_output
from models.training.pictures.map_images import MapImages
from models.trunk.preprocess import Preprocess
from models.trunk.record import SHARED_FOLDER

NUM_AXES: Final = 50
"""Principal axes of the features that are kept."""
NUM_NEIGHBOURS: Final = 5
WARNING_QUANTILE: Final = 0.99
_ROWS_AT_ONCE: Final = 1024
_MISSING_CODE: Final = 255


class Projector(Protocol):
    """Whatever turns points into places on a plane, and says how."""

    def record(self, num_points: int) -> ProjectionRecord:
        """Method and parameters for so many points: part of the map's address."""

    def __call__(self, points_NP: Floats) -> Floats:
        """(N, P) -> (N, 2), the same for the same points."""


@dataclass(frozen=True)
class UMAPProjector:
    """UMAP with a fixed seed on one thread (McInnes, Healy and Melville, 2018); needs the `training` extra.

    `neighbours` (2 or more) says how many pictures each is tied to, `min_dist` (0-1) how close they may lie. Raises
    `ConfigError` for values out of range.
    """

    neighbours: int = 15
    min_dist: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.neighbours < 2:
            raise ConfigError(f"got {self.neighbours} neighbours, expected 2 or more")
        if not 0 <= self.min_dist <= 1:
            raise ConfigError(f"got min_dist = {self.min_dist}, expected 0 to 1")
        if self.seed < 0:
            raise ConfigError(f"got seed {self.seed}, expected 0 or more")

    def record(self, num_points: int) -> ProjectionRecord:
        """As recorded in `map.json`."""
        parameters = self._parameters(num_points)
        return ProjectionRecord("UMAP", f"umap-learn {version('umap-learn')}", self.seed, parameters)

    def __call__(self, points_NP: Floats) -> Floats:
        """(N, P) -> (N, 2)."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ImportWarning)  # of its parametric sibling, which needs TensorFlow
            from umap import UMAP
        reducer = UMAP(**self._parameters(len(points_NP)), random_state=self.seed, n_jobs=1)
        return np.asarray(reducer.fit_transform(points_NP), np.float32)

    def _parameters(self, num_points: int) -> dict[str, str | int | float]:
        return {
            "n_neighbors": min(self.neighbours, num_points - 1),
            "min_dist": self.min_dist,
            "metric": "euclidean",
            "init": "pca",
        }


class Space(NamedTuple):
    """The points to project, and the arrays that bring further pictures among them."""

    record: SpaceRecord
    points_NP: Floats
    arrays: Mapping[str, NDArray[Any]]


class Column(NamedTuple):
    """An array to store, and how its numbers are to be read."""

    stored: NDArray[Any]
    scale: float = 1.0
    missing: int | None = None


def build_map(checkpoint: Path, images: MapImages, *, trunk: Trunk, cache: Path, projector: Projector) -> Path:
    """Compute what is missing of the pictures' features, project them, write the map and return its folder.

    A map that is there and sound is kept; maps of other weights are removed. The image set lies in the
    folder that the checkpoint shares with others. Raises `CheckpointRefused`.
    """
    manifest = read_manifest(checkpoint)
    check_trunk(checkpoint, manifest, trunk.record.sha256)
    projection = projector.record(len(images.image_set))
    address = map_address(manifest.weights_sha256, images.image_set.sha256, projection)
    folder, shared = checkpoint / MAPS_FOLDER / address, checkpoint.parent / SHARED_FOLDER
    _remove_stale(checkpoint, manifest.weights_sha256, shared)
    if _is_sound(folder, manifest.weights_sha256, shared):
        return folder
    head = load_head(checkpoint, manifest)
    table = trunk_features(images.dataset, trunk, Preprocess(manifest.model.preprocess), cache=cache)
    crops = cached_crops(images.dataset, head.crop_px, root=cache)
    output = head_output(head, torch.from_numpy(table.features_ND), crops, rows_at_once=_ROWS_AT_ONCE)
    space = projected_space(head, output)
    with _busy(f"{checkpoint.name}: projecting {len(images.image_set):,} pictures"):
        places_N2 = projector(space.points_NP)
    _write_map(folder, manifest, images.image_set, output, space, places_N2, projection)
    return read_map(folder, weights_sha256=manifest.weights_sha256, shared=shared).folder


def _remove_stale(checkpoint: Path, weights_sha256: str, shared: Path) -> None:
    _, refused = read_maps(checkpoint, weights_sha256=weights_sha256, shared=shared)
    for refusal in refused:
        if refusal.field == "weights_sha256":
            shutil.rmtree(refusal.folder)


def _is_sound(folder: Path, weights_sha256: str, shared: Path) -> bool:
    try:
        read_map(folder, weights_sha256=weights_sha256, shared=shared)
    except MapRefused:
        return False
    return True


@contextmanager
def _busy(what: str) -> Iterator[None]:
    """A spinner with the time passed, on stderr: UMAP does not say how far it is."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        progress.add_task(what, total=None)
        yield


# ---- what is projected


def projected_space(head: Variant, output: IQAOutput) -> Space:
    """The embedding, where the variant has one: what the mixture sees, so that clusters are regions of the map.

    A variant without has its standardised features shown, on their first `NUM_AXES` principal axes.
    """
    if output.embedding is not None:
        points_Nd = output.embedding.numpy().astype(np.float32)
        dim = points_Nd.shape[1]
        return Space(SpaceRecord("embedding", dim, dim), points_Nd, {})
    return _feature_space(head, output.features)


@torch.inference_mode()
def _feature_space(head: Variant, features_ND: torch.Tensor) -> Space:
    standardised_ND = head.scaler(features_ND).numpy()
    num_axes = min(NUM_AXES, *standardised_ND.shape)
    pca = PCA(num_axes, svd_solver="covariance_eigh").fit(standardised_ND)
    axes_IP = pca.components_.T.astype("<f2")
    arrays = {
        "mean_I": head.scaler.mean_D.numpy().astype("<f4"),
        "std_I": head.scaler.std_D.numpy().astype("<f4"),
        "axes_IP": axes_IP,
        "centre_P": (pca.mean_ @ axes_IP.astype(np.float32)).astype("<f4"),
    }
    points_NP = reduce_features(features_ND.numpy(), arrays)
    return Space(SpaceRecord("features", standardised_ND.shape[1], num_axes), points_NP, arrays)


def warning_distance(points_NP: Floats, reference_N: NDArray[np.int64]) -> PlacingRecord:
    """From which mean distance to its neighbours on a picture is unlike all of the map.

    Each picture is placed among those of other contents, as an upload is: among its own it would always be near. The
    99 % quantile of these distances is the limit.
    """
    num_neighbours = min(NUM_NEIGHBOURS, len(points_NP) - 1)
    if len(set(reference_N.tolist())) == 1:
        reference_N = np.arange(len(points_NP))
    distances_N = np.concatenate(
        [
            _mean_distances(points_NP[reference_N == name], points_NP[reference_N != name], num_neighbours)
            for name in np.unique(reference_N)
        ]
    )
    return PlacingRecord(num_neighbours, max(float(np.quantile(distances_N, WARNING_QUANTILE)), 1e-6))


def _mean_distances(points_MP: Floats, others_NP: Floats, count: int) -> NDArray[np.float64]:
    search = NearestNeighbors(n_neighbors=min(count, len(others_NP)), algorithm="brute").fit(others_NP)
    distances_Mk, _ = search.kneighbors(points_MP)
    return np.asarray(distances_Mk.mean(1), np.float64)


# ---- what is stored


def _write_map(
    folder: Path,
    manifest: Manifest,
    images: ImageSet,
    output: IQAOutput,
    space: Space,
    places_N2: Floats,
    projection: ProjectionRecord,
) -> None:
    label_N = np.array([np.nan if label is None else label for label in images.manifest.rows.label], np.float32)
    label_scale = fitted_label_scale(images, output.score.numpy(), label_N)
    columns = {
        "x": Column(places_N2[:, 0].astype("<f4")),
        "y": Column(places_N2[:, 1].astype("<f4")),
        **_picture_columns(images, label_N),
        **_score_columns(output, label_N, label_scale),
        **_cluster_columns(output),
        **_expert_columns(output),
    }
    reference_N = np.array(images.manifest.rows.reference)
    arrays = {"neighbours_NP": space.points_NP.astype("<f2"), **space.arrays}
    shutil.rmtree(folder, ignore_errors=True)
    fields = MapManifest(
        format=FORMAT,
        count=len(images),
        weights_sha256=manifest.weights_sha256,
        image_set_sha256=images.sha256,
        space=space.record,
        projection=projection,
        placing=warning_distance(space.points_NP, reference_N),
        label_scale=label_scale,
        categories=_categories(manifest, output),
        columns={name: _write_array(folder, name, column) for name, column in columns.items()},
        placing_arrays={name: _write_array(folder, name, Column(array)) for name, array in arrays.items()},
    )
    text = json.dumps(map_adapter().dump_python(fields, mode="json"), indent=1, ensure_ascii=False)
    write_atomically(folder / MAP_FILE, f"{text}\n".encode())  # last: a map appears only when it is whole


def _write_array(folder: Path, name: str, column: Column) -> ColumnRecord:
    stored = np.ascontiguousarray(column.stored)
    write_atomically(folder / f"{name}.bin", stored.tobytes())
    return ColumnRecord(
        file=f"{name}.bin",
        sha256=hashlib.sha256(stored.tobytes()).hexdigest(),
        dtype=cast(DType, stored.dtype.str),  # another one would be refused when the map is read
        shape=stored.shape,
        scale=column.scale,
        missing=column.missing,
    )


def fitted_label_scale(images: ImageSet, score_N: Floats, label_N: Floats) -> LabelScaleRecord | None:
    """The map from labels to this checkpoint's scale; `None` where fewer than two pictures have different labels.

    Not a least-squares fit: that would flatten the labels wherever the scores are poor.
    """
    rated = ~np.isnan(label_N)
    if images.manifest.label_kind is None or not rated.any():
        return None
    if images.manifest.label_kind == "mos":
        return LabelScaleRecord("nominal", 1.0, 0.0)
    labels, scores = label_N[rated].astype(np.float64), score_N[rated].astype(np.float64)
    if labels.std() == 0:
        return None
    slope = float(scores.std() / labels.std())
    return LabelScaleRecord("moments", slope, float(scores.mean() - slope * labels.mean()))


def _picture_columns(images: ImageSet, label_N: Floats) -> dict[str, Column]:
    rows = images.manifest.rows
    groups = [_MISSING_CODE if code == UNKNOWN_INDEX else TAXONOMY.group_of_class[code] for code in rows.class_index]
    width = "|u1" if len(images.manifest.references) <= 256 else "<u4"
    columns = {
        "class": _codes(rows.class_index),
        "group": _codes(groups),
        "type": _codes(rows.type),
        "level": Column(np.array(rows.level, "|u1")),
        "reference": Column(np.array(rows.reference, width)),
    }
    return columns if np.isnan(label_N).all() else {**columns, "label": Column(label_N)}


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


def _categories(manifest: Manifest, output: IQAOutput) -> dict[str, tuple[str, ...]]:
    categories = {"class": TAXONOMY.classes, "type": TAXONOMY.classes, "group": TAXONOMY.group_names}
    if output.posteriors is not None and manifest.cluster_names is not None:
        categories["cluster"] = manifest.cluster_names
    if output.routing_weights is not None and manifest.expert_names is not None:
        categories["expert"] = manifest.expert_names
    return categories
