"""What each format's reader hands over: a picture whose header was read, and what must be known to show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from numpy.typing import NDArray
from PIL import Image

from models.images.colours.colour_coding import ColourCoding
from models.images.containers.container_properties import Crop


class OpenedImage(NamedTuple):
    """A picture whose header was read: bits per channel as stored, what to say of it, and how its colours are coded."""

    image: Image.Image
    bits: int = 8
    notes: tuple[str, ...] = ()
    white_is_zero: bool = False
    has_spare_byte: bool = False
    """Whether what looks like alpha is unused where it is 0 in every pixel."""
    coding: ColourCoding | None = None
    """`None` where the colours are sRGB's, or described by an ICC profile."""
    stored_colour: Callable[[], NDArray[Any] | None] = lambda: None
    """Colour samples (H, W, 3), uint8 or filling uint16, where the loaded image has fewer bits or they are at hand."""
    repeats_colour: bool = False
    """Whether the reader may fill every pixel by repeating colour samples, where the file has fewer of them."""
    container_orientation: int | None = None
    """Where a container's own orientation counts, and EXIF's and XMP's do not."""
    crop: Crop | None = None
    """What a container shows of the pixels that are loaded."""
    is_turned: bool = False
    """Whether loading the pixels turns them."""
    verify: Callable[[list[str]], None] = lambda _notes: None
    """Asked once the pixels are loaded: raises where the file lacks some, or adds notes."""


def frames_note(frames: int | None) -> tuple[str, ...]:
    """What is said of several frames, of which the first is scored; `None` is several, not counted."""
    return () if frames == 1 else (f"first frame of {frames or 'several'}",)
