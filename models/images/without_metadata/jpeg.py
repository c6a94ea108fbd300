"""JPEG (ITU-T T.81): tables, frame and scans as they are, and of the application segments what colours hang on."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from models.images.errors import UnusableImage
from models.images.jpeg_reading import decoder_warning
from models.images.without_metadata.icc_profile import colours_of
from models.images.without_metadata.orientation import UPRIGHT, orientation_exif

_MARKER: Final = re.compile(rb"\xff+([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)
_START, _END = b"\xff\xd8", b"\xff\xd9"
_END_OF_IMAGE, _START_OF_SCAN = 0xD9, 0xDA
_FRAMES: Final = frozenset((0xC0, 0xC1, 0xC2, 0xC9, 0xCA))
_TABLES: Final = frozenset((0xC4, 0xCC, 0xDB, 0xDD))
_COPIED: Final = _FRAMES | _TABLES | {_START_OF_SCAN}
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_JFIF, _EXIF, _ICC, _ADOBE = b"JFIF\0", b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_BYTES, _ADOBE_BYTES = 14, 12
_PLAIN_JFIF: Final = _JFIF + b"\x01\x01\0\0\x01\0\x01\0\0"
"""Version 1.1, square pixels, no thumbnail: that it is there makes three components YCbCr."""
_PLAIN_ADOBE: Final = _ADOBE + b"\0\x64\0\0\0\0"
"""Up to its last byte, which says how the components are transformed."""
_MOST_ICC_BYTES: Final = 65_519


class _Segment(NamedTuple):
    """A marker's number, its content, and the compressed pixels behind it, which only a scan has."""

    kind: int
    content: bytes
    pixels: bytes


def jpeg_without_metadata(data: bytes, orientation: int) -> bytes | None:
    """The first picture of the file; `None` where a decoder finds more than its pixels in it."""
    segments = list(_segments(data))
    frames = [segment.content for segment in segments if segment.kind in _FRAMES]
    if len(frames) != 1 or len(frames[0]) < 6:
        return None
    body = b"".join(_written(part.kind, part.content) + part.pixels for part in segments if part.kind in _COPIED)
    kept = _START + _head(segments, orientation) + body + _END
    # libjpeg names bytes that it passes over, wherever they lie between the blocks.
    return None if decoder_warning(kept, num_bands=frames[0][5]) else kept


def _segments(data: bytes) -> Iterator[_Segment]:
    position = len(_START)
    while (marker := _MARKER.search(data, position)) and (kind := marker[1][0]) != _END_OF_IMAGE:
        length = int.from_bytes(data[marker.end() : marker.end() + 2], "big")
        position = marker.end() + length
        if length < 2 or position > len(data):
            raise UnusableImage("truncated-image", "got a JPEG segment that leads outside, expected all of it")
        pixels = b""
        if kind == _START_OF_SCAN:
            following = _MARKER.search(data, position)
            pixels = data[position : following.start()] if following else data[position:].removesuffix(b"\xff")
        yield _Segment(kind, data[marker.end() + 2 : marker.end() + length], pixels)


def _head(segments: list[_Segment], orientation: int) -> bytes:
    """The application segments, written anew, by what decoders read of them ahead of the first scan."""
    kinds = [segment.kind for segment in segments]
    ahead = segments[: kinds.index(_START_OF_SCAN)] if _START_OF_SCAN in kinds else segments
    head = b""
    if any(_is(part, _APP0, _JFIF, _JFIF_BYTES) for part in ahead):
        head += _written(_APP0, _PLAIN_JFIF)
    if orientation != UPRIGHT:
        head += _written(_APP1, _EXIF + orientation_exif(orientation))
    head += b"".join(_written(_APP2, piece) for piece in _profile_pieces(ahead))
    adobe = [part.content for part in ahead if _is(part, _APP14, _ADOBE, _ADOBE_BYTES)]
    return head + b"".join(_written(_APP14, _PLAIN_ADOBE + content[11:12]) for content in adobe[-1:])


def _is(segment: _Segment, kind: int, name: bytes, least_bytes: int) -> bool:
    return segment.kind == kind and segment.content.startswith(name) and len(segment.content) >= least_bytes


def _profile_pieces(segments: list[_Segment]) -> list[bytes]:
    """What bears on colours of the profile whose pieces are all there, cut into pieces that fit a segment."""
    pieces = sorted(part.content for part in segments if _is(part, _APP2, _ICC, len(_ICC) + 2))
    if not pieces or pieces[0][len(_ICC) + 1] != len(pieces):
        return []
    profile = colours_of(b"".join(piece[len(_ICC) + 2 :] for piece in pieces))
    cut = [profile[at : at + _MOST_ICC_BYTES] for at in range(0, len(profile), _MOST_ICC_BYTES)]
    return [_ICC + bytes((number, len(cut))) + piece for number, piece in enumerate(cut, 1)]


def _written(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content
