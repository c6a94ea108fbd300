"""WebP (RFC 9649): the chunks of the first picture, and of an animation its first frame on the same canvas.

One that is to be turned is left alone: browsers do not turn WebP by its EXIF, as they do JPEG and PNG.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from models.images.errors import UnusableImage
from models.images.without_metadata.icc_profile import colours_of
from models.images.without_metadata.orientation import UPRIGHT

_PIXELS: Final = (b"VP8 ", b"VP8L")
_HAS_PROFILE, _HAS_ALPHA, _IS_ANIMATED = 0x20, 0x10, 0x02
_CANVAS_BYTES, _ANIMATION_BYTES, _FRAME_BYTES = 10, 6, 16


def webp_without_metadata(data: bytes, orientation: int) -> bytes | None:
    """The picture alone in a plain file; what has a canvas, alpha, a profile or frames in an extended one."""
    if orientation != UPRIGHT:
        return None
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    chunks = list(_chunks(data[12:end]))
    kind, content = chunks[0] if chunks else (b"", b"")
    if kind in _PIXELS:
        return _file(_written(kind, content))
    return _extended(chunks) if kind == b"VP8X" and len(content) == _CANVAS_BYTES else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, position)
        if position + 8 + size > len(data):
            raise UnusableImage("truncated-image", "got a WebP chunk that leads outside, expected all of it")
        yield kind, data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2


def _extended(chunks: list[tuple[bytes, bytes]]) -> bytes | None:
    first = dict(reversed(chunks))
    canvas, profile = first[b"VP8X"], colours_of(first.get(b"ICCP", b""))
    is_animated = bool(canvas[0] & _IS_ANIMATED)
    pixels = _first_frame(first) if is_animated else _picture(chunks)
    flags = canvas[0] & (_HAS_ALPHA | _IS_ANIMATED) | (_HAS_PROFILE if profile else 0)
    kept = _written(b"VP8X", bytes((flags, 0, 0, 0)) + canvas[4:])
    kept += _written(b"ICCP", profile) if profile else b""
    return _file(kept + pixels) if pixels else None


def _first_frame(first: dict[bytes, bytes]) -> bytes:
    """Animation parameters and one frame, empty where either is not as it should be."""
    parameters, frame = first.get(b"ANIM", b""), first.get(b"ANMF", b"")
    picture = _picture(list(_chunks(frame[_FRAME_BYTES:])))
    if len(parameters) != _ANIMATION_BYTES or not picture:
        return b""
    return _written(b"ANIM", parameters) + _written(b"ANMF", frame[:_FRAME_BYTES] + picture)


def _picture(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """The first compressed picture with the alpha before it, empty where there is none."""
    kept = b""
    for kind, content in chunks:
        if kind == b"ALPH" and not kept:
            kept = _written(kind, content)
        elif kind in _PIXELS:
            return kept + _written(kind, content)
    return b""


def _written(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _file(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks
