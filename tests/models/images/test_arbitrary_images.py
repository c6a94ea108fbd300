"""Whatever the bytes are, `decode` gives a picture within its limits or an `ImageError`, and never a warning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from models.images import ImageError, ImageLimits, RGBImage, decode
from models.images.limits import check_size
from tests.images.corpus import CORPUS
from tests.images.encoding import encode
from tests.images.pictures import over_white

LIMITS: Final = ImageLimits(max_pixels=500_000)
"""So that a lucky mutation of a size costs milliseconds."""


def answer(data: bytes) -> ImageError | RGBImage:
    """Whatever `decode` answers; any other exception, and any warning, fails the test."""
    try:
        image = decode(data, limits=LIMITS)
    except ImageError as error:
        return error
    assert image.pixels_HWC.dtype == np.uint8
    assert image.pixels_HWC.shape == (image.height, image.width, 3)
    assert image.pixels_HWC.flags.c_contiguous
    assert all(isinstance(note, str) for note in image.notes)
    check_size((image.width, image.height), limits=LIMITS)
    return image


# --- Bytes, and files that something happened to --------------------------------------------------------------------


@cache
def seeds() -> tuple[bytes, ...]:
    """The corpus' files, sound and broken."""
    return tuple(sample.data for sample in CORPUS if sample.code != "too-many-bytes")


@st.composite
def mutated_files(draw: st.DrawFn) -> bytes:
    """One to eight flips, cuts, insertions, repetitions and pieces of other files, most of them in the header."""
    data = bytearray(draw(st.sampled_from(seeds())))
    for _ in range(draw(st.integers(1, 8))):
        end = draw(st.sampled_from((64, 1024, len(data))))
        at = draw(st.integers(0, min(end, len(data))))
        match draw(st.sampled_from(("flip", "cut", "insert", "repeat", "splice", "number"))):
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at : at + draw(st.sampled_from((1, 4, 40, len(data))))]
            case "insert":
                data[at:at] = draw(st.binary(max_size=20))
            case "repeat":
                data[at:at] = data[at : at + 200] * draw(st.integers(1, 30))
            case "splice":
                data[at:] = draw(st.sampled_from(seeds()))[at:]
            case "number":
                data[at : at + 4] = draw(
                    st.sampled_from((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x80"))
                )
            case _:
                pass
    return bytes(data)


@given(st.sampled_from(range(len(CORPUS) - 1)), st.binary(max_size=400))
def test_arbitrary_bytes_behind_a_signature(seed: int, rest: bytes) -> None:
    assert isinstance(answer(rest), ImageError)
    answer(seeds()[seed][:16] + rest)


@given(mutated_files())
def test_mutated_files(data: bytes) -> None:
    answer(data)


# --- Sound files ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Encoding:
    """A lossless way to store a mode of Pillow's."""

    mode: str
    format_name: str
    options: dict[str, Any]


_TIFF: Final = tuple({"compression": name} for name in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"))
_PNG: Final = ({}, {"compress_level": 1}, {"optimize": True})
ENCODINGS: Final = tuple(
    Encoding(mode, format_name, options)
    for format_name, modes, all_options in (
        ("PNG", ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), _PNG),
        ("TIFF", ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"), _TIFF),
        ("WEBP", ("RGB", "RGBA"), ({"lossless": True, "exact": True, "method": 0},)),
        ("BMP", ("1", "L", "P", "RGB"), ({},)),
        ("GIF", ("L", "P"), ({}, {"interlace": 0})),
    )
    for mode in modes
    for options in all_options
)
BANDS: Final = {"LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4}


def random_image(mode: str, size: tuple[int, int], *, levels: int, seed: int) -> Image.Image:
    """Noise of this many levels per channel."""
    random, shape = np.random.default_rng(seed), (size[1], size[0])
    if mode == "I;16":
        return Image.fromarray(random.integers(0, levels, shape).astype(np.uint16) * 257)
    if mode == "P":
        image = Image.fromarray(random.integers(0, levels, shape, dtype=np.uint8), "P")
        image.putpalette(random.integers(0, 256, 768, dtype=np.uint8).tobytes())
        return image
    if mode == "1":
        return Image.fromarray(random.integers(0, 2, shape).astype(bool))
    bands = [Image.fromarray(random.integers(0, levels, shape, dtype=np.uint8)) for _ in range(BANDS.get(mode, 1))]
    return Image.merge(mode, bands) if len(bands) > 1 else bands[0]


def meant(image: Image.Image) -> NDArray[Any]:
    """The colours that a viewer shows."""
    if image.mode == "I;16":
        return np.repeat((np.asarray(image) // 257)[:, :, None], 3, axis=2)
    if image.mode in ("LA", "RGBA"):
        rgba = np.asarray(image.convert("RGBA"))
        return over_white(rgba[:, :, :3], rgba[:, :, 3])
    return np.asarray(image.convert("RGB"))


@given(
    encoding=st.sampled_from(ENCODINGS),
    size=st.tuples(st.integers(32, 90), st.integers(32, 90)),
    levels=st.sampled_from((1, 2, 5, 256)),
    seed=st.integers(0, 2**32 - 1),
)
def test_what_is_stored_losslessly_comes_back(
    encoding: Encoding, size: tuple[int, int], levels: int, seed: int
) -> None:
    stored = random_image(encoding.mode, size, levels=levels, seed=seed)
    image = answer(encode(stored, encoding.format_name, **encoding.options))
    assert isinstance(image, RGBImage)
    difference_HWC = np.abs(image.pixels_HWC - meant(stored).astype(float))
    assert difference_HWC.max() <= (1 if encoding.mode in ("LA", "RGBA") else 0)  # alpha rounds once
