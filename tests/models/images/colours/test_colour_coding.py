"""Samples that files describe by numbers come out as the colours that they mean: CICP, gAMA and cHRM."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.images import UnsupportedFormat, decode
from models.images.colours.colour_coding import from_cicp, from_png
from tests.images.encoding import encode, png_chunk, png_of
from tests.images.expected import ORIGINAL, largest_difference, mean_difference
from tests.images.pictures import as_rgb, fading_alpha, grey_levels, over_white, picture
from tests.images.profiles import through, wide_gamut_profile

SRGB_TO_P3 = np.array(((0.8225, 0.1774, 0.0), (0.0332, 0.9669, 0.0), (0.0171, 0.0724, 0.9108)))
SRGB_TO_2020 = np.array(((0.6274, 0.3293, 0.0433), (0.0691, 0.9195, 0.0114), (0.0164, 0.0880, 0.8956)))
P3_CHRM = (0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060)
PQ, HLG, SRGB, LINEAR = 16, 18, 13, 8


def light(pixels: NDArray[Any] = ORIGINAL) -> NDArray[np.float64]:
    level = pixels / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


def srgb(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(values <= 0.0031308, 12.92 * values, 1.055 * values.clip(1e-9) ** (1 / 2.4) - 0.055)


def pq(nits: NDArray[np.float64]) -> NDArray[np.float64]:
    power = (nits.clip(0) / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375


def hlg(nits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Display light of a screen of 1000 cd/m2 -> samples."""
    luminance = (nits @ np.array((0.2627, 0.6780, 0.0593)) / 1000).clip(1e-9)
    scene = nits / 1000 * luminance[..., None] ** (1 / 1.2 - 1)
    bright = 0.17883277 * np.log((12 * scene - 0.28466892).clip(1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright)


def deep(values: NDArray[np.float64], *chunks: bytes) -> bytes:
    return png_of(np.round(values.clip(0, 1) * 65535), 16, 2, *chunks)


def cicp(primaries: int, transfer: int, *, is_full: bool = True) -> bytes:
    return png_chunk(b"cICP", bytes((primaries, transfer, 0, is_full)))


def gama(gamma: float) -> bytes:
    return png_chunk(b"gAMA", struct.pack(">I", round(gamma * 100_000)))


def chrm(numbers: tuple[float, ...]) -> bytes:
    return png_chunk(b"cHRM", struct.pack(">8I", *(round(number * 100_000) for number in numbers)))


@pytest.mark.parametrize(("transfer", "name", "encode_light"), [(PQ, "PQ", pq), (HLG, "HLG", hlg)])
def test_an_ordinary_picture_stored_as_hdr_comes_back_as_it_was(transfer: int, name: str, encode_light: Any) -> None:
    image = decode(deep(encode_light(light() @ SRGB_TO_2020.T * 203), cicp(9, transfer)))
    assert largest_difference(image) <= 1
    assert f"HDR {name}, BT.2020 tone-mapped to sRGB" in image.notes


def test_what_is_brighter_than_white_is_rolled_off_in_order() -> None:
    nits = np.repeat(np.geomspace(1, 4000, 128)[None, :, None], 48, axis=0) * np.ones(3)
    row_W = decode(deep(pq(nits), cicp(1, PQ))).pixels_HWC[0, :, 1].astype(int)
    assert (np.diff(row_W) >= 0).all()
    at_white = int(np.searchsorted(np.geomspace(1, 4000, 128), 203))
    assert 190 < row_W[at_white] < 230, "white makes room for what is brighter"
    assert row_W[-1] == 255


def test_display_p3_by_cicp_by_chrm_and_by_a_profile_are_one() -> None:
    stored = srgb(light() @ SRGB_TO_P3.T)
    by_code = decode(deep(stored, cicp(12, SRGB)))
    assert largest_difference(by_code) <= 1
    assert "Display P3 converted to sRGB" in by_code.notes
    curve = light() @ SRGB_TO_P3.T
    by_chromaticities = decode(deep(curve.clip(0) ** 0.45455, gama(0.45455), chrm(P3_CHRM)))
    assert largest_difference(by_chromaticities) <= 1


def test_linear_light_keeps_its_shadows() -> None:
    image = decode(deep(light(), gama(1.0)))
    assert largest_difference(image) == 0
    assert image.notes == ("16 bits reduced to 8", "gAMA 1 converted to sRGB")
    assert largest_difference(decode(deep(light(), cicp(1, LINEAR)))) == 0


def test_linear_grey_of_16_bits() -> None:
    stored = np.round(light(grey_levels()) * 65535)
    assert largest_difference(decode(png_of(stored, 16, 0, gama(1.0))), as_rgb(grey_levels())) <= 1


def test_alpha_is_left_alone_by_gamma() -> None:
    samples = np.dstack([np.round(light() * 65535), fading_alpha().astype(int) * 257])
    image = decode(png_of(samples, 16, 6, gama(1.0)))
    assert largest_difference(image, over_white(ORIGINAL, fading_alpha())) <= 1


def test_palettes_and_8_bits_have_a_gamma_too() -> None:
    samples = np.round(255 * light() ** (1 / 1.8))
    assert mean_difference(decode(png_of(samples, 8, 2, gama(1 / 1.8)))) < 1
    palette = picture().quantize(64)
    data = encode(palette, "PNG")
    at = data.index(b"PLTE") - 4
    image = decode(data[:at] + gama(1.0) + data[at:])
    assert mean_difference(image, 255 * srgb(np.asarray(palette.convert("RGB")) / 255)) < 1


@pytest.mark.parametrize(
    "chunks",
    [
        (gama(0.45455),),
        (gama(0.45455), chrm((0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06))),
        (png_chunk(b"sRGB", b"\0"), gama(1.0)),
        (cicp(1, SRGB), gama(1.0)),
        (cicp(2, 2), chrm(P3_CHRM)),
        (gama(0.0),),
        (chrm((0.0,) * 8),),
    ],
    ids=["gAMA", "cHRM of sRGB", "sRGB above gAMA", "cICP above gAMA", "cICP says nothing", "no gamma", "zeros"],
)
def test_what_says_srgb_or_nothing_changes_nothing(chunks: tuple[bytes, ...]) -> None:
    image = decode(png_of(ORIGINAL, 8, 2, *chunks))
    assert largest_difference(image) == 0
    assert image.notes == ()


def test_cicp_stands_above_a_profile_and_a_profile_above_gamma() -> None:
    profiled = encode(through(picture(), wide_gamut_profile()), "PNG", icc_profile=wide_gamut_profile())
    at = profiled.index(b"iCCP") - 4
    assert mean_difference(decode(profiled[:at] + gama(1.0) + profiled[at:])) < 1
    above = encode(picture(), "PNG", icc_profile=wide_gamut_profile())
    assert largest_difference(decode(above[:at] + cicp(1, SRGB) + above[at:])) == 0


def test_narrow_range_samples_are_widened() -> None:
    stored = np.round(16 + ORIGINAL / 255 * 219)
    assert largest_difference(decode(png_of(stored, 8, 2, cicp(1, SRGB, is_full=False)))) <= 1


@pytest.mark.parametrize("transfer", [9, 10])
def test_logarithmic_samples_are_refused_by_name(transfer: int) -> None:
    with pytest.raises(UnsupportedFormat, match="logarithmic") as refused:
        decode(png_of(ORIGINAL, 8, 2, cicp(1, transfer)))
    assert refused.value.code == "unsupported-transfer"


@pytest.mark.parametrize("transfer", [1, 2, 6, 13, 14, 15])
def test_television_and_srgb_need_no_conversion(transfer: int) -> None:
    assert from_cicp(1, transfer) is None


def test_avif_says_its_colours_by_nclx() -> None:
    stored = np.round(255 * srgb(light() @ SRGB_TO_P3.T)).astype(np.uint8)
    data = encode(Image.fromarray(stored), "AVIF", quality=98, subsampling="4:4:4")
    at = data.index(b"colrnclx") + 8
    image = decode(data[:at] + struct.pack(">HH", 12, 13) + data[at + 4 :])
    assert image.notes == ("Display P3 converted to sRGB",)
    assert mean_difference(image) < 2.5


def test_gamma_alone_and_primaries_alone() -> None:
    assert from_png(None, None) is None
    assert from_png(0.45455, None) is None
    coding = from_png(1 / 1.8, None)
    assert coding is not None
    assert coding.note == "gAMA 0.55556 converted to sRGB"
