"""ICC profiles: wide gamut, inks, grey, and their conversions."""

from __future__ import annotations

import io
import struct
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms


def _icc(device_class: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    offset, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        padded = content + b"\0" * (-len(content) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(content))
        body += padded
    header = struct.pack(">I4sI4s4s4s", offset + len(body), b"\0\0\0\0", 0x02100000, device_class, space, connection)
    header += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp").ljust(32, b"\0")
    header += _s15f16(0.9642, 1.0, 0.8249)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _s15f16(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _xyz(*numbers: float) -> bytes:
    return b"XYZ \0\0\0\0" + _s15f16(*numbers)


def _described(name: str) -> dict[bytes, bytes]:
    text = name.encode() + b"\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * 78
    return {b"desc": description, b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1.0, 0.8249)}


@cache
def wide_gamut_profile() -> bytes:
    """An RGB profile with the primaries of Display P3 and a plain gamma of 1.8."""
    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(1.8 * 256))
    primaries = {
        b"rXYZ": _xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": _xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": _xyz(0.15710, 0.06657, 0.78407),
    }
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), gamma)
    return _icc(b"mntr", b"RGB ", b"XYZ ", _described("wide") | primaries | curves)


@cache
def grey_profile() -> bytes:
    """A grey profile with a plain gamma of 1.8."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(1.8 * 256))
    return _icc(b"mntr", b"GRAY", b"XYZ ", _described("grey") | {b"kTRC": curve})


CYAN_INK_LAB: Final = (55.0, -30.0, -40.0)
"""What `ink_profile` says that 100 % cyan looks like."""


@cache
def ink_profile() -> bytes:
    """A CMYK profile of four inks whose cyan is `CYAN_INK_LAB`; the other inks only darken."""
    nodes = [_ink_lab(*(index >> shift & 1 for shift in (3, 2, 1, 0))) for index in range(16)]
    table = b"".join(bytes((round(light * 2.55), round(a + 128), round(b + 128))) for light, a, b in nodes)
    identity = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + _s15f16(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return _icc(b"prtr", b"CMYK", b"Lab ", _described("ink") | {b"A2B0": lut + identity * 4 + table + identity * 3})


def _ink_lab(cyan: int, magenta: int, yellow: int, black: int) -> tuple[float, float, float]:
    light, a, b = CYAN_INK_LAB if cyan else (100.0, 0.0, 0.0)
    darker = 0.5**magenta * 0.9**yellow * 0.0**black
    return light * darker, a * darker, b * darker


_INK_STEPS: Final = 9
_XYZ_OF_SRGB: Final = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))
"""Under D50."""
_WHITE_XYZ: Final = (0.9642, 1.0, 0.8249)


def printed(image: Image.Image) -> Image.Image:
    """An sRGB picture as the four inks of `printing_profile`, half of the grey in black."""
    rgb_HWC = np.asarray(image) / 255
    black_HW1 = (1 - rgb_HWC.max(axis=2, keepdims=True)) / 2
    inks_HWC = np.concatenate([1 - rgb_HWC / (1 - black_HW1), black_HW1], axis=2)
    return Image.fromarray(np.round(255 * inks_HWC).astype(np.uint8), "CMYK")


@cache
def printing_profile() -> bytes:
    """A CMYK profile, its table in 16 bits, of ideal inks: each takes its share of what light the others leave."""
    steps = np.linspace(0, 1, _INK_STEPS)
    cyan, magenta, yellow, black = np.meshgrid(steps, steps, steps, steps, indexing="ij")
    rgb_NC = np.stack([(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)], axis=-1).reshape(-1, 3)
    table = np.round((_lab(rgb_NC) + np.array((0, 128, 128))) * np.array((652.8, 256, 256))).astype(">u2").tobytes()
    header = b"mft2\0\0\0\0" + bytes((4, 3, _INK_STEPS, 0)) + _s15f16(1, 0, 0, 0, 1, 0, 0, 0, 1)
    curves = struct.pack(">HH", 2, 2)
    lut = header + curves + struct.pack(">2H", 0, 65535) * 4 + table + struct.pack(">2H", 0, 65535) * 3
    return _icc(b"prtr", b"CMYK", b"Lab ", _described("print") | {b"A2B0": lut})


def _lab(rgb_NC: NDArray[np.float64]) -> NDArray[np.float64]:
    light_NC = np.where(rgb_NC <= 0.04045, rgb_NC / 12.92, ((rgb_NC + 0.055) / 1.055) ** 2.4)
    xyz_NC = light_NC @ np.array(_XYZ_OF_SRGB).T / _WHITE_XYZ
    x, y, z = np.where(xyz_NC > 216 / 24389, np.cbrt(xyz_NC), (24389 / 27 * xyz_NC + 16) / 116).T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def through(image: Image.Image, profile: bytes) -> Image.Image:
    """The same colours, stored as this RGB profile wants them."""
    srgb, wanted = ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.applyTransform(image, ImageCms.buildTransform(srgb, wanted, "RGB", "RGB", renderingIntent=1))
