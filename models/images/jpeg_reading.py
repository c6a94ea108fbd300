"""JPEG: processes that few decoders know are refused by name, and pixels that are missing are missed.

libjpeg fills what is missing with grey and warns, which Pillow does not pass on; simplejpeg does. It decodes an eighth
of the size, so that this costs a fifth of what decoding costs.
"""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Final

import simplejpeg
from PIL.JpegImagePlugin import JpegImageFile

from models.images.containers.jpeg_structure import PROGRESSIVE, JpegStructure, read_structure
from models.images.errors import UnsupportedFormat, UnusableImage
from models.images.opened import OpenedImage

_MAX_SCANS: Final = 10_000
_END_OF_IMAGE: Final = b"\xff\xd9"
_OTHER_PROCESSES: Final = {
    0xC3: "lossless JPEG",
    0xC5: "hierarchical JPEG",
    0xC6: "hierarchical JPEG",
    0xC7: "hierarchical JPEG",
    0xCB: "lossless JPEG",
    0xCD: "hierarchical JPEG",
    0xCE: "hierarchical JPEG",
    0xCF: "hierarchical JPEG",
    0xF7: "JPEG-LS",
}
_ZEROS: Final = re.compile(rb"\0{64,}")
_PADDING: Final = re.compile(rb"(?<!\xff)\0+\xff\xd9\Z")
"""Zeros before the end, but for one that belongs to a byte 0xFF of the pixels."""


def open_jpeg(data: bytes) -> OpenedImage:
    """The header of a JPEG, with an end marker where only that is missing."""
    structure = read_structure(data, stop_above_scans=_MAX_SCANS)
    _refuse_other_processes(structure)
    notes: tuple[str, ...] = ()
    if structure.scans and not structure.end_at:
        data = data.removesuffix(b"\xff") + _END_OF_IMAGE
        notes = ("end marker missing: every pixel is there",)
    image = JpegImageFile(io.BytesIO(data))
    return OpenedImage(image, notes=notes, verify=partial(_verify, data, structure, len(image.getbands())))


def _refuse_other_processes(structure: JpegStructure) -> None:
    expected = "expected baseline or progressive JPEG of 8 bits"
    if structure.process in _OTHER_PROCESSES:
        name = _OTHER_PROCESSES[structure.process]
        raise UnsupportedFormat("unsupported-compression", f"got {name}, {expected}")
    if structure.bits > 8:
        raise UnusableImage("unsupported-depth", f"got a JPEG of {structure.bits} bits per channel, {expected}")


def _verify(data: bytes, structure: JpegStructure, num_bands: int, notes: list[str]) -> None:
    if structure.unsent and structure.scans <= _MAX_SCANS:  # libjpeg decodes what came so far, and does not warn
        raise _truncated()
    warning = decoder_warning(data, num_bands=num_bands)
    if "extraneous" in warning:  # padding, or zeros that stand for lost data: without them it is seen
        data = _PADDING.sub(_END_OF_IMAGE, data[: structure.end_at or len(data)] + _END_OF_IMAGE)
        warning = decoder_warning(data, num_bands=num_bands)
    if "premature end" in warning.lower() or _has_impossible_zeros(data, structure):
        raise _truncated()
    if "corrupt" in warning.lower() and "extraneous" not in warning:
        notes.append("damaged picture data: some of the pixels may be wrong")


def _truncated() -> UnusableImage:
    return UnusableImage("truncated-image", "got a JPEG that lacks a part of its pixels, expected all of them")


def decoder_warning(data: bytes, *, num_bands: int) -> str:
    """The last of libjpeg's warnings; also what simplejpeg itself cannot do, which is nothing against the file."""
    colours = "CMYK" if num_bands == 4 else "GRAY"
    try:
        simplejpeg.decode_jpeg(
            data, colours, fastdct=True, fastupsample=True, min_height=1, min_width=1, min_factor=8, strict=True
        )
    except ValueError as error:
        return str(error)
    return ""


def _has_impossible_zeros(data: bytes, structure: JpegStructure) -> bool:
    """Whether zeros were decoded that stand for lost data, as on a disk or a camera's card: no picture gives so many.

    Except where zeros are the codes of blank blocks, and in a progressive picture, where they may be its lowest bits.
    """
    if structure.process in PROGRESSIVE or structure.codes_zeros_as_blank:
        return False
    return _ZEROS.search(data, structure.pixels_at, structure.end_at or len(data)) is not None
