"""Pictures that benchmarks send."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image

from tests.places import SAMPLES


@cache
def photograph(*, width: int = 512, height: int = 384) -> bytes:
    """A JPEG of this size, made of the first shipped sample."""
    buffer = io.BytesIO()
    with Image.open(min(SAMPLES.glob("*.jpg"))) as picture:
        picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()
