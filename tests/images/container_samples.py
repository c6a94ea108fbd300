"""WebP, AVIF and HEIC files: boxes and canvases that lie, frames, tiles, depth and alpha."""

from __future__ import annotations

import struct
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.images.embedded import (
    avif_grid,
    avif_of_10_bits,
    avif_of_64_megapixels,
    avif_turned,
    heic_burst,
    heic_of_10_bits,
    heic_of_64_megapixels,
    heic_of_half_colour,
    heic_ramp,
    heic_turned,
    saying_size,
)
from tests.images.encoding import encode, with_orientation
from tests.images.pictures import HEIGHT, WIDTH, half_over_white, half_transparent, natural_picture, picture
from tests.images.sample import LOSSY, ROUNDED, Sample, broken, sound, too_large, truncated

# --- WebP -----------------------------------------------------------------------------------------------------------


def _webp(image: Image.Image | None = None, **options: Any) -> bytes:
    return encode(image or picture(), "WEBP", **{"lossless": True, "method": 0, **options})


def _riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _canvas(width: int, height: int, *, flags: int = 0) -> tuple[bytes, bytes]:
    return b"VP8X", bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def _pixels() -> tuple[bytes, bytes]:
    return b"VP8L", _webp()[20:]


def _on_canvas(width: int, height: int) -> bytes:
    return _riff(_canvas(width, height), _pixels())


def _frames(count: int, *, left: int = 0) -> bytes:
    kind, content = _pixels()
    place = (
        (left // 2).to_bytes(3, "little")
        + bytes(3)
        + (WIDTH - 1).to_bytes(3, "little")
        + (HEIGHT - 1).to_bytes(3, "little")
    )
    frame = place + (40).to_bytes(3, "little") + b"\x02" + kind + struct.pack("<I", len(content)) + content
    return _riff(_canvas(WIDTH, HEIGHT, flags=2), (b"ANIM", bytes(6)), *[(b"ANMF", frame)] * count)


def _several_webp_frames() -> bytes:
    other = [Image.new("RGB", (WIDTH, HEIGHT), (shade, 0, 0)) for shade in (10, 200)]
    return _webp(save_all=True, append_images=other)


# --- AVIF and HEIC --------------------------------------------------------------------------------------------------


def _avif(image: Image.Image | None = None, **options: Any) -> bytes:
    return encode(image or picture(), "AVIF", **{"quality": 95, "speed": 10, **options})


def _box_resized(data: bytes, kind: bytes, size: int) -> bytes:
    at = data.index(kind) - 4
    return data[:at] + struct.pack(">I", size) + data[at + 4 :]


def _grid_saying(width: int, height: int) -> bytes:
    """The size in the grid's own item, not in its header."""
    data = avif_grid()
    return data.replace(struct.pack(">HH", WIDTH, HEIGHT), struct.pack(">HH", width, height))


def _several_avif_frames() -> bytes:
    other = [Image.new("RGB", (WIDTH, HEIGHT), (shade, 0, 0)) for shade in (10, 200)]
    return _avif(save_all=True, append_images=other)


def _ramp() -> NDArray[Any]:
    y_HW, x_HW = np.mgrid[0:48, 0:64]
    return np.stack([4 * x_HW, 5 * y_HW, np.full_like(x_HW, 128)], axis=2)


def _on_its_side() -> NDArray[np.uint8]:
    return np.rot90(natural_picture())


WEBP_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("webp", "lossless", _webp),
    sound("webp-lossy", "lossy", lambda: _webp(lossless=False, quality=95), within=LOSSY),
    sound(
        "webp-alpha",
        "lossless, half transparent",
        lambda: _webp(half_transparent(), exact=True),
        within=ROUNDED,
        shows=half_over_white,
    ),
    sound(
        "webp-lossy-alpha",
        "lossy, half transparent",
        lambda: _webp(half_transparent(), lossless=False, quality=95),
        within=LOSSY,
        shows=half_over_white,
    ),
    sound("webp-rotated", "EXIF orientation 5", lambda: with_orientation(5, "WEBP", lossless=True)),
    sound("webp-broken-profile", "a profile that is none", lambda: _webp(icc_profile=b"no profile" * 20)),
    sound("webp-several-frames", "three frames", _several_webp_frames),
    sound("webp-many-frames", "ten frames more", lambda: _frames(10)),
    sound("webp-canvas-of-its-size", "VP8X that tells the truth", lambda: _on_canvas(WIDTH, HEIGHT)),
    sound("webp-data-behind-its-end", "junk behind the end", lambda: _webp() + b"junk" * 100),
    broken("truncated-webp", "two thirds of the file", lambda: _webp()[: len(_webp()) * 2 // 3]),
    broken("webp-small-canvas", "a canvas smaller than its picture", lambda: _on_canvas(64, 64)),
    broken("webp-large-canvas", "a canvas larger than its picture", lambda: _on_canvas(4000, 4000)),
    broken("webp-frame-outside", "a frame that reaches over its canvas", lambda: _frames(2, left=64)),
    broken("webp-without-pixels", "a canvas and nothing on it", lambda: _riff(_canvas(WIDTH, HEIGHT))),
    broken("webp-of-4-gigabytes", "a RIFF that says 4 GB", lambda: b"RIFF\xff\xff\xff\xff" + _webp()[8:]),
    broken("webp-junk", "junk for pixels", lambda: _riff((b"VP8L", b"\x2f" + b"junk" * 99))),
    too_large(
        "webp-canvas-100-megapixels",
        "too-many-pixels",
        "a canvas of 10,000 squared",
        lambda: _on_canvas(10_000, 10_000),
    ),
    too_large(
        "webp-16383-squared",
        "too-many-pixels",
        "a header of 16,383 squared",
        lambda: _riff((b"VP8L", b"\x2f" + struct.pack("<I", 16_382 | 16_382 << 14) + _webp()[25:])),
    ),
)

AVIF_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("avif", "as Pillow writes it", _avif, within=LOSSY),
    sound("avif-alpha", "half transparent", lambda: _avif(half_transparent()), within=LOSSY, shows=half_over_white),
    sound("avif-10-bit", "10 bits", avif_of_10_bits, within=LOSSY),
    sound("avif-grid", "two tiles", avif_grid, within=LOSSY),
    sound("avif-turned", "to be turned by 90 degrees", avif_turned, within=LOSSY, shows=_on_its_side),
    sound(
        "avif-says-smaller",
        "a header of 64 x 48, to which libavif scales",
        lambda: saying_size(_avif(), 64, 48),
        shows=None,
    ),
    sound(
        "avif-says-larger",
        "a header of 256 x 192, to which libavif scales",
        lambda: saying_size(_avif(), 256, 192),
        shows=None,
    ),
    sound("avif-several-frames", "three frames", _several_avif_frames, within=LOSSY),
    broken("truncated-avif", "two thirds of the file", lambda: _avif()[: len(_avif()) * 2 // 3]),
    truncated("avif-cut-in-a-box", "half of its boxes", lambda: _avif()[:150]),
    truncated("avif-start-only", "its first box", lambda: _avif()[:32]),
    broken(
        "avif-hides-64-megapixels",
        "a header of 128 x 96 before 8000 squared",
        lambda: saying_size(avif_of_64_megapixels(), WIDTH, HEIGHT),
    ),
    truncated("avif-box-of-4-gigabytes", "a box that says 4 GB", lambda: _box_resized(_avif(), b"meta", 2**32 - 1)),
    broken("avif-box-of-nothing", "a box that says 3 bytes", lambda: _box_resized(_avif(), b"iprp", 3)),
    broken("avif-grid-lies", "two tiles that are said to fill 65,535 squared", lambda: _grid_saying(65_535, 65_535)),
    broken("avif-zeros", "zeros behind the first box", lambda: _avif()[:32] + bytes(2000)),
    too_large("avif-64-megapixels", "too-many-pixels", "8000 squared in 600 bytes", avif_of_64_megapixels),
    broken("avif-largest", "a header of 2^31 squared", lambda: saying_size(_avif(), 2**31, 2**31)),
)

HEIC_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("heic", "8 bits", heic_ramp, within=ROUNDED * 3, shows=_ramp),
    sound("heic-10-bit", "10 bits", heic_of_10_bits, within=LOSSY),
    sound("heic-half-colour", "4:2:0", heic_of_half_colour, within=LOSSY),
    sound("heic-turned", "irot", heic_turned, within=LOSSY),
    sound("heic-burst", "three pictures, of which the second is the primary one", heic_burst, shows=None),
    broken("truncated-heic", "four hundred bytes", lambda: heic_ramp()[:400]),
    broken("heic-says-smaller", "a header of 32 squared", lambda: saying_size(heic_ramp(), 32, 32)),
    broken("heic-says-larger", "a header of 7000 squared", lambda: saying_size(heic_ramp(), 7000, 7000)),
    broken(
        "heic-hides-64-megapixels",
        "a header of 128 x 96 before 8000 squared",
        lambda: saying_size(heic_of_64_megapixels(), WIDTH, HEIGHT),
    ),
    broken("heic-box-of-4-gigabytes", "a box that says 4 GB", lambda: _box_resized(heic_ramp(), b"meta", 2**32 - 1)),
    broken("heic-box-of-nothing", "a box that says 3 bytes", lambda: _box_resized(heic_ramp(), b"iprp", 3)),
    too_large("heic-64-megapixels", "too-many-pixels", "8000 squared in 700 bytes", heic_of_64_megapixels),
)
