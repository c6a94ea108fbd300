"""A JPEG is scored when every pixel is there, whatever its end looks like, and refused when some are not."""

from __future__ import annotations

import re

import pytest

from models.images import UnusableImage, decode
from tests.images.encoding import encode
from tests.images.expected import largest_difference
from tests.images.pictures import picture

WHOLE = encode(picture(), "JPEG", quality=90)
PIXELS = decode(WHOLE).pixels_HWC
END = b"\xff\xd9"


@pytest.mark.parametrize("data", [WHOLE[:-2], WHOLE[:-1]], ids=["no end marker", "half of it"])
def test_a_whole_picture_without_its_end_is_the_whole_picture(data: bytes) -> None:
    image = decode(data)
    assert largest_difference(image, PIXELS) == 0
    assert image.notes == ("end marker missing: every pixel is there",)


@pytest.mark.parametrize(
    "options", [{}, {"optimize": True}, {"progressive": True}, {"restart_marker_rows": 1}], ids=str
)
@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("ending", [END, b"", bytes(5000) + END, b"\xff" * 50 + END], ids=["end", "cut", "zeros", "ff"])
def test_a_part_of_a_picture_is_refused(options: dict[str, int], share: float, ending: bytes) -> None:
    data = encode(picture(), "JPEG", quality=90, **options)
    start = data.index(b"\xff\xda") + 14
    with pytest.raises(UnusableImage) as refused:
        decode(data[: start + round(share * (len(data) - start))] + ending)
    assert refused.value.code in {"truncated-image", "broken-image"}  # broken where it ends inside a table


@pytest.mark.parametrize("ending", [END, b"", bytes(5000) + END], ids=["end", "cut", "zeros"])
@pytest.mark.parametrize("kept", [1, 3, -1])
def test_a_progressive_picture_that_lacks_scans_is_refused(kept: int, ending: bytes) -> None:
    data = encode(picture(), "JPEG", quality=90, progressive=True)
    scans = [found.start() for found in re.finditer(rb"\xff\xda", data)]
    assert len(scans) > 4
    with pytest.raises(UnusableImage) as refused:
        decode(data[: scans[kept]] + ending)
    assert refused.value.code == "truncated-image"


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("is_progressive", [True, False])
def test_a_picture_with_every_scan_is_whole(mode: str, is_progressive: bool) -> None:
    assert decode(encode(picture().convert(mode), "JPEG", quality=90, progressive=is_progressive))


@pytest.mark.parametrize("padding", [b"\0", bytes(64), bytes(4096), b"\xff" * 30], ids=len)
def test_padding_before_and_behind_the_end_is_no_loss(padding: bytes) -> None:
    assert largest_difference(decode(WHOLE[:-2] + padding + END), PIXELS) == 0
    assert decode(WHOLE + padding).notes == ()


def test_a_picture_of_large_blank_areas_is_whole() -> None:
    blank = picture()
    blank.paste((0, 0, 0), (0, 8, 128, 90))
    for options in ({"optimize": True}, {"progressive": True}, {}):
        assert decode(encode(blank.resize((1024, 768)), "JPEG", quality=50, **options)).notes == ()
