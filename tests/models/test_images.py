"""Decoding gives one picture the same pixels however it is stored, and refuses the rest with a reason, cheaply."""

from __future__ import annotations

import io
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms

from models import images
from models.images import (
    SUPPORTED_EXTENSIONS,
    SUPPORTED_FORMATS,
    ImageError,
    ImageLimits,
    ImageTooLarge,
    RGBImage,
    UnsupportedFormat,
    UnusableImage,
    decode,
    encode_lossless,
    encode_thumbnail,
    from_array,
    from_path,
    from_pil,
    media_type,
)
from tests.images.corpus import (
    CORPUS,
    CYAN_INK_LAB,
    HEIGHT,
    WIDTH,
    Sample,
    encode,
    heic_ramp,
    ink_profile,
    natural_picture,
    picture,
    png,
    png_chunk,
    png_of,
    through,
    tiff,
    wide_gamut_profile,
    with_orientation,
)

ORIGINAL = natural_picture()
WIDE = 257
"""What turns an 8-bit sample into the 16-bit sample of the same brightness."""


def largest_difference(image: RGBImage, expected: NDArray[Any] = ORIGINAL) -> int:
    assert image.pixels_HWC.shape == expected.shape
    return int(np.abs(image.pixels_HWC.astype(int) - expected.astype(int)).max())


def mean_difference(image: RGBImage, expected: NDArray[Any] = ORIGINAL) -> float:
    assert image.pixels_HWC.shape == expected.shape
    return float(np.abs(image.pixels_HWC.astype(int) - expected.astype(int)).mean())


def grey_levels() -> NDArray[np.uint8]:
    return np.ascontiguousarray(ORIGINAL[:, :, 1])


def as_rgb(grey_HW: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.repeat(grey_HW[:, :, None], 3, axis=2)


def over_white(rgb_HWC: NDArray[np.uint8], alpha_HW: NDArray[np.uint8]) -> NDArray[np.float64]:
    share_HW1 = alpha_HW[:, :, None] / 255
    return np.round(rgb_HWC * share_HW1 + 255 * (1 - share_HW1))


def fading_alpha() -> NDArray[np.uint8]:
    return np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1))


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.name)
def test_each_odd_file_decodes_or_is_refused_with_its_class_and_code(sample: Sample) -> None:
    if sample.error is None:
        assert mean_difference(decode(sample.data)) < 8  # the GIF has 256 colours, the JPEGs halve their chroma
        return
    with pytest.raises(ImageError) as refused:
        decode(sample.data)
    assert type(refused.value) is sample.error
    assert refused.value.code == sample.code
    assert str(refused.value).startswith("got ")
    assert "expected" in str(refused.value)


@pytest.mark.parametrize("sample", [s for s in CORPUS if s.error is ImageTooLarge], ids=lambda sample: sample.name)
def test_what_is_too_large_is_refused_before_it_is_decoded(sample: Sample) -> None:
    data = sample.data
    before_kb, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with pytest.raises(ImageTooLarge):
        decode(data)
    assert time.perf_counter() - started < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 20_000


class TestOnePictureOneMeaning:
    @pytest.mark.parametrize("format_name", ["PNG", "BMP", "TIFF", "WEBP"])
    def test_lossless_files_give_the_very_pixels(self, format_name: str) -> None:
        options = {"lossless": True} if format_name == "WEBP" else {}
        image = decode(encode(picture(), format_name, **options))
        assert largest_difference(image) == 0
        assert (image.format, image.notes) == (format_name, ())
        assert (image.width, image.height) == (WIDTH, HEIGHT)

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

    @pytest.mark.parametrize("format_name", ["TIFF", "JPEG"])
    def test_cmyk_without_a_profile(self, format_name: str) -> None:
        image = decode(encode(picture().convert("CMYK"), format_name, quality=98))
        assert mean_difference(image) < 1.5
        assert image.notes == ("CMYK converted to sRGB without a profile",)

    def test_cmyk_means_what_its_profile_says(self) -> None:
        cyan = Image.new("CMYK", (64, 64), (255, 0, 0, 0))
        image = decode(encode(cyan, "TIFF", icc_profile=ink_profile()))
        assert "CMYK converted to sRGB by its profile" in image.notes
        to_srgb = ImageCms.buildTransform(
            ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB", renderingIntent=1
        )
        expected_C = np.asarray(ImageCms.applyTransform(_lab_image(CYAN_INK_LAB), to_srgb))[0, 0]
        assert np.abs(image.pixels_HWC[0, 0].astype(int) - expected_C).max() <= 6
        assert np.abs(image.pixels_HWC[0, 0].astype(int) - (0, 255, 255)).max() > 40

    def test_an_rgb_profile_is_applied(self) -> None:
        stored = through(picture(), wide_gamut_profile())
        assert np.abs(np.asarray(stored).astype(int) - ORIGINAL).mean() > 8
        image = decode(encode(stored, "PNG", icc_profile=wide_gamut_profile()))
        assert mean_difference(image) < 1
        assert image.notes == ("RGB converted to sRGB by its profile",)

    def test_a_profile_keeps_the_alpha_of_its_picture(self) -> None:
        stored = through(picture(), wide_gamut_profile())
        stored.putalpha(Image.fromarray(fading_alpha()))
        image = decode(encode(stored, "PNG", icc_profile=wide_gamut_profile()))
        assert mean_difference(image, over_white(ORIGINAL, fading_alpha())) < 1

    @pytest.mark.parametrize("mode", ["RGB", "L"])
    def test_an_srgb_profile_changes_nothing(self, mode: str) -> None:
        stored = picture().convert(mode)
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        image = decode(encode(stored, "PNG", icc_profile=srgb))
        assert largest_difference(image, np.asarray(stored.convert("RGB"))) == 0
        assert image.notes == ()

    @pytest.mark.parametrize("profile", [b"no profile" * 20, ink_profile(), b"\0" * 200])
    def test_a_profile_that_is_broken_or_for_other_colours_is_ignored_with_a_note(self, profile: bytes) -> None:
        image = decode(encode(picture(), "PNG", icc_profile=profile))
        assert largest_difference(image) == 0
        assert image.notes == ("colour profile ignored: it is broken or describes other colours than these",)

    def test_ycbcr_and_cielab_tiff(self) -> None:
        assert mean_difference(decode(encode(picture().convert("YCbCr"), "TIFF"))) < 1.5
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        in_lab = ImageCms.applyTransform(picture(), ImageCms.buildTransform(srgb, lab, "RGB", "LAB"))
        del in_lab.info["icc_profile"]
        image = decode(encode(in_lab, "TIFF"))
        assert mean_difference(image) < 1.5
        assert image.notes == ("CIELAB converted to sRGB",)

    def test_heic_is_decoded(self) -> None:
        image = decode(heic_ramp())
        y_HW, x_HW = np.mgrid[0:48, 0:64]
        assert mean_difference(image, np.stack([4 * x_HW, 5 * y_HW, np.full_like(x_HW, 128)], axis=2)) < 3
        assert image.format == "HEIC"


def _lab_image(lab: tuple[float, float, float]) -> Image.Image:
    light, a, b = lab
    return Image.new("LAB", (1, 1), (round(light * 2.55), round(a) + 128, round(b) + 128))


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

    def test_the_transparent_sample_of_a_2_bit_png(self) -> None:
        rows = b"".join(b"\0" + bytes([0b00011011]) * 16 for _ in range(64))
        image = decode(png(64, 64, 2, 0, rows, png_chunk(b"tRNS", b"\0\x01")))
        assert image.pixels_HWC[0, :4, 0].tolist() == [0, 255, 170, 255]

    def test_the_transparent_sample_of_a_16_bit_grey_png(self) -> None:
        stored = grey_levels().astype(np.uint16) * WIDE
        transparent = int(stored[10, 10])
        image = decode(png_of(stored, 16, 0, png_chunk(b"tRNS", transparent.to_bytes(2, "big"))))
        expected = np.where(stored == transparent, 255, grey_levels()).astype(np.uint8)
        assert largest_difference(image, as_rgb(expected)) == 0


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


class TestNotes:
    def test_frames_are_counted_where_the_header_says_how_many(self) -> None:
        by_name = {sample.name: sample for sample in CORPUS}
        assert decode(by_name["webp-several-frames"].data).notes == ("first frame of 3",)
        assert decode(by_name["png-several-frames"].data).notes == ("first frame of 3",)
        assert decode(by_name["tiff-several-pages"].data).notes == ("first frame of several",)

    def test_damaged_metadata_are_noted_and_spoil_nothing(self) -> None:
        damaged = next(sample.data for sample in CORPUS if sample.name == "jpeg-damaged-exif")
        assert decode(damaged).notes == ("damaged metadata ignored",)

    def test_a_constant_image_is_noted_and_a_nearly_constant_one_is_not(self) -> None:
        pixels = np.full((64, 64, 3), 90, np.uint8)
        assert from_array(pixels).notes[0].startswith("constant image")
        pixels[33, 21] = 91
        assert from_array(pixels).notes == ()


class TestOtherSources:
    def test_a_pillow_image_follows_the_rules_of_files(self) -> None:
        assert largest_difference(from_pil(picture())) == 0
        sixteen = Image.fromarray(grey_levels().astype(np.uint16) * WIDE)
        assert largest_difference(from_pil(sixteen), as_rgb(grey_levels())) == 0
        with Image.open(io.BytesIO(with_orientation(6, "PNG"))) as turned:
            assert largest_difference(from_pil(turned)) == 0

    @pytest.mark.parametrize(("mode", "code"), [("F", "float-pixels"), ("I", "unsupported-depth")])
    def test_a_pillow_image_of_unknown_range_is_refused(self, mode: str, code: str) -> None:
        with pytest.raises(UnusableImage) as refused:
            from_pil(picture().convert("L").convert(mode))
        assert refused.value.code == code

    def test_a_premultiplied_pillow_image(self) -> None:
        rgba = picture()
        rgba.putalpha(200)
        expected = over_white(ORIGINAL, np.full((HEIGHT, WIDTH), 200, np.uint8))
        assert mean_difference(from_pil(rgba.convert("RGBa")), expected) < 1

    def test_arrays(self) -> None:
        assert largest_difference(from_array(ORIGINAL)) == 0
        assert largest_difference(from_array(grey_levels()), as_rgb(grey_levels())) == 0
        assert largest_difference(from_array(ORIGINAL.astype(np.uint16) * WIDE)) == 0

    def test_every_16_bit_value_rounds_to_its_nearest_8_bit_value(self) -> None:
        values_HW = np.arange(65536, dtype=np.uint16).reshape(256, 256)
        assert largest_difference(from_array(values_HW), as_rgb(np.round(values_HW / WIDE).astype(np.uint8))) == 0

    @pytest.mark.parametrize(
        "array",
        [np.zeros((64, 64, 3)), np.zeros((64, 64, 4), np.uint8), np.zeros(64, np.uint8), np.zeros((64, 64), bool)],
        ids=["float", "four channels", "one dimension", "bool"],
    )
    def test_other_arrays_are_refused_with_advice(self, array: NDArray[Any]) -> None:
        with pytest.raises(UnusableImage, match="expected") as refused:
            from_array(array)
        assert refused.value.code == "unsupported-array"

    def test_a_float_array_is_told_what_to_do(self) -> None:
        with pytest.raises(UnusableImage, match=r"array \* 255"):
            from_array(np.zeros((64, 64, 3), np.float32))

    def test_a_file_is_its_bytes(self, tmp_path: Path) -> None:
        file = tmp_path / "misnamed.txt"
        file.write_bytes(encode(picture(), "PNG"))
        assert largest_difference(from_path(file)) == 0

    def test_a_missing_file_is_an_os_error(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            from_path(tmp_path / "missing.png")

    @pytest.mark.parametrize(
        "make",
        [lambda size: from_array(np.zeros((*size, 3), np.uint8)), lambda size: from_pil(Image.new("RGB", size))],
        ids=["array", "pillow"],
    )
    def test_the_limits_hold_for_every_source(self, make: Callable[[tuple[int, int]], RGBImage]) -> None:
        for size, code in (((31, 64), "too-small"), ((32, 3201), "too-thin"), ((16385, 200), "side-too-long")):
            with pytest.raises(ImageError) as refused:
                make(size)
            assert refused.value.code == code


class TestLimits:
    def test_the_byte_limit_is_exact(self) -> None:
        data = encode(picture(), "PNG")
        decode(data, limits=ImageLimits(max_bytes=len(data)))
        with pytest.raises(ImageTooLarge) as refused:
            decode(data, limits=ImageLimits(max_bytes=len(data) - 1))
        assert refused.value.code == "too-many-bytes"

    def test_the_pixel_limit_is_exact(self) -> None:
        data = encode(picture(), "PNG")
        decode(data, limits=ImageLimits(max_pixels=WIDTH * HEIGHT))
        with pytest.raises(ImageTooLarge):
            decode(data, limits=ImageLimits(max_pixels=WIDTH * HEIGHT - 1))

    def test_the_smallest_and_the_thinnest_picture_allowed(self) -> None:
        assert decode(encode(Image.new("RGB", (32, 32)), "PNG")).width == 32
        assert decode(encode(Image.new("RGB", (3200, 32)), "PNG")).width == 3200

    def test_an_ordinary_progressive_jpeg_is_far_below_the_scan_limit(self) -> None:
        data = encode(picture(), "JPEG", progressive=True)
        decode(data, limits=ImageLimits(max_jpeg_scans=10))
        with pytest.raises(UnusableImage):
            decode(data, limits=ImageLimits(max_jpeg_scans=9))

    def test_scans_of_an_embedded_thumbnail_do_not_count(self) -> None:
        thumbnail = encode(picture(), "JPEG", progressive=True)
        exif = b"Exif\0\0" + thumbnail * 20
        decode(encode(picture(), "JPEG", exif=exif), limits=ImageLimits(max_jpeg_scans=1))


class TestKeptCopies:
    def test_the_lossless_copy_is_the_same_picture(self) -> None:
        image = from_array(ORIGINAL)
        data = encode_lossless(image)
        assert media_type(data) == "image/webp"
        assert largest_difference(decode(data)) == 0

    def test_a_side_too_long_for_webp_is_kept_as_png(self) -> None:
        image = from_array(np.zeros((170, 16_384, 3), np.uint8))
        assert media_type(encode_lossless(image)) == "image/png"

    def test_copies_carry_no_metadata(self) -> None:
        exif = Image.Exif()
        exif[0x010E] = "where I live"
        image = decode(encode(picture(), "PNG", exif=exif, icc_profile=wide_gamut_profile()))
        for data in (encode_lossless(image), encode_thumbnail(image)):
            with Image.open(io.BytesIO(data)) as copy:
                assert not copy.getexif()
                assert "icc_profile" not in copy.info

    @pytest.mark.parametrize(("side_px", "size"), [(64, (64, 48)), (256, (WIDTH, HEIGHT))])
    def test_a_thumbnail_fits_its_side_and_never_grows(self, side_px: int, size: tuple[int, int]) -> None:
        with Image.open(io.BytesIO(encode_thumbnail(from_array(ORIGINAL), longest_side_px=side_px))) as thumbnail:
            assert thumbnail.size == size


@pytest.mark.parametrize("kind", [ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage])
def test_errors_cross_a_process_border_whole(kind: type[ImageError]) -> None:
    error = pickle.loads(pickle.dumps(kind("some-code", "got this, expected that")))
    assert type(error) is kind
    assert (error.code, str(error)) == ("some-code", "got this, expected that")


def test_importing_this_module_loads_no_torch() -> None:
    code = "import sys, models.images; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_extensions_are_lower_case_with_a_dot() -> None:
    assert all(ending.startswith(".") and ending == ending.lower() for ending in SUPPORTED_EXTENSIONS)


def test_every_supported_format_can_be_opened() -> None:
    assert set(images._OPENERS) == set(SUPPORTED_FORMATS)


def refusal_or_picture(data: bytes) -> ImageError | RGBImage:
    """Whatever `decode` answers; any other exception than its own fails the test."""
    try:
        return decode(data, limits=ImageLimits(max_pixels=1_000_000))
    except ImageError as error:
        return error


SOUND_FILES = (heic_ramp(), *(sample.data for sample in CORPUS if sample.error is None))


@settings(deadline=None)  # the machine may be busy; pytest-timeout bounds the whole
@given(st.sampled_from(SOUND_FILES), st.binary(max_size=400))
def test_arbitrary_bytes_behind_a_signature_raise_nothing_but_image_errors(sound: bytes, rest: bytes) -> None:
    assert isinstance(refusal_or_picture(rest), ImageError)
    refusal_or_picture(sound[:16] + rest)


@settings(deadline=None)  # the machine may be busy; pytest-timeout bounds the whole
@given(st.sampled_from(SOUND_FILES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_files_raise_nothing_but_image_errors(sound: bytes, damages: list[tuple[float, int]]) -> None:
    damaged = bytearray(sound)
    for place, value in damages:
        damaged[int(place * (min(len(sound), 4000) - 1))] = value  # headers, where decoders go wrong
    refusal_or_picture(bytes(damaged))
