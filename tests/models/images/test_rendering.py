"""Depth, alpha and orientation are how a picture is stored, not what it shows."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from models.images import decode, from_array, from_pil
from tests.images.encoding import encode, png_chunk, png_of, tiff, with_orientation
from tests.images.expected import ORIGINAL, largest_difference, mean_difference
from tests.images.pictures import HEIGHT, WIDE, WIDTH, as_rgb, fading_alpha, grey_levels, over_white, picture


class TestDepth:
    def test_16_bit_rgb_png(self) -> None:
        image = decode(png_of(ORIGINAL.astype(np.uint16) * WIDE, 16, 2))
        assert largest_difference(image) == 0
        assert image.notes == ("16 bits reduced to 8",)

    def test_16_bit_rgba_png(self) -> None:
        alpha_HW1 = np.full((HEIGHT, WIDTH, 1), 65535)
        image = decode(png_of(np.concatenate([ORIGINAL.astype(int) * WIDE, alpha_HW1], axis=2), 16, 6))
        assert largest_difference(image) == 0

    def test_16_bit_grey_png_is_not_all_white(self) -> None:
        image = decode(png_of(grey_levels().astype(np.uint16) * WIDE, 16, 0))
        assert largest_difference(image, as_rgb(grey_levels())) == 0

    @pytest.mark.parametrize("order", ["<", ">"])
    def test_16_bit_grey_tiff_in_both_byte_orders(self, order: str) -> None:
        image = decode(tiff(grey_levels().astype(np.uint16) * WIDE, {}, order=order))
        assert largest_difference(image, as_rgb(grey_levels())) == 0

    @pytest.mark.parametrize("order", ["<", ">"])
    def test_16_bit_rgb_tiff_in_both_byte_orders(self, order: str) -> None:
        assert largest_difference(decode(tiff(ORIGINAL.astype(np.uint16) * WIDE, {}, order=order))) == 0

    def test_16_bit_grey_tiff_where_white_is_zero(self) -> None:
        stored = 65535 - grey_levels().astype(np.uint16) * WIDE
        assert largest_difference(decode(tiff(stored, {262: 0})), as_rgb(grey_levels())) == 0

    def test_8_bit_grey_is_rgb_with_three_equal_channels(self) -> None:
        image = decode(encode(Image.fromarray(grey_levels()), "PNG"))
        assert largest_difference(image, as_rgb(grey_levels())) == 0

    def test_1_bit_is_black_and_white(self) -> None:
        black_or_white = Image.fromarray(grey_levels()).convert("1")
        expected = as_rgb(np.asarray(black_or_white.convert("L")))
        assert set(np.unique(expected)) == {0, 255}
        assert largest_difference(decode(encode(black_or_white, "TIFF")), expected) == 0

    def test_a_palette_is_its_own_expansion(self) -> None:
        palette = picture().quantize(64)
        assert largest_difference(decode(encode(palette, "PNG")), np.asarray(palette.convert("RGB"))) == 0

    def test_every_16_bit_value_rounds_to_its_nearest_8_bit_value(self) -> None:
        values_HW = np.arange(65536, dtype=np.uint16).reshape(256, 256)
        assert largest_difference(from_array(values_HW), as_rgb(np.round(values_HW / WIDE).astype(np.uint8))) == 0


class TestAlpha:
    @pytest.mark.parametrize("format_name", ["PNG", "WEBP", "TIFF"])
    def test_alpha_is_composited_over_white(self, format_name: str) -> None:
        rgba = picture()
        rgba.putalpha(Image.fromarray(fading_alpha()))
        options = {"lossless": True, "exact": True} if format_name == "WEBP" else {}
        image = decode(encode(rgba, format_name, **options))
        assert largest_difference(image, over_white(ORIGINAL, fading_alpha())) <= 1
        assert image.notes == ("alpha composited over white",)

    def test_grey_with_alpha(self) -> None:
        grey_alpha = Image.merge("LA", (Image.fromarray(grey_levels()), Image.fromarray(fading_alpha())))
        expected = over_white(as_rgb(grey_levels()), fading_alpha())
        assert largest_difference(decode(encode(grey_alpha, "PNG")), expected) <= 1

    def test_premultiplied_colours_are_divided_first(self) -> None:
        alpha_HW1 = np.full((HEIGHT, WIDTH, 1), 128, np.uint8)
        premultiplied = np.round(ORIGINAL * (alpha_HW1 / 255)).astype(np.uint8)
        image = decode(tiff(np.concatenate([premultiplied, alpha_HW1], axis=2), {338: (1,)}))
        assert mean_difference(image, over_white(ORIGINAL, alpha_HW1[:, :, 0])) < 1.5

    def test_an_opaque_alpha_channel_is_no_news(self) -> None:
        image = decode(encode(picture().convert("RGBA"), "PNG"))
        assert largest_difference(image) == 0
        assert image.notes == ()

    def test_a_transparent_palette_entry(self) -> None:
        palette = picture().quantize(8)
        rgb, indices = np.asarray(palette.convert("RGB")), np.asarray(palette)
        image = decode(encode(palette, "PNG", transparency=3))
        assert largest_difference(image, np.where((indices == 3)[:, :, None], 255, rgb)) == 0

    def test_the_transparent_sample_of_a_16_bit_grey_png(self) -> None:
        stored = grey_levels().astype(np.uint16) * WIDE
        transparent = int(stored[10, 10])
        image = decode(png_of(stored, 16, 0, png_chunk(b"tRNS", transparent.to_bytes(2, "big"))))
        expected = np.where(stored == transparent, 255, grey_levels()).astype(np.uint8)
        assert largest_difference(image, as_rgb(expected)) == 0

    def test_a_premultiplied_pillow_image(self) -> None:
        rgba = picture()
        rgba.putalpha(200)
        expected = over_white(ORIGINAL, np.full((HEIGHT, WIDTH), 200, np.uint8))
        assert mean_difference(from_pil(rgba.convert("RGBa")), expected) < 1


class TestOrientation:
    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "WEBP"])
    def test_every_exif_orientation_shows_the_same_picture(self, orientation: int, format_name: str) -> None:
        options = {"JPEG": {"quality": 98}, "WEBP": {"lossless": True}}.get(format_name, {})
        image = decode(with_orientation(orientation, format_name, **options))
        assert mean_difference(image) < (2 if format_name == "JPEG" else 0.01)
        assert image.notes == (() if orientation == 1 else (f"rotated by EXIF orientation {orientation}",))

    @pytest.mark.parametrize("orientation", [0, 9, 600])
    def test_an_unknown_orientation_is_upright(self, orientation: int) -> None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        assert largest_difference(decode(encode(picture(), "PNG", exif=exif))) == 0


def test_a_constant_image_is_noted_and_a_nearly_constant_one_is_not() -> None:
    pixels = np.full((64, 64, 3), 90, np.uint8)
    assert from_array(pixels).notes[0].startswith("constant image")
    pixels[33, 21, 0] = 99
    assert from_array(pixels).notes == ()


def test_a_grey_picture_is_noted_and_one_with_a_touch_of_colour_is_not() -> None:
    note = ("black and white: scores of such pictures tend to be too low",)
    assert from_array(grey_levels()).notes == note
    assert decode(encode(Image.fromarray(as_rgb(grey_levels())), "JPEG")).notes == note
    touched = as_rgb(grey_levels())
    touched[40, 40] = (200, 40, 40)
    assert from_array(touched).notes == ()
