"""What AVIF and HEIC containers say is told truly: orientation, depth, which of several pictures is shown."""

from __future__ import annotations

import numpy as np
import pytest

from models.images import decode
from models.images.containers.container_properties import ContainerProperties, read_properties
from tests.images.embedded import avif_of_10_bits, avif_turned, heic_burst, heic_of_10_bits, heic_turned
from tests.images.encoding import encode
from tests.images.expected import mean_difference
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
