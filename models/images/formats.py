"""The formats a picture may have: how the first bytes tell them apart, and which reader opens each."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.WebPImagePlugin import WebPImageFile

from models.images.bmp_reading import open_bmp
from models.images.colours.colour_coding import from_cicp
from models.images.containers.camera_raw import raw_format
from models.images.containers.container_properties import read_properties
from models.images.errors import UnsupportedFormat, UnusableImage, camera_raw
from models.images.jpeg_reading import open_jpeg
from models.images.opened import OpenedImage, frames_note
from models.images.png_reading import open_png
from models.images.tiff_reading import open_tiff

SUPPORTED_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF", "HEIC")
SUPPORTED_EXTENSIONS: Final = frozenset(
    (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".avif", ".heic", ".heif", ".hif")
)
"""File name endings, lower case with the dot, under which a directory is searched for pictures."""

# --- Recognising a format -------------------------------------------------------------------------------------------

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II\x2a\x00", "TIFF"),
    (b"MM\x00\x2a", "TIFF"),
    (b"II\x2b\x00", "TIFF"),
    (b"MM\x00\x2b", "TIFF"),
    (b"BM", "BMP"),
)
_AVIF_BRANDS: Final = frozenset((b"avif", b"avis"))
_HEIC_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
)
_MAX_BRAND_BYTES: Final = 256


def sniff_format(data: bytes) -> str:
    """The name in `SUPPORTED_FORMATS` that the first bytes say, whatever the file is called."""
    if not data:
        raise UnusableImage("empty-file", "got 0 bytes, expected a picture")
    for signature, format_name in _SIGNATURES:
        if data.startswith(signature):
            return format_name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    brands = _container_brands(data)
    if brands & _AVIF_BRANDS:
        return "AVIF"
    if brands & _HEIC_BRANDS:
        return "HEIC"
    if raw := raw_format(data):
        raise camera_raw(raw)
    raise UnsupportedFormat(
        "unsupported-format", f"got bytes of no known picture format, expected {', '.join(SUPPORTED_FORMATS)}"
    )


def _container_brands(data: bytes) -> frozenset[bytes]:
    """Major and compatible brands of an ISO base media file (AVIF, HEIC), or none."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4], "big"), _MAX_BRAND_BYTES)
    return frozenset((data[8:12], *(data[at : at + 4] for at in range(16, end, 4))))


def media_type(data: bytes) -> str:
    """The media type of an encoded picture of a supported format, such as `image/webp`."""
    return f"image/{sniff_format(data).lower()}"


# --- Opening a file of each format ----------------------------------------------------------------------------------


def _open_webp(data: bytes) -> OpenedImage:
    image = WebPImageFile(io.BytesIO(data))
    return OpenedImage(image, notes=frames_note(image.n_frames))


def _open_gif(data: bytes) -> OpenedImage:
    image = GifImageFile(io.BytesIO(data))
    frames: int | None = 1
    with suppress(OSError, ValueError, SyntaxError, IndexError, struct.error):  # only the first frame must be sound
        frames = None if image.is_animated else 1
    return OpenedImage(image, notes=frames_note(frames))


def _open_avif(data: bytes) -> OpenedImage:
    image = AvifImageFile(io.BytesIO(data))
    said = read_properties(data)
    return OpenedImage(
        image,
        said.bits,
        frames_note(image.n_frames),
        coding=None if image.info.get("icc_profile") else from_cicp(*said.cicp),
        container_orientation=said.orientation,
        crop=said.crop,
    )


def _open_heic(data: bytes) -> OpenedImage:
    from models.images.heic_reading import HeicImageFile  # loads libheif, which few processes ever need

    image = HeicImageFile(io.BytesIO(data))
    said = read_properties(data)
    return OpenedImage(
        image,
        image.bits,
        _primary_note(image.primary_index, image.num_pictures),
        coding=None if image.info.get("icc_profile") else from_cicp(*said.cicp),
        stored_colour=image.stored_colour,
        container_orientation=said.orientation,
        crop=said.crop,
        is_turned=True,
    )


def _primary_note(index: int, pictures: int) -> tuple[str, ...]:
    return () if pictures == 1 else (f"primary picture, number {index + 1} of {pictures}",)


_READERS: Final[Mapping[str, Callable[[bytes], OpenedImage]]] = {
    # Readers by name instead of `Image.open`: no search through plugins, no process-wide registration for HEIC, and
    # no second reader (MPO) that would refuse a sound JPEG for the sloppy index behind it.
    "JPEG": open_jpeg,
    "PNG": open_png,
    "WEBP": _open_webp,
    "BMP": open_bmp,
    "TIFF": open_tiff,
    "GIF": _open_gif,
    "AVIF": _open_avif,
    "HEIC": _open_heic,
}


def open_as(data: bytes, *, format_name: str) -> OpenedImage:
    """Read the header of a file of this format; raises whatever its reader does, so see `translated_errors`."""
    return _READERS[format_name](data)
