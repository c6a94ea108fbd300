"""How many copies of photographs are found as near-duplicates, and which different photographs are taken for some.

Run from the repository's root:
`PYTHONPATH=. python tests/benchmarks/bench_duplicates.py FOLDER [PHOTOGRAPHS [COPIED]]`.

A burst is imitated: another window, seven tenths of a degree, four per cent of light and the sensor's noise.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

import models
from models.images.folders import pictures_in
from models.predictor import Predictor, open_image
from models.studies.figures.duplicates import duplicate_groups
from models.studies.pictures.layout import layout

Change = Callable[[Image.Image], Image.Image]
RNG: Final = np.random.default_rng(0)


def saved(picture: Image.Image, quality: int) -> Image.Image:
    """The picture as a JPEG of this quality."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def resized(picture: Image.Image, factor: float) -> Image.Image:
    """The picture at another size."""
    return picture.resize((round(picture.width * factor), round(picture.height * factor)), Image.Resampling.LANCZOS)


def cropped(picture: Image.Image, share: float) -> Image.Image:
    """A window somewhere, each side shorter by this share."""
    width, height = round(picture.width * (1 - share)), round(picture.height * (1 - share))
    left, top = (int(RNG.integers(0, rest + 1)) for rest in (picture.width - width, picture.height - height))
    return picture.crop((left, top, left + width, top + height))


def next_of_burst(picture: Image.Image) -> Image.Image:
    """As if the camera had been held a moment longer."""
    moved = np.asarray(cropped(picture.rotate(0.7, Image.Resampling.BICUBIC), 0.06), np.float32)
    noisy = 1.04 * moved + RNG.normal(0, 2, moved.shape)
    return saved(Image.fromarray(noisy.clip(0, 255).astype(np.uint8)), 92)


CHANGES: Final[Mapping[str, Change]] = {
    "JPEG, quality 90": lambda picture: saved(picture, 90),
    "JPEG, quality 60": lambda picture: saved(picture, 60),
    "JPEG, quality 30": lambda picture: saved(picture, 30),
    "half the size": lambda picture: resized(picture, 0.5),
    "three quarters of the size": lambda picture: resized(picture, 0.75),
    "blurred, 1 px": lambda picture: picture.filter(ImageFilter.GaussianBlur(1)),
    "10 % brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.1),
    "cropped by 5 %": lambda picture: cropped(picture, 0.05),
    "cropped by 10 %": lambda picture: cropped(picture, 0.1),
    "cropped by 20 %": lambda picture: cropped(picture, 0.2),
    "next of a burst": next_of_burst,
}


def main(folder: Path, num_photographs: int, num_copied: int) -> None:
    """Print the share of copies found by kind, and the pairs of photographs that stand in one group."""
    paths = sorted(pictures_in(folder, recursive=True))
    random.Random(0).shuffle(paths)
    paths = paths[:num_photographs]
    predictor = models.load("no_gmm", num_threads=1)
    originals = [looked_at(predictor, Image.open(path).convert("RGB")) for path in paths]
    found = dict.fromkeys(CHANGES, 0)
    for path, own in zip(paths[:num_copied], originals[:num_copied], strict=True):
        picture = Image.open(path).convert("RGB")
        for name, change in CHANGES.items():
            found[name] += are_alike(own, looked_at(predictor, change(picture)))
    for name, count in found.items():
        print(f"{name:<28}{count / num_copied:8.0%}")
    groups = duplicate_groups(*map(np.array, zip(*originals, strict=True)))
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    print(f"{len(paths)} photographs: {len(groups)} groups, {len(pairs)} pairs of {len(paths) * (len(paths) - 1) // 2}")
    for group in groups:
        print("  ", *(paths[row].name for row in group))


def looked_at(predictor: Predictor, picture: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    """Layout and standardised features."""
    features_D, _ = predictor.features(open_image(picture))
    return layout(np.asarray(picture)), predictor.standardised(features_D[np.newaxis])[0]


def are_alike(*seen: tuple[np.ndarray, np.ndarray]) -> bool:
    """Whether two pictures are one group."""
    return bool(duplicate_groups(*map(np.array, zip(*seen, strict=True))))


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[2:]]
    main(Path(sys.argv[1]), *(sizes + [700, 100][len(sizes) :]))
