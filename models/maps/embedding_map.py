"""Embedding maps: one checkpoint's view of one image set in two dimensions, read, verified, and extended by a point.

    checkpoints/<id>/embedding_map/<address>/map.json    everything below, as `MapManifest`
                                             x.bin ...   columns: raw little-endian arrays, one row per picture

A map's address is a hash of the weights, the image set and the projection, so that a stale map is never shown: it is
refused with file, field and reason. Projecting happens when the map is built, in
`models.maps.building`, never here. Imports no torch.

Legend: N pictures, I numbers that are projected, P axes in which neighbours are sought.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import Field, TypeAdapter

from models.maps.image_set import (
    ADDRESS_LENGTH,
    FileRecord,
    ImageSet,
    MapRefused,
    Positive,
    check_file,
    image_set_folder,
    parse_manifest,
    read_bytes,
    read_image_set,
)
from models.prediction import Representation
from models.strict_json import Sha256, strict_record

MAP_FILE: Final = "map.json"
MAPS_FOLDER: Final = "embedding_map"
FORMAT: Final = 1
_SCALER_BOUND: Final = 8.0
"""Standardised features are bounded so, as in every checkpoint's own scaler."""

Floats = NDArray[np.float32]
SpaceSource = Literal["embedding", "features"]
NeighbourSpace = Literal["features", "posteriors"]
"""Where neighbours of a picture are sought: among the points that were projected, or among the posteriors."""
DType = Literal["<f4", "<f2", "|u1", "<u2", "<u4"]


class PlacingError(ValueError):
    """Numbers that cannot be placed on a map: of another space, or not finite."""


@strict_record
@dataclass(frozen=True)
class ColumnRecord(FileRecord):
    """A raw array: NumPy's name of its little-endian type and its shape; a value is `offset + scale * stored`.

    A stored `missing` means that there is no value (for floats NaN does).
    """

    dtype: DType
    shape: tuple[int, ...]
    scale: float = 1.0
    offset: float = 0.0
    missing: int | None = None


@strict_record
@dataclass(frozen=True)
class SpaceRecord:
    """What was projected: a picture's embedding, or its features, standardised by the checkpoint and reduced by PCA."""

    source: SpaceSource
    input_dim: Positive
    dim: Positive


@strict_record
@dataclass(frozen=True)
class ProjectionRecord:
    """How N x P became N x 2: the method, its parameters, and the library that did it."""

    method: str
    library: str
    seed: int
    parameters: dict[str, str | int | float]


@strict_record
@dataclass(frozen=True)
class PlacingRecord:
    """How many neighbours place a point, and from which mean distance to them on it is far from all pictures."""

    num_neighbours: Positive
    warning_distance: Annotated[float, Field(gt=0)]


@strict_record
@dataclass(frozen=True)
class LabelScaleRecord:
    """`slope` and `offset` take labels to this checkpoint's scale, for `score_error`.

    `nominal`: human labels as they stand. `moments`: pseudo-MOS with mean and deviation of the scores, because their
    scale is another database's.
    """

    kind: Literal["nominal", "moments"]
    slope: float
    offset: float


@strict_record
@dataclass(frozen=True)
class MapManifest:
    """Everything in `map.json`: what the map shows, and its arrays.

    `columns` are for pages, `placing_arrays` for placing a point. Categories name the codes of the columns of the same
    name; `cluster` and `expert` are `None` where the variant has none, `reference` stands in the image set. `titles`
    are what the pictures' owner calls the columns that only this map has.
    """

    format: Literal[1]
    count: Annotated[int, Field(ge=2)]
    weights_sha256: Sha256
    image_set_sha256: Sha256
    space: SpaceRecord
    projection: ProjectionRecord
    placing: PlacingRecord
    label_scale: LabelScaleRecord | None
    categories: dict[str, tuple[str, ...]]
    columns: dict[str, ColumnRecord]
    placing_arrays: dict[str, ColumnRecord]
    titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Neighbour:
    """A picture of the map near a placed point: its row, how far it is, and its share in the place."""

    row: int
    distance: float
    weight: float


@dataclass(frozen=True)
class Placement:
    """Where a picture lies on the map; `distance` is the mean to its neighbours, nearest first."""

    x: float
    y: float
    distance: float
    warning_distance: float
    neighbours: tuple[Neighbour, ...]

    @property
    def is_far(self) -> bool:
        """Whether the picture is unlike all of the map, so that its place says little."""
        return self.distance > self.warning_distance


@dataclass(frozen=True)
class Neighbourhood:
    """The pictures nearest to one of the map: rows, nearest first and then by row, and their distances.

    `tied` counts further pictures that are exactly as near as the last.
    """

    rows: tuple[int, ...]
    distances: tuple[float, ...]
    tied: int


@dataclass(frozen=True)
class EmbeddingMap:
    """A verified map beside its image set; arrays are as stored."""

    folder: Path
    manifest: MapManifest
    images: ImageSet
    columns: Mapping[str, NDArray[Any]]
    placing_arrays: Mapping[str, NDArray[Any]] = field(repr=False)

    def values(self, name: str) -> NDArray[np.float64]:
        """A column as numbers, NaN where there is no value."""
        return decode_column(self.columns[name], self.manifest.columns[name])

    def place(self, numbers_I: ArrayLike) -> Placement:
        """Place a picture by its embedding or its features, as `manifest.space.source` says: (I,) -> a place.

        The mean of its nearest neighbours' places, weighted by one over the squared distance: a picture of the map
        lands on itself. Raises `PlacingError` for another number of values and for values that are not finite.
        """
        point_P = self._in_space(np.asarray(numbers_I, np.float32))
        placing = self.manifest.placing
        rows_k, distances_k = nearest(point_P, self._neighbours_NP, placing.num_neighbours)
        weights_k = inverse_square_weights(distances_k)
        neighbours = zip(rows_k.tolist(), distances_k.tolist(), weights_k.tolist(), strict=True)
        return Placement(
            x=float(weights_k @ self.columns["x"][rows_k]),
            y=float(weights_k @ self.columns["y"][rows_k]),
            distance=float(distances_k.mean()),
            warning_distance=placing.warning_distance,
            neighbours=tuple(Neighbour(*neighbour) for neighbour in neighbours),
        )

    def place_picture(self, picture: Representation) -> Placement:
        """Place a picture by what this map shows of it; raises `PlacingError` like `place`."""
        if self.manifest.space.source == "features":
            return self.place(picture.features_D)
        if picture.embedding_d is None:
            raise PlacingError("got a picture without an embedding, expected one as the map shows")
        return self.place(picture.embedding_d)

    @property
    def neighbour_spaces(self) -> tuple[NeighbourSpace, ...]:
        """Where neighbours can be sought: posteriors only where the variant has clusters."""
        posteriors = self.manifest.columns.get("posteriors")
        return ("features",) if posteriors is None or len(posteriors.shape) != 2 else ("features", "posteriors")

    def neighbours(self, row: int, *, space: NeighbourSpace, count: int) -> Neighbourhood:
        """Up to `count` pictures nearest to that of a row, without itself.

        Distances are Euclidean among the projected points, Hellinger's (0-1) among posteriors.
        """
        points_NP = self._neighbours_NP if space == "features" else self._posterior_points_NK
        distances_N = np.linalg.norm(points_NP - points_NP[row], axis=1).astype(np.float64)
        distances_N[row] = np.inf
        rows_k = np.argsort(distances_N, kind="stable")[: min(count, len(points_NP) - 1)]
        distances_k = distances_N[rows_k]
        tied = np.count_nonzero(distances_N == distances_k[-1]) - np.count_nonzero(distances_k == distances_k[-1])
        return Neighbourhood(tuple(rows_k.tolist()), tuple(distances_k.tolist()), int(tied))

    @cached_property
    def _neighbours_NP(self) -> Floats:
        return self.placing_arrays["neighbours_NP"].astype(np.float32)

    @cached_property
    def _posterior_points_NK(self) -> Floats:
        # Hellinger's distance is the Euclidean one between these; stored in steps, rows do not sum to one exactly.
        posteriors_NK = np.nan_to_num(self.values("posteriors")).clip(0)
        total_N1 = np.maximum(posteriors_NK.sum(1, keepdims=True), 1e-9)
        return np.asarray(np.sqrt(posteriors_NK / (2 * total_N1)), np.float32)

    def _in_space(self, numbers_I: Floats) -> Floats:
        space = self.manifest.space
        if numbers_I.shape != (space.input_dim,):
            raise PlacingError(f"got {numbers_I.shape} numbers, expected {space.source} of ({space.input_dim},)")
        if not np.isfinite(numbers_I).all():
            raise PlacingError(f"got {space.source} with values that are not finite, expected numbers")
        return numbers_I if space.source == "embedding" else reduce_features(numbers_I, self.placing_arrays)


def nearest(point_P: Floats, points_NP: Floats, count: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Rows of the `count` nearest points and their Euclidean distances, nearest first and then by row."""
    distances_N = np.linalg.norm(points_NP - point_P, axis=1).astype(np.float64)
    rows_k = np.argsort(distances_N, kind="stable")[:count]
    return rows_k, distances_N[rows_k]


def inverse_square_weights(distances_k: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights that sum to one, each as one over the squared distance."""
    closeness_k = 1 / np.maximum(distances_k, 1e-9) ** 2
    return np.asarray(closeness_k / closeness_k.sum())


def reduce_features(features_I: Floats, arrays: Mapping[str, NDArray[Any]]) -> Floats:
    """Features (..., I) -> standardised, bounded, on the map's principal axes (..., P)."""
    standardised_I = (features_I - arrays["mean_I"]) / arrays["std_I"]
    bounded_I = np.clip(standardised_I, -_SCALER_BOUND, _SCALER_BOUND)
    return np.asarray(bounded_I @ arrays["axes_IP"].astype(np.float32) - arrays["centre_P"], np.float32)


def decode_column(stored: NDArray[Any], record: ColumnRecord) -> NDArray[np.float64]:
    """Stored numbers as values, NaN where there is none."""
    values = record.offset + record.scale * stored.astype(np.float64)
    return values if record.missing is None else np.where(stored == record.missing, np.nan, values)


def map_address(weights_sha256: str, image_set_sha256: str, projection: ProjectionRecord) -> str:
    """What the folder of a map is called."""
    parts = [FORMAT, weights_sha256, image_set_sha256, asdict(projection)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:ADDRESS_LENGTH]


@lru_cache(maxsize=1)
def map_adapter() -> TypeAdapter[MapManifest]:
    """Reads and writes `map.json`, refusing unknown and missing fields."""
    return TypeAdapter(MapManifest)


def map_folders(checkpoint: Path) -> list[Path]:
    """Folders of a checkpoint that hold a `map.json`, sorted by name."""
    return sorted(path.parent for path in (checkpoint / MAPS_FOLDER).glob(f"*/{MAP_FILE}"))


def read_maps(checkpoint: Path, *, weights_sha256: str, shared: Path) -> tuple[list[EmbeddingMap], list[MapRefused]]:
    """Every map of a checkpoint: those that may be shown, and why the others may not."""
    sound, refused = [], []
    for folder in map_folders(checkpoint):
        try:
            sound.append(read_map(folder, weights_sha256=weights_sha256, shared=shared))
        except MapRefused as error:
            refused.append(error)
    return sound, refused


def read_map(folder: Path, *, weights_sha256: str, shared: Path) -> EmbeddingMap:
    """Read and verify a map of the checkpoint with these weights; raises `MapRefused`.

    `shared` is the folder that all checkpoints share.
    """
    manifest = parse_manifest(folder, MAP_FILE, read_bytes(folder, MAP_FILE), map_adapter())
    _check_identity(folder, manifest, weights_sha256)
    images = read_image_set(image_set_folder(shared, manifest.image_set_sha256))
    if images.sha256 != manifest.image_set_sha256:
        raise _refused(folder, "image_set_sha256", f"got {manifest.image_set_sha256[:12]}…", images.sha256[:12])
    if len(images) != manifest.count:
        raise _refused(folder, "count", f"got {manifest.count}", f"{len(images)} as the image set has")
    _check_shapes(folder, manifest)
    columns, placing_arrays = (
        {name: _read_array(folder, record) for name, record in records.items()}
        for records in (manifest.columns, manifest.placing_arrays)
    )
    _check_numbers(folder, columns, placing_arrays)
    return EmbeddingMap(folder, manifest, images, columns, placing_arrays)


def _check_identity(folder: Path, manifest: MapManifest, weights_sha256: str) -> None:
    if manifest.weights_sha256 != weights_sha256:
        got = f"got a map of weights {manifest.weights_sha256[:12]}…"
        raise _refused(folder, "weights_sha256", got, f"{weights_sha256[:12]}… as the checkpoint has")
    address = map_address(manifest.weights_sha256, manifest.image_set_sha256, manifest.projection)
    if folder.name != address:
        raise _refused(folder, "projection", f"got folder {folder.name}", f"{address} by the manifest")


def _check_shapes(folder: Path, manifest: MapManifest) -> None:
    space = manifest.space
    expected: dict[str, tuple[int, ...]] = {"neighbours_NP": (manifest.count, space.dim)}
    if space.source == "features":
        expected |= {"mean_I": (space.input_dim,), "std_I": (space.input_dim,)}
        expected |= {"axes_IP": (space.input_dim, space.dim), "centre_P": (space.dim,)}
    elif space.input_dim != space.dim:
        raise _refused(folder, "space.dim", f"got {space.dim}", f"{space.input_dim}: embeddings are not reduced")
    got = {name: record.shape for name, record in manifest.placing_arrays.items()}
    if got != expected:
        raise _refused(folder, "placing_arrays", f"got {got}", f"{expected}")
    for name in {"x", "y", "score"} - manifest.columns.keys():
        raise _refused(folder, f"columns.{name}", "got none", "one")
    for name, record in manifest.columns.items():
        if record.shape[:1] != (manifest.count,):
            raise _refused(folder, f"columns.{name}.shape", f"got {record.shape}", f"{manifest.count} rows")
    for name in ("x", "y", "score"):
        if len(shape := manifest.columns[name].shape) != 1:
            raise _refused(folder, f"columns.{name}.shape", f"got {shape}", "one number a row")


def _read_array(folder: Path, record: ColumnRecord) -> NDArray[Any]:
    data = check_file(folder, record)
    dtype = np.dtype(record.dtype)
    if len(data) != (expected := math.prod(record.shape) * dtype.itemsize):
        raise MapRefused(folder, record.file, "shape", f"got {len(data)} bytes, expected {expected}")
    return np.frombuffer(data, dtype).reshape(record.shape)


def _check_numbers(folder: Path, columns: Mapping[str, NDArray[Any]], arrays: Mapping[str, NDArray[Any]]) -> None:
    for name, array in {"x": columns["x"], "y": columns["y"], "score": columns["score"], **arrays}.items():
        if not np.isfinite(array).all():
            raise MapRefused(folder, f"{name}.bin", "(whole file)", "holds a value that is not finite")


def _refused(folder: Path, field_name: str, got: str, expected: str) -> MapRefused:
    return MapRefused(folder, MAP_FILE, field_name, f"{got}, expected {expected}")
