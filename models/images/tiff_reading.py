"""TIFF files whose layout Pillow's reader takes for another: read by libtiff, or refused, instead of wrong pixels."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import TiffImagePlugin
from PIL.TiffImagePlugin import BITSPERSAMPLE, PLANAR_CONFIGURATION, SAMPLEFORMAT, TiffImageFile

from models.images.errors import UnsupportedFormat, UnusableImage

_DNG_VERSION: Final = 50706
_SIGNED: Final = 2
_APART: Final = 2
"""Each channel is stored on its own, one after the other."""


def read_tiff(data: bytes) -> TiffImageFile:
    """The header of a TIFF; raises `ImageError` for what would be decoded to other pixels than were meant."""
    image = TiffImageFile(io.BytesIO(data))
    if _DNG_VERSION in image.tag_v2:  # its first picture is a thumbnail, whose score would mean nothing
        raise UnsupportedFormat("unsupported-format", "got a camera raw file (DNG), expected a developed picture")
    if _SIGNED in image.tag_v2.get(SAMPLEFORMAT, ()):  # 8 of them would be read as if they were unsigned
        raise UnusableImage("unsupported-depth", "got signed pixels, whose range is not known, expected unsigned ones")
    if image.tag_v2.get(PLANAR_CONFIGURATION) == _APART:
        image = _read_planes(image, data)
    return image


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


def _read_planes(image: TiffImageFile, data: bytes) -> TiffImageFile:
    """Refuse alpha planes other than those of RGB, and leave 16-bit ones to libtiff: the raw reader sees 8 bits."""
    if image.mode in ("LA", "La", "PA"):
        raise UnusableImage(
            "unsupported-layout",
            "got alpha stored apart from the grey or palette it belongs to, expected both together",
        )
    if image.use_load_libtiff or tiff_bits(image) <= 8:
        return image
    with _libtiff_for_everything():
        return TiffImageFile(io.BytesIO(data))


@contextmanager
def _libtiff_for_everything() -> Iterator[None]:
    before, TiffImagePlugin.READ_LIBTIFF = TiffImagePlugin.READ_LIBTIFF, True
    try:
        yield
    finally:
        TiffImagePlugin.READ_LIBTIFF = before
