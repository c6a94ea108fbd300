"""Labelled pictures: photographs with human scores, and synthetic distortions of pristine ones.

An `Example` knows how to make its pixels, so that synthetic pictures need no disk. Labels stay on the scale of their
data set; `models.training.data.corpus` maps them to 0-100.
"""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.distortions.operations import Step, distort, distort_in_turn, equals_reference
from models.distortions.pseudo_mos import kadid_mos
from models.images import ImageError, RGBImage, from_array, from_path
from models.images.folders import pictures_in
from models.labels.scales import FIVE_GRADES, UNIT_SCALE, LabelScale
from models.taxonomy import CLEAN, LEVELS, TAXONOMY, UNKNOWN_INDEX
from models.training.data.contents import pristine_content
from models.trunk.preprocess import shrink

SYNTHETIC_SIZE_PX: Final = (384, 512)
"""Height and width of synthetic pictures: KADID-10k's own, cut from the reference's centre without resizing."""
KADID_CLEAN_MOS: Final = 4.65
"""Pseudo-MOS of a reference: just above the best cell of the KADID table (gaussian_blur 1 has 4.61)."""

_DECODING: Final = threading.Lock()
"""Decoding turns warnings into errors by Python's process-wide filters: one thread at a time."""
RATED_SHRINK_FACTOR: Final = 4 / 3
NUM_RATED_CONTENTS: Final = 600
_TYPE_STEPS: Final = (0, 8, 17)
NUM_TYPES_OF_RATED: Final = len(_TYPE_STEPS)
BLUR_TYPE: Final = "gaussian_blur"
BLUR_LEVEL: Final = 3
COMPOUND_LEVELS: Final = (2, 4)


class DatasetError(ValueError):
    """A data folder that is not laid out as its reader expects."""


class BrokenPicture(DatasetError):
    """A picture of a data set that cannot be read."""


@dataclass(frozen=True)
class Example:
    """One labelled picture.

    `reference` is its content, which no split may divide, and `subset` the part of its data set that came from one
    source, where the set names it; `distortion_type` is `None` where nobody labelled it, and
    `level` is 0 for clean and authentic pictures. `label` is on the scale of its data set. A distorted picture's source
    is divided in size by `shrink_factor` and cut to `crop_px` (height, width; `None`: whole) first; `then` is the type
    and level of a second distortion on top of the first. `steps` are distortions in turn with parameters of their own,
    instead of a type and its level. Where it is `distorted_on_disk`, the source already is the
    picture, and `level` is 0 where nobody said it.
    """

    example_id: str
    reference: str
    source: Path
    label: float
    distortion_type: str | None = None
    level: int = 0
    shrink_factor: float = 1.0
    crop_px: tuple[int, int] | None = SYNTHETIC_SIZE_PX
    then: tuple[str, int] | None = None
    distorted_on_disk: bool = False
    subset: str | None = None
    steps: tuple[Step, ...] = ()

    def render(self) -> Rendered:
        """Decode, and distort where the example is synthetic; a distortion that changes nothing is labelled clean."""
        image = decoded_source(self.source)
        if self.steps:
            reference_HWC = self._reference(image)
            pixels_HWC = distort_in_turn(reference_HWC, self.steps, seed=self._seed)
            return Rendered(from_array(pixels_HWC), UNKNOWN_INDEX)
        if self.distortion_type is None:
            return Rendered(image, UNKNOWN_INDEX)
        if self.distorted_on_disk:
            return Rendered(image, TAXONOMY.class_index(self.distortion_type))
        reference_HWC = self._reference(image)
        if self.level == 0:
            return Rendered(from_array(reference_HWC), TAXONOMY.class_index(self.distortion_type))
        pixels_HWC = distort(reference_HWC, self.distortion_type, self.level, seed=self._seed)
        shown = CLEAN if equals_reference(pixels_HWC, reference_HWC) else self.distortion_type
        if self.then is not None:
            pixels_HWC = distort(pixels_HWC, *self.then, seed=self._seed)
        return Rendered(from_array(pixels_HWC), TAXONOMY.class_index(shown))

    @property
    def _seed(self) -> int:
        return zlib.crc32(self.reference.encode())

    def _reference(self, image: RGBImage) -> NDArray[np.uint8]:
        source_HWC = image.pixels_HWC if self.shrink_factor == 1 else shrink(image.pixels_HWC, self.shrink_factor)
        return source_HWC if self.crop_px is None else centre_crop(source_HWC, *self.crop_px)


def decoded_source(path: Path) -> RGBImage:
    """The picture in a file; raises `BrokenPicture`, which names it."""
    try:
        with _DECODING:
            return from_path(path)
    except ImageError as error:
        raise BrokenPicture(f"{path}: {error}") from error


class Rendered(NamedTuple):
    """The pixels of an example and its class in the taxonomy (`UNKNOWN_INDEX` where nobody labelled it)."""

    image: RGBImage
    class_index: int


@dataclass(frozen=True)
class Dataset:
    """Examples of one data set, labelled on its own scale."""

    name: str
    examples: tuple[Example, ...]
    scale: LabelScale = UNIT_SCALE

    @property
    def has_references(self) -> bool:
        """Whether pictures share contents, so that a split by picture would leak."""
        return len({example.reference for example in self.examples}) < len(self.examples)

    @property
    def sha256(self) -> str:
        """Identity of the examples and their labels (not of the pixels)."""
        rows = [
            (e.example_id, e.reference, e.label, e.distortion_type, e.level, e.shrink_factor, e.crop_px)
            + (() if e.then is None else e.then)
            + (() if e.subset is None else (e.subset,))
            + tuple((step.distortion_type, step.parameter) for step in e.steps)
            for e in self.examples
        ]
        return hashlib.sha256(json.dumps([self.name, rows]).encode()).hexdigest()

    @cached_property
    def pixels_sha256(self) -> str:
        """Identity of the examples, their labels and the bytes of their files: what anything kept of them depends on.

        Raises `OSError` for a file that cannot be read.
        """
        digest = hashlib.sha256(self.sha256.encode())
        for source in dict.fromkeys(example.source for example in self.examples):
            with source.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()


def centre_crop(pixels_HWC: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """The middle `height` x `width` pixels, or all there are along a shorter side."""
    top = max((pixels_HWC.shape[0] - height) // 2, 0)
    left = max((pixels_HWC.shape[1] - width) // 2, 0)
    return pixels_HWC[top : top + height, left : left + width]


def pristine_photographs(folders: Iterable[Path]) -> list[Path]:
    """Every picture directly in the folders, sorted by name; raises `DatasetError` where there is none."""
    found = sorted(path for folder in folders for path in pictures_in(folder))
    if not found:
        raise DatasetError(f"got no photograph in {', '.join(map(str, folders))}, expected pristine photographs")
    return found


def synthetic(photographs: Sequence[Path]) -> Dataset:
    """Each photograph clean and under 25 types x 5 levels, labelled with KADID-10k's mean human score of the cell.

    Labels are on KADID's 1-5; a cell that equals its reference is labelled clean. Raises `DatasetError` where two
    photographs have one name, which would make them one content.
    """
    stems = [path.stem for path in photographs]
    if twice := sorted({stem for stem in stems if stems.count(stem) > 1}):
        raise DatasetError(f"got several photographs called {', '.join(twice)}, expected one of each name")
    examples = [
        example
        for path in photographs
        for example in _chains_of(pristine_content(path.stem), path, TAXONOMY.distortion_types)
    ]
    return Dataset("synthetic", tuple(examples), FIVE_GRADES)


def synthetic_from_rated(rated: Dataset) -> Dataset:
    """The best-rated photographs as further contents, three distortion types each in turn, labelled as `synthetic`.

    They are divided in size by `RATED_SHRINK_FACTOR`, which washes out their own compression. Their reference is the
    photograph's, so that a split keeps both on one side.
    """
    if rated.has_references:
        raise DatasetError(f"got {rated.name}, whose pictures share references, expected photographs as the first set")
    slope, _ = rated.scale.to_score()
    best = sorted(rated.examples, key=lambda example: -slope * example.label)[:NUM_RATED_CONTENTS]
    types = TAXONOMY.distortion_types
    examples = [
        example
        for turn, photograph in enumerate(best)
        for example in _chains_of(
            photograph.reference,
            photograph.source,
            [types[(turn + step) % len(types)] for step in _TYPE_STEPS],
            shrink_factor=RATED_SHRINK_FACTOR,
        )
    ]
    return Dataset(f"synthetic_{rated.name}", tuple(examples), FIVE_GRADES)


def blurred(rated: Dataset) -> Dataset:
    """Every photograph whole under `BLUR_LEVEL` of Gaussian blur, in the same order and with the photograph's label.

    Only the order within a pair is known: the copy must not score higher. Liu et al., "RankIQA" (ICCV 2017).
    """
    examples = (
        replace(
            e,
            example_id=f"blurred/{e.example_id}",
            distortion_type=BLUR_TYPE,
            level=BLUR_LEVEL,
            crop_px=None,
            distorted_on_disk=False,
        )
        for e in rated.examples
    )
    return Dataset(f"blurred_{rated.name}", tuple(examples))


def compounds(distorted: Dataset) -> Dataset:
    """Visible distortions of other groups than blur, blurred on top as in `blurred`: the copy must not score higher.

    Without these pairs a colour that looks like a distortion could hide a blur.
    """
    examples = (
        replace(e, example_id=f"compound/{e.example_id}", then=(BLUR_TYPE, BLUR_LEVEL))
        for e in distorted.examples
        if e.level in COMPOUND_LEVELS and e.distortion_type not in TAXONOMY.groups["blur"]
    )
    return Dataset(f"compound_{distorted.name}", tuple(examples))


def _chains_of(
    reference: str, path: Path, distortion_types: Sequence[str], *, shrink_factor: float = 1.0
) -> list[Example]:
    """The clean picture, then every level of each type."""

    def example(name: str, level: int, label: float) -> Example:
        return Example(f"synthetic/{reference}/{name}/{level}", reference, path, label, name, level, shrink_factor)

    cells = [(name, level) for name in distortion_types for level in LEVELS]
    return [
        example(CLEAN, 0, KADID_CLEAN_MOS),
        *(example(name, level, kadid_mos(name, level)) for name, level in cells),
    ]
