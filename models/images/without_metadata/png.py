"""PNG: the chunks that pixels and colours are made of, each of the length that the standard says."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from models.images.errors import UnusableImage
from models.images.png_chunks import PngHeader, holds_its_rows_alone, read_chunks, read_header
from models.images.without_metadata.icc_profile import colours_of
from models.images.without_metadata.orientation import UPRIGHT, orientation_exif

_PALETTE: Final = 3
_TRANSPARENT_BYTES: Final[Mapping[int, Sequence[int]]] = {0: (2,), 2: (6,), _PALETTE: range(257)}
"""By colour type; others have an alpha channel."""
_LENGTHS: Final[Mapping[bytes, Callable[[PngHeader], Sequence[int]]]] = {
    b"IHDR": lambda _header: (13,),
    b"PLTE": lambda header: range(3, 769, 3) if header.colour_type == _PALETTE else (),
    b"tRNS": lambda header: _TRANSPARENT_BYTES.get(header.colour_type, ()),
    b"cICP": lambda _header: (4,),
    b"sRGB": lambda _header: (1,),
    b"gAMA": lambda _header: (4,),
    b"cHRM": lambda _header: (32,),
    b"IDAT": lambda _header: range(2**31),
    b"IEND": lambda _header: (0,),
}
"""Of what is copied; none where the chunk is of no use to a picture of this kind."""
_FRAME_BYTES: Final = 12
_MOST_PROFILE_BYTES: Final = 2**22


def png_without_metadata(data: bytes, orientation: int) -> bytes | None:
    """The first picture of the file; `None` where its data hold more than its rows."""
    chunks = list(read_chunks(data))
    if chunks[0][0] != b"IHDR":
        return None
    header = read_header(chunks[0][1])
    if not holds_its_rows_alone(header, [chunk for kind, chunk in chunks if kind == b"IDAT"]):
        return None
    kept = [data[:8]]
    for kind, chunk in chunks:
        kept += _copied(header, kind, chunk)
        if kind == b"IHDR" and orientation != UPRIGHT:
            kept.append(_written(b"eXIf", orientation_exif(orientation)))
    return b"".join(kept)


def _copied(header: PngHeader, kind: bytes, chunk: bytes) -> list[bytes]:
    if kind == b"iCCP":
        profile = colours_of(_inflated(chunk[8:-4].partition(b"\0")[2][1:]))
        return [_written(b"iCCP", b"-\0\0" + zlib.compress(profile, 9))] if profile else []
    lengths = _LENGTHS[kind](header) if kind in _LENGTHS else ()
    if not lengths:
        return []
    if len(chunk) - _FRAME_BYTES not in lengths:
        raise UnusableImage("broken-image", f"got a PNG chunk of {len(chunk) - _FRAME_BYTES} bytes, expected {lengths}")
    return [chunk]


def _inflated(compressed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(compressed, _MOST_PROFILE_BYTES)
    except zlib.error:
        return b""


def _written(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
