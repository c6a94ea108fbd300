"""Features of whole data sets on disk, computed once, resumable, with progress on stderr.

Legend: N pictures, D features.

The key of a cache folder is everything that changes its numbers: the trunk's weights, the preprocessing, the examples,
the bytes of their files and what the distortions do. Rows are written to memory maps as they are made; a run that was
stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from models.distortions.operations import distort
from models.taxonomy import LEVELS, TAXONOMY
from models.terminal import printable
from models.training.data.datasets import Dataset, Example
from models.training.data.trunk import Trunk
from models.trunk.features import FeatureRuntime, picture_features
from models.trunk.golden_picture import golden_image
from models.trunk.preprocess import Preprocess

log = logging.getLogger(__name__)

_FLUSH_EVERY = 64


@dataclass(frozen=True)
class FeatureTable:
    """Features (N, D) and class indices (N,) of a data set's examples, in their order."""

    features_ND: NDArray[np.float32]
    class_index_N: NDArray[np.int8]


def cache_key(dataset: Dataset, trunk_sha256: str, preprocess: Preprocess) -> str:
    """What a cache folder is called: the data set's name and a hash of all that its numbers depend on."""
    distortions = distortions_sha256() if is_synthetic(dataset) else ""
    parts = [dataset.pixels_sha256, trunk_sha256, asdict(preprocess.config), distortions]
    return f"{dataset.name}-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]}"


def is_synthetic(dataset: Dataset) -> bool:
    """Whether pictures of the data set are distorted when they are rendered."""
    return any(example.level for example in dataset.examples)


@lru_cache(maxsize=1)
def distortions_sha256() -> str:
    """Identity of what the 25 types do: a hash of the golden picture under each of them at each level."""
    digest = hashlib.sha256()
    pixels_HWC = golden_image().pixels_HWC
    for name, level in product(TAXONOMY.distortion_types, LEVELS):
        digest.update(distort(pixels_HWC, name, level, seed=0).tobytes())
    return digest.hexdigest()


def cached_features(
    dataset: Dataset,
    runtime: FeatureRuntime,
    preprocess: Preprocess,
    *,
    trunk_sha256: str,
    num_features: int,
    root: Path,
) -> FeatureTable:
    """The data set's features, from the cache under `root` as far as they are there and computed otherwise."""
    columns = {"features": Column((num_features,), np.dtype(np.float32)), "class_index": Column((), np.dtype(np.int8))}
    folder = root / cache_key(dataset, trunk_sha256, preprocess)
    features_ND, class_index_N = resumable_rows(
        folder, dataset, columns, lambda example: example_features(example, runtime, preprocess)
    )
    return FeatureTable(features_ND, class_index_N)


class Column(NamedTuple):
    """What one example has in a memory map."""

    shape: tuple[int, ...]
    dtype: np.dtype


def resumable_rows(
    folder: Path,
    dataset: Dataset,
    columns: Mapping[str, Column],
    compute: Callable[[Example], tuple[Any, ...]],
) -> tuple[NDArray[Any], ...]:
    """One memory map per column, with a row per example; rows that are missing are made.

    `compute` gives an example's value in each column; it is called in as many threads as there are cores.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = len(dataset.examples)
    arrays = [
        open_array(folder / f"{name}.npy", (count, *column.shape), column.dtype) for name, column in columns.items()
    ]
    done_N = open_array(folder / "done.npy", (count,), np.dtype(np.bool_))
    missing = np.flatnonzero(~done_N)
    if missing.size:
        log.info("computing %s", ", ".join(columns), extra={"dataset": dataset.name, "missing": missing.size})

    def computed_row(index: int) -> tuple[int, tuple[Any, ...]]:
        return index, compute(dataset.examples[index])

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool, progress_bar() as bar:
        rows, name = pool.map(computed_row, missing.tolist()), printable(dataset.name)
        computed = bar.track(rows, total=missing.size, description=name)
        for position, (index, values) in enumerate(computed):
            for array, value in zip(arrays, values, strict=True):
                array[index] = value
            done_N[index] = True
            if position % _FLUSH_EVERY == 0:
                _flush(*arrays, done_N)
    _flush(*arrays, done_N)
    return tuple(np.asarray(array) for array in arrays)


def trunk_features(dataset: Dataset, trunk: Trunk, preprocess: Preprocess, *, cache: Path) -> FeatureTable:
    """`cached_features` of a trunk."""
    return cached_features(
        dataset,
        trunk.runtime,
        preprocess,
        trunk_sha256=trunk.record.sha256,
        num_features=trunk.layout.num_features,
        root=cache,
    )


def progress_bar() -> Progress:
    """A bar on stderr with counts and time left."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


def example_features(
    example: Example, runtime: FeatureRuntime, preprocess: Preprocess
) -> tuple[NDArray[np.float32], int]:
    """One example's features (D,) and its class index."""
    rendered = example.render()
    features_1D = picture_features(runtime, preprocess(rendered.image))
    return features_1D.squeeze(0).numpy(), rendered.class_index


def open_array(path: Path, shape: tuple[int, ...], dtype: np.dtype) -> np.memmap:
    """The memory map at a path, made of zeros where it is not there."""
    if path.exists():
        return np.lib.format.open_memmap(path, mode="r+")
    return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)


def _flush(*arrays: np.memmap) -> None:
    for array in arrays:  # `done` comes last: a row counts only once its numbers are on disk
        array.flush()
