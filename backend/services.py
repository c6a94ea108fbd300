"""The parts of one running service, built from its settings and started in the order in which they need each other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final, Protocol, get_type_hints

import anyio.to_thread
import structlog

from backend.analyses.keeping import PictureKeeper, Preserver
from backend.analyses.library import Analyses, KeptDecoder
from backend.analyses.local_qualities import LocalQualities
from backend.analyses.picture_files import PictureFiles
from backend.analyses.store import Store
from backend.batches.batches import BATCH_FIELDS, Batches
from backend.batches.events import BatchEvents
from backend.batches.runner import BatchRunner, seconds_left
from backend.batches.store import BatchStore
from backend.checkpoints.cards import Cards
from backend.children.archives import ArchiveLimits
from backend.children.pool import DecodePool
from backend.concurrency.budgets import ByteBudget
from backend.concurrency.pace import Pace
from backend.figures.expert_figures import ExpertFigures
from backend.figures.figures import Figures
from backend.health import Children, Health
from backend.inference.backlog import Backlog, pictures_at_once
from backend.inference.catalogue import Catalogue, Load
from backend.inference.engine import Engine
from backend.inference.turn import Decoder, Turns
from backend.lab.lab import Distorter, Lab
from backend.maps.image_sets import ImageSets
from backend.maps.maps import Maps
from backend.maps.placing import Placing
from backend.pages.compression import COMPRESSED_FOLDER
from backend.pages.pages import PageLimits, Pages
from backend.pages.static_files import StaticTree
from backend.retention import Retention
from backend.settings import Settings
from backend.storage.database import Database
from backend.storage.folder import check_writable
from backend.studies.asked import STUDY_FIELDS
from backend.studies.decisions.store import DecisionStore
from backend.studies.drawing import MapDrawing, OpenProjector
from backend.studies.events import StudyEvents
from backend.studies.exports.making import StudyExports
from backend.studies.folders import StudyFolders
from backend.studies.maps.shelves import StudyMaps
from backend.studies.pictures.reading import StudyRows
from backend.studies.runner import StudyRunner
from backend.studies.store import StudyStore
from backend.studies.studies import Studies
from backend.studies.work import Work
from backend.tables import SCHEMA
from backend.telemetry.metrics import Metrics
from backend.uploads.inputs import Inputs
from backend.uploads.intake import Intake, Unpacker
from models.images.limits import DEFAULT_LIMITS
from models.loading import load_predictor
from models.maps.building.projecting import UMAPProjector, in_child
from models.trunk.record import SHARED_FOLDER

_MOST_PIXELS_BYTES: Final = 3 * DEFAULT_LIMITS.max_pixels
"""Of one picture."""

_log = structlog.stdlib.get_logger(__name__)


class ChildPool(Decoder, KeptDecoder, Preserver, Distorter, Unpacker, Children, Protocol):
    """The decode children, started and stopped with the service."""

    def start(self) -> None:
        """Start the children."""
        ...

    def close(self) -> None:
        """End the children."""
        ...

    def prepare_distorting(self) -> None:
        """Start the child that distorts, which is not there before."""
        ...


@dataclass(frozen=True)
class Services:
    """The parts of the service; a route asks for one of them by its type."""

    settings: Settings
    metrics: Metrics
    catalogue: Catalogue
    decoder: ChildPool
    bodies: ByteBudget
    engine: Engine
    database: Database
    health: Health
    analyses: Analyses
    batches: Batches
    studies: Studies
    study_rows: StudyRows
    decisions: DecisionStore
    study_maps: StudyMaps
    study_exports: StudyExports
    retention: Retention
    image_sets: ImageSets
    maps: Maps
    placing: Placing
    cards: Cards
    local_qualities: LocalQualities
    expert_figures: ExpertFigures
    figures: Figures
    lab: Lab
    static: StaticTree
    pages: Pages

    @property
    def parts(self) -> dict[type[Any], Any]:
        """Every part by the type under which `backend.routing.parts` finds it."""
        kinds: dict[str, type[Any]] = get_type_hints(type(self))
        return {kind: getattr(self, name) for name, kind in kinds.items()}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Start every part, and at the end stop them in the opposite order, writing what was accepted."""
        async with AsyncExitStack() as started:
            started.push_async_callback(self.database.close)
            await anyio.to_thread.run_sync(self.prepare_storage)
            if not self.settings.read_only:
                await self.analyses.recover()
            started.callback(self.decoder.close)
            self.decoder.start()
            await started.enter_async_context(self.catalogue.running())
            started.push_async_callback(self.analyses.close, timeout_s=self.settings.write_drain_s)
            started.push_async_callback(self.engine.close)
            self.engine.start()
            if not self.settings.read_only:
                await started.enter_async_context(self.batches.running())
                await started.enter_async_context(self.studies.running())
                await started.enter_async_context(self.retention.running())
            _log.info("ready", checkpoints=len(self.catalogue.snapshot.predictors))
            yield

    def prepare_storage(self) -> None:
        """Check the data folder and the database, and bring the latter up to date; raises `StartRefused`."""
        if not self.settings.read_only:
            check_writable(self.settings.data_dir)
        self.database.prepare()

    def stop_streams(self) -> None:
        """End the answers that have no end of their own, so that they do not hold up the rest of the drain."""
        self.batches.events.stop()
        self.studies.events.stop()


def build_services(
    settings: Settings,
    *,
    load: Load | None = None,
    decoder: ChildPool | None = None,
    open_projector: OpenProjector | None = None,
) -> Services:
    """The parts for these settings, none of them started; tests pass their own loader, decoder and projector."""
    metrics = Metrics()
    decoder = decoder or DecodePool(children=settings.decode_children, note_replaced=metrics.count_replaced_child)
    load = load or partial(load_predictor, device=settings.device, num_threads=1)
    catalogue = Catalogue(settings.checkpoints_dir, load=load, metrics=metrics)
    database = Database(
        settings.resolved_database_url,
        SCHEMA,
        read_only=settings.read_only,
        note_fault=metrics.count_storage_fault,
    )
    store = Store(database)
    files = PictureFiles(settings.data_dir / "pictures")
    engine = Engine(
        queue_length=settings.queue_length,
        num_threads=settings.resolved_inference_threads,
        metrics=metrics,
    )
    bodies = ByteBudget(settings.max_bodies_bytes)
    pixels = ByteBudget(settings.max_pixels_bytes)
    batch_pixels = ByteBudget(pictures_at_once(engine.num_threads) * _MOST_PIXELS_BYTES)
    metrics.watch_budget("bodies", lambda: bodies.held_bytes)
    metrics.watch_budget("pixels", lambda: pixels.held_bytes)
    metrics.watch_budget("batch_pixels", lambda: batch_pixels.held_bytes)
    new_turns = partial(Turns, engine=engine, decoder=decoder, deadline_s=settings.deadline_s, metrics=metrics)
    turns = new_turns(pixels=pixels)
    keeper = PictureKeeper(
        decoder,
        files,
        store,
        idle_s=engine.idle_s,
        max_pending_bytes=settings.max_pending_bytes,
        metrics=metrics,
    )
    metrics.watch_storage(pending_bytes=lambda: keeper.pending_bytes, database_bytes=lambda: database.size_bytes)
    analyses = Analyses(
        catalogue=catalogue,
        decoder=decoder,
        turns=turns,
        store=store,
        files=files,
        keeper=keeper,
        read_only=settings.read_only,
        metrics=metrics,
    )
    backlog = Backlog(new_turns(pixels=batch_pixels))
    batches = _build_batches(settings, database, catalogue, decoder, backlog, metrics)
    decisions = DecisionStore(database)
    study_folders = StudyFolders(settings.data_dir / "studies")
    project = open_projector or partial(in_child, UMAPProjector())
    studies = _build_studies(settings, database, study_folders, catalogue, decoder, backlog, metrics, project)
    image_sets = ImageSets(settings.checkpoints_dir / SHARED_FOLDER)
    maps = Maps(settings.checkpoints_dir, shared=settings.checkpoints_dir / SHARED_FOLDER, image_sets=image_sets)
    lab = Lab(
        catalogue=catalogue,
        analyses=analyses,
        maps=maps,
        distorter=decoder,
        turns=turns,
        metrics=metrics,
    )
    static = StaticTree(settings.frontend_dir / "static", compressed=settings.frontend_dir / COMPRESSED_FOLDER)
    pages = Pages(
        settings.frontend_dir,
        static=static,
        limits=PageLimits(
            max_upload_bytes=settings.max_upload_bytes,
            max_batch_bytes=settings.max_batch_bytes,
            max_batch_files=settings.max_batch_files,
            max_study_bytes=settings.max_study_bytes,
            max_study_files=settings.max_study_files,
        ),
        prepare=dict.fromkeys(("lab", "mixed"), decoder.prepare_distorting),
        read_only=settings.read_only,
    )
    return Services(
        settings=settings,
        metrics=metrics,
        catalogue=catalogue,
        decoder=decoder,
        bodies=bodies,
        engine=engine,
        database=database,
        health=Health(catalogue=catalogue, engine=engine, children=decoder, database=database),
        analyses=analyses,
        batches=batches,
        studies=studies,
        study_rows=StudyRows(decisions),
        study_maps=StudyMaps(checkpoints=settings.checkpoints_dir),
        study_exports=StudyExports(study_folders),
        decisions=decisions,
        retention=Retention(
            analyses,
            batches,
            studies,
            max_age=timedelta(days=settings.retention_max_age_days),
            max_bytes=settings.retention_max_bytes,
            max_studies_bytes=settings.max_studies_bytes,
            interval_s=settings.retention_interval_s,
        ),
        image_sets=image_sets,
        maps=maps,
        placing=Placing(catalogue=catalogue, analyses=analyses, maps=maps),
        cards=Cards(settings.checkpoints_dir, catalogue=catalogue, load=load),
        local_qualities=LocalQualities(catalogue=catalogue, analyses=analyses),
        expert_figures=ExpertFigures(settings.checkpoints_dir, maps=maps),
        figures=Figures(settings.checkpoints_dir),
        lab=lab,
        static=static,
        pages=pages,
    )


def _build_batches(
    settings: Settings,
    database: Database,
    catalogue: Catalogue,
    decoder: ChildPool,
    backlog: Backlog,
    metrics: Metrics,
) -> Batches:
    store, pace = BatchStore(database), Pace()
    inputs = Inputs(
        settings.data_dir / "jobs",
        kind="batches",
        max_open=settings.max_open_jobs,
        max_bytes=settings.max_jobs_bytes,
        max_file_bytes=settings.max_upload_bytes,
    )
    metrics.watch_batches(lambda: inputs.num_open)
    events = BatchEvents(store, seconds_left=partial(seconds_left, pace))
    runner = BatchRunner(
        store=store,
        inputs=inputs,
        catalogue=catalogue,
        backlog=backlog,
        pace=pace,
        tell=events.tell,
        metrics=metrics,
    )
    limits = ArchiveLimits(
        max_files=settings.max_batch_files,
        max_file_bytes=settings.max_upload_bytes,
        max_unpacked_bytes=settings.max_unpacked_bytes,
    )
    intake = Intake(
        inputs, unpacker=decoder, fields=BATCH_FIELDS, limits=limits, note_fault=metrics.count_storage_fault
    )
    return Batches(
        catalogue=catalogue,
        intake=intake,
        store=store,
        inputs=inputs,
        runner=runner,
        events=events,
        metrics=metrics,
    )


def _build_studies(
    settings: Settings,
    database: Database,
    folders: StudyFolders,
    catalogue: Catalogue,
    decoder: ChildPool,
    backlog: Backlog,
    metrics: Metrics,
    open_projector: OpenProjector,
) -> Studies:
    store, work = StudyStore(database), Work()
    inputs = Inputs(
        settings.data_dir / "study_inputs",
        kind="studies",
        max_open=settings.max_open_studies,
        max_bytes=settings.max_study_inputs_bytes,
        max_file_bytes=settings.max_upload_bytes,
    )
    events = StudyEvents(store, work)
    runner = StudyRunner(
        store=store,
        folders=folders,
        inputs=inputs,
        catalogue=catalogue,
        backlog=backlog,
        work=work,
        drawing=MapDrawing(folders=folders, open_projector=open_projector),
        tell=events.tell,
    )
    limits = ArchiveLimits(
        max_files=settings.max_study_files,
        max_file_bytes=settings.max_upload_bytes,
        max_unpacked_bytes=settings.max_study_bytes,
    )
    intake = Intake(
        inputs, unpacker=decoder, fields=STUDY_FIELDS, limits=limits, note_fault=metrics.count_storage_fault
    )
    return Studies(
        catalogue=catalogue,
        intake=intake,
        store=store,
        inputs=inputs,
        folders=folders,
        runner=runner,
        events=events,
        work=work,
        metrics=metrics,
    )
