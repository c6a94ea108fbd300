"""Where a picture is light and where dark, coarsely: the same for a copy, however it was saved or resized.

Legend: L layout numbers.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LAYOUT_FILE: Final = "layout.f32"
_SIDE_PX: Final = 32
_NUM_WAVES: Final = 8
LAYOUT_SHAPE: Final = (_NUM_WAVES**2 - 1,)


def layout(pixels_HWC: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The lowest 8 x 8 waves of a picture's luma but its mean, as a vector of length one (L,); zeros of a flat one.

    What perceptual hashes keep the signs of (Zauner, "Implementation and benchmarking of perceptual image hash
    functions", 2010, section 3.2.1).
    """
    from scipy.fft import dctn

    small = Image.fromarray(pixels_HWC).convert("L").resize((_SIDE_PX, _SIDE_PX), Image.Resampling.BOX, reducing_gap=2)
    waves_L = dctn(np.asarray(small, np.float64), norm="ortho")[:_NUM_WAVES, :_NUM_WAVES].ravel()[1:]
    length = float(np.linalg.norm(waves_L))
    return np.asarray(waves_L / length if length > 1e-6 else np.zeros_like(waves_L), np.float32)
