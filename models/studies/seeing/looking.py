"""Features once per trunk, of every picture that has none yet: decoded one at a time, seen on all cores.

Legend: D features.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.images import ImageError, RGBImage, from_path
from models.maps.building.sheets import TILE_PX, tile_of
from models.prediction import ImageFacts
from models.predictor import Predictor
from models.studies.pictures.kept import Fault, KeptPicture, KeptPictures, Stamp
from models.studies.pictures.layout import LAYOUT_FILE, layout
from models.studies.pictures.picture_set import StudyPicture
from models.trunk.crops import picture_crop

TILES_FILE: Final = f"tiles-{TILE_PX}.u8"
"""Where small pictures for maps are kept."""


def features_file(predictor: Predictor) -> str:
    """Where the features that a checkpoint needs are kept."""
    return f"{predictor.features_key}.f32"


def crops_file(crop_px: int) -> str:
    """Where crops of this side are kept."""
    return f"crops-{crop_px}.u8"


def needed_files(predictors: Sequence[Predictor], *, tiles: bool = False) -> tuple[str, ...]:
    """Every file that heads and near-duplicates, and maps with their tiles, need numbers of."""
    crops = (crops_file(predictor.crop_px) for predictor in predictors if predictor.crop_px is not None)
    own = (LAYOUT_FILE, TILES_FILE) if tiles else (LAYOUT_FILE,)
    return tuple(dict.fromkeys([*map(features_file, predictors), *crops, *own]))


def look_at(
    pictures: Sequence[StudyPicture], predictors: Sequence[Predictor], kept: KeptPictures, *, tiles: bool = False
) -> Iterator[KeptPicture]:
    """What is kept of each picture, in their order; what is missing is made and written first.

    A picture that cannot be read has its fault kept. As many pictures are in work as there are cores, and two more.
    """
    needed = needed_files(predictors, tiles=tiles)
    num_threads = os.cpu_count() or 1
    with ThreadPoolExecutor(num_threads) as pool:
        waiting: deque[_Look | KeptPicture] = deque()
        for picture in pictures:
            found = kept.find(picture)
            is_done = found is not None and found.has(needed)
            waiting.append(found if found is not None and is_done else _start(picture, found, predictors, needed, pool))
            while len(waiting) > num_threads + 2:
                yield _finished(waiting.popleft(), kept)
        while waiting:
            yield _finished(waiting.popleft(), kept)


class _Look(NamedTuple):
    """A picture in work, or one with a fault."""

    picture: KeptPicture
    seeing: Future[Seen] | None = None


class Seen(NamedTuple):
    """A picture's numbers by file, and notes on how it was seen."""

    numbers: Mapping[str, NDArray[Any]]
    notes: tuple[str, ...]


def _start(
    picture: StudyPicture,
    found: KeptPicture | None,
    predictors: Sequence[Predictor],
    needed: Sequence[str],
    pool: ThreadPoolExecutor,
) -> _Look:
    """Decode here, because decoders' warnings belong to the whole process, and see in a thread."""
    stamp, rows = Stamp.of(picture.path), {} if found is None else found.row_of
    try:
        image = from_path(picture.path)
    except (ImageError, OSError) as error:
        return _Look(KeptPicture(picture.name, stamp, fault=Fault.of(error)))
    known = () if found is None or found.facts is None else found.facts.notes  # of features that are not made again
    notes = tuple(dict.fromkeys((*image.notes, *known)))
    facts = ImageFacts(image.width, image.height, image.format, notes)
    missing = [name for name in needed if name not in rows]
    return _Look(KeptPicture(picture.name, stamp, facts, row_of=rows), pool.submit(see, image, predictors, missing))


def see(image: RGBImage, predictors: Sequence[Predictor], files: Sequence[str]) -> Seen:
    """A decoded picture's numbers for these of the files that are needed."""
    numbers: dict[str, NDArray[Any]] = {}
    notes: tuple[str, ...] = ()
    for predictor in predictors:
        name, crop_px = features_file(predictor), predictor.crop_px
        if name in files and name not in numbers:
            numbers[name], notes = predictor.features(image)
        if crop_px is not None and (crops := crops_file(crop_px)) in files and crops not in numbers:
            numbers[crops] = picture_crop(image, crop_px)
    if LAYOUT_FILE in files:
        numbers[LAYOUT_FILE] = layout(image.pixels_HWC)
    if TILES_FILE in files:
        numbers[TILES_FILE] = np.asarray(tile_of(image.pixels_HWC))
    return Seen(numbers, notes)


def _finished(look: _Look | KeptPicture, kept: KeptPictures) -> KeptPicture:
    if isinstance(look, KeptPicture):
        return look
    if look.seeing is None:
        return kept.keep(look.picture, {})
    return keep_seen(look.picture, look.seeing.result(), kept)


def keep_seen(picture: KeptPicture, seen: Seen, kept: KeptPictures) -> KeptPicture:
    """Write what was seen of a picture that has facts, and return what is kept of it from now on."""
    assert picture.facts is not None
    notes = tuple(dict.fromkeys((*picture.facts.notes, *seen.notes)))
    return kept.keep(replace(picture, facts=replace(picture.facts, notes=notes)), seen.numbers)
