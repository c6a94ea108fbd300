"""The formats a picture may have: how the first bytes tell them apart, and which reader opens each."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import PHOTOMETRIC_INTERPRETATION
from PIL.WebPImagePlugin import WebPImageFile

from models.images.errors import UnsupportedFormat, UnusableImage
from models.images.png_chunks import PngHeader, fills_every_row, read_chunks, read_header
from models.images.tiff_reading import covers_picture, read_tiff, tiff_bits

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


class OpenedImage(NamedTuple):
    """A picture whose header was read: bits per channel as stored, frames (0: several, not counted).

    `is_whole` tells, once its pixels are loaded, whether the file had all of them.
    """

    image: Image.Image
    bits: int = 8
    frames: int = 1
    white_is_zero: bool = False
    has_spare_byte: bool = False
    """Whether what looks like alpha is unused where it is 0 in every pixel."""
    is_whole: Callable[[], bool] = lambda: True


def _open_jpeg(data: bytes) -> OpenedImage:
    return OpenedImage(JpegImageFile(io.BytesIO(data)))


_PNG_CHUNKS_FOR_PIXELS: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT", b"IEND"))


def _open_png(data: bytes) -> OpenedImage:
    """Show Pillow only the chunks that bear on the pixels: texts and animation frames cost memory and refuse files."""
    chunks, header, frames = [data[:8]], b"", 1
    for kind, chunk in read_chunks(data):
        if kind in _PNG_CHUNKS_FOR_PIXELS:
            chunks.append(chunk)
        if kind == b"IHDR":
            header = chunk
        elif kind == b"acTL":
            frames = int.from_bytes(chunk[8:12], "big")
    image = PngImageFile(io.BytesIO(b"".join(chunks)))
    facts = read_header(header)
    _rescale_png_transparency(image, facts.bits)
    pixel_chunks = (chunk for chunk in chunks if chunk[4:8] == b"IDAT")
    return OpenedImage(image, facts.bits, frames, is_whole=partial(_is_whole_png, image, facts, pixel_chunks))


def _is_whole_png(image: Image.Image, header: PngHeader, pixel_chunks: Iterator[bytes]) -> bool:
    """Inflates the pixels again where the last row is black, which is what missing rows look like."""
    last_row = np.asarray(image.crop((0, image.height - 1, image.width, image.height)))
    return (not header.interlacing and bool(last_row.any())) or fills_every_row(header, pixel_chunks)


def _rescale_png_transparency(image: Image.Image, bits: int) -> None:
    """Bring the transparent sample to 8 bits: Pillow leaves it as stored but compares it with scaled pixels."""
    sample = image.info.get("transparency")
    if image.mode == "L" and bits < 8 and isinstance(sample, int):
        image.info["transparency"] = sample * 255 // (2**bits - 1)
    elif image.mode == "RGB" and bits == 16 and isinstance(sample, tuple):
        image.info["transparency"] = tuple(value >> 8 for value in sample)


def _open_webp(data: bytes) -> OpenedImage:
    image = WebPImageFile(io.BytesIO(data))
    return OpenedImage(image, frames=image.n_frames)


def _open_tiff(data: bytes) -> OpenedImage:
    image = read_tiff(data)
    return OpenedImage(
        image,
        tiff_bits(image),
        frames=0 if image.is_animated else 1,
        white_is_zero=image.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == 0,
        is_whole=partial(bool, covers_picture(image)),
    )


def _open_gif(data: bytes) -> OpenedImage:
    image = GifImageFile(io.BytesIO(data))
    frames = 1
    with suppress(OSError, ValueError, SyntaxError, IndexError, struct.error):  # only the first frame must be sound
        frames = 0 if image.is_animated else 1
    return OpenedImage(image, frames=frames)


def _open_bmp(data: bytes) -> OpenedImage:
    return OpenedImage(BmpImageFile(io.BytesIO(data)), has_spare_byte=True)


def _open_avif(data: bytes) -> OpenedImage:
    image = AvifImageFile(io.BytesIO(data))
    return OpenedImage(image, frames=image.n_frames)


def _open_heic(data: bytes) -> OpenedImage:
    from pi_heif import HeifImageFile  # loads libheif, which few processes ever need

    image = HeifImageFile(io.BytesIO(data))
    return OpenedImage(image, bits=image.info["bit_depth"], frames=image.n_frames)


_READERS: Final[Mapping[str, Callable[[bytes], OpenedImage]]] = {
    # Readers by name instead of `Image.open`: no search through plugins, no process-wide registration for HEIC, and
    # no second reader (MPO) that would refuse a sound JPEG for the sloppy index behind it.
    "JPEG": _open_jpeg,
    "PNG": _open_png,
    "WEBP": _open_webp,
    "BMP": _open_bmp,
    "TIFF": _open_tiff,
    "GIF": _open_gif,
    "AVIF": _open_avif,
    "HEIC": _open_heic,
}


def open_as(data: bytes, *, format_name: str) -> OpenedImage:
    """Read the header of a file of this format; raises whatever its reader does, so see `translated_errors`."""
    return _READERS[format_name](data)
