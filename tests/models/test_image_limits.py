"""What is too large, too small or too intricate is refused by its header, cheaply, and at the very limit."""

from __future__ import annotations

import resource
import time

import pytest
from PIL import Image

from models.image_errors import ImageTooLarge, UnusableImage
from models.image_limits import ImageLimits
from models.images import decode
from tests.images.corpus import CORPUS, HEIGHT, WIDTH, Sample, encode, picture


@pytest.mark.parametrize("sample", [s for s in CORPUS if s.error is ImageTooLarge], ids=lambda sample: sample.name)
def test_what_is_too_large_is_refused_before_it_is_decoded(sample: Sample) -> None:
    data = sample.data
    before_kb, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with pytest.raises(ImageTooLarge):
        decode(data)
    assert time.perf_counter() - started < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 20_000


def test_the_pixel_limit_is_exact() -> None:
    data = encode(picture(), "PNG")
    decode(data, limits=ImageLimits(max_pixels=WIDTH * HEIGHT))
    with pytest.raises(ImageTooLarge):
        decode(data, limits=ImageLimits(max_pixels=WIDTH * HEIGHT - 1))


def test_the_smallest_and_the_thinnest_picture_allowed() -> None:
    assert decode(encode(Image.new("RGB", (32, 32)), "PNG")).width == 32
    assert decode(encode(Image.new("RGB", (3200, 32)), "PNG")).width == 3200


def test_an_ordinary_progressive_jpeg_is_far_below_the_scan_limit() -> None:
    data = encode(picture(), "JPEG", progressive=True)
    decode(data, limits=ImageLimits(max_jpeg_scans=10))
    with pytest.raises(UnusableImage):
        decode(data, limits=ImageLimits(max_jpeg_scans=9))


def test_scans_of_an_embedded_thumbnail_do_not_count() -> None:
    thumbnail = encode(picture(), "JPEG", progressive=True)
    exif = b"Exif\0\0" + thumbnail * 20
    decode(encode(picture(), "JPEG", exif=exif), limits=ImageLimits(max_jpeg_scans=1))
