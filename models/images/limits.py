"""How large and how intricate a picture may be, judged from its header before a pixel is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.images.containers.jpeg_structure import read_structure
from models.images.errors import ImageTooLarge, UnusableImage


@dataclass(frozen=True)
class ImageLimits:
    """What a picture may have at most (and its shorter side at least) to be decoded."""

    max_bytes: int = 20 * 2**20
    max_pixels: int = 52_000_000
    """The 50 megapixels of phones (8192 x 6144 = 50.3 million) and of medium format (8272 x 6200 = 51.3) fit."""
    max_longer_side_px: int = 16_384
    min_shorter_side_px: int = 32
    max_aspect: int = 100
    max_jpeg_scans: int = 100
    """Each scan of a progressive JPEG is a pass over the whole picture; encoders write about ten."""


DEFAULT_LIMITS: Final = ImageLimits()


def check_size(size_px: tuple[int, int], *, limits: ImageLimits) -> None:
    """Refuse a (width, height) by `ImageTooLarge`, or by `UnusableImage` where it is too small or too thin."""
    width, height = size_px
    got = f"got {width} x {height} pixels, expected"
    longer, shorter = max(size_px), min(size_px)
    if width * height > limits.max_pixels:
        raise ImageTooLarge("too-many-pixels", f"{got} at most {limits.max_pixels:,} in all")
    if longer > limits.max_longer_side_px:
        raise ImageTooLarge("side-too-long", f"{got} a longer side of at most {limits.max_longer_side_px:,}")
    if shorter < limits.min_shorter_side_px:
        raise UnusableImage("too-small", f"{got} a shorter side of at least {limits.min_shorter_side_px}")
    if longer > limits.max_aspect * shorter:
        raise UnusableImage("too-thin", f"{got} sides of at most 1 to {limits.max_aspect}")


def check_header(data: bytes, *, format_name: str, limits: ImageLimits) -> None:
    """Refuse by `ImageError` what a reader must not even open: it would spend time or memory before it says a size."""
    if format_name == "JPEG" and _has_too_many_scans(data, limits):
        raise UnusableImage(
            "too-many-scans", f"got a JPEG of more than {limits.max_jpeg_scans} scans, expected at most that many"
        )
    if format_name == "WEBP" and data[12:16] == b"VP8X":  # a canvas that the reader allocates twice
        width, height = (int.from_bytes(side, "little") + 1 for side in (data[24:27], data[27:30]))
        check_size((width, height), limits=limits)


def _has_too_many_scans(data: bytes, limits: ImageLimits) -> bool:
    return read_structure(data, stop_above_scans=limits.max_jpeg_scans).scans > limits.max_jpeg_scans
