"""The embedding maps of the checkpoints being served: read when asked for, kept in memory while their files stay."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import anyio.to_thread
import structlog

from backend.concurrency.worker import Worker
from backend.errors import RefusedMap, UnknownColumn, UnknownMap, UnknownSpace
from backend.maps.addresses import OWN, MapAddresses
from backend.maps.image_sets import ImageSets, check_row
from backend.routing.content import Content
from backend.storage.unchanged import Fingerprint, Unchanged, folder_fingerprint
from models.checkpoints.manifest import Manifest
from models.maps.embedding_map import (
    MAPS_FOLDER,
    EmbeddingMap,
    Neighbourhood,
    NeighbourSpace,
    Placement,
    PlacingError,
    map_folders,
    read_map,
)
from models.maps.image_set import IMAGES_FOLDER, MapRefused
from models.prediction import Representation

COLUMN_MEDIA_TYPE: Final = "application/octet-stream"

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class MapFault:
    """A map that must not be shown: its address, the file and field at fault, and the reason."""

    address: str
    file: str
    field: str
    reason: str


@dataclass(frozen=True)
class CheckpointMaps:
    """The maps of one checkpoint's weights by address, as the files were that the fingerprint tells of."""

    weights_sha256: str
    fingerprint: Fingerprint
    maps: Mapping[str, EmbeddingMap]
    faults: Mapping[str, MapFault]
    addresses: MapAddresses


class Maps:
    """Finds maps by checkpoint and address; one that is stale or damaged is refused with its reason.

    `root` has a folder for each checkpoint, `shared` their image sets; `addresses` are what clients call them.
    """

    def __init__(self, root: Path, *, shared: Path, image_sets: ImageSets, addresses: MapAddresses = OWN) -> None:
        self._root = root
        self._shared = shared
        self._image_sets = image_sets
        self._addresses = addresses
        self._known = Unchanged[CheckpointMaps]()
        self._reading = asyncio.Lock()
        self._searching = Worker()

    async def of(self, checkpoint: Manifest) -> CheckpointMaps:
        """A checkpoint's maps, read again if any file of them changed."""
        async with self._reading:
            return await anyio.to_thread.run_sync(self._look_at, checkpoint)

    async def find(self, checkpoint: Manifest, address: str | None) -> EmbeddingMap:
        """A checkpoint's map, the first for `None`; raises `UnknownMap`, `RefusedMap`."""
        known = self._known.last(checkpoint.id)
        if known is None or known.weights_sha256 != checkpoint.weights_sha256 or address not in known.maps:
            known = await self.of(checkpoint)
        wanted = min(known.maps, default="") if address is None else address
        if wanted in known.maps:
            return known.maps[wanted]
        if (fault := known.faults.get(wanted)) is not None:
            raise RefusedMap(f"{fault.file}, {fault.field}: {fault.reason}")
        has = ", ".join(known.maps) or "none"
        raise UnknownMap(f"got map {wanted!r}, expected one of checkpoint {checkpoint.id}, which has {has}")

    async def neighbours(
        self, embedding_map: EmbeddingMap, row: int, *, space: NeighbourSpace, count: int
    ) -> Neighbourhood:
        """The pictures nearest to that of a row; raises `UnknownRow`, `UnknownSpace`, `Busy`."""
        check_row(row, embedding_map.manifest.count)
        if space not in embedding_map.neighbour_spaces:
            has = ", ".join(embedding_map.neighbour_spaces)
            raise UnknownSpace(f"got space {space!r}, expected one of this map: {has}")
        return await self._searching.run(_neighbours, embedding_map, row, space, count)

    async def place(self, embedding_map: EmbeddingMap, picture: Representation) -> Placement:
        """Where a picture lies on a map; raises `RefusedMap` for one of another space than its checkpoint's, `Busy`."""
        try:
            return await self._searching.run(embedding_map.place_picture, picture)
        except PlacingError as error:
            raise RefusedMap(str(error)) from error

    def _look_at(self, checkpoint: Manifest) -> CheckpointMaps:
        images = folder_fingerprint(self._shared / IMAGES_FOLDER)
        fingerprint = (*folder_fingerprint(self._root / checkpoint.id / MAPS_FOLDER), *images)
        seen = (checkpoint.weights_sha256, fingerprint)
        return self._known.get(checkpoint.id, seen, lambda: self._read(checkpoint, fingerprint))

    def _read(self, checkpoint: Manifest, fingerprint: Fingerprint) -> CheckpointMaps:
        folder, weights_sha256 = self._root / checkpoint.id, checkpoint.weights_sha256
        maps: dict[str, EmbeddingMap] = {}
        faults: dict[str, MapFault] = {}
        for map_folder in map_folders(folder):
            try:
                read = read_map(map_folder, weights_sha256=weights_sha256, shared=self._shared)
            except MapRefused as error:
                faults[map_folder.name] = fault = _fault(map_folder, self._shared, error)
                _log.warning("map_refused", checkpoint=checkpoint.id, map=map_folder.name, reason=fault.reason)
            else:
                maps[map_folder.name] = replace(read, images=self._image_sets.keep(read.images))
        return CheckpointMaps(weights_sha256, fingerprint, maps, faults, self._addresses)


def column_content(embedding_map: EmbeddingMap, name: str) -> Content:
    """A column's bytes as they lie in the file, not copied; raises `UnknownColumn`."""
    if name not in embedding_map.columns:
        has = ", ".join(embedding_map.columns)
        raise UnknownColumn(f"got column {name!r}, expected one of this map: {has}")
    stored = embedding_map.columns[name]
    return Content(stored.reshape(-1).view("|u1").data, embedding_map.manifest.columns[name].sha256, COLUMN_MEDIA_TYPE)


def _neighbours(embedding_map: EmbeddingMap, row: int, space: NeighbourSpace, count: int) -> Neighbourhood:
    return embedding_map.neighbours(row, space=space, count=count)


def _fault(map_folder: Path, shared: Path, error: MapRefused) -> MapFault:
    is_own = error.folder == map_folder
    file = error.file if is_own else f"{shared.name}/{IMAGES_FOLDER}/{error.folder.name}/{error.file}"
    return MapFault(map_folder.name, file, error.field, error.reason)
