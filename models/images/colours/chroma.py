"""Colour samples that a decoder repeated to fill every pixel are interpolated instead, as in JPEG, WebP and AVIF.

libheif (HEIC) and libtiff (subsampled YCbCr) repeat each colour sample in 2 x 2 pixels. They can be read back exactly,
so the picture gets the weights 3/4 and 1/4 of JPEG decoders. Legend: H rows, W columns, h and w those of stored colour
samples, C red, green and blue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.images.colours.bands import bands

_Sample = TypeVar("_Sample", np.uint8, np.uint16)
_Floats = NDArray[np.float32]

_RED, _GREEN, _BLUE = 0.299, 0.587, 0.114
"""Any weights that sum to 1 would do: what is added to luma moves red, green and blue alike under every matrix."""
_BAND_SAMPLES: Final = 2**15
"""Stored samples of a colour taken at a time: what is computed with stays in the processor's cache."""
_PROBES: Final = 16
_PROBE_ROWS: Final = 32
_REPEATED_SHARE: Final = 0.5
"""Inside pairs, colour differs by less than this share of what it differs by between them, if it was repeated."""
_FLAT_LEVELS: Final = 0.25
"""What rounding leaves of equal samples, in levels of 255."""


class _Repeats(NamedTuple):
    """How often samples were repeated along an axis (1: not at all), and how many pixels lie before a whole repeat."""

    factor: int
    start: int


def interpolate_repeated_colour(pixels_HWC: NDArray[_Sample]) -> NDArray[_Sample]:
    """RGB whose colour was brought to full size by repetition -> interpolated; other pictures come back as they are.

    Judged by the pixels: a decoder that interpolates by itself is left alone, and so are odd sides and turned pictures
    told from others, where the first repeat has one pixel.
    """
    down, across = _find_repeats(pixels_HWC)
    if down.factor == across.factor == 1:
        return pixels_HWC
    height, width = pixels_HWC.shape[:2]
    padding = (_padding(down, height), _padding(across, width), (0, 0))
    whole_HWC = np.pad(pixels_HWC, padding, mode="edge") if any(map(any, padding)) else pixels_HWC.copy()
    _interpolate(whole_HWC, (down.factor, across.factor))
    return np.ascontiguousarray(whole_HWC[down.start : down.start + height, across.start : across.start + width])


def _padding(axis: _Repeats, side_px: int) -> tuple[int, int]:
    return axis.start, (side_px + axis.start) % axis.factor


def _find_repeats(pixels_HWC: NDArray[Any]) -> tuple[_Repeats, _Repeats]:
    """Down and across, from red against luma in rows spread over the picture."""
    last = max(0, len(pixels_HWC) - _PROBE_ROWS)
    probes = sorted({round(row) // 2 * 2 for row in np.linspace(0, last, _PROBES)})
    level = np.float32(255 / np.iinfo(pixels_HWC.dtype).max)
    bands = [_colour(pixels_HWC[row : row + _PROBE_ROWS].astype(np.float32))[0] * level for row in probes]
    down = np.mean([_steps(band_HW.T) for band_HW in bands], axis=0)
    across = np.mean([_steps(band_HW) for band_HW in bands], axis=0)
    return _repeats(*down), _repeats(*across)


def _steps(colour_HW: _Floats) -> tuple[float, float]:
    """The mean difference between columns 2n and 2n + 1, and between 2n + 1 and 2n + 2."""
    steps_W = np.abs(np.diff(colour_HW, axis=1)).mean(axis=0)
    return float(steps_W[0::2].mean()), float(steps_W[1::2].mean())


def _repeats(even: float, odd: float) -> _Repeats:
    if min(even, odd) > max(_FLAT_LEVELS, _REPEATED_SHARE * max(even, odd)):
        return _Repeats(1, 0)
    return _Repeats(2, 0 if even <= odd else 1)


def _colour(rgb_HWC: _Floats) -> tuple[_Floats, _Floats]:
    """Red and blue less luma."""
    luma_HW = rgb_HWC @ np.array((_RED, _GREEN, _BLUE), np.float32)
    return rgb_HWC[..., 0] - luma_HW, rgb_HWC[..., 2] - luma_HW


def _interpolate(pixels_HWC: NDArray[_Sample], factors: tuple[int, int]) -> None:
    """In place, for sides that are multiples of the factors."""
    red_hw, blue_hw = _stored_colour(pixels_HWC, factors)
    for rows in bands(red_hw.shape, _BAND_SAMPLES):
        band_HWC = pixels_HWC[rows.start * factors[0] : rows.stop * factors[0]]
        changes = zip(_changes(red_hw, rows, factors), _changes(blue_hw, rows, factors), strict=True)
        for (first, change_red_hw), (_, change_blue_hw) in changes:
            _add(band_HWC[first[0] :: factors[0], first[1] :: factors[1]], change_red_hw, change_blue_hw)


def _stored_colour(pixels_HWC: NDArray[Any], factors: tuple[int, int]) -> tuple[_Floats, _Floats]:
    """Red and blue less luma, (h, w): the mean of the pixels that a sample was repeated in."""
    height, width = pixels_HWC.shape[0] // factors[0], pixels_HWC.shape[1] // factors[1]
    red_hw, blue_hw = np.empty((height, width), np.float32), np.empty((height, width), np.float32)
    share = np.float32(1 / (factors[0] * factors[1]))
    for rows in bands((height, width), _BAND_SAMPLES):
        sums_hwC = pixels_HWC[rows.start * factors[0] : rows.stop * factors[0]]
        if factors[0] == 2:
            sums_hwC = np.add(sums_hwC[0::2], sums_hwC[1::2], dtype=np.uint32)
        if factors[1] == 2:
            sums_hwC = np.add(sums_hwC[:, 0::2], sums_hwC[:, 1::2], dtype=np.uint32)
        red_hw[rows], blue_hw[rows] = _colour(sums_hwC.astype(np.float32) * share)
    return red_hw, blue_hw


def _changes(stored_hw: _Floats, rows: slice, factors: tuple[int, int]) -> Iterator[tuple[tuple[int, int], _Floats]]:
    """For each place among the pixels that share a sample: how far the interpolated colour is from the sample."""
    last_row, last_column = stored_hw.shape[0] - 1, stored_hw.shape[1] - 1
    here_hw = stored_hw[rows]
    for down in range(factors[0]):
        nearer_hw = here_hw
        if factors[0] == 2:
            neighbours = np.arange(rows.start, rows.stop) + (1 if down else -1)
            nearer_hw = 0.75 * here_hw + 0.25 * stored_hw[neighbours.clip(0, last_row)]
        for across in range(factors[1]):
            there_hw = nearer_hw
            if factors[1] == 2:
                neighbours = np.arange(last_column + 1) + (1 if across else -1)
                there_hw = 0.75 * nearer_hw + 0.25 * nearer_hw[:, neighbours.clip(0, last_column)]
            yield (down, across), there_hw - here_hw


def _add(pixels_hwC: NDArray[Any], red_hw: _Floats, blue_hw: _Floats) -> None:
    """Change colour and leave luma as it is."""
    limit = np.iinfo(pixels_hwC.dtype).max
    green_hw = red_hw * (-_RED / _GREEN) - blue_hw * (_BLUE / _GREEN)
    for channel, change_hw in enumerate((red_hw, green_hw, blue_hw)):
        changed_hw = pixels_hwC[..., channel] + change_hw
        pixels_hwC[..., channel] = np.rint(changed_hw, out=changed_hw).clip(0, limit, out=changed_hw)
