"""Grey, RGB, CMYK or CIELAB pixels -> sRGB, through the embedded ICC profile where there is a sound one."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import numpy as np
from PIL import Image, ImageCms

_PROFILE_SPACES: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
"""ICC colour space -> Pillow mode of the pixels it describes."""
_SAME_COLOUR_TOLERANCE: Final = 2
"""A profile that moves no probe colour by more levels than this is sRGB under another name."""


class _ProfileError(Exception):
    """A profile of another colour space than the pixels."""


def to_srgb(colour: Image.Image, *, profile: object, notes: list[str]) -> Image.Image:
    """An image of mode L, RGB, CMYK or LAB -> RGB; a profile that is broken or no bytes at all is passed over."""
    if isinstance(profile, bytes) and profile:
        try:
            return _through_profile(colour, profile, notes)
        except (_ProfileError, ImageCms.PyCMSError, OSError):
            notes.append("colour profile ignored: it is broken or describes other colours than these")
    return _without_profile(colour, notes)


def _through_profile(colour: Image.Image, profile: bytes, notes: list[str]) -> Image.Image:
    transform = _srgb_transform(profile, colour.mode)
    if transform is None:
        return colour.convert("RGB")
    notes.append(f"{colour.mode} converted to sRGB by its profile")
    return transform.apply(colour.convert(transform.input_mode))


@lru_cache(maxsize=4)  # cameras repeat themselves, and building a transform costs more than applying it
def _srgb_transform(icc: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From a profile to sRGB, `None` where it is sRGB; an RGB profile on grey pixels is common, and meant for both."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    space = _PROFILE_SPACES.get(profile.profile.xcolor_space.strip())
    if space is None or (space != mode and (mode, space) != ("L", "RGB")):
        raise _ProfileError
    transform = _build_transform(profile, space)
    return None if space in ("L", "RGB") and _keeps_colours(transform, space) else transform


def _build_transform(profile: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _keeps_colours(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    levels = np.linspace(0, 255, 6).astype(np.uint8)
    cube_HWC = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(1, -1, 3)
    probe = Image.fromarray(cube_HWC).convert(mode)
    moved_HWC = np.asarray(transform.apply(probe), np.int16) - np.asarray(probe.convert("RGB"), np.int16)
    return int(np.abs(moved_HWC).max()) <= _SAME_COLOUR_TOLERANCE


def _without_profile(colour: Image.Image, notes: list[str]) -> Image.Image:
    match colour.mode:
        case "RGB":
            return colour
        case "L":
            return colour.convert("RGB")
        case "CMYK":
            notes.append("CMYK converted to sRGB without a profile")
            return colour.convert("RGB")
        case "LAB":
            notes.append("CIELAB converted to sRGB")
            lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
            return _build_transform(lab, "LAB").apply(colour)
        case mode:
            raise AssertionError(f"mode {mode} should have been converted before")
