"""Works through open studies, a step at a time: pictures are looked at in turns of the engine and measured, then maps.

What was looked at is on disk before its picture goes, so that a process that ends loses the pictures at work at most.
No map is drawn while any study waits for its figures.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple, TypeVar

import anyio.to_thread
import numpy as np
import structlog

from backend.concurrency.open_work import OpenWork
from backend.concurrency.thread_priority import lower_priority
from backend.errors import Overloaded, ServiceError, UnsoundPrediction
from backend.inference.backlog import Backlog, Refusal
from backend.inference.catalogue import Catalogue
from backend.inference.turn import Turn
from backend.studies.drawing import MapDrawing
from backend.studies.folders import SentPicture, StudyFolders
from backend.studies.label_tables import pictures_with_labels
from backend.studies.store import Outcome, Study, StudyStore
from backend.studies.work import Work
from backend.uploads.inputs import Inputs
from models.images import RGBImage
from models.prediction import ImageFacts
from models.predictor import Predictor
from models.studies.pictures.kept import FEATURES_FOLDER, Fault, KeptPicture, KeptPictures
from models.studies.pictures.small import small_jpeg
from models.studies.seeing.looking import Seen, keep_seen, needed_files, see

T = TypeVar("T")

SMALL_SIDE_PX: Final = 320

_log = structlog.stdlib.get_logger(__name__)


class _Stopped(Exception):
    """Nobody wants the study that is being measured any more."""


@dataclass(frozen=True)
class _Looking:
    """A study whose pictures are looked at: where they are kept, and what the heads need of them."""

    study: Study
    predictors: Sequence[Predictor]
    needed: tuple[str, ...]
    kept: KeptPictures
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)


class _Look(NamedTuple):
    """What came of a picture's turn."""

    facts: ImageFacts
    seen: Seen
    small: bytes


class StudyRunner:
    """Makes studies, started and stopped with the service."""

    def __init__(
        self,
        *,
        store: StudyStore,
        folders: StudyFolders,
        inputs: Inputs,
        catalogue: Catalogue,
        backlog: Backlog,
        work: Work,
        drawing: MapDrawing,
        tell: Callable[[str], None],
    ) -> None:
        self._store = store
        self._folders = folders
        self._inputs = inputs
        self._catalogue = catalogue
        self._backlog = backlog
        self._work = work
        self._drawing = drawing
        self._tell = tell
        self._open = OpenWork("studies", next_open=self._next_open, work=self._work_through)
        self._measuring: ThreadPoolExecutor | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work while inside; what is at work at the end is dropped, and gone on with by the next process."""
        self._measuring = ThreadPoolExecutor(1, thread_name_prefix="studies", initializer=lower_priority)
        try:
            async with self._open.running():
                yield
        finally:
            self._measuring.shutdown(wait=False)
            self._drawing.close()

    def wake(self) -> None:
        """Say that there is a new study."""
        self._open.wake()

    async def drop(self, study_id: str) -> None:
        """Stop working on a study, which the store must no longer call open."""
        await self._open.drop(study_id)

    async def _next_open(self) -> str | None:
        studies = sorted(await self._store.open_studies(), key=lambda study: study.has_figures)
        return studies[0].id if studies else None

    async def _work_through(self, study_id: str) -> None:
        study = await self._store.begin(study_id)
        if study is None:
            return
        if study.has_figures:
            await self._draw(study)
            return
        try:
            await self._make(study)
        except (Overloaded, OSError):  # may be well next time
            raise
        except ServiceError as error:
            await self._fail(study_id, Refusal(error.code, str(error)))
        except Exception as error:  # noqa: BLE001 - one study that cannot be made must not hold up the others
            _log.error("study_failed", study_id=study_id, exc_info=error)
            await self._fail(study_id, Refusal("internal-error", "The service met a fault of its own; see its log."))

    async def _make(self, study: Study) -> None:
        pictures = await anyio.to_thread.run_sync(self._folders.pictures, study.id)
        predictors = [await self._catalogue.find(name) for name in study.facts.checkpoints]
        kept = await anyio.to_thread.run_sync(KeptPictures, self._folders.of(study.id) / FEATURES_FOLDER)
        looking = _Looking(study, predictors, needed_files(predictors, tiles=True), kept)
        await self._look_at(looking, pictures)
        self._work.measure()
        self._tell(study.id)
        outcome = await self._measure(looking, pictures)
        await self._inputs.forget(study.id)
        await self._store.conclude(study.id, outcome)
        _log.info("study_measured", study_id=study.id, pictures=len(pictures), verdict=outcome.verdict)
        self._tell(study.id)

    async def _fail(self, study_id: str, failure: Refusal) -> None:
        size_bytes = await anyio.to_thread.run_sync(self._folders.size_bytes, study_id)
        await self._inputs.forget(study_id)
        await self._store.fail(study_id, failure, size_bytes)
        self._tell(study_id)

    # ---- pictures

    async def _look_at(self, looking: _Looking, pictures: Sequence[SentPicture]) -> None:
        found = [looking.kept.named(picture.name) for picture in pictures]
        is_done = [kept is not None and kept.has(looking.needed) for kept in found]
        refused = sum(kept is not None and kept.fault is not None for kept in found)
        self._work.begin(looking.study.id, total=len(pictures), done=sum(is_done), refused=refused)
        self._tell(looking.study.id)
        waiting = iter([(position, one) for position, one in enumerate(pictures) if not is_done[position]])
        async with asyncio.TaskGroup() as group:
            for _ in range(self._backlog.at_once):
                group.create_task(self._work_off(looking, waiting))

    async def _work_off(self, looking: _Looking, waiting: Iterator[tuple[int, SentPicture]]) -> None:
        for position, picture in waiting:
            read = partial(self._inputs.read, looking.study.id, picture.number)
            look = await self._backlog.result(read, partial(self._see, looking))
            # To its end even where the study is dropped now: no picture goes before what was seen of it is kept.
            await self._open.to_its_end(self._keep(looking, position, picture, look))

    async def _see(self, looking: _Looking, turn: Turn, image: RGBImage) -> _Look:
        return await turn.run(partial(_look, image, looking.predictors, looking.needed))

    async def _keep(self, looking: _Looking, position: int, picture: SentPicture, look: _Look | Refusal) -> None:
        study_id = looking.study.id
        async with looking.writing:
            await anyio.to_thread.run_sync(self._write, looking, position, picture.name, look)
        await self._inputs.forget_item(study_id, picture.number)
        self._work.note_picture(is_refused=isinstance(look, Refusal))
        self._tell(study_id)

    def _write(self, looking: _Looking, position: int, name: str, look: _Look | Refusal) -> None:
        if isinstance(look, Refusal):
            looking.kept.keep(KeptPicture(name, None, fault=Fault(look.code, look.detail)), {})
            return
        self._folders.small_copy(looking.study.id, position).write_bytes(look.small)
        keep_seen(KeptPicture(name, None, look.facts), look.seen, looking.kept)

    # ---- figures

    async def _measure(self, looking: _Looking, pictures: Sequence[SentPicture]) -> Outcome:
        is_stopped = threading.Event()

        def check() -> None:
            if is_stopped.is_set():
                raise _Stopped

        return await self._on_thread(partial(self._conclude, looking, pictures, check), is_stopped)

    async def _on_thread(self, function: Callable[[], T], is_stopped: threading.Event) -> T:
        """What a function says on the thread for long work; it fails soon after `is_stopped` is set."""

        async def run() -> T:
            try:
                return await asyncio.get_running_loop().run_in_executor(self._measuring, function)
            except Exception as error:
                if is_stopped.is_set():  # so that nobody takes it for a failure
                    raise asyncio.CancelledError from error
                raise

        try:
            return await self._open.to_its_end(run())
        except asyncio.CancelledError:
            is_stopped.set()
            self._drawing.stop()
            raise

    def _conclude(self, looking: _Looking, pictures: Sequence[SentPicture], check: Callable[[], None]) -> Outcome:
        from models.studies.study import conclude  # with SciPy and scikit-learn: no start waits for them

        study, kept = looking.study, looking.kept
        found = pictures_with_labels(study, pictures, self._folders)
        looked_at = [one for picture in pictures if (one := kept.named(picture.name)) is not None]
        folder = self._folders.of(study.id)
        return Outcome.of(conclude(found, looked_at, looking.predictors, kept, folder, check=check).figures)

    # ---- maps

    async def _draw(self, study: Study) -> None:
        """Draw the next map; whatever is wrong with one, the study is done without those that are left."""
        name = next((name for name in study.facts.checkpoints if name not in study.facts.maps), None)
        if name is not None and await self._has_map(study, name):
            await self._store.note_map(study.id, name)
            self._tell(study.id)
            return
        size_bytes = await anyio.to_thread.run_sync(self._drawing.settle, study)
        await self._store.finish(study.id, size_bytes)
        _log.info("study_done", study_id=study.id, maps=len(study.facts.maps))
        self._tell(study.id)

    async def _has_map(self, study: Study, name: str) -> bool:
        """Whether a checkpoint's map is drawn now; not of few pictures, and not where anything fails."""
        try:
            predictor = await self._catalogue.find(name)
            is_stopped = threading.Event()
            return await self._on_thread(partial(self._drawing.draw, study, predictor, is_stopped), is_stopped)
        except OSError:  # may be well next time
            raise
        except Exception as error:  # noqa: BLE001 - its figures stand, whatever a map meets
            _log.error("study_map_failed", study_id=study.id, checkpoint=name, exc_info=error)
            return False


def _look(image: RGBImage, predictors: Sequence[Predictor], needed: Sequence[str]) -> _Look:
    seen = see(image, predictors, needed)
    if not all(np.isfinite(numbers).all() for numbers in seen.numbers.values()):
        raise UnsoundPrediction("got features that are not finite, expected numbers")
    facts = ImageFacts(image.width, image.height, image.format, image.notes)
    return _Look(facts, seen, small_jpeg(image.pixels_HWC, side_px=SMALL_SIDE_PX))
