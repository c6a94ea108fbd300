"""BMP with channel masks that Pillow does not know shows the picture, in 16 and in 32 bits."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from models.images import UnusableImage, decode
from tests.images.expected import ORIGINAL, largest_difference
from tests.images.pictures import HEIGHT, WIDTH


def masked(bits: int, masks: tuple[int, ...], *, is_top_down: bool = False) -> bytes:
    """The natural picture under these masks, red, green and blue first."""
    stored_HW = np.zeros((HEIGHT, WIDTH), np.uint32)
    for channel, mask in enumerate(masks[:3]):
        lowest = (mask & -mask).bit_length() - 1
        largest = mask >> lowest
        stored_HW |= np.round(ORIGINAL[:, :, channel] * (largest / 255)).astype(np.uint32) << lowest
    if len(masks) == 4:
        stored_HW |= np.uint32(masks[3])
    rows = (stored_HW if is_top_down else stored_HW[::-1]).astype(f"<u{bits // 8}").tobytes()
    height = -HEIGHT if is_top_down else HEIGHT
    header = struct.pack("<IiiHHIIiiII", 108, WIDTH, height, 1, bits, 3, len(rows), 0, 0, 0, 0)
    header = (header + struct.pack(f"<{len(masks)}I", *masks)).ljust(108, b"\0")
    return b"BM" + struct.pack("<IHHI", 122 + len(rows), 0, 0, 122) + header + rows


@pytest.mark.parametrize("is_top_down", [False, True])
@pytest.mark.parametrize(
    "masks",
    [(0xFF, 0xFF00, 0xFF0000, 0), (0xFF00, 0xFF, 0xFF0000, 0xFF000000), (0x3FC00000, 0xFF000, 0x3FC, 0)],
    ids=["blue on top", "green, red, blue", "eight bits apart"],
)
def test_32_bits(masks: tuple[int, ...], is_top_down: bool) -> None:
    assert largest_difference(decode(masked(32, masks, is_top_down=is_top_down))) == 0


def test_ten_bits_a_channel() -> None:
    assert largest_difference(decode(masked(32, (0x3FF00000, 0xFFC00, 0x3FF)))) == 0


@pytest.mark.parametrize("masks", [(0xF00, 0xF0, 0xF, 0), (0xF, 0xF0, 0xF00, 0xF000), (0x1F, 0x7E0, 0xF800, 0)])
def test_16_bits(masks: tuple[int, ...]) -> None:
    assert largest_difference(decode(masked(16, masks))) <= 9


def test_missing_rows_are_missed() -> None:
    with pytest.raises(UnusableImage) as refused:
        decode(masked(16, (0xF, 0xF0, 0xF00, 0))[:-1000])
    assert refused.value.code == "truncated-image"
