"""TIFF directories: which pictures a file has, in the chain of pages and below them, and which one is the photograph.

Pillow shows the first page. Of a camera's or a scanner's file that may be a reduced copy (NewSubfileType).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

SUBFILE_TYPE, OLD_SUBFILE_TYPE = 254, 255
WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, SAMPLE_FORMAT = 256, 257, 258, 259, 262, 277, 339
_SUB_DIRECTORIES: Final = 330
_REDUCED, _MASK = 1, 4
_OLD_REDUCED: Final = 2

_MAX_DIRECTORIES: Final = 64
_MAX_ENTRIES: Final = 4096
_MAX_VALUES: Final = 64
_TYPES: Final = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
"""TIFF's number of each type of whole numbers, and that of `struct`."""
_TYPES_OF_BYTES: Final = {1: (1, 2, 6, 7), 2: (3, 8), 4: (4, 9, 11, 13), 8: (5, 10, 12, 16, 17, 18)}
_TYPE_BYTES: Final = {kind: size for size, kinds in _TYPES_OF_BYTES.items() for kind in kinds}
_LONG_8, _LONG = (16, 17, 18), {16: 4, 17: 9, 18: 13}


class Layout(NamedTuple):
    """How numbers are written: byte order, and whether places have 64 bits (BigTIFF)."""

    order: str
    is_big: bool

    @property
    def place(self) -> str:
        """`struct`'s letter of a place."""
        return "Q" if self.is_big else "I"

    @property
    def entry_bytes(self) -> int:
        """Of a tag with its value or the place of it."""
        return 20 if self.is_big else 12


class Entry(NamedTuple):
    """A tag's type, its number of values, and the field that holds them or says where they are."""

    kind: int
    num_values: int
    field: bytes


class Directory:
    """A page: where its directory begins, and what its tags say."""

    def __init__(self, data: bytes, layout: Layout, place: int) -> None:
        self._data, self._layout, self.place = data, layout, place
        letter = "Q" if layout.is_big else "H"
        (count,) = struct.unpack_from(layout.order + letter, data, place)
        first = place + struct.calcsize(letter)
        self.entries = {}
        for at in range(first, first + min(count, _MAX_ENTRIES) * layout.entry_bytes, layout.entry_bytes):
            tag, kind, values = struct.unpack_from(layout.order + "HH" + layout.place, data, at)
            field = data[at + 4 + struct.calcsize(layout.place) : at + layout.entry_bytes]
            self.entries[tag] = Entry(kind, values, field)
        (self.next_place,) = struct.unpack_from(layout.order + layout.place, data, first + count * layout.entry_bytes)

    def numbers(self, tag: int) -> tuple[int, ...]:
        """A tag's whole numbers, at most `_MAX_VALUES` of them; none where it is missing or of another type."""
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in _TYPES:
            return ()
        count = min(entry.num_values, _MAX_VALUES)
        return struct.unpack_from(f"{self._layout.order}{count}{_TYPES[entry.kind]}", self.value(entry), 0)

    def number(self, tag: int, default: int = 0) -> int:
        """The first of a tag's numbers."""
        return next(iter(self.numbers(tag)), default)

    def value(self, entry: Entry) -> bytes:
        """An entry's bytes, from its field or from where that points."""
        length = entry.num_values * _TYPE_BYTES.get(entry.kind, 1)
        if length <= len(entry.field):
            return entry.field[:length]
        (place,) = struct.unpack(self._layout.order + self._layout.place, entry.field)
        return self._data[place : place + length]

    @property
    def is_reduced(self) -> bool:
        """Whether it is a smaller copy of another page, or a mask of one."""
        is_marked = self.number(SUBFILE_TYPE) & (_REDUCED | _MASK)
        return bool(is_marked) or self.number(OLD_SUBFILE_TYPE) == _OLD_REDUCED

    @property
    def area(self) -> int:
        """In pixels."""
        return self.number(WIDTH) * self.number(HEIGHT)


class TiffFile:
    """The directories of a file; those that are damaged are left out, and so is what lies behind them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        order = "<" if data[:2] == b"II" else ">"
        self.layout = Layout(order, struct.unpack_from(order + "H", data, 2)[0] == 43)

    @cached_property
    def pages(self) -> list[Directory]:
        """The chain of pages."""
        place_at = 8 if self.layout.is_big else 4
        (first,) = struct.unpack_from(self.layout.order + self.layout.place, self.data, place_at)
        return list(self._chain(first))

    @cached_property
    def directories(self) -> list[Directory]:
        """Pages, and the pictures that lie below each."""
        below = [place for page in self.pages for place in page.numbers(_SUB_DIRECTORIES)]
        return self.pages + [found for place in below[:_MAX_DIRECTORIES] for found in self._chain(place)]

    @property
    def photograph(self) -> Directory | None:
        """The first page, or the largest picture that is no reduced copy where that is one."""
        if not self.pages:
            return None
        first = self.pages[0]
        if not first.is_reduced:
            return first
        others = [found for found in self.directories if not found.is_reduced and found.area > first.area]
        return max(others, key=lambda found: found.area, default=first)

    def _chain(self, place: int) -> Iterator[Directory]:
        seen: set[int] = set()
        while place and place not in seen and len(seen) < _MAX_DIRECTORIES:
            seen.add(place)
            try:
                directory = Directory(self.data, self.layout, place)
            except struct.error:
                return
            yield directory
            place = directory.next_place

    def starting_with(self, directory: Directory) -> bytes:
        """The file with this directory for its first page, in the layout that Pillow reads.

        Pillow 13 takes a big-endian BigTIFF for a classic one, so its directory is written anew as that.
        """
        if self.layout == Layout(">", is_big=True):
            return _as_classic(self.data, directory)
        if self.pages and directory.place == self.pages[0].place:
            return self.data
        at, place = (8, "Q") if self.layout.is_big else (4, "I")
        start = struct.pack(self.layout.order + place, directory.place)
        return self.data[:at] + start + self.data[at + len(start) :]


def _as_classic(data: bytes, directory: Directory) -> bytes:
    """A big-endian BigTIFF -> a classic TIFF of the same strips, its one directory behind them."""
    values = {tag: _narrow(entry, directory.value(entry)) for tag, entry in directory.entries.items()}
    place = len(data) + len(data) % 2
    long_at = place + 2 + 12 * len(values) + 4
    entries, long_values = b"", b""
    for tag, (kind, count, value) in sorted(values.items()):
        if len(value) > 4:
            field = struct.pack(">I", long_at + len(long_values))
            long_values += value + b"\0" * (len(value) % 2)
        else:
            field = value.ljust(4, b"\0")
        entries += struct.pack(">HHI", tag, kind, count) + field
    header = b"MM\0\x2a" + struct.pack(">I", place)
    written = struct.pack(">H", len(values)) + entries + b"\0" * 4 + long_values
    return header + data[8:].ljust(place - 8, b"\0") + written


def _narrow(entry: Entry, value: bytes) -> tuple[int, int, bytes]:
    if entry.kind not in _LONG_8:
        return entry.kind, entry.num_values, value
    numbers = struct.unpack(f">{len(value) // 8}Q", value)
    return _LONG[entry.kind], len(numbers), struct.pack(f">{len(numbers)}I", *numbers)
