"""BMP, also with channel masks that Pillow does not know.

Legend: H rows, W columns.
"""

from __future__ import annotations

import io
import struct
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile

from models.images.errors import UnusableImage
from models.images.opened import OpenedImage

_BIT_FIELDS: Final = (3, 6)
"""Compressions: three masks behind a header of 40 bytes, or four; longer headers hold them."""
_HEADER_AT: Final = 14
_MASKS_AT: Final = _HEADER_AT + 40
_WITH_ALPHA_BYTES: Final = 56
"""Headers of this length and more have a fourth mask."""


def open_bmp(data: bytes) -> OpenedImage:
    """The header of a BMP; masked pixels are read at once: they cannot be more than the file has."""
    try:
        return OpenedImage(BmpImageFile(io.BytesIO(data)), has_spare_byte=True)
    except OSError as error:
        if "bitfields" not in str(error):
            raise
    return OpenedImage(_read_masked(data), has_spare_byte=True)


class _Header(NamedTuple):
    header_bytes: int
    width: int
    height: int
    planes: int
    bits: int
    compression: int


def _read_masked(data: bytes) -> Image.Image:
    header = _Header(*struct.unpack_from("<IiiHHI", data, _HEADER_AT))
    has_alpha = header.compression == _BIT_FIELDS[1] or header.header_bytes >= _WITH_ALPHA_BYTES
    masks = struct.unpack_from("<4I" if has_alpha else "<3I", data, _MASKS_AT)
    stored_HW = _stored_pixels(data, header)
    bands = [Image.fromarray(_channel(stored_HW, mask)) for mask in masks if mask]
    if not all(masks[:3]):
        raise UnusableImage(
            "unsupported-layout", "got a BMP without a mask for each of red, green and blue, expected all three"
        )
    return Image.merge("RGB" if len(bands) == 3 else "RGBA", bands)


def _stored_pixels(data: bytes, header: _Header) -> NDArray[np.uint32]:
    """(H, W) numbers of 16 or 32 bits, the first row on top."""
    (start,) = struct.unpack_from("<I", data, 10)
    height, sample_bytes = abs(header.height), header.bits // 8
    row_bytes = -(-header.width * sample_bytes // 4) * 4
    if header.width <= 0 or header.bits not in (16, 32):
        raise UnusableImage("broken-image", "got a BMP whose header makes no sense, expected a whole picture")
    if start + row_bytes * height > len(data):
        raise UnusableImage("truncated-image", "got fewer pixels than the header says, expected all of them")
    rows = np.frombuffer(data, np.uint8, row_bytes * height, start).reshape(height, row_bytes)
    stored_HW = rows[:, : header.width * sample_bytes].copy().view(f"<u{sample_bytes}")
    return np.ascontiguousarray(stored_HW if header.height < 0 else stored_HW[::-1]).astype(np.uint32)


def _channel(stored_HW: NDArray[np.uint32], mask: int) -> NDArray[np.uint8]:
    """The bits under a mask, brought from their range to 0-255."""
    lowest = (mask & -mask).bit_length() - 1
    largest = mask >> lowest
    values_HW = (stored_HW & np.uint32(mask)) >> np.uint32(lowest)
    return np.round(values_HW * (255 / largest)).astype(np.uint8)
