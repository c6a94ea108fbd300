"""An ICC profile without names, makers, dates and copyright: the tags from which colours are computed (ICC.1)."""

from __future__ import annotations

import struct
from typing import Final

_HEADER_BYTES, _ENTRY_BYTES = 128, 12
_MOST_TAGS: Final = 100
_COLOUR_TAGS: Final = frozenset(
    (
        *(b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"cicp"),
        *(f"{kind}{number}".encode() for kind in ("A2B", "B2A", "D2B", "B2D") for number in range(4)),
    )
)
_COLOUR_TYPES: Final = frozenset(
    (b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"cicp")
)
_SIGNATURE: Final = b"acsp"


def colours_of(profile: bytes) -> bytes:
    """The profile with the same colours and nothing else, empty where it is none; its name is the same for all."""
    if len(profile) < _HEADER_BYTES + 4 or profile[36:40] != _SIGNATURE:
        return b""
    entries = _colour_entries(profile)
    tags = {name: profile[start : start + size] for name, start, size in entries}
    if not tags:
        return b""
    return _profile_of(_colour_header(profile), {**_names(major_version=profile[8]), **tags})


def _colour_entries(profile: bytes) -> list[tuple[bytes, int, int]]:
    """Name, start and size of each tag that is on the list and of a type on the list."""
    (count,) = struct.unpack_from(">I", profile, _HEADER_BYTES)
    places = range(_HEADER_BYTES + 4, len(profile) - _ENTRY_BYTES + 1, _ENTRY_BYTES)[: min(count, _MOST_TAGS)]
    entries = [struct.unpack_from(">4sII", profile, place) for place in places]
    return [
        (name, start, size)
        for name, start, size in entries
        if name in _COLOUR_TAGS and profile[start : start + 4] in _COLOUR_TYPES and start + size <= len(profile)
    ]


def _colour_header(profile: bytes) -> bytes:
    """Version, class, colour spaces, intent and white; not the program, the date, the device and the checksum."""
    said = bytearray(_HEADER_BYTES)
    for start, end in ((8, 24), (36, 40), (64, 80)):
        said[start:end] = profile[start:end]
    return bytes(said[4:])


def _names(*, major_version: int) -> dict[bytes, bytes]:
    """Description and copyright, which the standard demands."""
    if major_version >= 4:
        text = "-".encode("utf-16-be")
        name = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(text), 28) + text
        return {b"desc": name, b"cprt": name}
    description = b"desc" + bytes(4) + struct.pack(">I", 2) + b"-\0" + bytes(4 + 4 + 2 + 1 + 67)
    return {b"desc": description, b"cprt": b"text" + bytes(4) + b"-\0"}


def _profile_of(header: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Size, the rest of the header, table and contents; equal contents lie there once, as three curves may."""
    position = _HEADER_BYTES + 4 + _ENTRY_BYTES * len(tags)
    table, contents, places = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for name, content in tags.items():
        if content not in places:
            places[content] = position + len(contents)
            contents += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, places[content], len(content))
    return struct.pack(">I", position + len(contents)) + header + table + contents
