"""The service's main job: an upload becomes a scored, remembered analysis; a remembered one is scored again."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, TypeVarTuple

import anyio.to_thread

from backend.analyses.keeping import PictureKeeper
from backend.analyses.picture_files import Part, PictureFiles
from backend.analyses.store import Analysis, Page, Store
from backend.concurrency.finishing import Finishing
from backend.errors import PictureNotKept, UnknownAnalysis, UnknownPrediction
from backend.inference.catalogue import Catalogue
from backend.inference.soundness import check_seen
from backend.inference.turn import Turn, Turns
from backend.storage.faults import file_fault
from backend.telemetry.metrics import Metrics
from models.images import ImageError, RGBImage
from models.prediction import Prediction, Representation
from models.predictor import Predictor

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_RETENTION_BATCH: Final = 500


@dataclass(frozen=True)
class Upload:
    """An encoded picture as it came, and the name to show for it."""

    data: bytes
    filename: str


@dataclass(frozen=True)
class PictureFile:
    """A kept file and its media type."""

    path: Path
    media_type: str


class KeptDecoder(Protocol):
    """What looking at kept pictures asks of the decode children."""

    async def decode_kept(self, picture: bytes) -> RGBImage:
        """Decode a kept picture, which may have more bytes than an upload."""
        ...


class Analyses:
    """Scores, remembers, finds and forgets analyses."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        decoder: KeptDecoder,
        turns: Turns,
        store: Store,
        files: PictureFiles,
        keeper: PictureKeeper,
        read_only: bool,
        metrics: Metrics,
    ) -> None:
        self._read_only = read_only
        self._catalogue = catalogue
        self._decoder = decoder
        self._turns = turns
        self._store = store
        self._files = files
        self._keeper = keeper
        self._metrics = metrics
        self._recording = Finishing()

    async def score_upload(self, upload: Upload, *, checkpoint: str | None) -> Analysis:
        """Score an upload and remember it; the analysis is durable when this returns, its picture soon after.

        Raises `ImageError` for a picture that cannot be used, `UnknownCheckpoint`, `Busy` and `DeadlineExceeded`.
        """
        predictor = await self._catalogue.find(checkpoint)
        with self._turns.begin() as turn:
            image, prediction = await self._score(turn, predictor, self._decode_to_keep(turn, upload.data))
            analysis = _new_analysis(upload, image, prediction)
            # To its end even if the client leaves now: no row lacks its picture for that.
            await self._recording.result(self._record(analysis, upload.data, image))
            await self._keeper.wait_for_room()
        return analysis

    async def score_kept(self, analysis_id: str, *, checkpoint: str) -> Analysis:
        """Score a remembered picture under another checkpoint, exactly as an upload of the same file would be.

        What the same weights said before is returned as it was; a read-only service remembers nothing new.

        Raises `UnknownAnalysis`, `UnknownCheckpoint`, `PictureNotKept`, `Busy` and `DeadlineExceeded`.
        """
        analysis = await self._known(analysis_id)
        predictor = await self._catalogue.find(checkpoint)
        before = await self._store.get(analysis_id, checkpoint=predictor.manifest.id)
        if before is not None and before.prediction.weights_sha256 == predictor.manifest.weights_sha256:
            return before
        with self._turns.begin() as turn:
            _, prediction = await self._score(turn, predictor, turn.take(self.kept_image(analysis)))
        if self._read_only:
            return replace(analysis, prediction=prediction)
        if not await self._store.add_prediction(analysis_id, prediction):
            raise _unknown(analysis_id)
        return await self.get(analysis_id, checkpoint=prediction.checkpoint)

    async def score_unkept(self, pictures: Sequence[bytes], *, predictor: Predictor) -> list[Prediction]:
        """Score encoded pictures one after the other, remembering nothing: one place in the queue, one picture in work.

        Each has an upload's deadline. Raises `ImageError`, which of several pictures names the one, `Busy` and
        `DeadlineExceeded`.
        """
        self._metrics.observe_batch(len(pictures))
        with self._turns.place():
            return [await self._score_one(predictor, pictures, index) for index in range(len(pictures))]

    async def get(self, analysis_id: str, *, checkpoint: str | None = None) -> Analysis:
        """An analysis under a checkpoint, by default the first; raises `UnknownAnalysis`, `UnknownPrediction`."""
        analysis = await self._store.get(analysis_id, checkpoint=checkpoint)
        if analysis is not None:
            return analysis
        scored = ", ".join((await self._known(analysis_id)).scored_checkpoints)
        raise UnknownPrediction(f"got checkpoint {checkpoint!r}, expected one that scored this picture: {scored}")

    async def represent(self, analysis_id: str, predictor: Predictor) -> Representation:
        """How a checkpoint sees a remembered picture; what the same weights saw before is returned as it was.

        Raises `UnknownAnalysis`, `PictureNotKept`, `Busy` and `DeadlineExceeded`.
        """
        await self._known(analysis_id)
        before = await self._store.representation(analysis_id, predictor.manifest)
        if before is not None:
            return before
        seen = await self.look_at(analysis_id, predictor.embed)
        check_seen(seen, predictor)
        if not self._read_only and not await self._store.add_representation(analysis_id, predictor.manifest, seen):
            raise _unknown(analysis_id)
        return seen

    async def look_at(self, analysis_id: str, look: Callable[[RGBImage], T]) -> T:
        """What an inference says of a remembered picture, in its turn; nothing of it is remembered.

        Raises `UnknownAnalysis`, `PictureNotKept`, `Busy` and `DeadlineExceeded`.
        """
        async with self._in_work(analysis_id) as (turn, image):
            return await turn.run(lambda: look(image))

    async def look_in_steps(self, analysis_id: str, look: Callable[[RGBImage], Generator[None, None, T]]) -> T:
        """`look_at` for what takes so long that others must get their turn between its steps."""
        async with self._in_work(analysis_id) as (turn, image):
            return await turn.run_in_steps(look(image))

    @asynccontextmanager
    async def _in_work(self, analysis_id: str) -> AsyncIterator[tuple[Turn, RGBImage]]:
        analysis = await self._known(analysis_id)
        with self._turns.begin() as turn:
            async with turn.in_time():
                yield turn, await turn.take(self.kept_image(analysis))

    async def page(self, *, limit: int, cursor: str | None, filename: str = "") -> Page:
        """A part of the list, newest first, of those whose file name contains a text; raises `InvalidCursor`."""
        return await self._store.page(limit=limit, cursor=cursor, filename=filename)

    async def picture(self, analysis_id: str, part: Part) -> PictureFile:
        """A kept file, waiting for one that is being written; raises `UnknownAnalysis`, `PictureNotKept`."""
        await self._keeper.settle(analysis_id)
        kept = (await self._known(analysis_id)).kept
        path = self._files.path(analysis_id, part)
        if kept is None or not await anyio.Path(path).is_file():
            raise _not_kept(analysis_id)
        return PictureFile(path, kept.picture_media_type if part == "picture" else kept.thumbnail_media_type)

    async def kept_image(self, analysis: Analysis) -> RGBImage:
        """The pixels of a remembered picture; raises `PictureNotKept`."""
        pixels = await self._decoder.decode_kept(await self._encoded(analysis.id))
        # The kept picture has the same pixels, but may be encoded by us: what the upload was is in the row.
        return replace(pixels, format=analysis.format, notes=analysis.notes)

    async def _encoded(self, analysis_id: str) -> bytes:
        if (upload := self._keeper.pending(analysis_id)) is not None:
            return upload
        try:
            return await self._on_disk(self._files.read, analysis_id)
        except FileNotFoundError:
            raise _not_kept(analysis_id) from None

    async def delete(self, analysis_id: str) -> None:
        """Forget an analysis and its pictures; raises `UnknownAnalysis`."""
        if not await self._store.delete([analysis_id]):
            raise _unknown(analysis_id)
        await self._on_disk(self._files.delete, analysis_id)

    async def newest(self) -> datetime | None:
        """When the newest analysis was made; `None` where there is none."""
        return await self._store.newest()

    async def expire(self, *, created_before: datetime, max_bytes: int) -> int:
        """Forget what is older or beyond the bytes that may be kept; returns how many analyses that were."""
        expired = 0
        while ids := await self._store.outlived(
            created_before=created_before, max_bytes=max_bytes, limit=_RETENTION_BATCH
        ):
            expired += await self._store.delete(ids)
            for analysis_id in ids:
                await self._on_disk(self._files.delete, analysis_id)
        return expired

    async def recover(self) -> int:
        """Remove files that a killed process left behind; returns how many."""
        return await anyio.to_thread.run_sync(self._files.sweep, await self._store.ids())

    async def close(self, *, timeout_s: float) -> None:
        """Finish what is being recorded and, as far as there is time, what is being written."""
        start = time.monotonic()
        await self._recording.wait(timeout_s=timeout_s)
        await self._keeper.close(timeout_s=max(0.0, start + timeout_s - time.monotonic()))

    async def _score(
        self, turn: Turn, predictor: Predictor, decoding: Coroutine[Any, Any, RGBImage]
    ) -> tuple[RGBImage, Prediction]:
        with self._metrics.stage("total"):
            async with turn.in_time():
                image = await decoding
                return image, await turn.predict(predictor, image)

    async def _score_one(self, predictor: Predictor, pictures: Sequence[bytes], index: int) -> Prediction:
        with self._turns.picture() as turn:
            try:
                _, prediction = await self._score(turn, predictor, turn.decode(pictures[index]))
            except ImageError as error:
                if len(pictures) == 1:
                    raise
                raise type(error)(error.code, f"picture {index} of {len(pictures)}: {error}") from error
        return prediction

    async def _decode_to_keep(self, turn: Turn, data: bytes) -> RGBImage:
        image = await turn.decode(data)
        # Before it is scored: a score whose picture cannot be kept would be half an analysis.
        await self._on_disk(self._files.check_room, self._keeper.pending_bytes + image.pixels_HWC.nbytes)
        return image

    async def _on_disk(self, work: Callable[[*Ts], T], *args: *Ts) -> T:
        try:
            return await anyio.to_thread.run_sync(work, *args)
        except FileNotFoundError:
            raise
        except OSError as error:
            fault = file_fault(error)
            self._metrics.count_storage_fault(fault.code)
            raise fault from error

    async def _record(self, analysis: Analysis, upload: bytes, image: RGBImage) -> None:
        with self._metrics.stage("record"):
            await self._store.add(analysis)
        self._keeper.begin(analysis.id, upload, image)

    async def _known(self, analysis_id: str) -> Analysis:
        analysis = await self._store.get(analysis_id)
        if analysis is None:
            raise _unknown(analysis_id)
        return analysis


def _unknown(analysis_id: str) -> UnknownAnalysis:
    return UnknownAnalysis(f"got analysis {analysis_id!r}, expected one that was made here and is still kept")


def _not_kept(analysis_id: str) -> PictureNotKept:
    return PictureNotKept(f"got analysis {analysis_id!r}, whose picture was not kept; upload it again")


def _new_analysis(upload: Upload, image: RGBImage, prediction: Prediction) -> Analysis:
    return Analysis(
        id=uuid.uuid4().hex,
        created_at=datetime.now(UTC),
        filename=upload.filename,
        checkpoint=prediction.checkpoint,
        format=image.format,
        notes=image.notes,
        prediction=prediction,
        scored_checkpoints=(prediction.checkpoint,),
    )
