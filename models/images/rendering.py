"""From whatever was stored to upright 8-bit sRGB: depth, alpha and orientation, each noted where it changed something.

Legend: H rows, W columns, C channels.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import Base as ExifTag
from PIL.TiffImagePlugin import TiffImageFile

from models.images.colours.chroma import interpolate_repeated_colour
from models.images.colours.profiles import to_srgb
from models.images.errors import DAMAGED_METADATA, UnsupportedFormat, UnusableImage
from models.images.limits import ImageLimits, check_size
from models.images.opened import OpenedImage

BACKGROUND_RGB: Final = (255, 255, 255)
"""What shows through transparent pixels: white, as in browsers and on the studio's own pages."""
SIXTEEN_BIT_MODES: Final = frozenset(("I;16", "I;16B", "I;16L", "I;16N"))
"""Pillow's modes for grey of 16 (or 12) bits; it has none for colours of so many."""
_GREY_LEVELS: Final = 2
_XMP_ORIENTATION: Final = re.compile(rb"tiff:Orientation(?:=[\"']|>)\s*([1-8])")
_UPRIGHT: Final[Mapping[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Rendered(NamedTuple):
    """Upright pixels (H, W, 3), and EXIF's number for how they were stored."""

    pixels_HWC: NDArray[np.uint8]
    orientation: int


def render_image(opened: OpenedImage, *, limits: ImageLimits, notes: list[str]) -> Rendered:
    """An opened picture -> its pixels, decoded only here; raises whatever its decoder does."""
    image = opened.image
    _refuse_unscaled_pixels(image.mode)
    orientation = _load(opened, notes)
    check_size(image.size, limits=limits)  # some decoders find another size than the header promised
    if opened.bits > 8:
        notes.append(f"{opened.bits} bits reduced to 8")
    profile = image.info.get("icc_profile")
    colour, alpha = _split_alpha(_reduce_grey(opened) if image.mode in SIXTEEN_BIT_MODES else image)
    if opened.has_spare_byte and alpha is not None and alpha.getextrema() == (0, 0):
        alpha = None
    rgb = _decode_colour(colour, opened, notes) if opened.coding else to_srgb(colour, profile=profile, notes=notes)
    rgb = _turn_upright(_composite(rgb, alpha, notes), orientation, notes, is_turned=opened.is_turned)
    if opened.crop is not None:
        rgb = rgb.crop(opened.crop.turned(rgb.size, orientation.number))
        check_size(rgb.size, limits=limits)
    pixels_HWC = np.array(rgb)  # a copy, because `asarray` gives pixels that torch must not share: read-only ones
    if opened.repeats_colour:
        pixels_HWC = interpolate_repeated_colour(pixels_HWC)
    _note_little_colour(pixels_HWC, notes)
    return Rendered(pixels_HWC, orientation.number)


def _decode_colour(colour: Image.Image, opened: OpenedImage, notes: list[str]) -> Image.Image:
    """Grey or RGB whose samples mean other colours than sRGB's -> RGB."""
    coding = opened.coding
    assert coding is not None
    if not coding.is_known:
        raise UnsupportedFormat("unsupported-transfer", f"got {coding.name}, expected sRGB, a plain gamma, PQ or HLG")
    notes.append(coding.note)
    samples = opened.stored_colour()
    if samples is None and opened.image.mode in SIXTEEN_BIT_MODES:
        samples = _stored_grey(opened)
    if samples is None:
        samples = np.asarray(colour if colour.mode in ("L", "RGB") else colour.convert("RGB"))
    return Image.fromarray(coding.to_srgb(samples)).convert("RGB")


def render_array(array: NDArray[Any], *, limits: ImageLimits, notes: list[str]) -> NDArray[np.uint8]:
    """An sRGB array, (H, W, 3) or grey (H, W), uint8 or uint16 -> pixels (H, W, 3); others raise `UnusableImage`."""
    if array.ndim not in (2, 3) or array.shape[2:] not in ((), (3,)):
        raise UnusableImage("unsupported-array", f"got an array of shape {array.shape}, expected (H, W, 3) or (H, W)")
    check_size((array.shape[1], array.shape[0]), limits=limits)
    pixels = _eight_bit_array(array, notes)
    pixels_HWC = pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)
    _note_little_colour(pixels_HWC, notes)
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


class _Orientation(NamedTuple):
    """EXIF's number, and where it stands."""

    number: int
    said_by: str


_UPRIGHT_AS_STORED: Final = _Orientation(1, "")


def _load(opened: OpenedImage, notes: list[str]) -> _Orientation:
    """Decode every pixel; the orientation under which they were stored."""
    image = opened.image
    is_tiff = isinstance(image, TiffImageFile)
    tiff_orientation = _orientation(opened, notes) if is_tiff else _UPRIGHT_AS_STORED  # loading it forgets this
    image.load()
    opened.verify(notes)
    # Not before: asked for its EXIF, a PNG loads its pixels, and broken ones would count as broken metadata.
    return tiff_orientation if is_tiff else _orientation(opened, notes)


def _orientation(opened: OpenedImage, notes: list[str]) -> _Orientation:
    """One that is missing, unreadable or unknown counts as 1 (upright)."""
    if opened.container_orientation is not None:
        return _Orientation(opened.container_orientation, "irot/imir")
    image = opened.image
    xmp = image.info.pop("xmp", b"")  # from which Pillow would take an orientation for EXIF's
    try:
        in_exif = image.getexif().get(ExifTag.Orientation)
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, struct.error):
        notes.append(DAMAGED_METADATA)
        return _UPRIGHT_AS_STORED
    if in_exif is None and isinstance(xmp, bytes) and (in_xmp := _XMP_ORIENTATION.search(xmp)):
        return _Orientation(int(in_xmp[1]), "XMP")
    return _Orientation(in_exif if isinstance(in_exif, int) and in_exif in _UPRIGHT else 1, "EXIF")


def _turn_upright(image: Image.Image, orientation: _Orientation, notes: list[str], *, is_turned: bool) -> Image.Image:
    """Turn, except where the reader did already (Pillow's of TIFF and libheif, while loading)."""
    if orientation.number == 1:
        return image
    notes.append(f"rotated by {orientation.said_by} orientation {orientation.number}")
    return image if is_turned else image.transpose(_UPRIGHT[orientation.number])


def _sixteen_to_eight_bits(values: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """`round(value * 255 / 65535)` for each value; 65535 is 257 * 255."""
    level, remainder = np.divmod(values, 257)
    return (level + (remainder > 128)).astype(np.uint8)


def _stored_grey(opened: OpenedImage) -> NDArray[np.uint16]:
    """(H, W): 16- or 12-bit grey that fills its range, 0 is black."""
    stored_HW = np.asarray(opened.image).astype(np.uint16)
    values_HW = (stored_HW * 16 + stored_HW // 256).astype(np.uint16) if opened.bits == 12 else stored_HW
    return ~values_HW if opened.white_is_zero else values_HW


def _reduce_grey(opened: OpenedImage) -> Image.Image:
    """16- or 12-bit grey -> "L", or "LA" where one stored value is transparent."""
    grey = Image.fromarray(_sixteen_to_eight_bits(_stored_grey(opened)))
    transparent = opened.image.info.get("transparency")
    if not isinstance(transparent, int):
        return grey
    stored_HW = np.asarray(opened.image).astype(np.uint16)
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


def _note_little_colour(pixels_HWC: NDArray[np.uint8], notes: list[str]) -> None:
    """Say where a picture is of one colour, or of greys alone, of which models have seen few."""
    corner_C = pixels_HWC[0, 0]
    # A coarse grid first: nearly every picture is told apart there, without a pass over all of its pixels.
    grid_HWC = pixels_HWC[::16, ::16]
    if (grid_HWC == corner_C).all() and (pixels_HWC == corner_C).all():
        notes.append("constant image: every pixel has the same colour, so its score says little")
    elif _is_grey(grid_HWC) and _is_grey(pixels_HWC):
        notes.append("black and white: scores of such pictures tend to be too low")


def _is_grey(pixels_HWC: NDArray[np.uint8]) -> bool:
    """But for what rounding and compression leave in the colours of a grey picture."""
    red_HW, green_HW, blue_HW = (pixels_HWC[:, :, channel].astype(np.int16) for channel in range(3))
    return bool(np.abs(red_HW - green_HW).max() <= _GREY_LEVELS and np.abs(blue_HW - green_HW).max() <= _GREY_LEVELS)
