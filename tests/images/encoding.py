"""Encoders: Pillow's in one call, and PNG and TIFF from raw samples, with any header and chunks."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.images.pictures import picture


def encode(image: Image.Image, format_name: str, **options: Any) -> bytes:
    """An encoded image; options are Pillow's."""
    buffer = io.BytesIO()
    image.save(buffer, format_name, **options)
    return buffer.getvalue()


def with_orientation(orientation: int, format_name: str = "JPEG", **options: Any) -> bytes:
    """A file that shows the natural picture once its EXIF orientation is obeyed."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # by Image.Transpose; 6 and 8 undo each other
    stored = picture() if orientation == 1 else picture().transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encode(stored, format_name, exif=exif, **options)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """One PNG chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(
    width: int, height: int, bits: int, colour_type: int, rows: bytes, *extra: bytes, is_interlaced: bool = False
) -> bytes:
    """A PNG from raw filtered rows, with extra chunks before its data."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, is_interlaced))
    data = png_chunk(b"IDAT", zlib.compress(rows, 1))
    return b"".join((b"\x89PNG\r\n\x1a\n", header, *extra, data, png_chunk(b"IEND", b"")))


def png_of(values: NDArray[Any], bits: int, colour_type: int, *extra: bytes) -> bytes:
    """A PNG of samples of 1 to 16 bits, (H, W) or (H, W, C)."""
    if bits < 8:
        planes_HWB = np.unpackbits(values.astype(np.uint8)[..., None], axis=-1)[..., -bits:]
        stored = np.packbits(planes_HWB.reshape(len(values), -1), axis=1)
    else:
        stored = values.astype(">u2" if bits == 16 else np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in stored)
    return png(values.shape[1], values.shape[0], bits, colour_type, rows, *extra)


TiffTags = dict[int, int | bytes | tuple[int, ...]]
"""Tag -> a number (stored in 32 bits), several (in 16 bits each), or bytes."""


def tiff(values: NDArray[Any], tags: TiffTags, *, order: str = "<") -> bytes:
    """An uncompressed one-strip TIFF of these samples; `tags` are added to (or in place of) the plain ones."""
    pixels = values.astype(values.dtype.newbyteorder(order)).tobytes()
    return tiff_file(pixels, plain_tags(values) | tags, order=order)


def plain_tags(values: NDArray[Any]) -> TiffTags:
    """The tags of a one-strip TIFF of these samples, (H, W) or (H, W, C)."""
    height, width = values.shape[:2]
    samples = values.shape[2] if values.ndim == 3 else 1
    return {
        256: width,
        257: height,
        258: (values.dtype.itemsize * 8,) * samples,
        259: 1,
        262: 2 if samples >= 3 else 1,
        273: TIFF_DATA_AT,
        277: samples,
        278: height,
    }


TIFF_DATA_AT: Final = 8


def tiff_file(pixels: bytes, tags: TiffTags, *, order: str = "<", next_directory_at: int = 0) -> bytes:
    """A TIFF whose pixels, as stored, begin at `TIFF_DATA_AT` and are followed by one directory of these tags."""
    pixels += b"\0" * (len(pixels) % 2)
    place = TIFF_DATA_AT + len(pixels)
    magic = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, place)
    tags = {279: len(pixels), **tags}
    return magic + pixels + directory(tags, at=place, order=order, next_directory_at=next_directory_at)


def directory(tags: TiffTags, *, at: int, order: str = "<", next_directory_at: int = 0) -> bytes:
    """A TIFF directory that will lie at a place, with the values that do not fit into it behind it."""
    long_at = at + 2 + 12 * len(tags) + 4
    entries, long_values = b"", b""
    for tag, value in sorted(tags.items()):
        kind, count, stored = _stored(value, order)
        if len(stored) > 4:
            field = struct.pack(order + "I", long_at + len(long_values))
            long_values += stored
        else:
            field = stored.ljust(4, b"\0")
        entries += struct.pack(order + "HHI", tag, kind, count) + field
    return struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", next_directory_at) + long_values


def _stored(value: int | bytes | tuple[int, ...], order: str) -> tuple[int, int, bytes]:
    """TIFF's number of the type, how many values, and their bytes."""
    match value:
        case int():
            return 4, 1, struct.pack(order + "I", value)
        case bytes():
            return 1, len(value), value
        case _:
            return 3, len(value), struct.pack(f"{order}{len(value)}H", *value)


def big_endian_big_tiff(values: NDArray[Any]) -> bytes:
    """An uncompressed one-strip BigTIFF, all of its numbers in 64 bits but for the depths, big-endian."""
    tags = {**plain_tags(values), 273: 16, 279: values.nbytes}
    entries = b""
    for tag, value in sorted(tags.items()):
        if isinstance(value, tuple):
            entries += struct.pack(">HHQ", tag, 3, len(value)) + struct.pack(f">{len(value)}H", *value).ljust(8, b"\0")
        else:
            entries += struct.pack(">HHQQ", tag, 16, 1, value)
    header = b"MM\0\x2b\0\x08\0\0" + struct.pack(">Q", 16 + values.nbytes)
    pixels = values.astype(values.dtype.newbyteorder(">")).tobytes()
    return header + pixels + struct.pack(">Q", len(tags)) + entries + bytes(8)
