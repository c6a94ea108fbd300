"""Errors keep their class, code and text, and whatever a decoder raises becomes one of them."""

from __future__ import annotations

import pickle
import warnings

import pytest
from PIL import Image

from models.images import decode
from models.images.errors import ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage, translated_errors
from tests.images.corpus import CORPUS


@pytest.mark.parametrize("kind", [ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage])
def test_errors_cross_a_process_border_whole(kind: type[ImageError]) -> None:
    error = pickle.loads(pickle.dumps(kind("some-code", "got this, expected that")))
    assert type(error) is kind
    assert (error.code, str(error)) == ("some-code", "got this, expected that")


def test_damaged_metadata_are_noted_and_spoil_nothing() -> None:
    damaged = next(sample.data for sample in CORPUS if sample.name == "jpeg-damaged-exif")
    assert decode(damaged).notes == ("damaged metadata ignored",)


@pytest.mark.parametrize(
    ("raised", "kind", "code"),
    [
        (OSError("image file is truncated (3 bytes not processed)"), UnusableImage, "truncated-image"),
        (ZeroDivisionError(), UnusableImage, "broken-image"),
        (UserWarning("odd"), UnusableImage, "broken-image"),
        (MemoryError(), UnusableImage, "out-of-memory"),
        (Image.DecompressionBombWarning("large"), ImageTooLarge, "too-many-pixels"),
        (UnsupportedFormat("some-code", "got this"), UnsupportedFormat, "some-code"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_whatever_a_decoder_raises_is_an_image_error(raised: Exception, kind: type[ImageError], code: str) -> None:
    with pytest.raises(ImageError) as refused, translated_errors("PNG"):
        raise raised
    assert (type(refused.value), refused.value.code) == (kind, code)


def test_a_decoders_warning_is_an_error() -> None:
    with pytest.raises(UnusableImage, match="half of it"), translated_errors("PNG"):
        warnings.warn("got half of it", stacklevel=1)
