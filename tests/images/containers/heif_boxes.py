"""HEIC and AVIF containers built by hand around the coded picture of another: grids, as phones have them, and crops."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Final

_CODINGS: Final = {b"hvcC": (b"hvc1", b"heic"), b"av1C": (b"av01", b"avif")}
"""How pixels are coded, by the property that has the details -> the item's type, and the file's brand."""
_IN_FILE, _IN_IDAT = 0, 1


def grid_of(heic: bytes, *, rows: int, columns: int, size: tuple[int, int], properties: Sequence[bytes] = ()) -> bytes:
    """The picture of a HEIC repeated as the tiles of a grid, of which this (width, height) is shown."""
    num_tiles = rows * columns
    tile, grid = range(1, num_tiles + 1), num_tiles + 1
    shown = struct.pack(">4B2H", 0, 0, rows - 1, columns - 1, *size)
    places = [(item, _IN_FILE, len(_coded(heic))) for item in tile] + [(grid, _IN_IDAT, len(shown))]
    own = [*_properties(heic), _full_box(b"ispe", struct.pack(">2I", *size)), *properties]
    of_tile = [1, 2]
    of_grid = list(range(3, len(own) + 1))
    reference = _box(b"dimg", struct.pack(f">2H{num_tiles}H", grid, num_tiles, *tile))
    return _file(
        heic,
        items={**dict.fromkeys(tile, _coding(heic)[0]), grid: b"grid"},
        places=places,
        primary=grid,
        properties=own,
        associations={**dict.fromkeys(tile, of_tile), grid: of_grid},
        further=_full_box(b"iref", reference) + _box(b"idat", shown),
    )


def with_properties(heic: bytes, *properties: bytes) -> bytes:
    """The picture of a HEIC or AVIF with further properties, in this order."""
    own = [*_properties(heic), *properties]
    return _file(
        heic,
        items={1: _coding(heic)[0]},
        places=[(1, _IN_FILE, len(_coded(heic)))],
        primary=1,
        properties=own,
        associations={1: list(range(1, len(own) + 1))},
    )


def crop(width: int, height: int, *, right: int, down: int) -> bytes:
    """A clean aperture of this size, its centre moved from the picture's by these pixels."""
    return _box(b"clap", struct.pack(">2I2I2i2i", width, 1, height, 1, right, 1, down, 1))


def turn(quarters: int) -> bytes:
    """Quarter turns, counter-clockwise."""
    return _box(b"irot", bytes((quarters,)))


def mirror(axis: int) -> bytes:
    """Top and bottom change places (0), or left and right (1)."""
    return _box(b"imir", bytes((axis,)))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _full_box(kind: bytes, content: bytes, *, version: int = 0, is_hidden: bool = False) -> bytes:
    return _box(kind, bytes((version, 0, 0, is_hidden)) + content)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        yield kind, data[position + 8 : position + length]
        position += length


def _coded(heic: bytes) -> bytes:
    return dict(_boxes(heic))[b"mdat"]


def _properties(heic: bytes) -> list[bytes]:
    """How the pixels are coded, and how many they are."""
    meta = dict(_boxes(dict(_boxes(heic))[b"meta"][4:]))
    found = dict(_boxes(dict(_boxes(meta[b"iprp"]))[b"ipco"]))
    return [_box(kind, found[kind]) for kind in (*_CODINGS, b"ispe") if kind in found]


def _coding(heic: bytes) -> tuple[bytes, bytes]:
    return next(names for kind, names in _CODINGS.items() if kind in heic)


def _file(
    heic: bytes,
    *,
    items: dict[int, bytes],
    places: list[tuple[int, int, int]],
    primary: int,
    properties: list[bytes],
    associations: dict[int, list[int]],
    further: bytes = b"",
) -> bytes:
    entries = [
        _full_box(b"infe", struct.pack(">2H4sx", item, 0, kind), version=2, is_hidden=item != primary)
        for item, kind in items.items()
    ]
    associated = b"".join(
        struct.pack(f">HB{len(found)}B", item, len(found), *(0x80 | place for place in found))
        for item, found in associations.items()
    )
    brand = _coding(heic)[1]
    start = _box(b"ftyp", brand + bytes(4) + b"mif1" + brand)
    before = (
        _full_box(b"hdlr", struct.pack(">4x4s12xx", b"pict"))
        + _full_box(b"pitm", struct.pack(">H", primary))
        + _full_box(b"iinf", struct.pack(">H", len(items)) + b"".join(entries))
        + _box(
            b"iprp",
            _box(b"ipco", b"".join(properties)) + _full_box(b"ipma", struct.pack(">I", len(associations)) + associated),
        )
        + further
    )
    pixels_at = len(start) + len(_full_box(b"meta", before + _places(places, 0))) + 8
    meta = _full_box(b"meta", before + _places(places, pixels_at))
    return start + meta + _box(b"mdat", _coded(heic))


def _places(places: list[tuple[int, int, int]], pixels_at: int) -> bytes:
    entries = b"".join(
        struct.pack(">4H2I", item, where, 0, 1, pixels_at if where == _IN_FILE else 0, length)
        for item, where, length in places
    )
    return _full_box(b"iloc", struct.pack(">2BH", 0x44, 0, len(places)) + entries, version=1)
