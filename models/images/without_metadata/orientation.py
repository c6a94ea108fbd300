"""The one fact of EXIF that pixels cannot be shown without."""

from __future__ import annotations

import struct
from typing import Final

UPRIGHT: Final = 1
_ORIENTATION_TAG, _SHORT = 0x0112, 3


def orientation_exif(orientation: int) -> bytes:
    """A block of EXIF, 26 bytes, that says this number and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION_TAG, _SHORT, 1, orientation, 0)
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", 1) + entry + bytes(4)
