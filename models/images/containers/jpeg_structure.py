"""JPEG markers: which process codes the pixels, in how many scans, and whether the end is there."""

from __future__ import annotations

import re
from itertools import product
from typing import Final, NamedTuple

_MARKER: Final = re.compile(rb"\xff+([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)
"""A marker with a length; stuffed zeros, TEM and restart markers inside entropy-coded data are passed over."""
_END_OF_IMAGE, _START_OF_SCAN, _TABLES = 0xD9, 0xDA, 0xC4
_FRAMES: Final = frozenset((0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF, 0xF7))
"""Starts of frames: the number names the process; F7 is JPEG-LS."""
PROGRESSIVE: Final = frozenset((0xC2, 0xCA))
_COEFFICIENTS: Final = 64


class JpegStructure(NamedTuple):
    """Of the first picture in the file; `process` is 0 where no frame starts."""

    process: int = 0
    bits: int = 8
    scans: int = 0
    pixels_at: int = 0
    """Where the data of the first scan begin."""
    end_at: int = 0
    """Where the end marker is, 0 where it is missing."""
    codes_zeros_as_blank: bool = True
    """Whether zero bits may be the codes of blank areas, by the Huffman tables."""
    unsent: frozenset[tuple[int, int]] = frozenset()
    """Component and coefficient of which no scan has the lowest bit: those of a progressive picture come bit by bit."""


def read_structure(data: bytes, *, stop_above_scans: int) -> JpegStructure:
    """Walk over the markers, up to the end of the first picture or one scan more than is asked for."""
    found, position = JpegStructure(), 2
    while found.scans <= stop_above_scans and (marker := _MARKER.search(data, position)):
        kind = marker[1][0]
        if kind == _END_OF_IMAGE:
            return found._replace(end_at=marker.start())
        length = int.from_bytes(data[marker.end() : marker.end() + 2], "big")
        position = marker.end() + length
        found = _with_segment(found, kind, data[marker.end() + 2 : position], position)
    return found


def _with_segment(found: JpegStructure, kind: int, content: bytes, end: int) -> JpegStructure:
    if kind == _START_OF_SCAN:
        unsent = found.unsent - _sent(content)
        return found._replace(scans=found.scans + 1, pixels_at=found.pixels_at or end, unsent=unsent)
    if kind in _FRAMES and not found.process and content:
        unsent = frozenset(product(content[6::3], range(_COEFFICIENTS)))
        return found._replace(process=kind, bits=content[0], unsent=unsent)
    if kind == _TABLES and not _leads_to_blank(content):
        return found._replace(codes_zeros_as_blank=False)
    return found


def _sent(scan: bytes) -> frozenset[tuple[int, int]]:
    """Component and coefficient of which a scan, by its header, has the lowest bit."""
    if len(scan) < 3:
        return frozenset()
    *header, first, last, bits = scan
    if bits & 15:
        return frozenset()
    return frozenset(product(header[1::2], range(first, last + 1)))


def _leads_to_blank(tables: bytes) -> bool:
    """Whether the code of zeros in each table of coefficients is one for "nothing more in this block"."""
    position = 0
    while position + 17 < len(tables):
        of_coefficients, first_symbol = tables[position] >> 4 == 1, tables[position + 17]
        if of_coefficients and first_symbol & 15:
            return False
        position += 17 + sum(tables[position + 1 : position + 17])
    return True
