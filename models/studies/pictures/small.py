"""Pictures made small, for pages and reports."""

from __future__ import annotations

import io
from typing import Any, Final

from numpy.typing import NDArray
from PIL import Image

from models.trunk.preprocess import shrink

SMALL_MEDIA_TYPE: Final = "image/jpeg"
_QUALITY: Final = 80


def small_jpeg(pixels_HWC: NDArray[Any], *, side_px: int) -> bytes:
    """A copy whose longer side is at most so long, encoded."""
    factor = max(pixels_HWC.shape) / side_px
    buffer = io.BytesIO()
    Image.fromarray(shrink(pixels_HWC, factor) if factor > 1 else pixels_HWC).save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
