"""Pictures small enough to lie inside a page."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Final

from PIL import Image

from models.images import ImageError, from_path
from models.trunk.preprocess import shrink

_SIDE_PX: Final = 280
_QUALITY: Final = 80


def data_address(path: Path) -> str | None:
    """A small copy as a data address; `None` where the file is gone or cannot be read."""
    try:
        pixels_HWC = from_path(path).pixels_HWC
    except (ImageError, OSError):
        return None
    factor = max(pixels_HWC.shape) / _SIDE_PX
    buffer = io.BytesIO()
    Image.fromarray(shrink(pixels_HWC, factor) if factor > 1 else pixels_HWC).save(buffer, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"
