"""A checkpoint and an image set -> an embedding map, by the contract of `models.maps.embedding_map`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import torch
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from models.checkpoints.integrity import check_trunk
from models.checkpoints.reading import read_manifest
from models.loading import load_head
from models.maps.building.projecting import Projector
from models.maps.building.space import projected_space
from models.maps.building.writing import write_map
from models.maps.embedding_map import MAPS_FOLDER, map_address, read_map, read_maps
from models.maps.image_set import MapRefused
from models.training.data.crop_cache import cached_crops
from models.training.data.feature_cache import trunk_features
from models.training.data.trunk import Trunk
from models.training.measuring.evaluation import head_output
from models.training.pictures.map_images import MapImages
from models.trunk.preprocess import Preprocess
from models.trunk.record import SHARED_FOLDER

_ROWS_AT_ONCE: Final = 1024


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
    space = projected_space(head.scaler, output)
    with _busy(f"{checkpoint.name}: projecting {len(images.image_set):,} pictures"):
        places_N2 = projector(space.points_NP)
    write_map(folder, manifest, images.image_set, output, space, places_N2, projection)
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
