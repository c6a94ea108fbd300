"""Maps of any size without pictures or projection: places, codes and shares drawn by a seeded generator."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import TypeAdapter

from models.maps.embedding_map import (
    MAP_FILE,
    MAPS_FOLDER,
    ColumnRecord,
    DType,
    LabelScaleRecord,
    MapManifest,
    PlacingRecord,
    ProjectionRecord,
    SpaceRecord,
    SpaceSource,
    map_adapter,
    map_address,
)
from models.maps.image_set import (
    ADDRESS_LENGTH,
    IMAGES_FILE,
    FileRecord,
    ImageSetManifest,
    PictureRows,
    ReferenceRecord,
    ThumbnailRecord,
    image_set_adapter,
    image_set_folder,
)
from models.taxonomy import TAXONOMY

TILE_PX: Final = 4
SHEET_COLUMNS: Final = 16
NUM_CLUSTERS: Final = 8
CONTENTS: Final = ("given", "withheld")
"""A photograph that may be passed on, and one that may not: every other row is of each."""


@dataclass(frozen=True)
class GeneratedMap:
    """What is on disk: the map's folder, and the columns as they were written."""

    folder: Path
    image_set: str
    columns: Mapping[str, NDArray[Any]]


def generate_image_set(shared: Path, *, count: int) -> str:
    """Write an image set of `count` rows with sprite sheets of plain tiles; returns its SHA-256."""
    given = _jpeg()
    sheets = [_sheet(index) for index in range(-(-count // 256))]
    rows = np.arange(count)
    manifest = ImageSetManifest(
        format=1,
        name="generated",
        inputs_sha256="0" * 64,
        label_kind="pseudo_mos",
        classes=TAXONOMY.classes,
        references=(
            ReferenceRecord(CONTENTS[0], "drawn by code, CC0 1.0", "a test", FileRecord("given.jpg", _sha256(given))),
            ReferenceRecord(CONTENTS[1]),
        ),
        rows=PictureRows(
            picture=tuple(f"{CONTENTS[row % 2]}/{row}" for row in rows),
            reference=tuple((rows % 2).tolist()),
            type=tuple((rows % 26).tolist()),
            level=tuple(np.where(rows % 26, 1 + rows % 5, 0).tolist()),
            class_index=tuple((rows % 26).tolist()),
            label=tuple((rows % 101).astype(float).tolist()),
        ),
        thumbnails=ThumbnailRecord(
            TILE_PX,
            SHEET_COLUMNS,
            256,
            tuple(FileRecord(f"thumbnails-{index}.webp", _sha256(data)) for index, data in enumerate(sheets)),
        ),
        left_out=(),
    )
    text = _to_json(image_set_adapter(), manifest)
    folder = image_set_folder(shared, _sha256(text))
    folder.mkdir(parents=True, exist_ok=True)
    files = {f"thumbnails-{index}.webp": data for index, data in enumerate(sheets)}
    for name, data in {**files, "given.jpg": given, IMAGES_FILE: text}.items():
        (folder / name).write_bytes(data)
    return _sha256(text)


def generate_map(
    checkpoint: Path, *, count: int = 60, source: SpaceSource = "embedding", weights_sha256: str = "a" * 64
) -> GeneratedMap:
    """Write a map of a checkpoint, with clusters where it shows embeddings, and its image set beside the checkpoint."""
    image_set_sha256 = generate_image_set(checkpoint.parent / "shared", count=count)
    projection = ProjectionRecord("drawn", "numpy", 0, {"points": count})
    folder = checkpoint / MAPS_FOLDER / map_address(weights_sha256, image_set_sha256, projection)
    folder.mkdir(parents=True)
    drawn = _Drawn(count, folder)
    drawn.columns(has_clusters=source == "embedding")
    group_names = TAXONOMY.group_names
    categories = {"class": TAXONOMY.classes, "type": TAXONOMY.classes, "group": group_names}
    manifest = MapManifest(
        format=1,
        count=count,
        weights_sha256=weights_sha256,
        image_set_sha256=image_set_sha256,
        space=SpaceRecord("embedding", 1, 1) if source == "embedding" else SpaceRecord("features", 2, 2),
        projection=projection,
        placing=PlacingRecord(3, 0.05),
        label_scale=LabelScaleRecord("moments", 0.5, 10.0),
        categories=categories | ({"cluster": group_names, "expert": group_names} if source == "embedding" else {}),
        columns=drawn.records,
        placing_arrays=drawn.placing_arrays(source),
    )
    (folder / MAP_FILE).write_bytes(_to_json(map_adapter(), manifest))
    return GeneratedMap(folder, image_set_sha256[:ADDRESS_LENGTH], drawn.arrays)


@dataclass
class _Drawn:
    count: int
    folder: Path
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)
    records: dict[str, ColumnRecord] = field(default_factory=dict)

    def columns(self, *, has_clusters: bool) -> None:
        rng, count = np.random.default_rng(7), self.count
        rows = np.arange(count)
        for name in ("x", "y"):
            self._add(name, rng.normal(0, 5, count).astype("<f4"))
        self._add("score", rng.uniform(0, 100, count).astype("<f4"))
        self._add("class", (rows % 26).astype("|u1"), missing=255)
        self._add("reference", (rows % 2).astype("|u1"))
        if not has_clusters:
            return
        posteriors_NK = rng.dirichlet(np.full(NUM_CLUSTERS, 0.3), count)
        self._add("cluster", posteriors_NK.argmax(1).astype("|u1"))
        self._add("posteriors", np.rint(posteriors_NK * 255).astype("|u1"), scale=1 / 255)

    def placing_arrays(self, source: SpaceSource) -> dict[str, ColumnRecord]:
        dim = 1 if source == "embedding" else 2
        points_NP = np.linspace(0, 1, self.count * dim).reshape(self.count, dim).astype("<f2")
        arrays = {"neighbours_NP": points_NP}
        if source == "features":
            one_I, zero_I = np.ones(2, "<f4"), np.zeros(2, "<f4")
            arrays |= {"mean_I": zero_I, "std_I": one_I, "axes_IP": np.eye(2, dtype="<f2"), "centre_P": zero_I}
        return {name: self._write(name, array) for name, array in arrays.items()}

    def _add(self, name: str, stored: NDArray[Any], *, scale: float = 1.0, missing: int | None = None) -> None:
        self.arrays[name] = stored
        self.records[name] = self._write(name, stored, scale=scale, missing=missing)

    def _write(
        self, name: str, stored: NDArray[Any], *, scale: float = 1.0, missing: int | None = None
    ) -> ColumnRecord:
        data = stored.tobytes()
        (self.folder / f"{name}.bin").write_bytes(data)
        dtype = cast(DType, stored.dtype.str)
        return ColumnRecord(f"{name}.bin", _sha256(data), dtype, stored.shape, scale=scale, missing=missing)


def _jpeg() -> bytes:
    y, x = np.mgrid[0:40, 0:48]
    buffer = io.BytesIO()
    Image.fromarray(np.stack([5 * x, 6 * y, 2 * (x + y)], -1).astype(np.uint8)).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def _sheet(index: int) -> bytes:
    buffer = io.BytesIO()
    side_px = SHEET_COLUMNS * TILE_PX
    Image.new("RGB", (side_px, side_px), (index % 256, 90, 160)).save(buffer, "WEBP", lossless=True)
    return buffer.getvalue()


def _to_json(adapter: TypeAdapter[Any], record: object) -> bytes:
    return json.dumps(adapter.dump_python(record, mode="json")).encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
