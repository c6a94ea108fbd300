"""A map's folder: columns, what places further pictures, and the manifest.

Legend: N pictures.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import cast

import numpy as np

from models.checkpoints.manifest import Manifest
from models.files import write_atomically
from models.heads.outputs import IQAOutput
from models.maps.building.columns import Column, OwnColumn, categories, map_columns
from models.maps.building.space import Space, warning_distance
from models.maps.embedding_map import (
    FORMAT,
    MAP_FILE,
    ColumnRecord,
    DType,
    Floats,
    LabelScaleRecord,
    MapManifest,
    ProjectionRecord,
    map_adapter,
)
from models.maps.image_set import ImageSet


def write_map(
    folder: Path,
    manifest: Manifest,
    images: ImageSet,
    output: IQAOutput,
    space: Space,
    places_N2: Floats,
    projection: ProjectionRecord,
    *,
    own: Mapping[str, OwnColumn] = MappingProxyType({}),
) -> None:
    """Write a map's folder anew; `places_N2` are what the projection made of the space's points.

    `own` are further columns, of the pictures' owner.
    """
    label_N = np.array([np.nan if label is None else label for label in images.manifest.rows.label], np.float32)
    label_scale = fitted_label_scale(images, output.score.numpy(), label_N)
    columns = {
        "x": Column(places_N2[:, 0].astype("<f4")),
        "y": Column(places_N2[:, 1].astype("<f4")),
        **map_columns(output, images, label_N, label_scale),
        **{name: one.column for name, one in own.items()},
    }
    own_names = {name: one.names for name, one in own.items() if one.names is not None}
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
        categories={**categories(manifest, output), **own_names},
        columns={name: _write_array(folder, name, column) for name, column in columns.items()},
        placing_arrays={name: _write_array(folder, name, Column(array)) for name, array in arrays.items()},
        titles={name: one.title for name, one in own.items()},
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
