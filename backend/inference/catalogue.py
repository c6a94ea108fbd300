"""The checkpoints being served: a scan of their folder, repeated when asked, never interrupting the service.

A folder that fails its checks is refused with the reason, and what was loaded from it before keeps serving; so does
everything where all folders vanish at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import anyio.to_thread
import structlog

from backend.errors import NotReady, UnknownCheckpoint
from backend.storage.unchanged import Fingerprint, folder_fingerprint
from backend.telemetry.metrics import Metrics
from models.checkpoints.manifest import DEFAULT_CHECKPOINT_ID
from models.checkpoints.reading import checkpoint_folders
from models.checkpoints.refusal import CheckpointRefused, Refusal
from models.predictor import Predictor
from models.trunk.record import SHARED_FOLDER

Load = Callable[[Path], Predictor]

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """What was found at one scan; replaced as a whole, so a reader never sees half of a change."""

    predictors: Mapping[str, Predictor] = field(default_factory=dict)
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    fingerprints: Mapping[str, Fingerprint] = field(default_factory=dict)

    @property
    def default_id(self) -> str | None:
        """The checkpoint used where none is named: the stable mixture of experts, else the first by name."""
        if DEFAULT_CHECKPOINT_ID in self.predictors:
            return DEFAULT_CHECKPOINT_ID
        return min(self.predictors, default=None)


class Catalogue:
    """Finds predictors by checkpoint id, and notices folders that came, went or changed."""

    def __init__(self, root: Path, *, load: Load, metrics: Metrics) -> None:
        self._root = root
        self._load = load
        self._metrics = metrics
        self._rescan = asyncio.Lock()
        self.snapshot = Snapshot()

    async def refresh(self) -> Snapshot:
        """Load what is new or changed on disk and swap it in; returns what is served from now on."""
        async with self._rescan:
            self.snapshot = await anyio.to_thread.run_sync(self._scan, self.snapshot)
        return self.snapshot

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Inside, the default checkpoint is served, or all where it cannot be; the others are verified meanwhile."""
        async with self._rescan:
            self.snapshot = await anyio.to_thread.run_sync(self._scan_default)
        rest = asyncio.create_task(self.refresh(), name="verify the other checkpoints")
        try:
            if DEFAULT_CHECKPOINT_ID not in self.snapshot.predictors:
                await asyncio.wait({rest})
            yield
        finally:
            rest.cancel()
            await asyncio.wait({rest})

    async def find(self, checkpoint_id: str | None) -> Predictor:
        """The predictor of a checkpoint, or of the default one for `None`.

        An id that is not known looks at the disk once more. Raises `UnknownCheckpoint`, or `NotReady` where no
        checkpoint at all could be loaded.
        """
        if (predictor := self._served(checkpoint_id)) is not None:
            return predictor
        await self.refresh()
        if (predictor := self._served(checkpoint_id)) is not None:
            return predictor
        known = ", ".join(sorted(self.snapshot.predictors))
        if not known:
            raise NotReady("got no usable checkpoint, expected at least one in the checkpoints folder")
        raise UnknownCheckpoint(f"got checkpoint {checkpoint_id!r}, expected one of {known}")

    def _served(self, checkpoint_id: str | None) -> Predictor | None:
        snapshot = self.snapshot
        return snapshot.predictors.get(checkpoint_id or snapshot.default_id or "")

    def _scan_default(self) -> Snapshot:
        return self._read(
            [folder for folder in _folders(self._root) if folder.name == DEFAULT_CHECKPOINT_ID], Snapshot()
        )

    def _scan(self, before: Snapshot) -> Snapshot:
        folders = _folders(self._root)
        if before.predictors and not folders:
            # Nobody removes every model: the folder was unmounted or is being replaced.
            _log.warning("checkpoints_vanished", served=len(before.predictors))
            return before
        return self._read(folders, before)

    def _read(self, folders: list[Path], before: Snapshot) -> Snapshot:
        predictors: dict[str, Predictor] = {}
        refusals: dict[str, Refusal] = {}
        fingerprints: dict[str, Fingerprint] = {}
        shared = folder_fingerprint(self._root / SHARED_FOLDER)
        for folder in folders:
            name = folder.name
            fingerprints[name] = fingerprint = (*folder_fingerprint(folder), *shared)
            if name in before.predictors:
                predictors[name] = before.predictors[name]
            if before.fingerprints.get(name) != fingerprint:
                self._try_load(folder, predictors, refusals)
            elif name in before.refusals:
                refusals[name] = before.refusals[name]
        return Snapshot(predictors, refusals, fingerprints)

    def _try_load(self, folder: Path, predictors: dict[str, Predictor], refusals: dict[str, Refusal]) -> None:
        start = time.perf_counter()
        try:
            predictors[folder.name] = self._load(folder)
        except CheckpointRefused as error:
            refusals[folder.name] = error.refusal
            self._metrics.note_load(folder.name, outcome="refused", seconds=time.perf_counter() - start)
            _log.warning("checkpoint_refused", checkpoint=folder.name, reason=error.refusal.reason)
        else:
            self._metrics.note_load(folder.name, outcome="loaded", seconds=time.perf_counter() - start)
            _log.info("checkpoint_loaded", checkpoint=folder.name)


def _folders(root: Path) -> list[Path]:
    try:
        return checkpoint_folders(root)
    except OSError as error:  # such as a disk that is gone
        _log.warning("checkpoints_unreadable", exc_info=error)
        return []
