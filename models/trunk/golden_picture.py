"""A picture by integer arithmetic alone: the same bytes on every machine, so that what comes of it can be compared."""

from __future__ import annotations

from typing import Final

import numpy as np

from models.images import RGBImage, from_array

_HEIGHT_PX: Final = 192
_WIDTH_PX: Final = 256


def golden_image() -> RGBImage:
    """192 x 256 px of gradients, edges and fine texture."""
    y, x = np.mgrid[0:_HEIGHT_PX, 0:_WIDTH_PX].astype(np.int64)
    texture = (x * x * 7 + y * y * 13 + x * y * 5) % 61
    edges = ((x // 37 + y // 29) % 2) * 60
    channels = [(x * 2 + edges + texture) % 256, (y + edges + x // 2) % 256, (255 - x // 2 + texture) % 256]
    return from_array(np.stack(channels, -1).astype(np.uint8))
