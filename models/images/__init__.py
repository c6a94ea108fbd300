"""Bytes, a file, a Pillow image or an array -> `RGBImage`: upright 8-bit sRGB pixels, or an `ImageError`.

Legend: H rows, W columns, C channels.

encoded bytes
  | formats.py    sniff_format(data)    which format, by the first bytes
  | limits.py     check_header(data)    what is refused before it is opened
  | formats.py    open_as(data)         the header as read by that format's reader: jpeg_reading.py and its kind
  |                                     (layouts in containers/) make good what Pillow's get wrong
  | limits.py     check_size(size)      what is refused before it is decoded
  | rendering.py  render_image(opened)  depth, alpha, orientation; to sRGB by colours/: ICC profiles, CICP
  |                                     and gAMA, tone curves, colour samples that were repeated

Whatever goes wrong on the way is one of `errors.py`. Neither this module nor those import torch, so that hostile
bytes can be decoded in a small child process (`backend/children/pool.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.images.errors import ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage, translated_errors
from models.images.formats import SUPPORTED_EXTENSIONS, SUPPORTED_FORMATS, open_as, sniff_format
from models.images.limits import DEFAULT_LIMITS, ImageLimits, check_header, check_size
from models.images.opened import OpenedImage
from models.images.rendering import SIXTEEN_BIT_MODES, render_array, render_image

__all__ = [
    "DEFAULT_LIMITS",
    "SUPPORTED_EXTENSIONS",
    "SUPPORTED_FORMATS",
    "ImageError",
    "ImageLimits",
    "ImageTooLarge",
    "RGBImage",
    "UnsupportedFormat",
    "UnusableImage",
    "decode",
    "from_array",
    "from_path",
    "from_pil",
]


@dataclass(frozen=True, eq=False)
class RGBImage:
    """An upright picture: `pixels_HWC` is (H, W, 3) uint8 sRGB, `notes` say what was done to get there.

    `stored_orientation` is EXIF's number for how the pixels lay in the file.
    """

    pixels_HWC: NDArray[np.uint8]
    format: str
    notes: tuple[str, ...] = ()
    stored_orientation: int = 1

    @property
    def width(self) -> int:
        """W, in pixels."""
        return int(self.pixels_HWC.shape[1])

    @property
    def height(self) -> int:
        """H, in pixels."""
        return int(self.pixels_HWC.shape[0])


def decode(data: bytes, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """An encoded picture (first frame) -> its upright sRGB pixels; raises `ImageError` where there are none."""
    if len(data) > limits.max_bytes:
        raise ImageTooLarge("too-many-bytes", f"got {len(data):,} bytes, expected at most {limits.max_bytes:,}")
    format_name = sniff_format(data)
    with translated_errors(format_name) as notes:
        check_header(data, format_name=format_name, limits=limits)
        opened = open_as(data, format_name=format_name)
        check_size(opened.image.size, limits=limits)
        notes.extend(opened.notes)
        pixels_HWC, orientation = render_image(opened, limits=limits, notes=notes)
    return RGBImage(pixels_HWC, format_name, tuple(notes), orientation)


def from_path(path: Path | str, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """A picture file -> its pixels, as `decode`; a file that cannot be read raises `OSError` as usual."""
    with Path(path).open("rb") as file:
        return decode(file.read(limits.max_bytes + 1), limits=limits)


def from_pil(image: Image.Image, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """A Pillow image -> its pixels by the rules of `decode` (depth, profile, alpha, EXIF orientation)."""
    check_size(image.size, limits=limits)
    format_name = image.format or "PIL"
    with translated_errors(format_name) as notes:
        bits = 16 if image.mode in SIXTEEN_BIT_MODES else 8
        pixels_HWC, orientation = render_image(OpenedImage(image, bits=bits), limits=limits, notes=notes)
    return RGBImage(pixels_HWC, format_name, tuple(notes), orientation)


def from_array(array: NDArray[Any], *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """An sRGB array -> `RGBImage`: (H, W, 3) or grey (H, W), uint8, or uint16 with 65535 as white."""
    notes: list[str] = []
    pixels_HWC = render_array(array, limits=limits, notes=notes)
    return RGBImage(pixels_HWC, "array", tuple(notes))
