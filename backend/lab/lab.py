"""The Distortion lab: a remembered picture under one distortion, or under two in turn, as a checkpoint sees it.

Pixels, seeds and scores follow from analysis, distortions and weights alone, so whatever was made once may be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Protocol

from backend.analyses.library import Analyses
from backend.analyses.store import Analysis
from backend.children.pool import DistortedPicture
from backend.concurrency.shared_work import SharedWork
from backend.concurrency.worker import Worker
from backend.errors import RefusedMap, UnknownDistortion, UnknownGrid, UnknownMap
from backend.inference.catalogue import Catalogue
from backend.inference.soundness import check_seen
from backend.inference.turn import Turns
from backend.maps.maps import Maps
from backend.routing.content import Content
from backend.telemetry.metrics import Metrics
from models.checkpoints.manifest import Manifest
from models.distortions.mixed import Cell, GridError, find_grid
from models.distortions.operations import DistortionError, Step, find_distortion, step_at
from models.images import RGBImage
from models.images.encoding import encode_lossless
from models.images.formats import media_type
from models.maps.embedding_map import EmbeddingMap, Placement
from models.prediction import Prediction, Representation
from models.predictor import Predictor

CLEAN_LEVEL: Final = 0

_KEPT_BYTES: Final = 64 * 1024**2
"""Pixels of photographs, and the same again of distorted ones, that wait for the next question about them."""
_KEPT_RESULTS: Final = 512
_BYTES_PER_PIXEL: Final = 3


class Distorter(Protocol):
    """What the lab asks of the child that distorts."""

    async def distort(self, image: RGBImage, step: Step, *, name: str) -> DistortedPicture:
        """Distort a picture, its name being its seed."""
        ...


@dataclass(frozen=True)
class Wanted:
    """A remembered picture under one of the 25 distortion types at a level from 1 to 5; at 0 it is as it was."""

    analysis_id: str
    distortion_type: str
    level: int

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is done to the picture; raises `UnknownDistortion`."""
        with _known_distortions():
            find_distortion(self.distortion_type)
            return () if self.level == CLEAN_LEVEL else (step_at(self.distortion_type, self.level),)


@dataclass(frozen=True)
class WantedCell:
    """A remembered picture in one cell of a grid of two distortions, whose name is as `find_grid` reads it."""

    analysis_id: str
    grid: str
    cell: Cell

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is done to the picture, in turn; raises `UnknownDistortion` and `UnknownGrid`."""
        with _known_distortions():
            return find_grid(self.grid).steps(self.cell)


@dataclass(frozen=True, eq=False)
class _Seen:
    prediction: Prediction
    representation: Representation
    pixels_sha256: str
    equals_original: bool


@dataclass(frozen=True, eq=False)
class Look:
    """What a checkpoint says of a picture in the lab.

    `pixels_sha256` is `None` for the undistorted picture, which is kept under its own address.
    """

    prediction: Prediction
    pixels_sha256: str | None
    equals_original: bool


@dataclass(frozen=True, eq=False)
class Place:
    """A picture's place, and the map that it is on."""

    embedding_map: EmbeddingMap
    placement: Placement


class Lab:
    """Distorts remembered pictures, and lets any checkpoint score and place them."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        analyses: Analyses,
        maps: Maps,
        distorter: Distorter,
        turns: Turns,
        metrics: Metrics,
    ) -> None:
        self._catalogue = catalogue
        self._analyses = analyses
        self._maps = maps
        self._distorter = distorter
        self._turns = turns
        self._metrics = metrics
        self._photographs = SharedWork[RGBImage](max_size=_KEPT_BYTES, size_of=_num_bytes)
        self._distorted = SharedWork[DistortedPicture](max_size=_KEPT_BYTES, size_of=lambda it: _num_bytes(it.image))
        self._seen = SharedWork[_Seen](max_size=_KEPT_RESULTS, size_of=lambda _: 1)
        self._encoding = Worker()

    async def level(self, wanted: Wanted, *, checkpoint: str | None, address: str | None) -> tuple[Look, Place | None]:
        """Score and place one level, by default under the picture's first checkpoint and on that one's first map.

        Raises `UnknownDistortion`, `UnknownAnalysis`, `UnknownCheckpoint`, `UnknownMap` for an address that is none,
        `PictureNotKept`, `ImageError` for a picture too large to be distorted, `Busy` and `DeadlineExceeded`.
        """
        steps = wanted.steps
        analysis = await self._analyses.get(wanted.analysis_id)
        predictor = await self._catalogue.find(checkpoint or analysis.checkpoint)
        embedding_map = await self._map(predictor.manifest, address)
        if not steps:
            look = await self._clean(wanted.analysis_id, predictor)
            represent = partial(self._analyses.represent, wanted.analysis_id, predictor)
            return look, None if embedding_map is None else await self._place(embedding_map, await represent())
        seen = await self._see(analysis, steps, predictor)
        return _look(seen), await self._place(embedding_map, seen.representation)

    async def cell(self, wanted: WantedCell, *, checkpoint: str | None) -> Look:
        """Score the picture under two distortions in turn; raises as `level`, and `UnknownGrid`."""
        steps = wanted.steps
        analysis = await self._analyses.get(wanted.analysis_id)
        predictor = await self._catalogue.find(checkpoint or analysis.checkpoint)
        if not steps:
            return await self._clean(wanted.analysis_id, predictor)
        return _look(await self._see(analysis, steps, predictor))

    async def picture(self, wanted: Wanted | WantedCell) -> tuple[Content, str]:
        """A distorted picture without loss, and the hash of its pixels; raises as `level` and `cell`.

        The undistorted picture has an address of its own, and is an `UnknownGrid` here.
        """
        steps = wanted.steps
        if not steps:
            raise UnknownGrid(
                "got a cell without any distortion, expected another: the picture itself is kept elsewhere"
            )
        analysis = await self._analyses.get(wanted.analysis_id)
        with self._turns.begin() as turn:
            turn.hold(_work_bytes(analysis))
            async with turn.in_time():
                distorted = await self._distort(analysis, steps)
                return await self._encoding.run(_encode, distorted.image), distorted.sha256

    async def _clean(self, analysis_id: str, predictor: Predictor) -> Look:
        analysis = await self._analyses.score_kept(analysis_id, checkpoint=predictor.manifest.id)
        return Look(analysis.prediction, pixels_sha256=None, equals_original=True)

    async def _see(self, analysis: Analysis, steps: tuple[Step, ...], predictor: Predictor) -> _Seen:
        key = (analysis.id, steps, predictor.manifest.id, predictor.manifest.weights_sha256)
        return await self._seen.get(key, partial(self._examine, analysis, steps, predictor))

    async def _examine(self, analysis: Analysis, steps: tuple[Step, ...], predictor: Predictor) -> _Seen:
        with self._turns.begin() as turn:
            turn.hold(_work_bytes(analysis))
            async with turn.in_time():
                distorted = await turn.stage("distort", self._distort(analysis, steps))
                prediction, representation = await turn.run(partial(predictor.examine, distorted.image))
                prediction = turn.timed(prediction)
        check_seen(representation, predictor)
        return _Seen(prediction, representation, distorted.sha256, distorted.equals_original)

    async def _distort(self, analysis: Analysis, steps: tuple[Step, ...]) -> DistortedPicture:
        return await self._distorted.get((analysis.id, steps), partial(self._distort_now, analysis, steps))

    async def _distort_now(self, analysis: Analysis, steps: tuple[Step, ...]) -> DistortedPicture:
        *before, step = steps
        if not before:
            photograph = await self._photographs.get(analysis.id, partial(self._analyses.kept_image, analysis))
            return await self._step(photograph, step, name=_seed_name(analysis, steps))
        # A row of a grid shares its first distortion, which is made once.
        first = await self._distort(analysis, tuple(before))
        second = await self._step(first.image, step, name=_seed_name(analysis, steps))
        return replace(second, equals_original=first.equals_original and second.equals_original)

    async def _step(self, image: RGBImage, step: Step, *, name: str) -> DistortedPicture:
        with self._metrics.stage("distort"):
            return await self._distorter.distort(image, step, name=name)

    async def _map(self, checkpoint: Manifest, address: str | None) -> EmbeddingMap | None:
        try:
            return await self._maps.find(checkpoint, address)
        except (UnknownMap, RefusedMap):
            if address is not None:
                raise
            return None

    async def _place(self, embedding_map: EmbeddingMap | None, seen: Representation) -> Place | None:
        return None if embedding_map is None else Place(embedding_map, await self._maps.place(embedding_map, seen))


@contextmanager
def _known_distortions() -> Iterator[None]:
    try:
        yield
    except DistortionError as error:
        raise UnknownDistortion(str(error)) from None
    except GridError as error:
        raise UnknownGrid(str(error)) from None


def _seed_name(analysis: Analysis, steps: tuple[Step, ...]) -> str:
    """The amount has no part in it: all levels have the same noise, only more of it."""
    *before, step = steps
    is_again = any(earlier.distortion_type == step.distortion_type for earlier in before)
    return f"{analysis.id}/{step.distortion_type}" + ("/again" if is_again else "")


def _look(seen: _Seen) -> Look:
    return Look(seen.prediction, seen.pixels_sha256, seen.equals_original)


def _num_bytes(image: RGBImage) -> int:
    return image.pixels_HWC.nbytes


def _work_bytes(analysis: Analysis) -> int:
    """Of the photograph and its distorted copy."""
    image = analysis.prediction.image
    return 2 * image.width * image.height * _BYTES_PER_PIXEL


def _encode(image: RGBImage) -> Content:
    data = encode_lossless(image)
    return Content.of(data, media_type(data))
