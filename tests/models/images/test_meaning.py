"""However a photograph is stored, the shipped checkpoints give it the score of its 8-bit sRGB pixels."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import models
from models.images import UnusableImage
from models.predictor import Predictor, open_image
from tests.images.containers.heif_boxes import grid_of
from tests.images.corpus import sample
from tests.images.embedded import heic_of_10_bits, heic_of_half_colour
from tests.images.encoding import encode, png_of, tiff
from tests.images.pictures import HEIGHT, WIDE, WIDTH, over_white, picture
from tests.images.profiles import printed, printing_profile, through, wide_gamut_profile
from tests.places import SAMPLES

PHOTOGRAPHS: Final = ("coffee.jpg", "mountains.jpg")
TOLERANCE: Final = 0.01
"""Share of the score."""

Copy = Callable[[Image.Image], bytes]


@cache
def predictor(checkpoint_id: str) -> Predictor:
    return models.load(checkpoint_id)


@cache
def photograph(file: str) -> Image.Image:
    with Image.open(SAMPLES / file) as image:
        return image.convert("RGB")


@cache
def score_of_pixels(checkpoint_id: str, shape: tuple[int, ...], data: bytes) -> float:
    """Cached, because most copies give the very pixels of their original."""
    pixels_HWC = np.frombuffer(data, np.uint8).reshape(shape)
    return predictor(checkpoint_id).score(pixels_HWC.copy()).score.value


def score(checkpoint_id: str, source: bytes | Image.Image) -> float:
    """As `Predictor.score`, which decodes and predicts."""
    pixels_HWC = open_image(source).pixels_HWC
    return score_of_pixels(checkpoint_id, pixels_HWC.shape, pixels_HWC.tobytes())


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image)


def opaque(image: Image.Image) -> NDArray[np.uint16]:
    return np.dstack([pixels(image).astype(np.uint16) * WIDE, np.full(image.size[::-1], 65535, np.uint16)])


def rotated(image: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return encode(image.transpose(Image.Transpose.ROTATE_90), "PNG", exif=exif, compress_level=1)


def under_profile(image: Image.Image) -> bytes:
    return encode(through(image, wide_gamut_profile()), "PNG", icc_profile=wide_gamut_profile(), compress_level=1)


COPIES: Final[dict[str, Copy]] = {
    "16-bit-png": lambda image: png_of(pixels(image).astype(np.uint16) * WIDE, 16, 2),
    "16-bit-alpha-png": lambda image: png_of(opaque(image), 16, 6),
    "16-bit-tiff": lambda image: tiff(pixels(image).astype(np.uint16) * WIDE, {}, order=">"),
    "cmyk": lambda image: encode(image.convert("CMYK"), "TIFF"),
    "cmyk-jpeg": lambda image: encode(image.convert("CMYK"), "JPEG", quality=100),
    "cmyk-profile": lambda image: encode(printed(image), "TIFF", icc_profile=printing_profile()),
    "rotated": rotated,
    "profile": under_profile,
}


HALF_COLOUR: Final[dict[str, Callable[[], bytes]]] = {
    "avif": lambda: encode(picture(), "AVIF", quality=95, subsampling="4:2:0"),
    "webp": lambda: encode(picture(), "WEBP", quality=95),
    "heic": heic_of_half_colour,
    "heic-10-bit": heic_of_10_bits,
    "heic-of-tiles": lambda: grid_of(heic_of_half_colour(), rows=1, columns=1, size=(WIDTH, HEIGHT)),
}


each_checkpoint = pytest.mark.parametrize("checkpoint_id", ["moe", "no_gmm"])
each_photograph = pytest.mark.parametrize("file", PHOTOGRAPHS)


@each_checkpoint
@each_photograph
@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_scores_as_its_original(checkpoint_id: str, file: str, copy: str) -> None:
    original = photograph(file)
    assert score(checkpoint_id, COPIES[copy](original)) == pytest.approx(score(checkpoint_id, original), rel=TOLERANCE)


@pytest.mark.parametrize("copy", HALF_COLOUR)
def test_colour_of_half_the_size_scores_alike_in_every_format(copy: str) -> None:
    jpeg = encode(picture(), "JPEG", quality=95, subsampling="4:2:0")
    assert score("moe", HALF_COLOUR[copy]()) == pytest.approx(score("moe", jpeg), abs=2)


@each_checkpoint
@each_photograph
@pytest.mark.parametrize("format_name", ["PNG", "WEBP"])
def test_a_transparent_picture_scores_as_it_looks_on_white(checkpoint_id: str, file: str, format_name: str) -> None:
    transparent = photograph(file).copy()
    alpha_HW = np.tile(np.linspace(60, 255, transparent.width).astype(np.uint8), (transparent.height, 1))
    transparent.putalpha(Image.fromarray(alpha_HW))
    options = {"lossless": True, "exact": True, "method": 0} if format_name == "WEBP" else {"compress_level": 1}
    seen = Image.fromarray(over_white(pixels(photograph(file)), alpha_HW).astype(np.uint8))
    copy = encode(transparent, format_name, **options)
    assert score(checkpoint_id, copy) == pytest.approx(score(checkpoint_id, seen), rel=TOLERANCE)


@each_checkpoint
@pytest.mark.parametrize("format_name", ["PNG", "GIF", "TIFF"])
def test_a_palette_picture_scores_exactly_as_its_own_colours(checkpoint_id: str, format_name: str) -> None:
    palette = photograph(PHOTOGRAPHS[0]).quantize(64)
    assert score(checkpoint_id, encode(palette, format_name)) == score(checkpoint_id, palette.convert("RGB"))


@pytest.mark.parametrize("name", ["float-tiff", "nan-tiff", "tiff-double", "tiff-half-float", "tiff-float-rgb"])
def test_floats_are_refused(name: str) -> None:
    with pytest.raises(UnusableImage):
        predictor("moe").score(sample(name).data)


@each_checkpoint
@pytest.mark.parametrize("level", [0, 90, 255])
def test_a_constant_picture_gets_a_finite_score_and_a_note(checkpoint_id: str, level: int) -> None:
    prediction = predictor(checkpoint_id).score(encode(Image.new("RGB", (64, 48), (level, level, level)), "PNG"))
    assert np.isfinite([prediction.score.value, prediction.score.std]).all()
    assert any(note.startswith("constant image") for note in prediction.image.notes)
