"""The sample photographs that ship with the studio: scaled copies of free pictures, and damaged versions of some.

Originals come from installed packages and from a folder of wallpapers; THIRD_PARTY.md credits each. None of them is
used in training, so their scores are those of contents that no model has seen.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from models.distortions.operations import Pixels, distort
from models.files import write_atomically
from models.images import decode
from models.images.encoding import encode_thumbnail
from models.training.data.datasets import DatasetError

LONGER_SIDE_PX: Final = 512
MANIFEST_NAME: Final = "samples.json"
PREVIEWS_FOLDER: Final = "small"
_PREVIEW_PX: Final = 320
"""Of the longer side: half again as much as a page shows, for screens with more pixels."""
_JPEG_QUALITY: Final = 97
"""With full colour resolution, 41 dB or more from the scaled pixels, at about half the size of lossless files."""


@dataclass(frozen=True)
class Source:
    """Where originals are found: in an installed package, or (without one) in the folder of wallpapers."""

    name: str
    package: str | None = None


SCIKIT_IMAGE: Final = Source("scikit-image", package="skimage.data")
SCIKIT_LEARN: Final = Source("scikit-learn", package="sklearn.datasets.images")
WALLPAPERS: Final = Source("Debian package lomiri-wallpapers-16.04")


@dataclass(frozen=True)
class Distortion:
    """Type and level (1-5) that a sample carries."""

    type: str
    level: int


@dataclass(frozen=True)
class Damage:
    """A distortion to show on a photograph, and what the page says of the result."""

    title: str
    description: str
    distortion: Distortion


@dataclass(frozen=True)
class Photograph:
    """An undistorted sample: what the page says of it, who made it, the original's file, and one damaged version."""

    name: str
    title: str
    description: str
    author: str
    licence: str
    source: Source
    original: str
    damage: Damage | None = None


@dataclass(frozen=True)
class SampleEntry:
    """One entry of samples.json; `distortion` is `None` for a photograph as taken."""

    file: str
    title: str
    description: str
    credit: str
    licence: str
    source: str
    distortion: Distortion | None


PHOTOGRAPHS: Final = (
    Photograph(
        name="astronaut",
        title="Astronaut",
        description="Portrait: skin, woven fabric, a glossy helmet.",
        author="NASA",
        licence="public domain",
        source=SCIKIT_IMAGE,
        original="astronaut.png",
        damage=Damage("Astronaut, noisy", "White noise, level 5 of 5.", Distortion("white_noise", 5)),
    ),
    Photograph(
        name="dogs",
        title="Two dogs",
        description="Animals: fur before straight wooden edges.",
        author="Aitzol Berasategi",
        licence="CC BY 4.0",
        source=WALLPAPERS,
        original="friends_by_Aitzol_Berasategi.jpg",
        damage=Damage("Two dogs, blurred", "Gaussian blur, level 4 of 5.", Distortion("gaussian_blur", 4)),
    ),
    Photograph(
        name="coffee",
        title="Coffee",
        description="Food: smooth porcelain on coarse wood.",
        author="Rachel Michetti",
        licence="CC0 1.0",
        source=SCIKIT_IMAGE,
        original="coffee.png",
        damage=Damage("Coffee, oversharpened", "Sharpening, level 4 of 5.", Distortion("high_sharpen", 4)),
    ),
    Photograph(
        name="pagoda",
        title="Pagoda",
        description="Architecture: fine carving against a flat sky.",
        author="danielbuechele",
        licence="CC BY 2.0",
        source=SCIKIT_LEARN,
        original="china.jpg",
        damage=Damage("Pagoda, compressed", "JPEG compression, level 5 of 5.", Distortion("jpeg", 5)),
    ),
    Photograph(
        name="mountains",
        title="Mountains",
        description="Landscape: rock, snow and grass in sunlight.",
        author="Aitzol Berasategi",
        licence="CC BY 4.0",
        source=WALLPAPERS,
        original="picosdeeuropa_by_Aitzol_Berasategi.jpg",
        damage=Damage("Mountains, darkened", "Darkening, level 5 of 5.", Distortion("darken", 5)),
    ),
    Photograph(
        name="brook",
        title="Brook",
        description="Texture: leaves, stones and water everywhere.",
        author="Aitzol Berasategi",
        licence="CC BY 4.0",
        source=WALLPAPERS,
        original="life_by_Aitzol_Berasategi.jpg",
    ),
    Photograph(
        name="brushes",
        title="Brushes",
        description="Colour: saturated bristles at close range.",
        author='Trevor "Freespace"',
        licence="CC BY 4.0",
        source=WALLPAPERS,
        original="Picture_1A_by_freespace.jpg",
        damage=Damage("Brushes, pixelated", "Pixelation, level 4 of 5.", Distortion("pixelate", 4)),
    ),
    Photograph(
        name="dandelions",
        title="Dandelions",
        description="Shallow focus: most of it is blurred by intent.",
        author="Clemens Engelhardt",
        licence="CC0 1.0",
        source=WALLPAPERS,
        original="seeding_by_Clements_Engelhardt.jpg",
    ),
    Photograph(
        name="drum",
        title="Drum",
        description="Indoors: warm, dim light.",
        author="Jakub Mede",
        licence="CC BY 4.0",
        source=WALLPAPERS,
        original="Wine_by_Jakkub_Mede.jpg",
    ),
    Photograph(
        name="rocket",
        title="Rocket at night",
        description="Night: a dark sky and bright lamps.",
        author="SpaceX",
        licence="public domain",
        source=SCIKIT_IMAGE,
        original="rocket.jpg",
    ),
)


def build_samples(output: Path, *, wallpapers: Path | None) -> tuple[SampleEntry, ...]:
    """Write the sample pictures, small ones and samples.json into `output`, the same bytes each time; the entries.

    `wallpapers` is the folder of pictures inside the Debian package lomiri-wallpapers-16.04; without it only samples
    from installed packages are made. Raises `DatasetError` for an original that is missing or too small.
    """
    photographs = [shot for shot in PHOTOGRAPHS if shot.source.package is not None or wallpapers is not None]
    scaled = [(shot, _scale(_read_original(shot, wallpapers))) for shot in photographs]
    entries = (
        *(_write_photograph(output, shot, pixels_HWC) for shot, pixels_HWC in scaled),
        *(_write_damaged(output, shot, shot.damage, pixels_HWC) for shot, pixels_HWC in scaled if shot.damage),
    )
    write_previews(output, entries)
    text = json.dumps([asdict(entry) for entry in entries], indent=2, ensure_ascii=False)
    write_atomically(output / MANIFEST_NAME, f"{text}\n".encode())
    return entries


def write_previews(output: Path, entries: Iterable[SampleEntry]) -> None:
    """Write each sample made small, which is all that pages show until one is taken."""
    (output / PREVIEWS_FOLDER).mkdir(exist_ok=True)
    for entry in entries:
        image = decode((output / entry.file).read_bytes())
        small = encode_thumbnail(image, longest_side_px=_PREVIEW_PX)
        write_atomically((output / PREVIEWS_FOLDER / entry.file).with_suffix(".webp"), small)


def _read_original(shot: Photograph, wallpapers: Path | None) -> Pixels:
    folder = wallpapers if shot.source.package is None else files(shot.source.package)
    if folder is None or not (original := folder / shot.original).is_file():
        raise DatasetError(f"got no {shot.original} in {folder}, expected it from {shot.source.name}")
    return decode(original.read_bytes()).pixels_HWC


def _scale(pixels_HWC: Pixels) -> Pixels:
    """Antialiased, to a longer side of `LONGER_SIDE_PX`; a smaller original would come out blurred."""
    height, width, _ = pixels_HWC.shape
    factor = LONGER_SIDE_PX / max(width, height)
    if factor > 1:
        raise DatasetError(f"got an original of {width} x {height} pixels, expected a side of {LONGER_SIDE_PX} or more")
    size_px = (round(width * factor), round(height * factor))
    return np.asarray(Image.fromarray(pixels_HWC).resize(size_px, Image.Resampling.LANCZOS))


def _write_photograph(output: Path, shot: Photograph, pixels_HWC: Pixels) -> SampleEntry:
    file = f"{shot.name}.jpg"
    write_atomically(output / file, _encode(pixels_HWC, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=True))
    credit = f"{shot.author}, {shot.licence}, scaled"
    return SampleEntry(file, shot.title, shot.description, credit, shot.licence, shot.source.name, distortion=None)


def _write_damaged(output: Path, shot: Photograph, damage: Damage, pixels_HWC: Pixels) -> SampleEntry:
    """Stored losslessly: the file must not add a second distortion."""
    applied = damage.distortion
    distorted_HWC = distort(pixels_HWC, applied.type, applied.level, seed=zlib.crc32(shot.name.encode()))
    file = f"{shot.name}-{applied.type.replace('_', '-')}-{applied.level}.webp"
    write_atomically(output / file, _encode(distorted_HWC, "WEBP", lossless=True, method=4, quality=80))
    credit = f"{shot.author}, {shot.licence}, scaled and distorted"
    return SampleEntry(file, damage.title, damage.description, credit, shot.licence, shot.source.name, applied)


def _encode(pixels_HWC: Pixels, format_name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels_HWC).save(buffer, format_name, **options)
    return buffer.getvalue()
