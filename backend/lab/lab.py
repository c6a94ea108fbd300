"""The Distortion lab: a remembered picture under one distortion type at five levels, as a checkpoint sees it.

Pixels, seeds and scores follow from analysis, type, level and weights alone, so whatever was made once may be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from backend.analyses.library import Analyses
from backend.analyses.store import Analysis
from backend.children.pool import DistortedPicture
from backend.concurrency.shared_work import SharedWork
from backend.concurrency.worker import Worker
from backend.errors import RefusedMap, UnknownDistortion, UnknownMap
from backend.inference.catalogue import Catalogue
from backend.inference.soundness import check_seen
from backend.inference.turn import Turns
from backend.maps.maps import Maps
from backend.routing.content import Content
from backend.telemetry.metrics import Metrics
from models.checkpoints.manifest import Manifest
from models.distortions.operations import DistortionError, find_distortion
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

    async def distort(self, image: RGBImage, distortion_type: str, level: int, *, name: str) -> DistortedPicture:
        """Distort a picture, its name being its seed."""
        ...


@dataclass(frozen=True)
class Wanted:
    """A remembered picture under one of the 25 distortion types at a level from 1 to 5; at 0 it is as it was."""

    analysis_id: str
    distortion_type: str
    level: int


@dataclass(frozen=True, eq=False)
class _Seen:
    prediction: Prediction
    representation: Representation
    pixels_sha256: str
    equals_original: bool


@dataclass(frozen=True, eq=False)
class Place:
    """A picture's place, and the map that it is on."""

    embedding_map: EmbeddingMap
    placement: Placement


@dataclass(frozen=True, eq=False)
class LevelResult:
    """What a checkpoint says of one level, and where that lies, if the checkpoint has a map.

    `pixels_sha256` is `None` for the undistorted picture, which is kept under its own address.
    """

    wanted: Wanted
    prediction: Prediction
    pixels_sha256: str | None
    equals_original: bool
    place: Place | None


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

    async def level(self, wanted: Wanted, *, checkpoint: str | None, address: str | None) -> LevelResult:
        """Score and place one level, by default under the picture's first checkpoint and on that one's first map.

        Raises `UnknownDistortion`, `UnknownAnalysis`, `UnknownCheckpoint`, `UnknownMap` for an address that is none,
        `PictureNotKept`, `ImageError` for a picture too large to be distorted, `Busy` and `DeadlineExceeded`.
        """
        _check_type(wanted.distortion_type)
        analysis = await self._analyses.get(wanted.analysis_id)
        predictor = await self._catalogue.find(checkpoint or analysis.checkpoint)
        embedding_map = await self._map(predictor.manifest, address)
        if wanted.level == CLEAN_LEVEL:
            return await self._clean(wanted, predictor, embedding_map)
        key = (wanted, predictor.manifest.id, predictor.manifest.weights_sha256)
        seen = await self._seen.get(key, partial(self._examine, analysis, wanted, predictor))
        place = await self._place(embedding_map, seen.representation)
        return LevelResult(wanted, seen.prediction, seen.pixels_sha256, seen.equals_original, place)

    async def picture(self, wanted: Wanted) -> tuple[Content, str]:
        """A distorted picture without loss, and the hash of its pixels; raises as `level`."""
        _check_type(wanted.distortion_type)
        analysis = await self._analyses.get(wanted.analysis_id)
        with self._turns.begin() as turn:
            turn.hold(_work_bytes(analysis))
            async with turn.in_time():
                distorted = await self._distort(analysis, wanted)
                return await self._encoding.run(_encode, distorted.image), distorted.sha256

    async def _clean(self, wanted: Wanted, predictor: Predictor, embedding_map: EmbeddingMap | None) -> LevelResult:
        analysis = await self._analyses.score_kept(wanted.analysis_id, checkpoint=predictor.manifest.id)
        place = None
        if embedding_map is not None:
            place = await self._place(embedding_map, await self._analyses.represent(wanted.analysis_id, predictor))
        return LevelResult(wanted, analysis.prediction, pixels_sha256=None, equals_original=True, place=place)

    async def _examine(self, analysis: Analysis, wanted: Wanted, predictor: Predictor) -> _Seen:
        with self._turns.begin() as turn:
            turn.hold(_work_bytes(analysis))
            async with turn.in_time():
                distorted = await turn.stage("distort", self._distort(analysis, wanted))
                prediction, representation = await turn.run(partial(predictor.examine, distorted.image))
                prediction = turn.timed(prediction)
        check_seen(representation, predictor)
        return _Seen(prediction, representation, distorted.sha256, distorted.equals_original)

    async def _distort(self, analysis: Analysis, wanted: Wanted) -> DistortedPicture:
        return await self._distorted.get(wanted, partial(self._distort_now, analysis, wanted))

    async def _distort_now(self, analysis: Analysis, wanted: Wanted) -> DistortedPicture:
        photograph = await self._photographs.get(analysis.id, partial(self._analyses.kept_image, analysis))
        # The level has no part in the name: all five have the same noise, only more of it.
        name = f"{analysis.id}/{wanted.distortion_type}"
        with self._metrics.stage("distort"):
            return await self._distorter.distort(photograph, wanted.distortion_type, wanted.level, name=name)

    async def _map(self, checkpoint: Manifest, address: str | None) -> EmbeddingMap | None:
        try:
            return await self._maps.find(checkpoint, address)
        except (UnknownMap, RefusedMap):
            if address is not None:
                raise
            return None

    async def _place(self, embedding_map: EmbeddingMap | None, seen: Representation) -> Place | None:
        return None if embedding_map is None else Place(embedding_map, await self._maps.place(embedding_map, seen))


def _check_type(distortion_type: str) -> None:
    try:
        find_distortion(distortion_type)
    except DistortionError as error:
        raise UnknownDistortion(str(error)) from None


def _num_bytes(image: RGBImage) -> int:
    return image.pixels_HWC.nbytes


def _work_bytes(analysis: Analysis) -> int:
    """Of the photograph and its distorted copy."""
    image = analysis.prediction.image
    return 2 * image.width * image.height * _BYTES_PER_PIXEL


def _encode(image: RGBImage) -> Content:
    data = encode_lossless(image)
    return Content.of(data, media_type(data))
