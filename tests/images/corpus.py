"""Small odd and hostile pictures, made by code: each with its name, its bytes and what it must get.

`CORPUS` has every sample; those with a `code` must be refused with that code, the others must decode. The pictures
that decode show `natural_picture()`, unless they are named otherwise.
"""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from models.images import ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage

HEIGHT: Final = 96
WIDTH: Final = 128


@dataclass(frozen=True)
class Sample:
    """A file: how to make it, and the class and code of its refusal (`None` where it must decode)."""

    name: str
    make: Callable[[], bytes]
    error: type[ImageError] | None = None
    code: str | None = None

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.make()


# --- Pictures and encodings -----------------------------------------------------------------------------------------


@cache
def natural_picture() -> NDArray[np.uint8]:
    """(96, 128, 3) uint8: soft shapes, a gradient and some grain, never black or white all over; seeded."""
    random = np.random.default_rng(2)
    coarse = Image.fromarray(random.integers(30, 226, (6, 8, 3), dtype=np.uint8))
    shapes_HWC = np.asarray(coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.float64)
    gradient_W = np.linspace(-20, 20, WIDTH)[None, :, None]
    grain_HWC = random.normal(0, 2, (HEIGHT, WIDTH, 1))
    return (shapes_HWC + gradient_W + grain_HWC).clip(0, 255).astype(np.uint8)


def picture() -> Image.Image:
    """The natural picture as a Pillow image."""
    return Image.fromarray(natural_picture())


def encode(image: Image.Image, format_name: str, **options: Any) -> bytes:
    """An encoded image; options are Pillow's."""
    buffer = io.BytesIO()
    image.save(buffer, format_name, **options)
    return buffer.getvalue()


def with_orientation(orientation: int, format_name: str = "JPEG", **options: Any) -> bytes:
    """A file that shows the natural picture once its EXIF orientation is obeyed."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # by Image.Transpose; 6 and 8 undo each other
    stored = picture() if orientation == 1 else picture().transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encode(stored, format_name, exif=exif, **options)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """One PNG chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, bits: int, colour_type: int, rows: bytes, *extra: bytes) -> bytes:
    """A PNG from raw filtered rows, with extra chunks before its data."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0))
    data = png_chunk(b"IDAT", zlib.compress(rows, 1))
    return b"".join((b"\x89PNG\r\n\x1a\n", header, *extra, data, png_chunk(b"IEND", b"")))


def png_of(values: NDArray[Any], bits: int, colour_type: int, *extra: bytes) -> bytes:
    """A PNG of 8- or 16-bit samples, (H, W) or (H, W, C)."""
    stored = values.astype(">u2" if bits == 16 else np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in stored)
    return png(values.shape[1], values.shape[0], bits, colour_type, rows, *extra)


def tiff(values: NDArray[Any], tags: dict[int, int | tuple[int, ...]], *, order: str = "<") -> bytes:
    """An uncompressed one-strip TIFF of these samples; `tags` are shorts added to (or in place of) the plain ones."""
    height, width = values.shape[:2]
    samples = values.shape[2] if values.ndim == 3 else 1
    pixels = values.astype(values.dtype.newbyteorder(order)).tobytes()
    bits = values.dtype.itemsize * 8
    plain: dict[int, int | tuple[int, ...]] = {
        256: width,
        257: height,
        258: (bits,) * samples,
        259: 1,
        262: 2 if samples >= 3 else 1,
        273: 8,
        277: samples,
        278: height,
    }
    return _tiff_file(pixels, plain | tags, order)


def _tiff_file(pixels: bytes, tags: dict[int, int | tuple[int, ...]], order: str) -> bytes:
    pixels += b"\0" * (len(pixels) % 2)
    tags = {**tags, 279: len(pixels)}
    directory_at = 8 + len(pixels)
    long_at = directory_at + 2 + 12 * len(tags) + 4
    entries, long_values = b"", b""
    for tag, value in sorted(tags.items()):
        shorts = value if isinstance(value, tuple) else None
        if shorts is None:
            entries += struct.pack(order + "HHII", tag, 4, 1, value)
        elif len(shorts) <= 2:
            entries += struct.pack(order + "HHI", tag, 3, len(shorts)) + _shorts(shorts, order).ljust(4, b"\0")
        else:
            entries += struct.pack(order + "HHII", tag, 3, len(shorts), long_at + len(long_values))
            long_values += _shorts(shorts, order)
    magic = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, directory_at)
    return magic + pixels + struct.pack(order + "H", len(tags)) + entries + b"\0\0\0\0" + long_values


def _shorts(values: tuple[int, ...], order: str) -> bytes:
    return struct.pack(f"{order}{len(values)}H", *values)


# --- ICC profiles ---------------------------------------------------------------------------------------------------


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


def through(image: Image.Image, profile: bytes) -> Image.Image:
    """The same colours, stored as this RGB profile wants them."""
    srgb, wanted = ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.applyTransform(image, ImageCms.buildTransform(srgb, wanted, "RGB", "RGB", renderingIntent=1))


# --- Hostile and broken files ---------------------------------------------------------------------------------------


def _many_scans() -> bytes:
    data = encode(picture(), "JPEG", progressive=True)
    last_scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last_scan * 200 + data[-2:]


def _avif_of_64_megapixels() -> bytes:
    data = encode(picture(), "AVIF")
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", 8000, 8000) + data[at + 8 :]


def _webp_canvas_of_100_megapixels() -> bytes:
    data = bytearray(encode(picture().convert("RGBA").rotate(5), "WEBP"))
    data[24:30] = (9999).to_bytes(3, "little") * 2
    return bytes(data)


def _png_with_huge_texts() -> bytes:
    bomb = png_chunk(b"zTXt", b"note\0\0" + zlib.compress(b"a" * 20_000_000))
    return png_of(natural_picture(), 8, 2, bomb, png_chunk(b"tEXt", b"note\0" + b"b" * 1_000_000))


def _jpeg_with_sloppy_multi_picture_index() -> bytes:
    data = encode(picture(), "JPEG", quality=95)
    index = b"MPF\0II*\0\x08\0\0\0" + b"\x01\0\x01\xb0\x04\0\x01\0\0\0\x02\0\0\0" + b"\0" * 4
    return data[:2] + b"\xff\xe2" + struct.pack(">H", len(index) + 2) + index + data[2:]


def _damaged_exif() -> bytes:
    directory = b"II*\0\x08\0\0\0" + b"\x02\0" + b"\x1a\x01\x05\0\xff\xff\0\0\xff\xff\xff\x7f" * 2
    return encode(picture(), "JPEG", quality=95, exif=b"Exif\0\0" + directory)


def _camera_raw() -> bytes:
    return tiff(natural_picture(), {50706: (1, 4)})


def _nan_tiff() -> bytes:
    return encode(Image.fromarray(np.full((64, 64), np.nan, np.float32)), "TIFF")


def _float_tiff() -> bytes:
    return encode(Image.fromarray(np.linspace(0, 1, 64 * 64, dtype=np.float32).reshape(64, 64)), "TIFF")


def _plain(width: int, height: int) -> bytes:
    return encode(Image.new("RGB", (width, height), (90, 120, 60)), "PNG")


def _several_frames(format_name: str) -> bytes:
    other = [Image.new("RGB", (WIDTH, HEIGHT), (shade, 0, 0)) for shade in (10, 200)]
    return encode(picture(), format_name, save_all=True, append_images=other, **_LOSSLESS.get(format_name, {}))


def _truncated(format_name: str, **options: Any) -> bytes:
    data = encode(picture(), format_name, **options)
    return data[: len(data) * 2 // 3]


_LOSSLESS: Final = {"WEBP": {"lossless": True}, "AVIF": {"quality": 95}}
_HEIC_RAMP: Final = (
    b"c-muNV30{GsVvAy%}izhg51nBLl8SRGck>UfpKkaYDppk1Sn>t<P<^K3<a6VB@AeQuOPD|7tCS;Vu8$*M2Hdx1_K~zk(ra9%m`$-"
    b"H~{4tAzBzO!dMIi2vIoA0oIq9mj*Xg6v#<s0;vG1$tX)UWIz%GD@iZPOaU=(WEK<^0O@U+1<Cn9x(uk=nUT2w?p(PK41fOq_`$%y"
    b"&#VA6O~QeZhw=Y^kOF3g2_OQ9<aRMRC;}z5oERC=WELnivQB&TWZBLg0s;mKAR#cJs038b=E8We_&_Jn5|PZ}f>fx54p59P1_~X4"
    b"g3O9ckN`6W2guh_nFYD9fCq*PQzH`t6BBa_Sf(g74Hn`lnYroUa07){MJ^=7b2J#&3padqwS63VaPx20i}#l&bRA$c+bLi7y5?Dq"
    b"M`Mm+^M_B5KbT(rKdJOYocV^FtFZ_6O?Wz&&AqmYnJ>M<Tl>$=tIN*sjL2B^Tqwz^$l&?OdvBc%_oO88PEl5Fl-"
    b"(b$^!%@Eb*6%de|ZA{keq-V"
)


def heic_ramp() -> bytes:
    """A HEIC of 64 x 48 pixels: red = 4 x, green = 5 y, blue = 128 (no encoder of it is among our libraries)."""
    return zlib.decompress(base64.b85decode(_HEIC_RAMP))


def _sound(name: str, make: Callable[[], bytes]) -> Sample:
    return Sample(name, make)


def _too_large(name: str, code: str, make: Callable[[], bytes]) -> Sample:
    return Sample(name, make, ImageTooLarge, code)


def _unsupported(name: str, make: Callable[[], bytes]) -> Sample:
    return Sample(name, make, UnsupportedFormat, "unsupported-format")


def _unusable(name: str, code: str, make: Callable[[], bytes]) -> Sample:
    return Sample(name, make, UnusableImage, code)


CORPUS: Final = (
    _sound("jpeg", lambda: encode(picture(), "JPEG", quality=95)),
    _sound("progressive-jpeg", lambda: encode(picture(), "JPEG", quality=95, progressive=True)),
    _sound("jpeg-sloppy-multi-picture-index", _jpeg_with_sloppy_multi_picture_index),
    _sound("jpeg-damaged-exif", _damaged_exif),
    _sound("jpeg-broken-profile", lambda: encode(picture(), "JPEG", quality=95, icc_profile=b"no profile" * 20)),
    _sound("png", lambda: encode(picture(), "PNG")),
    _sound("png-huge-texts", _png_with_huge_texts),
    _sound("png-data-behind-its-end", lambda: encode(picture(), "PNG") + b"junk" * 100),
    _sound("webp", lambda: encode(picture(), "WEBP", lossless=True)),
    _sound("bmp", lambda: encode(picture(), "BMP")),
    _sound("tiff", lambda: encode(picture(), "TIFF")),
    _sound("tiff-lzw", lambda: encode(picture(), "TIFF", compression="tiff_lzw")),
    _sound("tiff-big-endian", lambda: tiff(natural_picture(), {}, order=">")),
    _sound("avif", lambda: encode(picture(), "AVIF", quality=95)),
    _sound("gif-several-frames", lambda: _several_frames("GIF")),
    _sound("tiff-several-pages", lambda: _several_frames("TIFF")),
    _sound("webp-several-frames", lambda: _several_frames("WEBP")),
    _sound("png-several-frames", lambda: _several_frames("PNG")),
    _unusable("empty", "empty-file", lambda: b""),
    _unusable("too-small", "too-small", lambda: _plain(200, 31)),
    _unusable("too-thin", "too-thin", lambda: _plain(3300, 32)),
    _unusable("float-tiff", "float-pixels", _float_tiff),
    _unusable("nan-tiff", "float-pixels", _nan_tiff),
    _unusable("32-bit-tiff", "unsupported-depth", lambda: tiff(np.ones((64, 64), np.uint32), {})),
    _unusable("truncated-jpeg", "truncated-image", lambda: _truncated("JPEG")),
    _unusable("truncated-png", "truncated-image", lambda: _truncated("PNG")),
    _unusable("truncated-bmp", "truncated-image", lambda: _truncated("BMP")),
    _unusable("truncated-gif", "truncated-image", lambda: _truncated("GIF")),
    _unusable("truncated-tiff", "truncated-image", lambda: _truncated("TIFF")),
    _unusable("truncated-webp", "broken-image", lambda: _truncated("WEBP")),
    _unusable("truncated-avif", "broken-image", lambda: _truncated("AVIF")),
    _unusable("truncated-heic", "broken-image", lambda: heic_ramp()[:400]),
    _unusable("signature-only", "truncated-image", lambda: b"\x89PNG\r\n\x1a\n"),
    _unusable("jpeg-many-scans", "too-many-scans", _many_scans),
    _unsupported("text-named-jpg", lambda: b"I am no picture, whatever my name says.\n" * 50),
    _unsupported("svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>'),
    _unsupported("postscript", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 64 64\n"),
    _unsupported("camera-raw", _camera_raw),
    _too_large("png-1-by-80-million", "too-many-pixels", lambda: png(1, 80_000_000, 1, 0, b"")),
    _too_large("png-long-side", "side-too-long", lambda: png(16_385, 200, 8, 0, b"")),
    _too_large("avif-64-megapixels", "too-many-pixels", _avif_of_64_megapixels),
    _too_large("webp-canvas-100-megapixels", "too-many-pixels", _webp_canvas_of_100_megapixels),
)
