"""Pictures small enough to lie inside a page."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

from models.images import ImageError, from_path
from models.studies.pictures.small import SMALL_MEDIA_TYPE, small_jpeg

_SIDE_PX: Final = 280


def data_address(path: Path) -> str | None:
    """A small copy as a data address; `None` where the file is gone or cannot be read."""
    try:
        pixels_HWC = from_path(path).pixels_HWC
    except (ImageError, OSError):
        return None
    small = base64.b64encode(small_jpeg(pixels_HWC, side_px=_SIDE_PX)).decode()
    return f"data:{SMALL_MEDIA_TYPE};base64,{small}"
