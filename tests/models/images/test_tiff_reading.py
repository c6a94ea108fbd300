"""TIFF layouts that Pillow takes for others come out as they were meant, or are refused."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import TiffImagePlugin

from models.images import UnusableImage, decode
from tests.images.encoding import TIFF_DATA_AT, encode, plain_tags, tiff, tiff_file
from tests.images.expected import ORIGINAL, largest_difference
from tests.images.pictures import HEIGHT, WIDE, picture

DEFLATE = 8


def in_planes(values: NDArray[Any], *, order: str, is_deflated: bool) -> bytes:
    """Each channel on its own, one strip for each."""
    stored = values.astype(values.dtype.newbyteorder(order))
    planes = [stored[:, :, channel].tobytes() for channel in range(values.shape[2])]
    planes = [zlib.compress(plane) for plane in planes] if is_deflated else planes
    lengths = tuple(len(plane) for plane in planes)
    places = tuple(TIFF_DATA_AT + sum(lengths[:number]) for number in range(len(planes)))
    tags = {259: DEFLATE if is_deflated else 1, 273: places, 279: lengths, 284: 2}
    return tiff_file(b"".join(planes), {**plain_tags(values), **tags}, order=order)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("is_deflated", [False, True])
@pytest.mark.parametrize("bits", [8, 16])
def test_planes_of_colours(order: str, is_deflated: bool, bits: int) -> None:
    values = ORIGINAL if bits == 8 else ORIGINAL.astype(np.uint16) * WIDE
    assert largest_difference(decode(in_planes(values, order=order, is_deflated=is_deflated))) == 0


def test_reading_planes_leaves_pillow_as_it_was() -> None:
    decode(in_planes(ORIGINAL.astype(np.uint16) * WIDE, order="<", is_deflated=False))
    assert TiffImagePlugin.READ_LIBTIFF is False


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32])
def test_signed_pixels_are_refused(dtype: type[Any]) -> None:
    with pytest.raises(UnusableImage) as refused:
        decode(tiff(np.ones((64, 64), dtype), {339: 2}))
    assert refused.value.code == "unsupported-depth"


@pytest.mark.parametrize("rows_per_strip", [HEIGHT - 1, HEIGHT // 2, 1])
def test_strips_that_are_not_there_are_missed(rows_per_strip: int) -> None:
    with pytest.raises(UnusableImage) as refused:
        decode(tiff(ORIGINAL, {278: rows_per_strip}))
    assert refused.value.code == "truncated-image"


@pytest.mark.parametrize("strip_bytes", [1000, 10_000, 10**6])
def test_any_number_of_strips_is_whole(strip_bytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TiffImagePlugin, "STRIP_SIZE", strip_bytes)
    assert largest_difference(decode(encode(picture(), "TIFF"))) == 0
