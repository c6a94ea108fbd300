"""Every format is known by its first bytes and opened by its own reader, which tells depth and frames truly."""

from __future__ import annotations

import numpy as np
import pytest

from models.images import decode
from models.images import formats as image_formats
from models.images.formats import SUPPORTED_EXTENSIONS, SUPPORTED_FORMATS, media_type
from tests.images.corpus import CORPUS
from tests.images.embedded import heic_ramp
from tests.images.encoding import encode, png, png_chunk
from tests.images.expected import largest_difference, mean_difference
from tests.images.pictures import HEIGHT, WIDTH, picture


def test_extensions_are_lower_case_with_a_dot() -> None:
    assert all(ending.startswith(".") and ending == ending.lower() for ending in SUPPORTED_EXTENSIONS)


def test_every_supported_format_can_be_opened() -> None:
    assert set(image_formats._READERS) == set(SUPPORTED_FORMATS)


@pytest.mark.parametrize("format_name", ["PNG", "BMP", "TIFF", "WEBP"])
def test_lossless_files_give_the_very_pixels(format_name: str) -> None:
    options = {"lossless": True} if format_name == "WEBP" else {}
    image = decode(encode(picture(), format_name, **options))
    assert largest_difference(image) == 0
    assert (image.format, image.notes) == (format_name, ())
    assert (image.width, image.height) == (WIDTH, HEIGHT)


def test_heic_is_decoded() -> None:
    image = decode(heic_ramp())
    y_HW, x_HW = np.mgrid[0:48, 0:64]
    assert mean_difference(image, np.stack([4 * x_HW, 5 * y_HW, np.full_like(x_HW, 128)], axis=2)) < 3
    assert image.format == "HEIC"


def test_frames_are_counted_where_the_header_says_how_many() -> None:
    by_name = {sample.name: sample for sample in CORPUS}
    assert decode(by_name["webp-several-frames"].data).notes == ("first frame of 3",)
    assert decode(by_name["png-several-frames"].data).notes == ("first frame of 3",)
    assert decode(by_name["tiff-several-pages"].data).notes == ("first frame of several",)


def test_the_transparent_sample_of_a_2_bit_png() -> None:
    rows = b"".join(b"\0" + bytes([0b00011011]) * 16 for _ in range(64))
    image = decode(png(64, 64, 2, 0, rows, png_chunk(b"tRNS", b"\0\x01")))
    assert image.pixels_HWC[0, :4, 0].tolist() == [0, 255, 170, 255]


def test_the_depth_of_a_png_is_its_headers_even_behind_another_chunk() -> None:
    data = encode(picture(), "PNG")
    image = decode(data[:8] + png_chunk(b"tEXt", b"Comment\0misplaced") + data[8:])
    assert largest_difference(image) == 0
    assert image.notes == ()


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF"])
def test_the_media_type_is_told_by_the_bytes(format_name: str) -> None:
    assert media_type(encode(picture(), format_name)) == f"image/{format_name.lower()}"
