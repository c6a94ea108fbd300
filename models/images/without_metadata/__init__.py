"""A JPEG, PNG or WebP taken apart and put together again from what its pixels need: no metadata, and no new encoding.

What is copied is on a list; whatever else there is (EXIF, XMP, IPTC, comments, thumbnails, further pictures, gain maps,
later frames, what lies behind the end) stays behind because nobody knows it. Of EXIF the orientation alone is written
anew, of an ICC profile what bears on colours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from models.images.errors import UnusableImage
from models.images.without_metadata.jpeg import jpeg_without_metadata
from models.images.without_metadata.png import png_without_metadata
from models.images.without_metadata.webp import webp_without_metadata

_BY_FORMAT: Final[Mapping[str, Callable[[bytes, int], bytes | None]]] = {
    "JPEG": jpeg_without_metadata,
    "PNG": png_without_metadata,
    "WEBP": webp_without_metadata,
}


def without_metadata(data: bytes, *, format_name: str, orientation: int) -> bytes | None:
    """A file of the same compressed pixels, upright under the same EXIF number, and nothing else.

    `None` for other formats, and for a file whose parts are not all as the standard says: one that decodes all the
    same may hide anything there. Whoever keeps the result decodes it first and compares the pixels.
    """
    if format_name not in _BY_FORMAT:
        return None
    try:
        return _BY_FORMAT[format_name](data, orientation)
    except UnusableImage:  # what a decoder of other habits got pixels from
        return None
