"""What is too large, too small or too intricate is refused by its header, cheaply, and at the very limit."""

from __future__ import annotations

import time

import pytest
from PIL import Image

from models.images import decode
from models.images.errors import ImageTooLarge, UnusableImage
from models.images.limits import DEFAULT_LIMITS, ImageLimits, check_size
from tests.images.corpus import CORPUS
from tests.images.encoding import encode
from tests.images.pictures import HEIGHT, WIDTH, picture
from tests.images.sample import Sample


@pytest.mark.parametrize("sample", [s for s in CORPUS if s.error is ImageTooLarge], ids=lambda sample: sample.name)
def test_what_is_too_large_is_refused_before_it_is_decoded(sample: Sample) -> None:
    cpu_s = []
    for _ in range(2):  # the first may load a library
        started = time.process_time()
        with pytest.raises(ImageTooLarge):
            decode(sample.data)
        cpu_s.append(time.process_time() - started)
    assert min(cpu_s) < 0.05


def test_the_pixel_limit_is_exact() -> None:
    data = encode(picture(), "PNG")
    decode(data, limits=ImageLimits(max_pixels=WIDTH * HEIGHT))
    with pytest.raises(ImageTooLarge):
        decode(data, limits=ImageLimits(max_pixels=WIDTH * HEIGHT - 1))


@pytest.mark.parametrize("size_px", [(8160, 6144), (6144, 8192), (8272, 6200)])
def test_what_sensors_called_fifty_megapixels_give_fits(size_px: tuple[int, int]) -> None:
    check_size(size_px, limits=DEFAULT_LIMITS)


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
