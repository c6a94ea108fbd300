"""Figures about experts and clusters: computed beside the event loop, and kept while the files behind them stay."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

import anyio.to_thread

from backend.concurrency.worker import Worker
from backend.figures.expert_schemas import ExpertsResponse
from backend.maps.maps import CheckpointMaps, Maps
from backend.routing.content import Content
from backend.storage.unchanged import Unchanged
from models.checkpoints.manifest import Manifest
from models.figures.expert_usage import expert_usage
from models.figures.files import METRICS_FILE, FiguresUnreadable
from models.figures.measurements import Metrics, read_metrics
from models.maps.embedding_map import EmbeddingMap


class ExpertFigures:
    """Answers about a checkpoint's experts and clusters, one for each of its maps."""

    def __init__(self, root: Path, *, maps: Maps) -> None:
        self._root = root
        self._maps = maps
        self._known = Unchanged[Content]()
        self._computing = Worker()

    async def of(self, checkpoint: Manifest, address: str | None) -> Content:
        """JSON of every figure, for the first map where none is named; raises `UnknownMap`, `RefusedMap`, `Busy`."""
        known = await self._maps.of(checkpoint)
        has_map = address is not None or bool(known.maps)
        embedding_map = await self._maps.find(checkpoint, address) if has_map else None
        metrics = await anyio.to_thread.run_sync(_metrics, self._root / checkpoint.id)
        place = (checkpoint.id, None if embedding_map is None else embedding_map.folder.name)
        key = (checkpoint, known.fingerprint, hashlib.sha256(metrics or b"").hexdigest())
        if (kept := self._known.kept(place, key)) is not None:
            return kept
        # Whoever waits for the same figures finds them when its turn comes.
        compute = partial(_figures, checkpoint, known, embedding_map, metrics)
        return await self._computing.run(self._known.get, place, key, compute)


def _figures(
    checkpoint: Manifest, known: CheckpointMaps, embedding_map: EmbeddingMap | None, metrics: bytes | None
) -> Content:
    measured = None if embedding_map is None else (embedding_map, expert_usage(embedding_map))
    return Content.of_model(ExpertsResponse.of(checkpoint, known, measured, *_folds(metrics)))


def _metrics(folder: Path) -> bytes | None:
    try:
        return (folder / METRICS_FILE).read_bytes()
    except OSError:  # a checkpoint without figures serves as well
        return None


def _folds(metrics: bytes | None) -> tuple[Metrics | None, str | None]:
    if metrics is None:
        return None, None
    try:
        return read_metrics(metrics), None
    except FiguresUnreadable as error:
        return None, str(error)
