"""Inks, CIELAB and profiled colours come out as the sRGB colours that they mean."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms

from models.images import decode
from tests.images.encoding import encode
from tests.images.expected import ORIGINAL, largest_difference, mean_difference
from tests.images.pictures import fading_alpha, over_white, picture
from tests.images.profiles import CYAN_INK_LAB, ink_profile, through, wide_gamut_profile


@pytest.mark.parametrize("format_name", ["TIFF", "JPEG"])
def test_cmyk_without_a_profile(format_name: str) -> None:
    image = decode(encode(picture().convert("CMYK"), format_name, quality=98))
    assert mean_difference(image) < 1.5
    assert image.notes == ("CMYK converted to sRGB without a profile",)


def test_cmyk_means_what_its_profile_says() -> None:
    cyan = Image.new("CMYK", (64, 64), (255, 0, 0, 0))
    image = decode(encode(cyan, "TIFF", icc_profile=ink_profile()))
    assert "CMYK converted to sRGB by its profile" in image.notes
    to_srgb = ImageCms.buildTransform(
        ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB", renderingIntent=1
    )
    expected_C = np.asarray(ImageCms.applyTransform(_lab_image(CYAN_INK_LAB), to_srgb))[0, 0]
    assert np.abs(image.pixels_HWC[0, 0].astype(int) - expected_C).max() <= 6
    assert np.abs(image.pixels_HWC[0, 0].astype(int) - (0, 255, 255)).max() > 40


def test_an_rgb_profile_is_applied() -> None:
    stored = through(picture(), wide_gamut_profile())
    assert np.abs(np.asarray(stored).astype(int) - ORIGINAL).mean() > 8
    image = decode(encode(stored, "PNG", icc_profile=wide_gamut_profile()))
    assert mean_difference(image) < 1
    assert image.notes == ("RGB converted to sRGB by its profile",)


def test_a_profile_keeps_the_alpha_of_its_picture() -> None:
    stored = through(picture(), wide_gamut_profile())
    stored.putalpha(Image.fromarray(fading_alpha()))
    image = decode(encode(stored, "PNG", icc_profile=wide_gamut_profile()))
    assert mean_difference(image, over_white(ORIGINAL, fading_alpha())) < 1


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_an_srgb_profile_changes_nothing(mode: str) -> None:
    stored = picture().convert(mode)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = decode(encode(stored, "PNG", icc_profile=srgb))
    assert largest_difference(image, np.asarray(stored.convert("RGB"))) == 0
    assert image.notes == (() if mode == "RGB" else ("black and white: scores of such pictures tend to be too low",))


@pytest.mark.parametrize("profile", [b"no profile" * 20, ink_profile(), b"\0" * 200])
def test_a_profile_that_is_broken_or_for_other_colours_is_ignored_with_a_note(profile: bytes) -> None:
    image = decode(encode(picture(), "PNG", icc_profile=profile))
    assert largest_difference(image) == 0
    assert image.notes == ("colour profile ignored: it is broken or describes other colours than these",)


def test_ycbcr_and_cielab_tiff() -> None:
    assert mean_difference(decode(encode(picture().convert("YCbCr"), "TIFF"))) < 1.5
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    in_lab = ImageCms.applyTransform(picture(), ImageCms.buildTransform(srgb, lab, "RGB", "LAB"))
    del in_lab.info["icc_profile"]
    image = decode(encode(in_lab, "TIFF"))
    assert mean_difference(image) < 1.5
    assert image.notes == ("CIELAB converted to sRGB",)


def _lab_image(lab: tuple[float, float, float]) -> Image.Image:
    light, a, b = lab
    return Image.new("LAB", (1, 1), (round(light * 2.55), round(a) + 128, round(b) + 128))
