"""PNG: only the chunks that bear on the pixels, colours by the precedence of the standard, and every row that is said.

PNG, third edition, 4.3: cICP stands above iCCP, that above sRGB, and that above gAMA and cHRM.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from models.images.colours.colour_coding import Chromaticities, ColourCoding, from_cicp, from_png
from models.images.errors import UnusableImage
from models.images.opened import OpenedImage, frames_note
from models.images.png_chunks import PngHeader, fills_every_row, read_chunks, read_header

_FOR_PIXELS: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT", b"IEND"))
"""Texts and animation frames cost memory and refuse files."""
_FOR_COLOURS: Final = frozenset((b"cICP", b"sRGB", b"gAMA", b"cHRM"))
_UNIT: Final = 100_000
_RGB_MATRIX: Final = 0
_LOW_BYTES: Final = {"RGB;16B": "RGB;16L", "RGBA;16B": "RGBA;16L"}
"""Pillow's layouts that keep the high byte of each sample, and those that find the low one in the same place."""


def open_png(data: bytes) -> OpenedImage:
    """The header of a PNG, seen by Pillow through the chunks that bear on the pixels."""
    chunks, colours, header, frames = [data[:8]], {}, b"", 1
    for kind, chunk in read_chunks(data):
        if kind in _FOR_PIXELS:
            chunks.append(chunk)
        if kind in _FOR_COLOURS | {b"iCCP"}:
            colours[kind] = chunk[8:-4]
        if kind == b"IHDR":
            header = chunk
        elif kind == b"acTL":
            frames = int.from_bytes(chunk[8:12], "big")
    is_coded, coding = _coding(colours)
    shown = b"".join(chunk for chunk in chunks if not (is_coded and chunk[4:8] == b"iCCP"))
    image, facts = PngImageFile(io.BytesIO(shown)), read_header(header)
    _rescale_transparency(image, facts.bits)
    pixel_chunks = (chunk for chunk in chunks if chunk[4:8] == b"IDAT")
    return OpenedImage(
        image,
        facts.bits,
        frames_note(frames),
        coding=coding,
        stored_colour=partial(_deep_colour, shown) if coding is not None and facts.bits == 16 else lambda: None,
        verify=partial(_verify, image, facts, pixel_chunks),
    )


# --- Colours --------------------------------------------------------------------------------------------------------


def _coding(chunks: dict[bytes, bytes]) -> tuple[bool, ColourCoding | None]:
    """Whether cICP says it, so that an ICC profile does not count, and how the samples are coded."""
    cicp = chunks.get(b"cICP", b"")
    if len(cicp) == 4 and cicp[2] == _RGB_MATRIX:
        return True, from_cicp(cicp[0], cicp[1], is_full_range=cicp[3] == 1)
    if b"iCCP" in chunks or b"sRGB" in chunks:
        return False, None
    return False, from_png(_gamma(chunks.get(b"gAMA", b"")), _chromaticities(chunks.get(b"cHRM", b"")))


def _gamma(chunk: bytes) -> float | None:
    return int.from_bytes(chunk, "big") / _UNIT if len(chunk) == 4 else None


def _chromaticities(chunk: bytes) -> Chromaticities | None:
    if len(chunk) != 32:
        return None
    white_x, white_y, *primaries = (number / _UNIT for number in struct.unpack(">8I", chunk))
    red_x, red_y, green_x, green_y, blue_x, blue_y = primaries
    return red_x, red_y, green_x, green_y, blue_x, blue_y, white_x, white_y


def _deep_colour(shown: bytes) -> NDArray[np.uint16] | None:
    """All 16 bits of colours: Pillow, which has no mode for them, decodes once for each of the two bytes."""
    high, low = PngImageFile(io.BytesIO(shown)), PngImageFile(io.BytesIO(shown))
    tile = low.tile[0]
    if not isinstance(tile.args, str) or tile.args not in _LOW_BYTES:
        return None  # grey: Pillow has a mode for that
    low.tile = [tile._replace(args=_LOW_BYTES[tile.args])]
    samples_HWC = np.asarray(high)[:, :, :3].astype(np.uint16)
    samples_HWC <<= 8
    samples_HWC |= np.asarray(low)[:, :, :3]
    return samples_HWC


# --- Pixels ---------------------------------------------------------------------------------------------------------


def _verify(image: Image.Image, header: PngHeader, pixel_chunks: Iterator[bytes], _notes: list[str]) -> None:
    """Inflates the pixels again where the last row is black, which is what missing rows look like."""
    last_row = np.asarray(image.crop((0, image.height - 1, image.width, image.height)))
    if (header.interlacing or not last_row.any()) and not fills_every_row(header, pixel_chunks):
        raise UnusableImage("truncated-image", "got fewer pixels than the header says, expected all of them")


def _rescale_transparency(image: Image.Image, bits: int) -> None:
    """Bring the transparent sample to 8 bits: Pillow leaves it as stored but compares it with scaled pixels."""
    sample = image.info.get("transparency")
    if image.mode == "L" and bits < 8 and isinstance(sample, int):
        image.info["transparency"] = sample * 255 // (2**bits - 1)
    elif image.mode == "RGB" and bits == 16 and isinstance(sample, tuple):
        image.info["transparency"] = tuple(value >> 8 for value in sample)
