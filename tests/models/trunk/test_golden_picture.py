"""The golden picture is the same bytes everywhere, and no other thing than a picture."""

from __future__ import annotations

import hashlib

from models.trunk.golden_picture import golden_image


def test_the_golden_pictures_bytes_never_change() -> None:
    pixels_HWC = golden_image().pixels_HWC
    assert pixels_HWC.shape == (192, 256, 3)
    assert (
        hashlib.sha256(pixels_HWC.tobytes()).hexdigest()
        == "cbd3f752b1704526c4e833a579b2c0c2e655a5a1bff4c556d38acf125f8035be"
    )


def test_the_golden_picture_has_texture_in_every_channel() -> None:
    assert golden_image().pixels_HWC.std((0, 1)).min() > 20
