"""PQ and HLG (ITU-R BT.2100) brought to the range of an ordinary screen, as ITU-R BT.2408 says.

White is HDR reference white, 203 cd/m2 (BT.2408, table 1): an ordinary picture that was stored as HDR comes back as it
was. What is brighter than that is rolled off by the curve of BT.2408, annex 5 (BT.2390's EETF), from the picture's own
brightest pixels. Legend: C red, green and blue.
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
_CURVE_POINTS: Final = 1024


def _pq_light(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """PQ samples from 0 to 1 -> cd/m2."""
    power = levels ** (32 / 2523)
    ratio: NDArray[np.float64] = (power - 3424 / 4096).clip(0) / (2413 / 128 - 2392 / 128 * power)
    return 10_000 * ratio ** (16384 / 2610)


def _pq_level(light: NDArray[Any]) -> NDArray[Any]:
    power = (np.maximum(light, 0) / 10_000) ** (2610 / 16384)
    ratio: NDArray[np.float64] = (3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)
    return ratio ** (2523 / 32)


def _hlg_light(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """HLG samples from 0 to 1 -> light of the scene, from 0 to 1."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(levels <= 0.5, levels**2 / 3, (np.exp((levels - c) / a) + b) / 12)


CURVES: Final[dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]]] = {"PQ": _pq_light, "HLG": _hlg_light}


def fit(kind: str, sample: _Floats, luminances_C: _Floats) -> Callable[[_Floats], _Floats]:
    """A mapping from light as `CURVES` gives it, (..., C), to light in which 1 is white, for pictures like `sample`."""

    def displayed(light: _Floats) -> _Floats:
        return light if kind == "PQ" else _on_hlg_screen(light, luminances_C)

    peak = float(np.quantile(displayed(sample).max(axis=-1), _BRIGHTEST_SHARE))
    if peak <= WHITE_CD_M2:
        return lambda light: displayed(light) / np.float32(WHITE_CD_M2)
    places, gains = _roll_off(peak)

    def mapped(light: _Floats) -> _Floats:
        shown = displayed(light)
        brightest = shown.max(axis=-1, keepdims=True)
        gain: _Floats = np.interp(brightest, places, gains).astype(np.float32)
        return shown * gain

    return mapped


def _on_hlg_screen(light: _Floats, luminances_C: _Floats) -> _Floats:
    """The opto-optical transfer function of a screen of 1000 cd/m2."""
    luminance: _Floats = np.maximum((light @ luminances_C)[..., None], np.float32(1e-6))
    return np.float32(_HLG_PEAK_CD_M2) * light * luminance ** np.float32(_HLG_SYSTEM_GAMMA - 1)


def _roll_off(peak: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The brightest channel in cd/m2, and by how much all three are multiplied there."""
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
    return np.append(light, 10_000.0), np.append(gains, 1 / 10_000)
