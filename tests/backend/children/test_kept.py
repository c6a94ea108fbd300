"""What is kept is the upload to the pixel, without its metadata and at no more than its size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from backend.children.kept import KeptPicture, Original, decode_kept, keep
from models.images import RGBImage, decode
from models.images.formats import media_type
from models.images.without_metadata import without_metadata
from tests.images.corpus import CORPUS, sample
from tests.images.encoding import encode, with_orientation
from tests.images.pictures import picture
from tests.images.sample import Sample


def kept_of(data: bytes) -> KeptPicture:
    return keep(Original.of(data, decode(data)))


def photograph(longer_side_px: int = 512) -> Image.Image:
    return picture().resize((longer_side_px, longer_side_px * 3 // 4), Image.Resampling.BICUBIC)


@pytest.mark.parametrize("sample", [s for s in CORPUS if s.error is None], ids=lambda sample: sample.name)
def test_whatever_decodes_is_kept_to_the_pixel(sample: Sample) -> None:
    kept = kept_of(sample.data)
    assert np.array_equal(decode_kept(kept.picture).pixels_HWC, decode(sample.data).pixels_HWC)
    assert kept.picture_media_type == media_type(kept.picture)
    assert kept.thumbnail_media_type == media_type(kept.thumbnail)


@pytest.mark.parametrize(
    ("format_name", "options"),
    [
        ("JPEG", {"quality": 50}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("PNG", {}),
        ("WEBP", {"quality": 80}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_a_kept_upload_takes_no_more_than_its_bytes(format_name: str, options: dict[str, object]) -> None:
    data = encode(photograph(), format_name, **options)
    kept = kept_of(data)
    assert kept.picture_media_type == f"image/{format_name.lower()}"
    assert len(kept.picture) <= 1.05 * len(data)


def test_other_formats_are_encoded_losslessly() -> None:
    assert {kept_of(encode(picture(), name)).picture_media_type for name in ("BMP", "TIFF", "GIF")} == {"image/webp"}


@pytest.mark.parametrize("name", ["jpeg-padded", "png-pixels-without-end"])
def test_a_file_that_may_hide_something_is_encoded_anew(name: str) -> None:
    kept = kept_of(sample(name).data)
    assert kept.picture_media_type == "image/webp"
    assert np.array_equal(decode_kept(kept.picture).pixels_HWC, decode(sample(name).data).pixels_HWC)


@pytest.mark.parametrize("what", ["pixels", "orientation"])
def test_a_file_that_would_show_anything_else_is_encoded_anew(what: str) -> None:
    data = with_orientation(6)
    original = Original.of(data, decode(data))
    other = {"pixels": {"pixels_sha256": "0" * 64}, "orientation": {"stored_orientation": 1}}[what]
    assert without_metadata(data, format_name="JPEG", orientation=1) is not None
    kept = keep(replace(original, **other))
    assert kept.picture_media_type == "image/webp"
    assert np.array_equal(decode_kept(kept.picture).pixels_HWC, decode(data).pixels_HWC)


def test_pixels_are_told_apart_by_their_shape_too() -> None:
    pixels_HWC = np.zeros((40, 60, 3), np.uint8)
    flat, tall = (RGBImage(pixels_HWC.reshape(shape), "PNG") for shape in ((40, 60, 3), (60, 40, 3)))
    assert Original.of(b"", flat) != Original.of(b"", tall)


def test_a_thumbnail_is_the_same_whatever_form_is_kept() -> None:
    image = photograph()
    as_png, as_bmp = kept_of(encode(image, "PNG")), kept_of(encode(image, "BMP"))
    assert as_png.picture_media_type != as_bmp.picture_media_type
    assert as_png.thumbnail == as_bmp.thumbnail
