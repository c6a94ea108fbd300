"""Rows that are missing from a PNG are noticed at every size, depth and way of storing them; black ones are no loss."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.images import decode
from models.images.png_chunks import fills_every_row, read_chunks, read_header
from tests.images.encoding import encode, png
from tests.images.expected import largest_difference
from tests.images.pictures import picture

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def stored_rows(width: int, height: int, bits_per_pixel: int, *, is_interlaced: bool) -> bytes:
    """As many zeros as there are bytes in all rows, filter types included, counted pixel by pixel."""
    if not is_interlaced:
        return bytes(height * (1 + -(-width * bits_per_pixel // 8)))
    numbers = np.array([[int(digit) for digit in row] for row in _ADAM7.split()])
    pass_of_pixel = np.tile(numbers, (height // 8 + 1, width // 8 + 1))[:height, :width]
    count = 0
    for number in range(1, 8):
        widths = (pass_of_pixel == number).sum(axis=1)
        count += sum(1 + -(-int(row) * bits_per_pixel // 8) for row in widths if row)
    return bytes(count)


_ADAM7 = "16462646 77777777 56565656 77777777 36463646 77777777 56565656 77777777"
"""Which pass each pixel of a block of 8 x 8 comes in, from the standard's figure."""


def is_whole(data: bytes) -> bool:
    chunks = dict(read_chunks(data))
    return fills_every_row(read_header(chunks[b"IHDR"]), [chunks[b"IDAT"]])


@given(
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    stored=st.sampled_from([(1, 0), (2, 3), (4, 0), (8, 2), (8, 6), (16, 4), (16, 6)]),
    is_interlaced=st.booleans(),
)
def test_one_byte_less_is_noticed(width: int, height: int, stored: tuple[int, int], is_interlaced: bool) -> None:
    bits, colour_type = stored
    rows = stored_rows(width, height, bits * CHANNELS[colour_type], is_interlaced=is_interlaced)
    assert is_whole(png(width, height, bits, colour_type, rows, is_interlaced=is_interlaced))
    assert not is_whole(png(width, height, bits, colour_type, rows[:-1], is_interlaced=is_interlaced))


@pytest.mark.parametrize("is_interlaced", [False, True])
def test_a_black_picture_is_whole(is_interlaced: bool) -> None:
    rows = stored_rows(64, 40, 24, is_interlaced=is_interlaced)
    image = decode(png(64, 40, 8, 2, rows, is_interlaced=is_interlaced))
    assert not image.pixels_HWC.any()


def test_rows_beyond_the_last_are_not_inflated() -> None:
    data = png(32, 32, 8, 0, bytes(33 * 32 + 50_000_000))
    assert is_whole(data)
    black = picture()
    black.paste((0, 0, 0), (0, 90, 128, 96))
    assert largest_difference(decode(encode(black, "PNG")), np.asarray(black)) == 0
