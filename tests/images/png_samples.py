"""PNG files: every way to store pixels, and chunks that lie, are missing, damaged or far too large."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.images.encoding import encode, png, png_chunk, png_of
from tests.images.pictures import HEIGHT, WIDE, WIDTH, grey_levels, grey_rgb, half_over_white, natural_picture, picture
from tests.images.profiles import grey_profile, ink_profile
from tests.images.sample import Sample, broken, sound, too_large, truncated, unusable

_PASSES: Final = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
"""Top, left, and steps down and to the right of Adam7's passes."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_END: Final = png_chunk(b"IEND", b"")


def _levels(bits: int) -> NDArray[np.uint8]:
    return (grey_levels() >> (8 - bits)).astype(np.uint8)


def _posterised(bits: int) -> Callable[[], NDArray[Any]]:
    return lambda: np.repeat((_levels(bits) * (255 // (2**bits - 1)))[:, :, None], 3, axis=2)


def _adam7(passes: int = 7) -> bytes:
    pixels = natural_picture()
    rows = (
        b"\0" + row.tobytes() for top, left, down, right in _PASSES[:passes] for row in pixels[top::down, left::right]
    )
    return png(WIDTH, HEIGHT, 8, 2, b"".join(rows), is_interlaced=True)


def _rows() -> bytes:
    return b"".join(b"\0" + row.tobytes() for row in natural_picture())


def _with(*extra: bytes) -> bytes:
    return png_of(natural_picture(), 8, 2, *extra)


def _header(width: int, height: int, bits: int = 8, colour_type: int = 2) -> bytes:
    return png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0))


def _of(*chunks: bytes) -> bytes:
    return b"".join((_SIGNATURE, _header(WIDTH, HEIGHT), *chunks, _END))


def _flipped_in(kind: bytes, data: bytes) -> bytes:
    """The last byte of a chunk's content changed, its checksum not."""
    at = data.index(kind)
    last = at + 3 + int.from_bytes(data[at - 4 : at], "big")
    return data[:last] + bytes([data[last] ^ 1]) + data[last + 1 :]


def _half_transparent() -> bytes:
    alpha_HW1 = np.full((HEIGHT, WIDTH, 1), 65535 // 2)
    return png_of(np.concatenate([natural_picture().astype(int) * WIDE, alpha_HW1], axis=2), 16, 6)


def _many_small_chunks() -> bytes:
    data = zlib.compress(_rows(), 1)
    return _of(*(png_chunk(b"IDAT", data[at : at + 5]) for at in range(0, len(data), 5)))


def _huge_texts() -> bytes:
    bomb = png_chunk(b"zTXt", b"note\0\0" + zlib.compress(b"a" * 5_000_000, 1))
    return _with(*[bomb] * 2, png_chunk(b"tEXt", b"note\0" + b"b" * 100_000))


def _self_referring_exif() -> bytes:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)  # the Exif directory is this very directory
    return b"II*\0\x08\0\0\0" + b"\x02\0" + struct.pack("<HHII", 0x0112, 4, 1, 1) + entry + struct.pack("<I", 8)


def _exif_bomb() -> bytes:
    entries = b"".join(struct.pack("<HHII", 0x9000 + tag, 7, 30_000, 8) for tag in range(2000))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 2000) + entries + b"\0" * 4 + b"\0" * 30_000


def _animation_of(frames: int) -> bytes:
    return _with(png_chunk(b"acTL", struct.pack(">II", frames, 0)))


def _several_frames() -> bytes:
    other = [Image.new("RGB", (WIDTH, HEIGHT), (shade, 0, 0)) for shade in (10, 200)]
    return encode(picture(), "PNG", save_all=True, append_images=other)


def _icc(profile: bytes) -> bytes:
    return png_chunk(b"iCCP", b"profile\0\0" + zlib.compress(profile, 1))


def _grey_with_profile() -> bytes:
    level_HW = grey_levels() / 255
    light_HW = np.where(level_HW <= 0.04045, level_HW / 12.92, ((level_HW + 0.055) / 1.055) ** 2.4)
    return png_of(np.round(255 * light_HW ** (1 / 1.8)), 8, 0, _icc(grey_profile()))


def _data(rows: bytes | None = None) -> bytes:
    return png_chunk(b"IDAT", zlib.compress(_rows() if rows is None else rows, 1))


def _plain(width: int, height: int) -> bytes:
    return encode(Image.new("RGB", (width, height), (90, 120, 60)), "PNG")


_EMPTY: Final = png_chunk(b"IDAT", b"")
_TEXT: Final = png_chunk(b"tEXt", b"note\0hello")
_EMPTY_ZIP: Final = b"PK\x05\x06" + bytes(18)

PNG_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("png", "as Pillow writes it", lambda: encode(picture(), "PNG")),
    sound("png-interlaced", "Adam7, seven passes", _adam7),
    sound("png-1-bit", "black and white", lambda: png_of(_levels(1), 1, 0), shows=_posterised(1)),
    sound("png-2-bit", "four greys", lambda: png_of(_levels(2), 2, 0), shows=_posterised(2)),
    sound("png-4-bit", "sixteen greys", lambda: png_of(_levels(4), 4, 0), shows=_posterised(4)),
    sound(
        "png-4-bit-palette",
        "sixteen colours that are greys",
        lambda: png_of(_levels(4), 4, 3, png_chunk(b"PLTE", bytes(level * 17 for level in range(16) for _ in "rgb"))),
        shows=_posterised(4),
    ),
    sound("png-16-bit", "RGB of 16 bits", lambda: png_of(natural_picture().astype(int) * WIDE, 16, 2)),
    sound(
        "png-16-bit-grey", "grey of 16 bits", lambda: png_of(grey_levels().astype(int) * WIDE, 16, 0), shows=grey_rgb
    ),
    sound(
        "png-16-bit-grey-alpha",
        "grey and an opaque alpha of 16 bits",
        lambda: png_of(
            np.stack([grey_levels().astype(int) * WIDE, np.full(grey_levels().shape, 65535)], axis=2), 16, 4
        ),
        shows=grey_rgb,
    ),
    sound("png-16-bit-alpha", "RGBA of 16 bits, half transparent", _half_transparent, shows=half_over_white, within=1),
    sound(
        "png-transparent-colour",
        "tRNS names a colour that no pixel has",
        lambda: _with(png_chunk(b"tRNS", b"\0\0\0\0\0\0")),
    ),
    sound("png-gamma", "gAMA and cHRM of sRGB", lambda: _with(png_chunk(b"gAMA", struct.pack(">I", 45455)))),
    sound("png-srgb-chunk", "sRGB chunk", lambda: _with(png_chunk(b"sRGB", b"\0"))),
    sound("png-cicp", "cICP chunk of sRGB", lambda: _with(png_chunk(b"cICP", bytes((1, 13, 0, 1))))),
    sound("png-grey-profile", "a grey profile on grey pixels", _grey_with_profile, within=1, shows=grey_rgb),
    sound("png-profile-of-inks", "a CMYK profile on RGB pixels", lambda: _with(_icc(ink_profile()))),
    sound("png-profile-cut", "half a profile", lambda: _with(_icc(ink_profile()[:200]))),
    sound("png-profile-not-deflated", "iCCP that is no zlib stream", lambda: _with(png_chunk(b"iCCP", b"p\0\0junk"))),
    sound("png-several-frames", "an animation of three frames", _several_frames),
    sound("png-of-no-frames", "an animation that says 0 frames", lambda: _animation_of(0)),
    sound("png-of-many-frames", "an animation that says 2^31 frames", lambda: _animation_of(2**31)),
    sound("png-huge-texts", "texts of 10 MB once inflated", _huge_texts),
    sound("png-data-behind-its-end", "junk behind IEND", lambda: encode(picture(), "PNG") + b"junk" * 100),
    sound("png-zip", "a ZIP archive behind IEND", lambda: encode(picture(), "PNG") + _EMPTY_ZIP),
    sound("png-text-checksum", "a wrong checksum in a text", lambda: _flipped_in(b"tEXt", _with(_TEXT))),
    sound("png-many-chunks", "pixels in thousands of chunks", _many_small_chunks),
    sound("png-empty-data-chunks", "a thousand empty IDAT", lambda: _of(*[_EMPTY] * 1000, _data(), *[_EMPTY] * 1000)),
    sound(
        "png-pixels-without-end",
        "8 MB of pixels behind the last row",
        lambda: _of(png_chunk(b"IDAT", zlib.compress(_rows() + bytes(8_000_000), 1))),
    ),
    sound(
        "png-exif-loop",
        "EXIF whose directory contains itself",
        lambda: _with(png_chunk(b"eXIf", _self_referring_exif())),
    ),
    sound("png-exif-bomb", "EXIF of 60 MB in 54 KB", lambda: _with(png_chunk(b"eXIf", _exif_bomb()))),
    truncated("signature-only", "eight bytes", lambda: _SIGNATURE),
    truncated("truncated-png", "two thirds of the file", lambda: encode(picture(), "PNG")[:12_000]),
    truncated("png-without-end", "no IEND", lambda: encode(picture(), "PNG")[:-12]),
    truncated("png-rows-missing", "pixels of half of the rows", lambda: _of(_data(_rows()[: len(_rows()) // 2]))),
    truncated("png-interlaced-rows-missing", "five of seven passes", lambda: _adam7(passes=5)),
    truncated(
        "png-chunk-of-2-gigabytes",
        "a chunk that says 2^31 - 1 bytes",
        lambda: _SIGNATURE + _header(WIDTH, HEIGHT) + b"\x7f\xff\xff\xffIDAT" + zlib.compress(_rows(), 1),
    ),
    broken("png-without-data", "no IDAT", _of),
    broken("png-without-palette", "palette pixels, no PLTE", lambda: png_of(_levels(4), 4, 3)),
    broken(
        "png-data-checksum", "a wrong checksum in the pixels", lambda: _flipped_in(b"IDAT", encode(picture(), "PNG"))
    ),
    broken(
        "png-header-checksum", "a wrong checksum in the header", lambda: _flipped_in(b"IHDR", encode(picture(), "PNG"))
    ),
    broken("png-data-not-deflated", "IDAT that is no zlib stream", lambda: _of(png_chunk(b"IDAT", b"junk" * 99))),
    broken(
        "png-3-bit",
        "a depth that PNG has not",
        lambda: png_of(grey_levels(), 8, 0).replace(_header(WIDTH, HEIGHT, 8, 0), _header(WIDTH, HEIGHT, 3, 0)),
    ),
    broken("png-filter-9", "a row filter that PNG has not", lambda: _of(_data(b"\x09" + _rows()[1:]))),
    broken("png-profile-bomb", "a profile of 20 MB in 20 KB", lambda: _with(_icc(bytes(20_000_000)))),
    broken("png-of-no-pixels", "0 x 0", lambda: _SIGNATURE + _header(0, 0) + _data() + _END),
    unusable("too-small", "too-small", "31 rows", lambda: _plain(200, 31)),
    unusable("too-thin", "too-thin", "1 to 103", lambda: _plain(3300, 32)),
    too_large("png-1-by-80-million", "too-many-pixels", "1 x 80,000,000", lambda: png(1, 80_000_000, 1, 0, b"")),
    too_large("png-largest", "too-many-pixels", "2^31 - 1 squared", lambda: png(2**31 - 1, 2**31 - 1, 16, 6, b"")),
    too_large("png-long-side", "side-too-long", "16,385 wide", lambda: png(16_385, 200, 8, 0, b"")),
    too_large("too-many-bytes", "too-many-bytes", "20 MiB and one byte", lambda: _SIGNATURE + bytes(20 * 2**20 - 7)),
)
