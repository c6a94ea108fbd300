"""Colours that a file describes by numbers instead of an ICC profile -> sRGB: CICP (ITU-T H.273), PNG's gAMA and cHRM.

What is brighter than paper white (PQ and HLG) is tone-mapped, see `tone_mapping.py`. Legend: H rows, W columns, C
channels, N pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.images.colours import tone_mapping
from models.images.colours.bands import bands

_Floats = NDArray[np.float32]
_Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]
Chromaticities = tuple[float, float, float, float, float, float, float, float]
"""x and y of red, green, blue and white."""

_D65: Final = (0.3127, 0.3290)
_SRGB: Final[Chromaticities] = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06, *_D65)
_BT601_625: Final[Chromaticities] = (0.64, 0.33, 0.29, 0.60, 0.15, 0.06, *_D65)
_BT601_525: Final[Chromaticities] = (0.63, 0.34, 0.31, 0.595, 0.155, 0.07, *_D65)
_PRIMARIES: Final[dict[int, tuple[str, Chromaticities]]] = {
    4: ("BT.470 M", (0.67, 0.33, 0.21, 0.71, 0.14, 0.08, 0.310, 0.316)),
    5: ("BT.601", _BT601_625),
    6: ("BT.601", _BT601_525),
    7: ("SMPTE 240M", _BT601_525),
    8: ("film", (0.681, 0.319, 0.243, 0.692, 0.145, 0.049, 0.310, 0.316)),
    9: ("BT.2020", (0.708, 0.292, 0.170, 0.797, 0.131, 0.046, *_D65)),
    10: ("XYZ", (1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1 / 3, 1 / 3)),
    11: ("DCI-P3", (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.314, 0.351)),
    12: ("Display P3", (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, *_D65)),
    22: ("EBU Tech 3213", (0.630, 0.340, 0.295, 0.605, 0.155, 0.077, *_D65)),
}
"""H.273's numbers; 1 is sRGB's, and so are taken 2 (not said) and those that are reserved."""
_PQ, _HLG, _LINEAR = 16, 18, 8
_GAMMAS: Final = {4: 2.2, 5: 2.8, 17: 2.6}
_LOGARITHMIC: Final = (9, 10)
"""Other transfers are those of television and sRGB, whose pictures look right on the same screens."""

_SAME_CHROMATICITY: Final = 0.002
_SAME_GAMMA: Final = 0.02
_LOWEST_GAMMA, _HIGHEST_GAMMA = 0.1, 10.0
_SMALLEST_GAMUT: Final = 0.02
"""In chromaticities; sRGB's triangle has 0.11."""
_BAND_PIXELS: Final = 2**17
"""Taken at a time: what is computed with stays in the processor's cache."""
_STEPS: Final = 65_535


@dataclass(frozen=True)
class ColourCoding:
    """How stored samples mean colours that are not sRGB; `name` is what notes call it.

    `gamma` is the exponent from samples to light, 0 sRGB's own curve; `hdr` is PQ, HLG or nothing.
    """

    name: str
    primaries: Chromaticities = _SRGB
    gamma: float = 0.0
    hdr: str = ""
    is_full_range: bool = True
    is_known: bool = True
    """Whether `to_srgb` can convert such samples."""

    def to_srgb(self, samples: NDArray[Any]) -> NDArray[np.uint8]:
        """(H, W, 3) or grey (H, W), uint8 or uint16 that fills its range -> the same shape as 8-bit sRGB."""
        to_light = self._light_of_samples(samples.dtype)
        if samples.ndim == 2 and not self.hdr:
            grey_HW: NDArray[np.uint8] = _encode(to_light)[samples]
            return grey_HW
        samples_HWC = samples if samples.ndim == 3 else np.repeat(samples[:, :, None], 3, axis=2)
        map_tones = self._tone_mapping(samples_HWC, to_light)
        matrix, width = _to_srgb_primaries(self.primaries), samples_HWC.shape[1]
        result_HWC = np.empty(samples_HWC.shape, np.uint8)
        for rows in bands(samples_HWC.shape, _BAND_PIXELS):
            light_CN = map_tones(to_light.take(_planes(samples_HWC[rows])))
            # Not by BLAS, whose threads take CPU from scoring, and more of it while they wait for each other.
            result_HWC[rows] = _pixels(_encode(np.einsum("dc,cn->dn", matrix, light_CN)), width)
        return result_HWC if samples.ndim == 3 else np.ascontiguousarray(result_HWC[:, :, 0])

    @property
    def note(self) -> str:
        """What is said of a picture that was converted."""
        return f"{self.name} tone-mapped to sRGB" if self.hdr else f"{self.name} converted to sRGB"

    def _light_of_samples(self, dtype: np.dtype[Any]) -> _Floats:
        """Linear light of each sample: 1 is white; of PQ candelas per square metre, of HLG the scene's."""
        levels = np.arange(np.iinfo(dtype).max + 1) / np.iinfo(dtype).max
        if not self.is_full_range:
            levels = ((levels * 255 - 16) / 219).clip(0, 1)
        return self._curve(levels).astype(np.float32)

    @property
    def _curve(self) -> _Curve:
        if self.hdr:
            return tone_mapping.CURVES[self.hdr]
        if self.gamma:
            return lambda levels: levels**self.gamma
        return lambda levels: np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)

    def _tone_mapping(self, samples_HWC: NDArray[Any], to_light: _Floats) -> Callable[[_Floats], _Floats]:
        if not self.hdr:
            return lambda light_HWC: light_HWC
        luminances = _xyz_of(self.primaries)[1]
        return tone_mapping.fit(self.hdr, to_light[_planes(samples_HWC[::4, ::4])], luminances.astype(np.float32))


def from_cicp(primaries: int, transfer: int, *, is_full_range: bool = True) -> ColourCoding | None:
    """H.273's numbers -> how to read such samples, `None` where they are sRGB or nothing is said."""
    if transfer in _LOGARITHMIC:
        return ColourCoding("logarithmic samples", is_known=False)
    primaries_name, chromaticities = _PRIMARIES.get(primaries, ("", _SRGB))
    hdr = {_PQ: "PQ", _HLG: "HLG"}.get(transfer, "")
    gamma = 1.0 if transfer == _LINEAR else _GAMMAS.get(transfer, 0.0)
    if not (primaries_name or hdr or gamma) and is_full_range:
        return None
    transfer_name = f"HDR {hdr}" if hdr else f"gamma {gamma:g}" if gamma else ""
    name = ", ".join(part for part in (transfer_name, primaries_name) if part) or "narrow-range samples"
    return ColourCoding(name, chromaticities, gamma, hdr, is_full_range)


def from_png(gamma: float | None, chromaticities: Chromaticities | None) -> ColourCoding | None:
    """gAMA (samples are light to this power) and cHRM -> how to read such samples, `None` where that is as sRGB."""
    is_srgb_gamut = chromaticities is None or np.allclose(chromaticities, _SRGB, atol=_SAME_CHROMATICITY)
    is_srgb_gamma = gamma is None or abs(gamma * 2.2 - 1) < _SAME_GAMMA
    if (is_srgb_gamut and is_srgb_gamma) or not _is_plausible(gamma, chromaticities):
        return None
    exponent = 0.0 if gamma is None else 1 / gamma
    parts = ("" if is_srgb_gamma else f"gAMA {gamma:.5g}", "" if is_srgb_gamut else "cHRM primaries")
    return ColourCoding(", ".join(part for part in parts if part), chromaticities or _SRGB, exponent)


def _is_plausible(gamma: float | None, chromaticities: Chromaticities | None) -> bool:
    """Whether such a screen could exist: writers have left zeros, and sides of a triangle that fall together."""
    if gamma is not None and not _LOWEST_GAMMA < gamma < _HIGHEST_GAMMA:
        return False
    if chromaticities is None:
        return True
    points = np.array(chromaticities).reshape(4, 2)
    (red_x, red_y), (green_x, green_y), (blue_x, blue_y), white = points.tolist()
    area = abs((green_x - red_x) * (blue_y - red_y) - (blue_x - red_x) * (green_y - red_y)) / 2
    return bool(points.min() >= 0 and points.max() <= 1 and min(white) > 0 and area > _SMALLEST_GAMUT)


def _planes(samples_HWC: NDArray[Any]) -> NDArray[Any]:
    """(C, N), each channel in one piece: numpy is several times as fast along long rows as along three channels."""
    return np.ascontiguousarray(samples_HWC.reshape(-1, 3).T)


def _pixels(samples_CN: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    """The same as (H, W, C)."""
    pixels_NC = np.empty(samples_CN.shape[::-1], np.uint8)
    for channel, samples_N in enumerate(samples_CN):
        pixels_NC[:, channel] = samples_N
    return pixels_NC.reshape(-1, width, 3)


def _encode(light: _Floats) -> NDArray[np.uint8]:
    """Linear light, clipped to 0-1 -> sRGB samples."""
    return _srgb_samples()[(light.clip(0, 1) * _STEPS + 0.5).astype(np.uint16)]


@lru_cache(maxsize=1)
def _srgb_samples() -> NDArray[np.uint8]:
    light = np.arange(_STEPS + 1) / _STEPS
    samples = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * samples).astype(np.uint8)


def _xyz_of(chromaticities: Chromaticities) -> NDArray[np.float64]:
    """Columns: XYZ of red, green and blue that add up to white of luminance 1."""
    points = np.array(chromaticities, np.float64).reshape(4, 2)
    xyz_4C = np.column_stack([points, 1 - points.sum(axis=1)]) / points[:, 1:].clip(1e-6)
    columns: NDArray[np.float64] = xyz_4C[:3].T
    return columns * np.linalg.solve(columns, xyz_4C[3])


def _to_srgb_primaries(chromaticities: Chromaticities) -> _Floats:
    """Linear RGB -> linear sRGB, whites brought together by Bradford's matrix."""
    bradford = np.array(((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296)))
    source, target = _xyz_of(chromaticities), _xyz_of(_SRGB)
    cones = bradford @ np.stack([target.sum(axis=1), source.sum(axis=1)], axis=1)
    adapt = np.linalg.inv(bradford) @ np.diag(cones[:, 0] / cones[:, 1]) @ bradford
    matrix: NDArray[np.float64] = np.linalg.inv(target) @ adapt @ source
    return matrix.astype(np.float32)
