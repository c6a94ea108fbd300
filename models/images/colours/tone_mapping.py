"""PQ and HLG (ITU-R BT.2100) brought to the range of an ordinary screen, as ITU-R BT.2408 says.

White is HDR reference white, 203 cd/m2 (BT.2408, table 1): an ordinary picture that was stored as HDR comes back as it
was. What is brighter than that is rolled off by the curve of BT.2408, annex 5 (BT.2390's EETF), from the picture's own
brightest pixels. Legend: C red, green and blue, N pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]

WHITE_CD_M2: Final = 203.0
_HLG_PEAK_CD_M2: Final = 1000.0
_HLG_SYSTEM_GAMMA: Final = 1.2
_BRIGHTEST_SHARE: Final = 0.9995
"""Pixels brighter than this share of all do not count as the brightest."""
_BRIGHTEST_CD_M2: Final = 10_000
"""What PQ can say at most."""
_CURVE_POINTS: Final = 1024
_STEPS: Final = 2**16
"""Of light, by which the curve is looked up: less than a tenth of a level of 255 apart, and fast."""


def _pq_light(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """PQ samples from 0 to 1 -> cd/m2."""
    power = levels ** (32 / 2523)
    ratio: NDArray[np.float64] = (power - 3424 / 4096).clip(0) / (2413 / 128 - 2392 / 128 * power)
    return _BRIGHTEST_CD_M2 * ratio ** (16384 / 2610)


def _pq_level(light: NDArray[Any]) -> NDArray[Any]:
    power = (np.maximum(light, 0) / _BRIGHTEST_CD_M2) ** (2610 / 16384)
    ratio: NDArray[np.float64] = (3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)
    return ratio ** (2523 / 32)


def _hlg_light(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """HLG samples from 0 to 1 -> light of the scene, from 0 to 1."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(levels <= 0.5, levels**2 / 3, (np.exp((levels - c) / a) + b) / 12)


CURVES: Final[dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]]] = {"PQ": _pq_light, "HLG": _hlg_light}


def fit(kind: str, sample_CN: _Floats, luminances_C: _Floats) -> Callable[[_Floats], _Floats]:
    """A mapping from light as `CURVES` gives it, (C, N), to light in which 1 is white, for pictures like the sample."""

    def displayed(light_CN: _Floats) -> _Floats:
        return light_CN if kind == "PQ" else _on_hlg_screen(light_CN, luminances_C)

    peak = float(np.quantile(displayed(sample_CN).max(axis=0), _BRIGHTEST_SHARE))
    if peak <= WHITE_CD_M2:
        return lambda light_CN: displayed(light_CN) / np.float32(WHITE_CD_M2)
    gains = _roll_off(peak)

    def mapped(light_CN: _Floats) -> _Floats:
        shown_CN = displayed(light_CN)
        brightest_N = np.minimum(shown_CN.max(axis=0), np.float32(_BRIGHTEST_CD_M2))
        brightest_N *= np.float32((len(gains) - 1) / _BRIGHTEST_CD_M2)
        gain_N: _Floats = gains.take(np.rint(brightest_N, out=brightest_N).astype(np.uint16))
        return shown_CN * gain_N

    return mapped


def _on_hlg_screen(light_CN: _Floats, luminances_C: _Floats) -> _Floats:
    """The opto-optical transfer function of a screen of 1000 cd/m2."""
    luminance_N: _Floats = np.maximum(np.einsum("c,cn->n", luminances_C, light_CN), np.float32(1e-6))
    gain_N: _Floats = np.float32(_HLG_PEAK_CD_M2) * luminance_N ** np.float32(_HLG_SYSTEM_GAMMA - 1)
    return light_CN * gain_N


def _roll_off(peak: float) -> _Floats:
    """By how much all channels are multiplied where the brightest has light in equal steps up to 10,000 cd/m2."""
    top = float(_pq_level(np.array(peak)))
    white = float(_pq_level(np.array(WHITE_CD_M2))) / top
    knee = 1.5 * white - 0.5
    levels = np.linspace(0, 1, _CURVE_POINTS)
    part = ((levels - knee) / (1 - knee)).clip(0)
    spline = (
        (2 * part**3 - 3 * part**2 + 1) * knee
        + (part**3 - 2 * part**2 + part) * (1 - knee)
        + (3 * part**2 - 2 * part**3) * white
    )
    light = _pq_light(levels * top)
    mapped = _pq_light(np.where(levels < knee, levels, spline) * top)
    gains = np.divide(mapped, light, out=np.ones_like(light), where=light > 0) / WHITE_CD_M2
    places, gains = np.append(light, _BRIGHTEST_CD_M2), np.append(gains, 1 / _BRIGHTEST_CD_M2)
    in_steps: _Floats = np.interp(np.linspace(0, _BRIGHTEST_CD_M2, _STEPS), places, gains).astype(np.float32)
    return in_steps
