"""Errors keep their class, code and text, and whatever a decoder raises becomes one of them."""

from __future__ import annotations

IMPORTS

@pytest.mark.parametrize("kind", [ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage])
def test_errors_cross_a_process_border_whole(kind: type[ImageError]) -> None:
    error = pickle.loads(pickle.dumps(kind("some-code", "got this, expected that")))
    assert type(error) is kind
    assert (error.code, str(error)) == ("some-code", "got this, expected that")


def test_damaged_metadata_are_noted_and_spoil_nothing() -> None:
    damaged = next(sample.data for sample in CORPUS if sample.name == "jpeg-damaged-exif")
    assert decode(damaged).notes == ("damaged metadata ignored",)
