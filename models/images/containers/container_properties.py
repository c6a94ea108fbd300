"""What the boxes of an AVIF or HEIC file say of its primary picture: colours, depth, crop, orientation (ISO 23008-12).

Pillow's and libheif's readers keep some of it to themselves. A box is a length (4 bytes), a name (4) and its content.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_MAX_BOXES: Final = 10_000
_WITHOUT_TURN: Final = {None: 1, 0: 4, 1: 2}
_ORIENTATIONS: Final = {0: _WITHOUT_TURN, 1: {None: 8, 0: 5, 1: 7}, 2: {None: 3, 0: 2, 1: 4}, 3: {None: 6, 0: 7, 1: 5}}
"""Quarter turns counter-clockwise (irot), then the mirror (imir; 0: top and bottom change places) -> EXIF's number."""


_CROP_BOX: Final = re.compile(rb"\0\0\0\x28clap")
_IGNORED_BOX: Final = b"\0\0\0\x28pasp"


class Crop(NamedTuple):
    """The part of the stored pixels that is the picture, before it is turned; right and bottom lie outside."""

    left: int
    top: int
    right: int
    bottom: int

    def turned(self, size_px: tuple[int, int], orientation: int) -> Crop:
        """The same part of the picture turned by EXIF's number, which then has this (width, height)."""
        width, height = size_px
        left, top, right, bottom = self if orientation < 5 else (self.top, self.left, self.bottom, self.right)
        if orientation in _MIRRORED_ACROSS:
            left, right = width - right, width - left
        if orientation in _MIRRORED_DOWN:
            top, bottom = height - bottom, height - top
        return Crop(left, top, right, bottom)


_MIRRORED_ACROSS, _MIRRORED_DOWN = (2, 3, 6, 7), (3, 4, 7, 8)
"""EXIF's numbers, where rows and columns have changed places before from 5 on."""


class ContainerProperties(NamedTuple):
    """Of the primary picture; `cicp` are H.273's numbers of its primaries and transfer (2: not said)."""

    cicp: tuple[int, int] = (2, 2)
    bits: int = 8
    orientation: int = 1
    crop: Crop | None = None


def read_properties(data: bytes) -> ContainerProperties:
    """Of the primary picture; of a damaged or unusual file, what can be read."""
    try:
        properties = _primary_properties(data)
    except (struct.error, IndexError):
        return ContainerProperties()
    return ContainerProperties(_cicp(properties), _bits(properties), _orientation(properties), _crop(properties))


def without_crops(data: bytes) -> bytes:
    """The file with its clean apertures taken for the shape of its pixels, which changes none.

    libheif 1.23.0 refuses pictures of which much is cut away (strukturag/libheif#1856), and its colour samples are told
    better before.
    """
    place = data.find(b"ipco")
    end = place - 4 + int.from_bytes(data[max(0, place - 4) : place], "big")
    return data[:place] + _CROP_BOX.sub(_IGNORED_BOX, data[place:end]) + data[end:] if 4 <= place < end else data


_Property = tuple[bytes, bytes]


def _primary_properties(data: bytes) -> list[_Property]:
    """Those associated with the primary item, and behind them all others: a grid's may stand at its tiles only."""
    meta = dict(_boxes(dict(_boxes(data)).get(b"meta", b"")[4:]))
    item_properties = dict(_boxes(meta.get(b"iprp", b"")))
    everything = list(_boxes(item_properties.get(b"ipco", b"")))
    places = _associations(item_properties[b"ipma"]).get(_primary_item(meta[b"pitm"]), ()) if everything else ()
    own = [everything[place - 1] for place in places if 0 < place <= len(everything)]
    kinds = {kind for kind, _ in own}
    return own + [(kind, content) for kind, content in everything if kind not in kinds | {b"irot", b"imir", b"clap"}]


def _boxes(data: bytes) -> Iterator[_Property]:
    position = 0
    for _ in range(_MAX_BOXES):
        if position + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, position)
        start = position + 8
        if length == 1:
            length, start = struct.unpack_from(">Q", data, start)[0], start + 8
        end = len(data) if length == 0 else position + length
        if end < start:
            return
        yield kind, data[start:end]
        position = end


def _primary_item(pitm: bytes) -> int:
    return int(struct.unpack_from(">H" if pitm[0] == 0 else ">I", pitm, 4)[0])


def _associations(ipma: bytes) -> dict[int, list[int]]:
    """Item -> the places (from 1) of its properties."""
    has_long_items, has_long_places = ipma[0] > 0, ipma[3] & 1
    count, position = struct.unpack_from(">I", ipma, 4)[0], 8
    found: dict[int, list[int]] = {}
    for _ in range(min(count, _MAX_BOXES)):
        item, number = struct.unpack_from(">IB" if has_long_items else ">HB", ipma, position)
        position += 5 if has_long_items else 3
        places = struct.unpack_from(f">{number}H" if has_long_places else f"{number}B", ipma, position)
        found[item] = [place & (0x7FFF if has_long_places else 0x7F) for place in places]
        position += number * (2 if has_long_places else 1)
    return found


def _cicp(properties: list[_Property]) -> tuple[int, int]:
    for kind, content in properties:
        if kind == b"colr" and content[:4] == b"nclx":
            primaries, transfer = struct.unpack_from(">HH", content, 4)
            return primaries, transfer
    return 2, 2


def _bits(properties: list[_Property]) -> int:
    """By pixi, or by AV1's own configuration."""
    found = dict(reversed(properties))
    if b"pixi" in found:
        return max(found[b"pixi"][5:], default=8)
    flags = found[b"av1C"][2] if b"av1C" in found else 0
    return 8 if not flags & 0x40 else 12 if flags & 0x20 else 10


def _orientation(properties: list[_Property]) -> int:
    found = dict(reversed(properties))
    turns = found[b"irot"][0] & 3 if b"irot" in found else 0
    mirror = found[b"imir"][0] & 1 if b"imir" in found else None
    return _ORIENTATIONS[turns][mirror]


def _crop(properties: list[_Property]) -> Crop | None:
    """By a clean aperture: its size, and how far its centre lies from the picture's; senseless ones are passed over."""
    found = dict(reversed(properties))
    if b"clap" not in found or b"ispe" not in found:
        return None
    sides = struct.unpack_from(">2I", found[b"ispe"], 4)
    wide, wide_by, high, high_by, right, right_by, down, down_by = struct.unpack(">4I iIiI", found[b"clap"])
    if not (wide_by and high_by and right_by and down_by):
        return None
    shown = round(wide / wide_by), round(high / high_by)
    moved = right / right_by, down / down_by
    left, top = (round((side - part) / 2 + by) for side, part, by in zip(sides, shown, moved, strict=True))
    crop = Crop(left, top, left + shown[0], top + shown[1])
    is_inside = 0 <= crop.left < crop.right <= sides[0] and 0 <= crop.top < crop.bottom <= sides[1]
    return crop if is_inside and shown != sides else None
