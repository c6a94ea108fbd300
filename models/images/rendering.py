"""From whatever was stored to upright 8-bit sRGB: depth, alpha and orientation, each noted where it changed something.

Legend: H rows, W columns, C channels.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import Base as ExifTag
from PIL.TiffImagePlugin import TiffImageFile

from models.images.colour import to_srgb
from models.images.errors import DAMAGED_METADATA, UnusableImage
from models.images.formats import OpenedImage
from models.images.limits import ImageLimits, check_size

BACKGROUND_RGB: Final = (255, 255, 255)
"""What shows through transparent pixels: white, as in browsers and on the studio's own pages."""
SIXTEEN_BIT_MODES: Final = frozenset(("I;16", "I;16B", "I;16L", "I;16N"))
"""Pillow's modes for grey of 16 (or 12) bits; it has none for colours of so many."""
_UPRIGHT: Final[Mapping[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def render_image(opened: OpenedImage, *, limits: ImageLimits, notes: list[str]) -> NDArray[np.uint8]:
    """An opened picture -> its pixels (H, W, 3), decoded only here; raises whatever its decoder does."""
    image = opened.image
    _refuse_unscaled_pixels(image.mode)
    orientation = _load(opened, notes)
    check_size(image.size, limits=limits)  # some decoders find another size than the header promised
    profile = image.info.get("icc_profile")
    if opened.bits > 8:
        notes.append(f"{opened.bits} bits reduced to 8")
    if image.mode in SIXTEEN_BIT_MODES:
        image = _reduce_grey(opened)
    colour, alpha = _split_alpha(image)
    if opened.has_spare_byte and alpha is not None and alpha.getextrema() == (0, 0):
        alpha = None
    rgb = _composite(to_srgb(colour, profile=profile, notes=notes), alpha, notes)
    rgb = _turn_upright(rgb, orientation, notes, is_turned=isinstance(opened.image, TiffImageFile))
    pixels_HWC = np.array(rgb)  # a copy, because `asarray` gives pixels that torch must not share: read-only ones
    _note_constant(pixels_HWC, notes)
    return pixels_HWC


def render_array(array: NDArray[Any], *, limits: ImageLimits, notes: list[str]) -> NDArray[np.uint8]:
    """An sRGB array, (H, W, 3) or grey (H, W), uint8 or uint16 -> pixels (H, W, 3); others raise `UnusableImage`."""
    if array.ndim not in (2, 3) or array.shape[2:] not in ((), (3,)):
        raise UnusableImage("unsupported-array", f"got an array of shape {array.shape}, expected (H, W, 3) or (H, W)")
    check_size((array.shape[1], array.shape[0]), limits=limits)
    pixels = _eight_bit_array(array, notes)
    pixels_HWC = pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)
    _note_constant(pixels_HWC, notes)
    return np.ascontiguousarray(pixels_HWC)


def _eight_bit_array(array: NDArray[Any], notes: list[str]) -> NDArray[np.uint8]:
    if array.dtype == np.uint8:
        return array
    if array.dtype == np.uint16:
        notes.append("16 bits reduced to 8")
        return _sixteen_to_eight_bits(array)
    raise UnusableImage(
        "unsupported-array",
        f"got an array of {array.dtype}, expected uint8 or uint16 "
        "(for floats from 0 to 1: `(array * 255).round().astype(numpy.uint8)`)",
    )


def _refuse_unscaled_pixels(mode: str) -> None:
    expected = "expected 8 or 16 bits per channel: scale it to the range you mean and save it as such"
    if mode == "F":
        raise UnusableImage("float-pixels", f"got floating-point pixels, whose range is not known, {expected}")
    if mode == "I":
        raise UnusableImage("unsupported-depth", f"got 32-bit or signed pixels, whose range is not known, {expected}")


def _load(opened: OpenedImage, notes: list[str]) -> int:
    """Decode every pixel; the orientation under which they were stored."""
    image = opened.image
    is_tiff = isinstance(image, TiffImageFile)
    tiff_orientation = _exif_orientation(image, notes) if is_tiff else 1  # loading a TIFF turns it and forgets this
    image.load()
    if not opened.is_whole():
        raise UnusableImage("truncated-image", "got fewer pixels than the header says, expected all of them")
    # Not before: asked for its EXIF, a PNG loads its pixels, and broken ones would count as broken metadata.
    return tiff_orientation if is_tiff else _exif_orientation(image, notes)


def _exif_orientation(image: Image.Image, notes: list[str]) -> int:
    """1-8; an orientation that is missing, unreadable or unknown counts as 1 (upright)."""
    try:
        orientation = image.getexif().get(ExifTag.Orientation, 1)
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, struct.error):
        notes.append(DAMAGED_METADATA)
        return 1
    return orientation if isinstance(orientation, int) and orientation in _UPRIGHT else 1


def _turn_upright(image: Image.Image, orientation: int, notes: list[str], *, is_turned: bool) -> Image.Image:
    """Turn, except where the reader did already (Pillow turns TIFF while loading it)."""
    if orientation == 1:
        return image
    notes.append(f"rotated by EXIF orientation {orientation}")
    return image if is_turned else image.transpose(_UPRIGHT[orientation])


def _sixteen_to_eight_bits(values: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """`round(value * 255 / 65535)` for each value; 65535 is 257 * 255."""
    level, remainder = np.divmod(values, 257)
    return (level + (remainder > 128)).astype(np.uint8)


def _reduce_grey(opened: OpenedImage) -> Image.Image:
    """16- or 12-bit grey -> "L", or "LA" where one stored value is transparent."""
    stored_HW = np.asarray(opened.image).astype(np.uint16)
    values_HW = (stored_HW * 16 + stored_HW // 256).astype(np.uint16) if opened.bits == 12 else stored_HW
    grey_HW = _sixteen_to_eight_bits(~values_HW if opened.white_is_zero else values_HW)
    grey = Image.fromarray(grey_HW)
    transparent = opened.image.info.get("transparency")
    if not isinstance(transparent, int):
        return grey
    alpha = Image.fromarray(np.where(stored_HW == transparent, 0, 255).astype(np.uint8))
    return Image.merge("LA", (grey, alpha))


def _split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Colour as L, RGB, CMYK or LAB, and alpha where some pixel is not opaque; premultiplied colours are divided."""
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode == "LA":
        return image.getchannel("L"), _unless_opaque(image.getchannel("A"))
    if image.has_transparency_data:
        straight = image.convert("RGBA")
        return straight.convert("RGB"), _unless_opaque(straight.getchannel("A"))
    if image.mode == "1":
        return image.convert("L"), None
    return (image if image.mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")), None


def _unless_opaque(alpha: Image.Image) -> Image.Image | None:
    return None if alpha.getextrema() == (255, 255) else alpha


def _composite(rgb: Image.Image, alpha: Image.Image | None, notes: list[str]) -> Image.Image:
    if alpha is None:
        return rgb
    notes.append("alpha composited over white")
    background = Image.new("RGB", rgb.size, BACKGROUND_RGB)
    background.paste(rgb, mask=alpha)
    return background


def _note_constant(pixels_HWC: NDArray[np.uint8], notes: list[str]) -> None:
    corner_C = pixels_HWC[0, 0]
    # A coarse grid first: nearly every picture is told apart there, without a pass over all of its pixels.
    if (pixels_HWC[::16, ::16] == corner_C).all() and (pixels_HWC == corner_C).all():
        notes.append("constant image: every pixel has the same colour, so its score says little")
