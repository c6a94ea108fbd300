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
from models.images.formats import SUPPORTED_FORMATS, sniff_format
from tests.images.corpus import CORPUS
from tests.images.encoding import encode, with_orientation
from tests.images.expected import ORIGINAL, largest_difference, mean_difference
from tests.images.pictures import WIDE, as_rgb, grey_levels, picture
from tests.images.sample import Sample


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.name)
def test_each_odd_file_decodes_or_is_refused_with_its_class_and_code(sample: Sample) -> None:
    if sample.error is None:
        image = decode(sample.data)
        assert image.format == sniff_format(sample.data)
        if sample.shows is not None:
            assert mean_difference(image, sample.shows()) <= sample.within
        return
    with pytest.raises(ImageError) as refused:
        decode(sample.data)
    assert type(refused.value) is sample.error
    assert refused.value.code == sample.code
    assert str(refused.value).startswith("got ")
    assert "expected" in str(refused.value)


def test_the_corpus_is_large_and_covers_every_format() -> None:
    assert len({sample.name for sample in CORPUS}) == len(CORPUS) >= 75
    assert {sniff_format(sample.data) for sample in CORPUS if sample.error is None} == set(SUPPORTED_FORMATS)
    assert all(len(sample.data) <= 200_000 for sample in CORPUS if sample.code != "too-many-bytes")


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
