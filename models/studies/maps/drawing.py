"""One map per checkpoint of a study, projected in a child process."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.maps.building.columns import OwnColumn
from models.maps.building.projecting import Projector
from models.maps.building.space import projected_space
from models.maps.building.writing import write_map
from models.maps.embedding_map import MAPS_FOLDER, EmbeddingMap, map_address, read_maps
from models.maps.image_set import IMAGES_FOLDER, ImageSet
from models.predictor import Predictor
from models.studies.findings.records import MAPS_OF_STUDY
from models.studies.maps.image_set import image_set
from models.studies.maps.own_fields import own_columns
from models.studies.pictures.kept import KeptPicture, KeptPictures
from models.studies.pictures.picture_set import PictureSet
from models.studies.seeing.answering import whole_output

MIN_MAPPED: Final = 5
"""Fewer pictures are no map."""


def draw_maps(
    found: PictureSet,
    looked_at: Sequence[KeptPicture],
    predictors: Sequence[Predictor],
    kept: KeptPictures,
    folder: Path,
    projector: Projector,
) -> None:
    """Bring the maps in a study's folder up to date; those that are sound stay, and so none is made of few pictures."""
    images = mapped_images(found, looked_at, kept, folder)
    if images is None:
        return
    shared = folder / MAPS_OF_STUDY
    for path in set(shared.iterdir()) - {shared / name for name in (IMAGES_FOLDER, *_ids(predictors))}:
        shutil.rmtree(path)  # of checkpoints that are not asked any more
    for predictor in predictors:
        draw_map(found, looked_at, predictor, kept, images, folder, projector)


def mapped_images(
    found: PictureSet, looked_at: Sequence[KeptPicture], kept: KeptPictures, folder: Path
) -> ImageSet | None:
    """The pictures of a study's maps, written where they are not there yet; `None` where they are too few for one."""
    shared = folder / MAPS_OF_STUDY
    if sum(picture.fault is None for picture in looked_at) < MIN_MAPPED:
        shutil.rmtree(shared, ignore_errors=True)
        return None
    return image_set(found, looked_at, kept, shared)


def draw_map(
    found: PictureSet,
    looked_at: Sequence[KeptPicture],
    predictor: Predictor,
    kept: KeptPictures,
    images: ImageSet,
    folder: Path,
    projector: Projector,
) -> None:
    """Draw one checkpoint's map of these pictures, unless it is there and sound."""
    shared, manifest = folder / MAPS_OF_STUDY, predictor.manifest
    projection = projector.record(len(images))
    address = map_address(manifest.weights_sha256, images.sha256, projection)
    own = shared / manifest.id
    sound, _ = read_maps(own, weights_sha256=manifest.weights_sha256, shared=shared)
    if address in (one.folder.name for one in sound):
        return
    shutil.rmtree(own, ignore_errors=True)
    output = whole_output(predictor, [picture for picture in looked_at if picture.fault is None], kept)
    space = projected_space(predictor.scaler, output)
    places_N2 = projector(space.points_NP)
    further = _own_columns(found, looked_at, images)
    write_map(own / MAPS_FOLDER / address, manifest, images, output, space, places_N2, projection, own=further)


def _ids(predictors: Sequence[Predictor]) -> list[str]:
    return [predictor.manifest.id for predictor in predictors]


def _own_columns(found: PictureSet, looked_at: Sequence[KeptPicture], images: ImageSet) -> dict[str, OwnColumn]:
    shown = [picture for picture, one in zip(found.pictures, looked_at, strict=True) if one.fault is None]
    return own_columns(() if found.table is None else found.table.fields, shown, images.manifest.rows)


def read_study_map(folder: Path, checkpoint: str, weights_sha256: str) -> EmbeddingMap | None:
    """A checkpoint's map in a study's folder; `None` where it has none, as of very few pictures."""
    shared = folder / MAPS_OF_STUDY
    sound, _ = read_maps(shared / checkpoint, weights_sha256=weights_sha256, shared=shared)
    return sound[0] if sound else None
