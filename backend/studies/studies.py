"""Studies: taken whole or not at all, made in the background, watched, looked at, forgotten."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

import anyio.to_thread

from backend.concurrency.finishing import Finishing
from backend.errors import EmptyBatch, NotReady, StudyUnfinished, UnknownPicture, UnknownStudy
from backend.inference.catalogue import Catalogue
from backend.studies.answers import study_response
from backend.studies.asked import Asked, SaidOfLabels, distinct, read_asked
from backend.studies.events import StudyEvents
from backend.studies.folders import SentPicture, StudyFolders
from backend.studies.label_tables import is_label_table, labels_of, preview, read_table
from backend.studies.runner import StudyRunner
from backend.studies.schemas import LabelsPreview, StudyResponse
from backend.studies.store import Study, StudyFacts, StudyPage, StudyStore
from backend.studies.work import Work
from backend.telemetry.metrics import Metrics
from backend.uploads.forms import SentForm
from backend.uploads.inputs import Inputs
from backend.uploads.intake import Intake, SentBody, Unpacked
from models.studies.findings.records import FIGURES_FILE
from models.studies.pictures.picture_set import PictureSet, named_pictures

_LABELS: Final = "labels"


class Studies:
    """Takes, finds and forgets studies; its runner makes them."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        intake: Intake,
        store: StudyStore,
        inputs: Inputs,
        folders: StudyFolders,
        runner: StudyRunner,
        events: StudyEvents,
        work: Work,
        metrics: Metrics,
    ) -> None:
        self._catalogue = catalogue
        self._intake = intake
        self._store = store
        self._inputs = inputs
        self._folders = folders
        self._runner = runner
        self._work = work
        self._metrics = metrics
        self._keeping = Finishing()
        self.events = events

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Go on with what an earlier process left, and make what comes, while inside."""
        unseen = [study.id for study in await self._store.open_studies() if not study.has_figures]
        await self._inputs.recover(unseen)
        await anyio.to_thread.run_sync(self._folders.sweep, frozenset(await self._store.ids()))
        async with self._runner.running():
            try:
                yield
            finally:
                self.events.stop()
                await self._keeping.wait()

    async def accept(self, body: SentBody) -> Study:
        """Take a study; when this returns, its pictures, its table and its row are durable.

        Raises `BatchTooLarge`, `UnsupportedArchive`, `UnusableBatch`, `MalformedForm`, `UnknownCheckpoint`, `Busy`,
        `NotReady`, `StorageFull` and `StorageFailed`, and then nothing is left of it.
        """
        self._inputs.check_room(body.announced_bytes)
        await self._catalogue.find(None)  # before a body is read for nothing
        study_id = uuid.uuid4().hex
        async with self._intake.whole(study_id):
            form = await self._intake.receive(study_id, body)
            asked = read_asked(form.texts)
            checkpoints = await self._checkpoints(asked)
            unpacked = await self._intake.unpack(study_id, form)
            with self._intake.file_faults():
                found, data = await anyio.to_thread.run_sync(self._found, study_id, form, unpacked, asked)
        facts = StudyFacts(
            name=found.name,
            checkpoints=checkpoints,
            total=len(found.pictures),
            skipped=len(unpacked.skipped),
            labels=labels_of(found),
            said=asked.labels,
        )
        self._metrics.observe_batch(len(found.pictures))
        pictures = [SentPicture(int(one.path.name), one.name) for one in found.pictures]
        # To its end even if the client leaves now: there are no rows without pictures, nor the other way round.
        return await self._keeping.result(self._keep(study_id, facts, pictures, data))

    async def preview(
        self, data: bytes, filename: str, *, said: SaidOfLabels, pictures: Sequence[str] | None
    ) -> LabelsPreview:
        """What a table will be taken for; raises `UnusableLabels`."""
        names = None if pictures is None else distinct(pictures)
        return await anyio.to_thread.run_sync(preview, data, filename, said, names)

    async def get(self, study_id: str) -> Study:
        """A study as it is now; raises `UnknownStudy`."""
        study = await self._store.get(study_id)
        if study is None:
            raise _unknown(study_id)
        return study

    async def page(self, *, limit: int, cursor: str | None) -> StudyPage:
        """A part of the list, newest first; raises `InvalidCursor`."""
        return await self._store.page(limit=limit, cursor=cursor)

    def answer(self, study: Study) -> StudyResponse:
        """A study as far as it is."""
        return study_response(study, self._work.of(study.id))

    def finished_folder(self, study: Study) -> Path:
        """Where a study's figures are; raises `StudyUnfinished` before they are there."""
        if not study.has_figures:
            raise StudyUnfinished(f"got study {study.id!r}, which is {study.state}, expected one whose figures stand")
        return self._folders.of(study.id)

    def default_checkpoint(self, study: Study) -> str:
        """The best of a study, or the first that was asked where there is none."""
        outcome = study.facts.outcome
        return study.facts.checkpoints[0] if outcome is None or outcome.best is None else outcome.best

    async def figures(self, study: Study) -> bytes:
        """The figures of a study, as their file has them; raises `StudyUnfinished` before they stand."""
        return await anyio.to_thread.run_sync((self.finished_folder(study) / FIGURES_FILE).read_bytes)

    async def small_copy_called(self, study: Study, name: str) -> Path:
        """That of the picture of a name; raises `UnknownPicture` where there is none."""
        pictures = await anyio.to_thread.run_sync(self._folders.pictures, study.id)
        position = next((place for place, picture in enumerate(pictures) if picture.name == name), len(pictures))
        return self.small_copy(study, position)

    def small_copy(self, study: Study, position: int) -> Path:
        """Where the small copy of a picture is; raises `UnknownPicture` where there is none."""
        path = self._folders.small_copy(study.id, position)
        if not path.is_file():
            raise UnknownPicture(f"got picture {position}, expected one of the study's that could be read")
        return path

    async def delete(self, study_id: str) -> None:
        """Forget a study, which is stopped first; raises `UnknownStudy`."""
        if not await self._store.delete(study_id):
            raise _unknown(study_id)
        await self._forget(study_id)

    async def expire(self, *, finished_before: datetime, max_bytes: int) -> int:
        """Forget studies whose time or room has ended; returns how many."""
        ids = await self._store.expired(finished_before=finished_before, max_bytes=max_bytes)
        for study_id in ids:
            await self._store.delete(study_id)
            await self._forget(study_id)
        return len(ids)

    async def _forget(self, study_id: str) -> None:
        await self._runner.drop(study_id)
        await self._inputs.forget(study_id)
        await anyio.to_thread.run_sync(self._folders.forget, study_id)
        self.events.tell(study_id)

    async def _checkpoints(self, asked: Asked) -> tuple[str, ...]:
        """Those that are asked for, or all but the literal formulations."""
        if asked.checkpoints is not None:
            return tuple([(await self._catalogue.find(name)).manifest.id for name in asked.checkpoints])
        served = (await self._catalogue.refresh()).predictors.values()  # at the start, the others are still verified
        found = tuple(one.manifest.id for one in served if one.manifest.formulation == "stable")
        if not found:
            raise NotReady("got no usable checkpoint, expected at least one in the checkpoints folder")
        return found

    def _found(
        self, study_id: str, form: SentForm, unpacked: Unpacked, asked: Asked
    ) -> tuple[PictureSet, bytes | None]:
        """The pictures that were sent with their labels, and the table; a path is the number of a picture's file."""
        folder = self._inputs.arriving(study_id)
        numbers = list(range(len(unpacked.filenames)))
        table_name, table_path = form.files.get(_LABELS), folder / _LABELS
        if table_name is None:  # one among the pictures is theirs
            tables = [number for number in numbers if is_label_table(unpacked.filenames[number])]
            if len(tables) == 1:
                table_name = PurePosixPath(unpacked.filenames[tables[0]]).name
                table_path = folder / str(tables[0])
                numbers.remove(tables[0])
        if not numbers:
            raise EmptyBatch("got a form without a picture, expected some under `files`, or a zip under `archive`")
        data = None if table_name is None else table_path.read_bytes()
        table = None if data is None else read_table(data, table_name or "", asked.labels)
        names = distinct(unpacked.filenames[number] for number in numbers)
        paths = {name: Path(str(number)) for name, number in zip(names, numbers, strict=True)}
        return named_pictures(asked.name or _default_name(form, names), paths, table), data

    async def _keep(
        self, study_id: str, facts: StudyFacts, pictures: Sequence[SentPicture], data: bytes | None
    ) -> Study:
        study = Study(study_id, datetime.now(UTC), None, None, "queued", facts)
        try:
            async with self._intake.whole(study_id):
                with self._intake.file_faults():
                    await anyio.to_thread.run_sync(self._folders.begin, study_id, pictures, data)
                    await self._inputs.keep(study_id)
                    await self._store.add(study)
        except BaseException:
            await anyio.to_thread.run_sync(self._folders.forget, study_id)
            raise
        self._runner.wake()
        return study


def _default_name(form: SentForm, names: Sequence[str]) -> str:
    """What nobody named is called after its archive, the folder that all pictures lie in, or the first of them."""
    if form.archive is not None:
        return PurePosixPath(form.archive).stem
    folders = {PurePosixPath(name).parts[0] for name in names if "/" in name}
    return folders.pop() if len(folders) == 1 and all("/" in name for name in names) else names[0]


def _unknown(study_id: str) -> UnknownStudy:
    return UnknownStudy(f"got study {study_id!r}, expected one that was made here and is still kept")
