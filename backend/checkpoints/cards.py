"""What there is to know of each checkpoint beside its scores: parts, figures, card, and whether its files are whole."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import anyio.to_thread
import structlog

from backend.checkpoints.markdown import safe_html
from backend.concurrency.worker import Worker
from backend.errors import UnknownCheckpoint, UnknownFile
from backend.inference.catalogue import Catalogue, Load, Snapshot
from models.checkpoints.golden import GOLDEN_TOLERANCE
from models.checkpoints.integrity import FileCheck, check_files
from models.checkpoints.manifest import CARD_FILE, Manifest
from models.checkpoints.reading import checkpoint_folders
from models.checkpoints.refusal import CheckpointRefused, Refusal
from models.figures.files import FiguresUnreadable
from models.figures.measurements import Metrics, metrics_in
from models.parts import Part, parts_of
from models.trunk.golden_picture import golden_image

MAX_CARD_BYTES: Final = 256 * 1024
"""Forty times the cards that we write: a longer one would hold up everybody while it is rendered."""

ServingState = Literal["served", "refused", "served_as_before"]
"""`served_as_before`: the folder changed and was refused, what was loaded from it earlier keeps serving."""

CheckpointFile = Literal["MODEL_CARD.md", "metrics.json", "config.json"]
"""What may be shown of a folder."""

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Card:
    """A checkpoint's manifest with its parts and figures; `None` where it has no readable metrics."""

    manifest: Manifest
    parts: tuple[Part, ...]
    metrics: Metrics | None


@dataclass(frozen=True)
class CardText:
    """A model card as it was written, and as HTML for our pages."""

    markdown: str
    html: str


@dataclass(frozen=True)
class CheckpointIntegrity:
    """A checkpoint's files on disk, and whether it is served."""

    checkpoint: str
    state: ServingState
    refusal: Refusal | None
    files: tuple[FileCheck, ...]


@dataclass(frozen=True)
class Verification:
    """A checkpoint loaded anew from disk, down to the score of the golden picture; `refusal` where that failed."""

    checkpoint: str
    golden_score: float | None
    expected_score: float | None
    tolerance: float
    refusal: Refusal | None
    seconds: float


class Cards:
    """Reads checkpoint folders for people; what serves is the catalogue's."""

    def __init__(self, root: Path, *, catalogue: Catalogue, load: Load) -> None:
        self._root = root
        self._catalogue = catalogue
        self._load = load
        # One after the other: loading and hashing compete with inference for the same cores.
        self._checking = Worker()

    async def all(self) -> tuple[Snapshot, Mapping[str, Card]]:
        """What is served and refused, looked at anew, with a card for each checkpoint that is served."""
        snapshot = await self._catalogue.refresh()
        return snapshot, await anyio.to_thread.run_sync(self._read_cards, snapshot)

    async def text(self, checkpoint_id: str) -> CardText:
        """A checkpoint's model card, also a refused one's; raises `UnknownCheckpoint`, `UnknownFile`."""
        path = await self.file(checkpoint_id, CARD_FILE)
        return await anyio.to_thread.run_sync(_read_text, path)

    async def file(self, checkpoint_id: str, name: CheckpointFile) -> Path:
        """Where a file of a checkpoint lies; raises `UnknownCheckpoint`, `UnknownFile`."""
        path = await self._folder(checkpoint_id) / name
        if not await anyio.to_thread.run_sync(path.is_file):
            raise UnknownFile(f"got {name}, which checkpoint {checkpoint_id} does not have")
        return path

    async def integrity(self, checkpoint_id: str) -> CheckpointIntegrity:
        """Every file read and hashed now; raises `UnknownCheckpoint`, `Busy`."""
        folder = await self._folder(checkpoint_id)
        found = await self._checking.run(check_files, folder)
        snapshot = await self._catalogue.refresh()
        refusal = snapshot.refusals.get(checkpoint_id) or found.refusal
        return CheckpointIntegrity(checkpoint_id, _state(snapshot, checkpoint_id), refusal, found.files)

    async def verify(self, checkpoint_id: str) -> Verification:
        """Load a checkpoint from disk as at the start and score the golden picture; raises `UnknownCheckpoint`, `Busy`.

        What is served stays as it is.
        """
        folder = await self._folder(checkpoint_id)
        verification = await self._checking.run(self._verify, folder)
        _log.info("checkpoint_verified", checkpoint=checkpoint_id, sound=verification.refusal is None)
        return verification

    async def _folder(self, checkpoint_id: str) -> Path:
        folders = await anyio.to_thread.run_sync(checkpoint_folders, self._root)
        for folder in folders:
            if folder.name == checkpoint_id:
                return folder
        known = ", ".join(folder.name for folder in folders)
        raise UnknownCheckpoint(f"got checkpoint {checkpoint_id!r}, expected one of {known or 'none'}")

    def _read_cards(self, snapshot: Snapshot) -> Mapping[str, Card]:
        manifests = (snapshot.predictors[name].manifest for name in sorted(snapshot.predictors))
        return {manifest.id: self._card(manifest) for manifest in manifests}

    def _card(self, manifest: Manifest) -> Card:
        metrics = None
        try:
            metrics = metrics_in(self._root / manifest.id)
        except FiguresUnreadable as error:
            _log.warning("metrics_unreadable", checkpoint=manifest.id, reason=str(error))
        return Card(manifest, parts_of(manifest.model.config()), metrics)

    def _verify(self, folder: Path) -> Verification:
        started = time.perf_counter()
        got = expected = refusal = None
        try:
            predictor = self._load(folder)
            expected = predictor.manifest.golden_score
            got = predictor.predict(golden_image()).score.value
        except CheckpointRefused as error:
            refusal = error.refusal
        seconds = time.perf_counter() - started
        return Verification(folder.name, got, expected, GOLDEN_TOLERANCE, refusal, seconds)


def _state(snapshot: Snapshot, checkpoint_id: str) -> ServingState:
    if checkpoint_id not in snapshot.predictors:
        return "refused"
    return "served_as_before" if checkpoint_id in snapshot.refusals else "served"


def _read_text(path: Path) -> CardText:
    size_bytes = path.stat().st_size
    if size_bytes > MAX_CARD_BYTES:
        raise UnknownFile(f"got {path.name} of {size_bytes} bytes, expected at most {MAX_CARD_BYTES}")
    markdown = path.read_text(encoding="utf-8", errors="replace")
    return CardText(markdown, safe_html(markdown))
