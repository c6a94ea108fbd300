"""Why a picture cannot be scored, and the one place where decoders' failures become such an answer."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image


class ImageError(ValueError):
    """A picture that cannot be scored; `code` is a stable kebab-case name, the text says what was got and expected."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)  # both in `args`, so that pickling across a process border keeps them
        self.code = code

    def __str__(self) -> str:
        return str(self.args[1])


class ImageTooLarge(ImageError):
    """More bytes or pixels than the limits allow."""


class UnsupportedFormat(ImageError):
    """Bytes that are no picture of a format on the list."""


class UnusableImage(ImageError):
    """A picture of a known format that is empty, broken, truncated, too small, too thin, or has no 8/16-bit pixels."""


def camera_raw(name: str) -> UnsupportedFormat:
    """The refusal of a sensor's own samples, in a raw format of this name."""
    return UnsupportedFormat(
        "unsupported-camera-raw",
        f"got a camera raw file ({name}), whose picture depends on how it is developed, expected the developed "
        "picture: export it as JPEG, TIFF or HEIC",
    )


DAMAGED_METADATA: Final = "damaged metadata ignored"
"""The note on a picture whose EXIF or TIFF tags could not all be read."""


@contextmanager
def translated_errors(format_name: str) -> Iterator[list[str]]:
    """Collect notes; turn warnings and whatever a decoder raises into `ImageError`.

    Warnings are errors, except those of the EXIF and TIFF tag reader: damaged metadata does not spoil pixels. Warning
    filters belong to the process, so only one thread should decode at a time.
    """
    notes: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("error")
        warnings.filterwarnings("always", category=UserWarning, module=r"PIL\.TiffImagePlugin")
        try:
            yield notes
        except ImageError:
            raise
        except MemoryError as error:
            raise UnusableImage(
                "out-of-memory", f"got {format_name} data that need more memory than is allowed, expected less"
            ) from error
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ImageTooLarge(
                "too-many-pixels", f"got {format_name} data of too many pixels, expected fewer"
            ) from error
        except Exception as error:  # on hostile bytes, decoders have raised every built-in exception there is
            raise _broken(format_name, error) from error
    if caught and DAMAGED_METADATA not in notes:
        notes.append(DAMAGED_METADATA)


def _broken(format_name: str, error: Exception) -> UnusableImage:
    reason = " ".join(str(error).split())[:120]
    code = "truncated-image" if "truncated" in reason.lower() else "broken-image"
    return UnusableImage(code, f"got {format_name} data that cannot be decoded ({reason}), expected a whole picture")
