"""TIFF files: tiles, planes, depths and compressions, directories that loop, and strips that lie."""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from tests.images.encoding import (
    TIFF_DATA_AT,
    TiffTags,
    big_endian_big_tiff,
    directory,
    encode,
    plain_tags,
    tiff,
    tiff_file,
    with_orientation,
)
from tests.images.pictures import HEIGHT, WIDTH, grey_levels, grey_rgb, half_over_white, natural_picture, picture
from tests.images.sample import (
    LOSSY,
    ROUNDED,
    Sample,
    broken,
    camera_raw,
    otherwise_compressed,
    sound,
    too_large,
    truncated,
    unusable,
)

_DIRECTORY_TAGS: Final = 3
_DEFLATED: Final = 8
_TILE_PX: Final = 32


def _plain(**options: Any) -> bytes:
    return encode(picture(), "TIFF", **options)


def _wide() -> NDArray[np.uint16]:
    return natural_picture().astype(np.uint16) * 257


def _tiled() -> bytes:
    tiles = natural_picture().reshape(HEIGHT // _TILE_PX, _TILE_PX, WIDTH // _TILE_PX, _TILE_PX, 3).swapaxes(1, 2)
    length = _TILE_PX * _TILE_PX * 3
    count = HEIGHT * WIDTH // _TILE_PX**2
    places = tuple(TIFF_DATA_AT + index * length for index in range(count))
    tags = {**plain_tags(natural_picture()), 322: _TILE_PX, 323: _TILE_PX, 324: places, 325: (length,) * count}
    return _file(tiles.tobytes(), tags, without=(273, 278, 279))


def _file(pixels: bytes, tags: TiffTags, *, without: tuple[int, ...] = ()) -> bytes:
    return tiff_file(pixels, {tag: value for tag, value in tags.items() if tag not in without})


def _planes(values: NDArray[Any], **options: Any) -> bytes:
    planes = [np.ascontiguousarray(values[:, :, channel]).tobytes() for channel in range(3)]
    places = tuple(TIFF_DATA_AT + index * len(planes[0]) for index in range(3))
    return tiff_file(b"".join(planes), {**plain_tags(values), 273: places, 279: (len(planes[0]),) * 3, 284: 2})


def _grey_and_alpha_apart() -> bytes:
    planes = [zlib.compress(plane.tobytes()) for plane in (grey_levels(), np.full_like(grey_levels(), 255))]
    places, lengths = (TIFF_DATA_AT, TIFF_DATA_AT + len(planes[0])), tuple(len(plane) for plane in planes)
    tags = {258: (8, 8), 259: _DEFLATED, 273: places, 277: 2, 279: lengths, 284: 2, 338: (2,)}
    return tiff_file(b"".join(planes), {**plain_tags(grey_levels()), **tags})


def _deflated(values: NDArray[Any], tags: TiffTags | None = None, *, order: str = "<") -> bytes:
    pixels = zlib.compress(values.astype(values.dtype.newbyteorder(order)).tobytes())
    return tiff_file(pixels, {**plain_tags(values), 259: _DEFLATED, **(tags or {})}, order=order)


def _predicted() -> bytes:
    steps = np.diff(_wide(), axis=1, prepend=np.uint16(0))
    return _deflated(steps, {317: 2})


def _several_pages() -> bytes:
    other = [Image.new("RGB", (WIDTH, HEIGHT), (shade, 0, 0)) for shade in (10, 200)]
    return _plain(save_all=True, append_images=other)


def _followed_by(*directories: bytes, at: int | None = None) -> bytes:
    """The picture's file whose chain of directories goes on behind it (or at a place of its own)."""
    plain = tiff(natural_picture(), {})
    return _pointing_to(len(plain) if at is None else at) + b"".join(directories)


def _pointing_to(place: int) -> bytes:
    values = natural_picture()
    return tiff_file(values.tobytes(), plain_tags(values), next_directory_at=place)


def _thousands_of_pages() -> bytes:
    start, length = len(tiff(natural_picture(), {})), 2 + 12 * _DIRECTORY_TAGS + 4
    sizes = b"".join(struct.pack("<HHII", tag, 4, 1, 64) for tag in (256, 257, 262))
    pages = [struct.pack("<H", 3) + sizes + struct.pack("<I", start + (page + 1) * length) for page in range(3000)]
    return _followed_by(*pages[:-1], pages[-1][:-4] + b"\0" * 4)


def _looping_pages() -> bytes:
    return _pointing_to(int.from_bytes(tiff(natural_picture(), {})[4:8], "little"))


def _in_lab() -> bytes:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    image = ImageCms.applyTransform(picture(), ImageCms.buildTransform(srgb, lab, "RGB", "LAB"))
    del image.info["icc_profile"]
    return encode(image, "TIFF")


def _sixteen_colours() -> bytes:
    levels = (grey_levels() >> 4).astype(np.uint8)
    packed = (levels[:, ::2] << 4 | levels[:, 1::2]).tobytes()
    ramp = tuple(level * 17 * 257 for level in range(16))
    return tiff_file(packed, {**plain_tags(levels), 258: 4, 262: 3, 320: ramp * 3})


def _sixteen_greys() -> NDArray[Any]:
    return np.repeat(((grey_levels() >> 4) * 17)[:, :, None], 3, axis=2)


def _bomb_of_tags() -> bytes:
    data = tiff(natural_picture(), {})
    at = int.from_bytes(data[4:8], "little")
    tags = [data[at + 2 + 12 * index :][:12] for index in range(9)]
    more = [struct.pack("<HHII", 50_000 + tag, 7, 36_000, 8) for tag in range(3000)]
    directory = struct.pack("<H", 3009) + b"".join(tags + more) + b"\0" * 4
    moved = data[:4] + struct.pack("<I", len(data)) + data[8:]
    return moved + directory


def _old_jpeg() -> bytes:
    stream = encode(picture(), "JPEG", quality=95)
    tags = {**plain_tags(natural_picture()), 259: 6, 262: 6, 279: len(stream), 513: TIFF_DATA_AT, 514: len(stream)}
    return tiff_file(stream, tags)


def _cmyk_of_16_bits() -> bytes:
    inks = np.asarray(picture().convert("CMYK")).astype(np.uint16) * 257
    return tiff(inks, {262: 5})


def _premultiplied() -> bytes:
    alpha = np.full((HEIGHT, WIDTH, 1), 128, np.uint8)
    return tiff(
        np.concatenate([np.round(natural_picture() * (128 / 255)).astype(np.uint8), alpha], axis=2), {338: (1,)}
    )


def _behind_a_thumbnail(*, is_below: bool = True, photometric: int = 2) -> bytes:
    """Two pictures, of which the first is said to be a reduced copy of the second, in the chain or in a SubIFD."""
    full = natural_picture()
    small = np.full((HEIGHT // 2, WIDTH // 2, 3), 40, np.uint8)
    pixels = small.tobytes() + full.tobytes()
    place = len(tiff_file(pixels, {**plain_tags(small), 254: 1, 330: 0}))
    data = tiff_file(
        pixels,
        {**plain_tags(small), 254: 1, 279: small.nbytes, 330: place if is_below else 0},
        next_directory_at=0 if is_below else place,
    )
    tags = {**plain_tags(full), 262: photometric, 273: TIFF_DATA_AT + small.nbytes, 279: full.nbytes}
    return data + directory(tags, at=place)


def _with_canon_mark() -> bytes:
    data = tiff_file(b"CR\2\0\0\0\0\0" + natural_picture().tobytes(), {**plain_tags(natural_picture()), 273: 16})
    assert data[8:10] == b"CR"
    return data


def _float(dtype: type[Any], low: float = 0.0) -> bytes:
    return tiff(np.linspace(low, 1, 64 * 64).reshape(64, 64).astype(dtype), {339: 3})


TIFF_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("tiff", "as Pillow writes it", _plain),
    sound("tiff-big-endian", "MM", lambda: tiff(natural_picture(), {}, order=">")),
    sound("tiff-64-bit-offsets", "BigTIFF", lambda: _plain(big_tiff=True)),
    sound("tiff-lzw", "LZW", lambda: _plain(compression="tiff_lzw")),
    sound("tiff-deflate", "deflate", lambda: _plain(compression="tiff_adobe_deflate")),
    sound("tiff-packbits", "run lengths", lambda: _plain(compression="packbits")),
    sound("tiff-jpeg", "JPEG inside", lambda: _plain(compression="jpeg", quality=95), within=LOSSY),
    sound("tiff-old-jpeg", "JPEG inside, as of 1992", _old_jpeg, within=LOSSY),
    sound(
        "tiff-fax",
        "black and white, group 4",
        lambda: encode(picture().convert("1"), "TIFF", compression="group4"),
        shows=lambda: np.asarray(picture().convert("1").convert("RGB")),
    ),
    sound("tiff-tiles", "tiles of 32 pixels", _tiled),
    sound("tiff-planes", "red, green and blue apart", lambda: _planes(natural_picture())),
    sound("tiff-planes-of-16-bits", "red, green and blue apart, 16 bits", lambda: _planes(_wide())),
    unusable("tiff-planes-with-alpha", "unsupported-layout", "grey and alpha apart, deflated", _grey_and_alpha_apart),
    sound("tiff-16-bit", "RGB of 16 bits", lambda: tiff(_wide(), {})),
    sound("tiff-16-bit-deflate", "RGB of 16 bits, deflated", lambda: _deflated(_wide())),
    sound("tiff-16-bit-deflate-big-endian", "the same, MM", lambda: _deflated(_wide(), order=">")),
    sound("tiff-16-bit-predictor", "differences of RGB of 16 bits", _predicted),
    sound(
        "tiff-16-bit-grey",
        "grey of 16 bits, deflated",
        lambda: _deflated(grey_levels().astype(np.uint16) * 257),
        shows=grey_rgb,
    ),
    sound(
        "tiff-16-bit-grey-big-endian",
        "the same, MM",
        lambda: _deflated(grey_levels().astype(np.uint16) * 257, order=">"),
        shows=grey_rgb,
    ),
    sound("tiff-white-is-zero", "inverted grey", lambda: tiff(255 - grey_levels(), {262: 0}), shows=grey_rgb),
    sound("tiff-alpha", "premultiplied alpha", _premultiplied, within=ROUNDED, shows=half_over_white),
    sound("tiff-palette", "sixteen colours that are greys", _sixteen_colours, shows=_sixteen_greys),
    sound("tiff-cmyk", "inks", lambda: encode(picture().convert("CMYK"), "TIFF")),
    sound("tiff-cmyk-16-bit", "inks of 16 bits", _cmyk_of_16_bits),
    sound("tiff-lab", "CIELAB", _in_lab, within=2 * ROUNDED),
    sound("tiff-rotated", "orientation 8", lambda: with_orientation(8, "TIFF")),
    sound("tiff-several-pages", "three pages", _several_pages),
    sound("tiff-thousands-of-pages", "3000 pages more, of no pixels", _thousands_of_pages),
    sound("tiff-looping-pages", "the next page is the first", _looping_pages),
    sound("tiff-page-outside", "the next page is behind the file", lambda: _followed_by(at=10_000_000)),
    sound("tiff-page-of-junk", "the next page is no directory", lambda: _followed_by(b"\x07\0junk")),
    sound("tiff-bomb-of-tags", "100 MB of tags in 70 KB", _bomb_of_tags),
    truncated("truncated-tiff", "two thirds of the file", lambda: _plain()[: len(_plain()) * 2 // 3]),
    truncated("tiff-strip-outside", "pixels behind the file's end", lambda: tiff(natural_picture(), {273: 1_000_000})),
    truncated("tiff-strips-missing", "strips of half the rows", lambda: tiff(natural_picture(), {278: HEIGHT // 2})),
    truncated("tiff-planes-missing", "red only", lambda: tiff(natural_picture(), {284: 2})),
    broken("tiff-without-directory", "eight bytes", lambda: b"II*\0\x08\0\0\0"),
    broken("tiff-directory-outside", "a directory behind the file's end", lambda: b"II*\0\xff\xff\xff\x7f" + bytes(99)),
    broken("tiff-lzw-broken", "zeros for LZW", lambda: tiff(np.zeros((96, 128, 3), np.uint8), {259: 5})),
    broken("tiff-deflate-broken", "junk for deflate", lambda: tiff(natural_picture(), {259: 8})),
    broken(
        "tiff-giant-strip", "a strip of 4 GB", lambda: _deflated(natural_picture(), {279: 2**32 - 1, 278: 2**32 - 1})
    ),
    broken(
        "tiff-giant-tiles",
        "tiles of 2^31 pixels",
        lambda: _file(
            bytes(999),
            {**plain_tags(natural_picture()), 259: 8, 322: 2**31 - 16, 323: 2**31 - 16, 324: 8, 325: 999},
            without=(273, 278, 279),
        ),
    ),
    otherwise_compressed(
        "tiff-unknown-compression", "compression 60000", lambda: tiff(natural_picture(), {259: 60_000})
    ),
    unusable(
        "tiff-five-channels",
        "unsupported-layout",
        "five channels that are said to be RGB",
        lambda: tiff(np.zeros((96, 128, 5), np.uint8), {}),
    ),
    broken("tiff-many-channels", "60,000 channels", lambda: tiff(natural_picture(), {277: 60_000})),
    unusable(
        "tiff-complex", "unsupported-depth", "complex numbers", lambda: tiff(np.ones((64, 64), np.complex64), {339: 6})
    ),
    unusable("tiff-half-float", "unsupported-depth", "floats of 16 bits", lambda: _float(np.float16)),
    unusable("tiff-double", "unsupported-depth", "floats of 64 bits", lambda: _float(np.float64)),
    unusable(
        "tiff-float-rgb",
        "unsupported-depth",
        "floats for red, green and blue",
        lambda: tiff(natural_picture().astype(np.float32), {339: 3}),
    ),
    unusable("float-tiff", "float-pixels", "floats from 0 to 1", lambda: _float(np.float32)),
    unusable("nan-tiff", "float-pixels", "not-a-numbers", lambda: _float(np.float32, np.nan)),
    unusable("32-bit-tiff", "unsupported-depth", "32 bits", lambda: tiff(np.ones((64, 64), np.uint32), {})),
    unusable(
        "tiff-signed-16-bit", "unsupported-depth", "signed 16 bits", lambda: tiff(np.ones((64, 64), np.int16), {339: 2})
    ),
    unusable(
        "tiff-signed-8-bit", "unsupported-depth", "signed 8 bits", lambda: tiff(grey_levels().astype(np.int8), {339: 2})
    ),
    broken("tiff-of-no-columns", "0 columns", lambda: tiff(natural_picture(), {256: 0})),
    unusable("tiff-32-bit-rgb", "unsupported-depth", "RGB of 32 bits", lambda: tiff(_wide().astype(np.uint32), {})),
    *(
        otherwise_compressed(f"tiff-{name}", name, lambda number=number: tiff(natural_picture(), {259: number}))
        for name, number in (("jpeg-2000", 34712), ("jpeg-2000-slides", 33003), ("jpeg-xl", 50002), ("webp", 50001))
    ),
    sound("tiff-big-endian-64-bit-offsets", "BigTIFF, MM", lambda: big_endian_big_tiff(natural_picture())),
    sound("tiff-reduced-first", "a small copy, then the picture", lambda: _behind_a_thumbnail(is_below=False)),
    sound("tiff-reduced-above", "a small copy, and the picture below it", lambda: _behind_a_thumbnail(is_below=True)),
    camera_raw("raw-dng", "DNG", lambda: tiff(natural_picture(), {50706: b"\1\4\0\0"})),
    camera_raw(
        "raw-nef", "a thumbnail, and a sensor's samples below it", lambda: _behind_a_thumbnail(photometric=32803)
    ),
    camera_raw("raw-pef", "a sensor's samples, packed as Pentax does", lambda: tiff(natural_picture(), {259: 65535})),
    camera_raw("raw-cr2", "a preview, and Canon's mark", _with_canon_mark),
    too_large(
        "tiff-largest",
        "too-many-pixels",
        "2^32 - 1 squared",
        lambda: tiff(natural_picture(), {256: 2**32 - 1, 257: 2**32 - 1}),
    ),
)
