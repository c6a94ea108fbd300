"""What AVIF and HEIC containers say is told truly: orientation, depth, which of several pictures is shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from models.images import decode
from models.images.containers.container_properties import ContainerProperties, read_properties
from tests.images.containers.heif_boxes import crop, grid_of, mirror, turn, with_properties
from tests.images.embedded import (
    avif_of_10_bits,
    avif_turned,
    heic_burst,
    heic_of_10_bits,
    heic_of_half_colour,
    heic_turned,
)
from tests.images.encoding import encode
from tests.images.expected import ORIGINAL, mean_difference
from tests.images.pictures import picture

XMP_TURNED = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'


def test_the_primary_picture_is_shown_and_its_place_is_said() -> None:
    image = decode(heic_burst())
    assert image.notes[0] == "primary picture, number 2 of 3"
    assert np.abs(image.pixels_HWC[20, 30].astype(int) - (200, 90, 60)).max() <= 6


def test_turns_by_the_container_are_said() -> None:
    image = decode(heic_turned())
    assert mean_difference(image) < 5
    assert image.notes == ("rotated by irot/imir orientation 6",)
    assert decode(avif_turned()).notes == ("rotated by irot/imir orientation 8",)


@pytest.mark.parametrize("make", [avif_of_10_bits, heic_of_10_bits])
def test_ten_bits_are_said(make: object) -> None:
    assert callable(make)
    assert decode(make()).notes == ("10 bits reduced to 8",)


def test_xmp_turns_jpeg_under_its_own_name_and_avif_not_at_all() -> None:
    turned = decode(encode(picture(), "JPEG", quality=95, xmp=XMP_TURNED))
    assert (turned.width, turned.height) == (picture().height, picture().width)
    assert turned.notes == ("rotated by XMP orientation 6",)
    upright = decode(encode(picture(), "AVIF", quality=95, xmp=XMP_TURNED))
    assert (upright.width, upright.notes) == (picture().width, ())


@pytest.mark.parametrize("data", [b"", b"\0\0\0\1ftyp", b"\0\0\0\x10meta" + bytes(8), bytes(500)])
def test_what_cannot_be_read_says_nothing(data: bytes) -> None:
    assert read_properties(data) == ContainerProperties()


CUT = crop(44, 36, right=10, down=-8)
"""Of 128 x 96 pixels, so that columns 52 to 95 and rows 22 to 57 are left."""


def avif() -> bytes:
    return encode(picture(), "AVIF", quality=95)


def heic_grid() -> bytes:
    return grid_of(heic_of_half_colour(), rows=1, columns=1, size=picture().size, properties=(CUT,))


@pytest.mark.parametrize(
    "make",
    [lambda: with_properties(heic_of_half_colour(), CUT), heic_grid, lambda: with_properties(avif(), CUT)],
    ids=["heic", "grid", "avif"],
)
def test_what_the_container_cuts_away_is_not_shown(make: Callable[[], bytes]) -> None:
    assert mean_difference(decode(make()), ORIGINAL[22:58, 52:96]) < 5


@pytest.mark.parametrize("make", [heic_of_half_colour, avif], ids=["heic", "avif"])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("axis", [None, 0, 1])
def test_a_cut_picture_is_turned_and_mirrored(make: Callable[[], bytes], quarters: int, axis: int | None) -> None:
    properties = (CUT, turn(quarters)) if axis is None else (CUT, turn(quarters), mirror(axis))
    expected: NDArray[np.uint8] = np.rot90(ORIGINAL[22:58, 52:96], quarters)
    if axis is not None:
        expected = np.flip(expected, axis)
    assert mean_difference(decode(with_properties(make(), *properties)), expected) < 5


@pytest.mark.parametrize(
    "senseless", [crop(0, 36, right=0, down=0), crop(400, 36, right=0, down=0), crop(44, 36, right=90, down=0)]
)
def test_a_cut_that_makes_no_sense_is_passed_over(senseless: bytes) -> None:
    assert mean_difference(decode(with_properties(avif(), senseless))) < 5
