"""Features of whole data sets on disk, computed once, resumable, with progress on stderr.

Legend: N pictures, D features.

The key of a cache folder is everything that changes its numbers: the trunk's weights, the preprocessing, the examples
and what the distortions do. Rows are written to memory maps as they are made; a run that was stopped goes on
where it was.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from models.distortions import distort
from models.features import FeatureRuntime, picture_features
from models.golden import golden_image
from models.preprocess import Preprocess
from models.taxonomy import LEVELS, TAXONOMY
from models.training.datasets import Dataset, Example
from models.training.trunk import Trunk

log = logging.getLogger(__name__)

_FLUSH_EVERY = 64


@dataclass(frozen=True)
class FeatureTable:
    """Features (N, D) and class indices (N,) of a data set's examples, in their order."""

    features_ND: NDArray[np.float32]
    class_index_N: NDArray[np.int8]


def cache_key(dataset: Dataset, trunk_sha256: str, preprocess: Preprocess) -> str:
    """What a cache folder is called: the data set's name and a hash of all that its numbers depend on."""
    is_synthetic = any(example.level for example in dataset.examples)
    parts = [dataset.sha256, trunk_sha256, asdict(preprocess.config), distortions_sha256() if is_synthetic else ""]
    return f"{dataset.name}-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]}"


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
    folder = root / cache_key(dataset, trunk_sha256, preprocess)
    folder.mkdir(parents=True, exist_ok=True)
    count = len(dataset.examples)
    features_ND = _open_array(folder / "features.npy", (count, num_features), np.dtype(np.float32))
    class_index_N = _open_array(folder / "class_index.npy", (count,), np.dtype(np.int8))
    done_N = _open_array(folder / "done.npy", (count,), np.dtype(np.bool_))
    missing = np.flatnonzero(~done_N)
    if missing.size:
        log.info("computing features", extra={"dataset": dataset.name, "missing": missing.size, "of": count})

    def compute(index: int) -> tuple[int, NDArray[np.float32], int]:
        features_D, class_index = example_features(dataset.examples[index], runtime, preprocess)
        return index, features_D, class_index

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool, progress_bar() as bar:
        computed = bar.track(pool.map(compute, missing.tolist()), total=missing.size, description=dataset.name)
        for position, (index, features_D, class_index) in enumerate(computed):
            features_ND[index], class_index_N[index], done_N[index] = features_D, class_index, True
            if position % _FLUSH_EVERY == 0:
                _flush(features_ND, class_index_N, done_N)
    _flush(features_ND, class_index_N, done_N)
    return FeatureTable(np.asarray(features_ND), np.asarray(class_index_N))


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
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


def example_features(
    example: Example, runtime: FeatureRuntime, preprocess: Preprocess
) -> tuple[NDArray[np.float32], int]:
    """One example's features (D,) and its class index."""
    rendered = example.render()
    features_1D = picture_features(runtime, preprocess(rendered.image))
    return features_1D.squeeze(0).numpy(), rendered.class_index


def _open_array(path: Path, shape: tuple[int, ...], dtype: np.dtype) -> np.memmap:
    if path.exists():
        return np.lib.format.open_memmap(path, mode="r+")
    return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)


def _flush(*arrays: np.memmap) -> None:
    for array in arrays:  # `done` comes last: a row counts only once its numbers are on disk
        array.flush()
