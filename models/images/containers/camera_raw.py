"""Camera raw files: the sensor's own samples, of which no screen shows anything before they are developed.

Most are TIFF files whose first page is a thumbnail, so it takes a look at every directory to tell them.
"""

from __future__ import annotations

from typing import Final

from models.images.containers.tiff_directories import COMPRESSION, PHOTOMETRIC, TiffFile

_SIGNATURES: Final = (
    (b"FUJIFILMCCD-RAW", "RAF"),
    (b"IIRO", "ORF"),
    (b"IIRS", "ORF"),
    (b"MMOR", "ORF"),
    (b"IIU\0", "RW2"),
    (b"II\x1a\0\0\0HEAPCCDR", "CRW"),
    (b"FOVb", "X3F"),
    (b"\0MRM", "MRW"),
)
_CANON_3: Final = b"crx "
_CANON_2: Final = (b"CR", 8)
_DNG_VERSION: Final = 50706
_DNG_VERSION_BYTES: Final = 4
_SENSOR: Final = (32803, 34892)
"""Photometric interpretations: a colour filter array, and its linear samples."""
_MAKERS_COMPRESSIONS: Final = (32767, 32769, 32770, 34713, 65000, 65535)
"""Of Sony, Epson, Samsung, Nikon, Kodak and Pentax."""


def raw_format(data: bytes) -> str:
    """The name of the raw format that the first bytes say, or nothing; those that begin as TIFF do not say it."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    return "CR3" if data[4:8] == b"ftyp" and data[8:12] == _CANON_3 else ""


def raw_tiff_format(file: TiffFile) -> str:
    """The same of a TIFF, by all of its directories."""
    mark, at = _CANON_2
    if file.data[at : at + len(mark)] == mark:
        return "CR2"
    if any(len(page.numbers(_DNG_VERSION)) == _DNG_VERSION_BYTES for page in file.pages):
        return "DNG"
    for directory in file.directories:
        is_sensor = directory.number(PHOTOMETRIC) in _SENSOR
        if is_sensor or directory.number(COMPRESSION) in _MAKERS_COMPRESSIONS:
            return "NEF, ARW, PEF or the like"
    return ""
