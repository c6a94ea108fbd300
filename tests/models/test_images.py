"""Any source gives one picture the same pixels, and refuses the rest with a reason."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from models.images import (
    ImageError,
    ImageLimits,
    ImageTooLarge,
    RGBImage,
    UnusableImage,
    decode,
    from_array,
    from_path,
    from_pil,
)
from tests.images.corpus import CORPUS, Sample, encode, heic_ramp, picture, with_orientation
from tests.images.expected import ORIGINAL, WIDE, as_rgb, grey_levels, largest_difference, mean_difference


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


def test_the_byte_limit_is_exact() -> None:
    data = encode(picture(), "PNG")
    decode(data, limits=ImageLimits(max_bytes=len(data)))
    with pytest.raises(ImageTooLarge) as refused:
        decode(data, limits=ImageLimits(max_bytes=len(data) - 1))
    assert refused.value.code == "too-many-bytes"


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

    def test_arrays(self) -> None:
        assert largest_difference(from_array(ORIGINAL)) == 0
        assert largest_difference(from_array(grey_levels()), as_rgb(grey_levels())) == 0
        assert largest_difference(from_array(ORIGINAL.astype(np.uint16) * WIDE)) == 0

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


def test_importing_this_module_loads_no_torch() -> None:
    code = "import sys, models.images; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


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
