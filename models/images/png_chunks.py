"""PNG chunks: where each begins and ends, and whether the pixels in them fill every row."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from models.images.errors import UnusableImage

_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type -> samples per pixel."""
_ADAM7: Final = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Left, top, and steps to the right and down of each pass of an interlaced picture."""
_INFLATED_AT_ONCE_BYTES: Final = 2**20


class PngHeader(NamedTuple):
    """The content of IHDR."""

    width: int
    height: int
    bits: int
    colour_type: int
    compression: int
    filtering: int
    interlacing: int


def read_header(chunk: bytes) -> PngHeader:
    """An IHDR chunk, its length and name included."""
    return PngHeader(*struct.unpack_from(">IIBBBBB", chunk, 8))


def read_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and whole chunk, up to IEND; raises `UnusableImage` where the file ends before it."""
    position, kind = 8, b""
    while kind != b"IEND":
        if position + 12 > len(data):
            raise UnusableImage("truncated-image", "got a PNG that ends before its last chunk, expected all of it")
        length, kind = struct.unpack_from(">I4s", data, position)
        yield kind, data[position : position + 12 + length]
        position += 12 + length
    if position > len(data):
        raise UnusableImage("truncated-image", "got a PNG that ends inside its last chunk, expected all of it")


def fills_every_row(header: PngHeader, pixel_chunks: Iterable[bytes]) -> bool:
    """Whether the pixels in the IDAT chunks are as many as the header says: Pillow leaves missing rows black."""
    expected = _count_bytes(header)
    inflater, found = zlib.decompressobj(), 0
    try:
        for chunk in pixel_chunks:
            waiting = chunk[8:-4]
            while waiting and found < expected:
                found += len(inflater.decompress(waiting, _INFLATED_AT_ONCE_BYTES))
                waiting = inflater.unconsumed_tail
        if found < expected:
            found += len(inflater.flush())
    except zlib.error:
        return False
    return found >= expected


def holds_its_rows_alone(header: PngHeader, pixel_chunks: Iterable[bytes]) -> bool:
    """Whether the IDAT chunks inflate to the rows that the header says, with nothing in them or behind them."""
    expected = _count_bytes(header)
    inflater, found = zlib.decompressobj(), 0
    try:
        for chunk in pixel_chunks:
            waiting = chunk[8:-4]
            if waiting and inflater.eof:
                return False
            while waiting and found <= expected:
                found += len(inflater.decompress(waiting, _INFLATED_AT_ONCE_BYTES))
                waiting = inflater.unconsumed_tail
    except zlib.error:
        return False
    return found == expected and inflater.eof and not inflater.unused_data


def _count_bytes(header: PngHeader) -> int:
    passes = _ADAM7 if header.interlacing else ((0, 0, 1, 1),)
    bits_per_pixel = header.bits * _CHANNELS.get(header.colour_type, 1)
    count = 0
    for left, top, right, down in passes:
        width, height = -(-(header.width - left) // right), -(-(header.height - top) // down)
        if width > 0:
            count += max(height, 0) * (1 + -(-width * bits_per_pixel // 8))
    return count
