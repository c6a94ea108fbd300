"""Kept copies show the same picture and carry nothing else."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from models.images import decode, from_array
from models.images.encoding import encode_lossless, encode_thumbnail
from models.images.formats import media_type
from tests.images.encoding import encode
from tests.images.expected import ORIGINAL, largest_difference
from tests.images.pictures import HEIGHT, WIDTH, picture
from tests.images.profiles import wide_gamut_profile


def test_the_lossless_copy_is_the_same_picture() -> None:
    image = from_array(ORIGINAL)
    data = encode_lossless(image)
    assert media_type(data) == "image/webp"
    assert largest_difference(decode(data)) == 0


def test_a_side_too_long_for_webp_is_kept_as_png() -> None:
    image = from_array(np.zeros((170, 16_384, 3), np.uint8))
    assert media_type(encode_lossless(image)) == "image/png"


def test_copies_carry_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    image = decode(encode(picture(), "PNG", exif=exif, icc_profile=wide_gamut_profile()))
    for data in (encode_lossless(image), encode_thumbnail(image)):
        with Image.open(io.BytesIO(data)) as copy:
            assert not copy.getexif()
            assert "icc_profile" not in copy.info


@pytest.mark.parametrize(("side_px", "size"), [(64, (64, 48)), (256, (WIDTH, HEIGHT))])
def test_a_thumbnail_fits_its_side_and_never_grows(side_px: int, size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(encode_thumbnail(from_array(ORIGINAL), longest_side_px=side_px))) as thumbnail:
        assert thumbnail.size == size
