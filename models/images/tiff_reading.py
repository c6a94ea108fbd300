"""TIFF: the photograph among its pages, where Pillow and libtiff read it rightly; the rest is refused by name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from PIL import TiffImagePlugin
from PIL.TiffImagePlugin import (
    BITSPERSAMPLE,
    COMPRESSION_INFO,
    PHOTOMETRIC_INTERPRETATION,
    PLANAR_CONFIGURATION,
    TiffImageFile,
)

from models.images.containers.camera_raw import raw_tiff_format
from models.images.containers.tiff_directories import (
    BITS,
    COMPRESSION,
    SAMPLE_FORMAT,
    SAMPLES,
    Directory,
    TiffFile,
)
from models.images.errors import UnsupportedFormat, UnusableImage, camera_raw
from models.images.opened import OpenedImage, frames_note

_UNSIGNED, _SIGNED, _FLOAT = 1, 2, 3
_APART: Final = 2
"""Each channel is stored on its own, one after the other."""
_YCBCR: Final = 6
_JPEG: Final = 7
_WEBP: Final = 50001
_COMPRESSION_NAMES: Final = {
    22610: "JPEG XR",
    33003: "JPEG 2000",
    33004: "JPEG 2000",
    33005: "JPEG 2000",
    34712: "JPEG 2000",
    34887: "LERC",
    _WEBP: "WebP",
    50002: "JPEG XL",
    52546: "JPEG XL",
}
_EXPECTED_DEPTH: Final = "expected unsigned ones of 8 or 16 bits per channel: scale them to the range you mean"


def open_tiff(data: bytes) -> OpenedImage:
    """The header of a TIFF; raises `ImageError` for what would be decoded to other pixels than were meant."""
    file = TiffFile(data)
    if raw := raw_tiff_format(file):
        raise camera_raw(raw)
    photograph = file.photograph
    if photograph is not None:
        _refuse_other_samples(photograph)
        _refuse_other_compressions(photograph)
        data = file.starting_with(photograph)
    image = _open(data)
    return OpenedImage(
        image,
        tiff_bits(image),
        _notes(file, photograph, image),
        white_is_zero=image.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == 0,
        repeats_colour=_repeats_colour(image),
        is_turned=True,
        verify=partial(_verify, covers_picture(image)),
    )


def tiff_bits(image: TiffImageFile) -> int:
    """Bits of the deepest channel."""
    return int(max(image.tag_v2.get(BITSPERSAMPLE, (1,))))


def covers_picture(image: TiffImageFile) -> bool:
    """Whether the strips or tiles that Pillow reads by itself fill the picture: it leaves black what they do not."""
    if image.use_load_libtiff:
        return True  # which fails where one is missing
    planes = len(image.getbands()) if image.tag_v2.get(PLANAR_CONFIGURATION) == _APART else 1
    covered = sum(_area(tile.extents) for tile in image.tile)
    return covered >= image.width * image.height * planes


def _area(extents: tuple[int, int, int, int] | None) -> int:
    if extents is None:
        return 0
    left, top, right, bottom = extents
    return (right - left) * (bottom - top)


def _verify(is_whole: bool, _notes: list[str]) -> None:
    if not is_whole:
        raise UnusableImage("truncated-image", "got fewer pixels than the header says, expected all of them")


def _notes(file: TiffFile, photograph: Directory | None, image: TiffImageFile) -> tuple[str, ...]:
    if photograph is None or not file.pages[0].is_reduced:
        return frames_note(None if image.is_animated else 1)
    if photograph is file.pages[0]:
        return ("marked as a reduced copy of a picture that is not in the file",)
    return ("full-size picture behind a reduced copy",)


# --- What is refused ------------------------------------------------------------------------------------------------


def _refuse_other_samples(directory: Directory) -> None:
    """8 signed bits would be read as if they were unsigned; of floats and 32 bits the range is not known.

    Grey of 32 bits, whole or not, is left to the check of Pillow's modes.
    """
    formats, bits = directory.numbers(SAMPLE_FORMAT), max(directory.numbers(BITS), default=1)
    if _SIGNED in formats:
        raise UnusableImage("unsupported-depth", f"got signed pixels, whose range is not known, {_EXPECTED_DEPTH}")
    if directory.number(SAMPLES, 1) == 1 and bits == 32:
        return
    if set(formats) - {_UNSIGNED, 4} or bits > 16:
        kind = {_FLOAT: "floating-point", 5: "complex", 6: "complex"}.get(max(formats, default=1), "unsigned")
        raise UnusableImage(
            "unsupported-depth", f"got {kind} pixels of {bits} bits, whose range is not known, {_EXPECTED_DEPTH}"
        )


def _refuse_other_compressions(directory: Directory) -> None:
    compression = directory.number(COMPRESSION, 1)
    if compression != _WEBP and compression in COMPRESSION_INFO:
        return
    name = _COMPRESSION_NAMES.get(compression, f"number {compression}")
    raise UnsupportedFormat(
        "unsupported-compression",
        f"got a TIFF compressed by {name}, expected no compression, LZW, Deflate, JPEG, PackBits or Zstandard",
    )


# --- Pillow's reader ------------------------------------------------------------------------------------------------


def _open(data: bytes) -> TiffImageFile:
    try:
        image = TiffImageFile(io.BytesIO(data))
    except SyntaxError as error:
        if "unknown pixel mode" in str(error):
            raise UnusableImage(
                "unsupported-layout",
                "got a TIFF whose channels or bits have no known meaning together, expected grey, RGB, CMYK or CIELAB "
                "of 8 or 16 bits",
            ) from error
        raise
    if image.tag_v2.get(PLANAR_CONFIGURATION) == _APART:
        return _read_planes(image, data)
    # Pillow's raw reader takes every pixel of uncompressed YCbCr to have colour samples of its own.
    return _with_libtiff(data) if _repeats_colour(image) and not image.use_load_libtiff else image


def _repeats_colour(image: TiffImageFile) -> bool:
    """libtiff repeats the colour samples of YCbCr that it converts by itself; libjpeg, in a JPEG inside, does not."""
    compression = image.tag_v2.get(COMPRESSION, 1)
    return image.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == _YCBCR and compression != _JPEG


def _read_planes(image: TiffImageFile, data: bytes) -> TiffImageFile:
    """Refuse alpha planes other than those of RGB, and leave 16-bit ones to libtiff: the raw reader sees 8 bits."""
    if image.mode in ("LA", "La", "PA"):
        raise UnusableImage(
            "unsupported-layout",
            "got alpha stored apart from the grey or palette it belongs to, expected both together",
        )
    if image.use_load_libtiff or tiff_bits(image) <= 8:
        return image
    return _with_libtiff(data)


def _with_libtiff(data: bytes) -> TiffImageFile:
    with _libtiff_for_everything():
        return TiffImageFile(io.BytesIO(data))


@contextmanager
def _libtiff_for_everything() -> Iterator[None]:
    before, TiffImagePlugin.READ_LIBTIFF = TiffImagePlugin.READ_LIBTIFF, True
    try:
        yield
    finally:
        TiffImagePlugin.READ_LIBTIFF = before
