"""What a sample is: a file, one line about it, and what it must get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

from numpy.typing import NDArray

from models.images import ImageError, ImageTooLarge, UnsupportedFormat, UnusableImage
from tests.images.pictures import natural_picture

ROUNDED: Final = 1.0
"""Mean difference, in levels, of what is stored with fewer steps or converted once."""
LOSSY: Final = 5.0
"""The same of lossy compression."""
FEW_COLOURS: Final = 8.0
"""The same of 256 colours."""


@dataclass(frozen=True)
class Sample:
    """A file: how to make it, and the class and code of its refusal (`None` where it must decode).

    What decodes shows `shows` (`None`: anything) but for `within` levels in the mean.
    """

    name: str
    what: str
    make: Callable[[], bytes]
    error: type[ImageError] | None = None
    code: str | None = None
    within: float = 0.0
    shows: Callable[[], NDArray[Any]] | None = natural_picture

    @cached_property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.make()


sound = Sample
unsupported = partial(Sample, error=UnsupportedFormat, code="unsupported-format")
camera_raw = partial(Sample, error=UnsupportedFormat, code="unsupported-camera-raw")
otherwise_compressed = partial(Sample, error=UnsupportedFormat, code="unsupported-compression")


def too_large(name: str, code: str, what: str, make: Callable[[], bytes]) -> Sample:
    """A sample that has more bytes or pixels than allowed."""
    return Sample(name, what, make, ImageTooLarge, code)


def unusable(name: str, code: str, what: str, make: Callable[[], bytes]) -> Sample:
    """A sample that is broken, or no picture that can be scored."""
    return Sample(name, what, make, UnusableImage, code)


def broken(name: str, what: str, make: Callable[[], bytes]) -> Sample:
    """A sample on which the decoder fails."""
    return unusable(name, "broken-image", what, make)


def truncated(name: str, what: str, make: Callable[[], bytes]) -> Sample:
    """A sample that ends too soon."""
    return unusable(name, "truncated-image", what, make)
