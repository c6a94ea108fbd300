"""GIF and BMP files: frames and canvases that lie, codes that are broken or inflate, old ways to store rows."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.images.encoding import encode
from tests.images.pictures import HEIGHT, WIDTH, grey_levels, grey_rgb, half_over_white, natural_picture, picture
from tests.images.sample import FEW_COLOURS, LOSSY, ROUNDED, Sample, broken, sound, too_large, truncated

# --- GIF ------------------------------------------------------------------------------------------------------------

_CLEAR, _END_OF_CODES = 256, 257
_GREYS: Final = bytes(level for level in range(256) for _ in "rgb")
_TRAILER: Final = b";"


def _codes(indices: NDArray[np.uint8]) -> bytes:
    """LZW of 9-bit codes, cleared before they grow: nothing is compressed."""
    flat = indices.ravel().astype(np.uint16)
    cleared = np.insert(flat, np.arange(0, len(flat), 254), _CLEAR)
    return _packed(np.append(cleared, _END_OF_CODES))


def _packed(codes: NDArray[Any]) -> bytes:
    bits = np.unpackbits(codes.astype("<u2").view(np.uint8).reshape(-1, 2), axis=1, bitorder="little")[:, :9]
    return _blocks(np.packbits(bits.ravel(), bitorder="little").tobytes())


def _blocks(data: bytes) -> bytes:
    parts = (data[at : at + 255] for at in range(0, len(data), 255))
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def _frame(
    size: tuple[int, int] = (WIDTH, HEIGHT), data: bytes | None = None, *, at: int = 0, code_bits: int = 8
) -> bytes:
    descriptor = struct.pack("<4HB", at, at, *size, 0)
    return b"," + descriptor + bytes([code_bits]) + (_codes(grey_levels()) if data is None else data)


def _gif(*blocks: bytes, canvas: tuple[int, int] = (WIDTH, HEIGHT), palette: bytes = _GREYS) -> bytes:
    flags = 0xF7 if palette else 0x70
    return b"GIF89a" + struct.pack("<HHBBB", *canvas, flags, 0, 0) + palette + b"".join(blocks) + _TRAILER


def _comments() -> bytes:
    return (b"!\xfe" + _blocks(b"c" * 1000)) * 150


def _inflating_codes(tables: int) -> bytes:
    """Runs of one colour that double nothing but add up: each table holds seven million pixels."""
    bits: list[int] = []
    for _ in range(tables):
        for width, codes in _growing_runs():
            bits += [code >> bit & 1 for code in codes for bit in range(width)]
    return _blocks(np.packbits(np.array(bits, np.uint8), bitorder="little").tobytes())


def _growing_runs() -> Iterable[tuple[int, list[int]]]:
    yield 9, [_CLEAR, 0]
    for width in (9, 10, 11, 12):
        first = max(258, 2 ** (width - 1))
        yield width, list(range(first, 2**width))


def _several_frames() -> bytes:
    other = [Image.new("RGB", (WIDTH, HEIGHT), (shade, 0, 0)) for shade in (10, 200)]
    return encode(picture(), "GIF", save_all=True, append_images=other)


def _script() -> bytes:
    """The width reads as the beginning of a comment, so that the file is JavaScript, too."""
    canvas = (int.from_bytes(b"/*", "little"), 200)
    return _gif(_frame(), canvas=canvas) + b"*/=1;alert(1);"


# --- BMP ------------------------------------------------------------------------------------------------------------


def _bmp(
    rows: bytes,
    *,
    bits: int = 24,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    compression: int = 0,
    palette: bytes = b"",
    masks: tuple[int, ...] = (),
    header_bytes: int = 40,
) -> bytes:
    fields = struct.pack("<iiHHIIiiII", *size, 1, bits, compression, len(rows), 0, 0, len(palette) // 4, 0)
    header = struct.pack("<I", header_bytes) + fields + struct.pack(f"<{len(masks)}I", *masks)
    header = header.ljust(header_bytes, b"\0")
    offset = 14 + len(header) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) + header + palette + rows


def _blue_first() -> NDArray[np.uint8]:
    return natural_picture()[:, :, ::-1]


def _bottom_up() -> bytes:
    return _blue_first()[::-1].tobytes()


def _rgb_of_16_bits(red_bits: int, green_bits: int, blue_bits: int) -> bytes:
    red, green, blue = (natural_picture()[::-1, :, channel].astype(np.uint16) for channel in range(3))
    packed = (
        (red >> 8 - red_bits) << green_bits + blue_bits | (green >> 8 - green_bits) << blue_bits | blue >> 8 - blue_bits
    )
    return packed.astype("<u2").tobytes()


def _run_lengths() -> bytes:
    rows = (b"".join(bytes((1, level)) for level in row.tolist()) for row in grey_levels()[::-1])
    return b"\0\0".join(rows) + b"\0\1"


def _with_alpha(alpha: int) -> bytes:
    stored = np.concatenate([_blue_first(), np.full((HEIGHT, WIDTH, 1), alpha, np.uint8)], axis=2)
    masks = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    return _bmp(stored[::-1].tobytes(), bits=32, compression=3, masks=masks, header_bytes=108)


def _os2() -> bytes:
    header = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24)
    return b"BM" + struct.pack("<IHHI", 26 + 3 * WIDTH * HEIGHT, 0, 0, 26) + header + _bottom_up()


_PALETTE: Final = bytes(byte for level in range(256) for byte in (level, level, level, 0))
_TINTED: Final = bytes(byte for level in range(256) for byte in (level, level, level, 7))


GIF_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("gif", "256 colours", lambda: encode(picture(), "GIF"), within=FEW_COLOURS),
    sound("gif-greys", "codes that are never compressed", lambda: _gif(_frame()), shows=grey_rgb),
    sound("gif-without-palette", "no colours at all: greys", lambda: _gif(_frame(), palette=b""), shows=grey_rgb),
    sound("gif-several-frames", "three frames", _several_frames, within=FEW_COLOURS),
    sound(
        "gif-many-frames",
        "a thousand frames of one pixel more",
        lambda: _gif(_frame(), *[_frame((1, 1), b"\2\x00\x03\0")] * 1000),
        shows=grey_rgb,
    ),
    sound("gif-second-frame-broken", "junk for a second frame", lambda: _gif(_frame(), b",junk"), shows=grey_rgb),
    sound("gif-comments", "comments of 150 KB", lambda: _gif(_comments(), _frame()), shows=grey_rgb),
    sound(
        "gif-codes-beyond-its-frame",
        "codes for 14 million pixels",
        lambda: _gif(_frame(data=_inflating_codes(2))),
        shows=None,
    ),
    sound(
        "gif-larger-canvas", "a frame smaller than its canvas", lambda: _gif(_frame(), canvas=(200, 200)), shows=None
    ),
    sound(
        "gif-frame-outside",
        "a frame that reaches over its canvas, which grows",
        lambda: _gif(_frame(), canvas=(40, 40)),
        shows=grey_rgb,
    ),
    broken("gif-frame-of-no-pixels", "a frame of 0 x 0 on a canvas", lambda: _gif(_frame((0, 0)))),
    sound("gif-script", "a script that begins with the size", _script, shows=None),
    truncated(
        "truncated-gif",
        "two thirds of the file",
        lambda: encode(picture(), "GIF")[:5500],
    ),
    broken("gif-without-frames", "a trailer only", _gif),
    truncated("gif-codes-missing", "no codes", lambda: _gif(_frame(data=b"\0"))),
    broken("gif-broken-codes", "codes that no table has", lambda: _gif(_frame(data=_packed(np.full(500, 511))))),
    broken("gif-code-of-13-bits", "a code size that GIF has not", lambda: _gif(_frame(code_bits=13))),
    broken("gif-of-no-pixels", "a canvas and a frame of 0 x 0", lambda: _gif(_frame((0, 0)), canvas=(0, 0))),
    too_large(
        "gif-largest", "too-many-pixels", "a canvas of 65,535 squared", lambda: _gif(_frame(), canvas=(65_535, 65_535))
    ),
    too_large("gif-huge-frame", "too-many-pixels", "a frame of 60,000 squared", lambda: _gif(_frame((60_000, 60_000)))),
)

BMP_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("bmp", "as Pillow writes it", lambda: encode(picture(), "BMP")),
    sound("bmp-top-down", "a negative height", lambda: _bmp(_blue_first().tobytes(), size=(WIDTH, -HEIGHT))),
    sound(
        "bmp-run-lengths", "RLE8", lambda: _bmp(_run_lengths(), bits=8, compression=1, palette=_PALETTE), shows=grey_rgb
    ),
    sound(
        "bmp-palette",
        "256 colours",
        lambda: _bmp(grey_levels()[::-1].tobytes(), bits=8, palette=_TINTED),
        shows=grey_rgb,
    ),
    sound("bmp-15-bit", "5, 5 and 5 bits", lambda: _bmp(_rgb_of_16_bits(5, 5, 5), bits=16), within=LOSSY),
    sound(
        "bmp-16-bit",
        "5, 6 and 5 bits",
        lambda: _bmp(_rgb_of_16_bits(5, 6, 5), bits=16, compression=3, masks=(0xF800, 0x7E0, 0x1F), header_bytes=56),
        within=LOSSY,
    ),
    sound("bmp-alpha", "half transparent", lambda: _with_alpha(128), within=ROUNDED, shows=half_over_white),
    sound("bmp-unused-alpha", "an alpha channel that its writer left at 0", lambda: _with_alpha(0)),
    sound("bmp-os2", "a header of 1988", _os2),
    sound("bmp-data-behind-its-end", "junk behind the rows", lambda: encode(picture(), "BMP") + b"junk"),
    truncated("truncated-bmp", "two thirds of the file", lambda: encode(picture(), "BMP")[:24_000]),
    truncated(
        "bmp-rows-outside",
        "rows behind the file's end",
        lambda: _bmp(_bottom_up())[:10] + b"\xff\xff\0\0" + _bmp(_bottom_up())[14:],
    ),
    broken(
        "bmp-run-lengths-cut",
        "runs of half of the rows",
        lambda: _bmp(_run_lengths()[:9000], bits=8, compression=1, palette=_PALETTE),
    ),
    broken("bmp-png-inside", "compression 5", lambda: _bmp(encode(picture(), "PNG"), bits=0, compression=5)),
    broken("bmp-13-bit", "a depth that BMP has not", lambda: _bmp(_bottom_up(), bits=13)),
    truncated("bmp-huge-header", "a header of 4 GB", lambda: b"BM" + bytes(12) + b"\xff\xff\xff\xff" + bytes(99)),
    broken(
        "bmp-palette-missing",
        "4 billion colours",
        lambda: _bmp(grey_levels().tobytes(), bits=8)[:46] + b"\xff\xff\xff\xff" + bytes(9999),
    ),
    too_large("bmp-negative-width", "too-many-pixels", "-128 wide", lambda: _bmp(_bottom_up(), size=(-WIDTH, HEIGHT))),
    too_large("bmp-1-by-2-billion", "too-many-pixels", "1 x (2^31 - 1)", lambda: _bmp(b"", size=(1, 2**31 - 1))),
    broken("bmp-of-no-rows", "128 x 0", lambda: _bmp(b"", size=(WIDTH, 0))),
)
