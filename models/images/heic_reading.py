"""HEIC pictures with all of their bits, and with their colour interpolated where libheif repeats it.

Legend: H rows, W columns, C channels.
"""

from __future__ import annotations

import io
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pi_heif import open_heif
from PIL import Image, ImageFile

from models.images.colours.chroma import interpolate_repeated_colour
from models.images.containers.container_properties import without_crops

_FULL_COLOUR: Final = 444
_MAX_DEEP_PIXELS: Final = 16_000_000
"""Beyond this libheif's own reduction to 8 bits has to do: more would not fit into a decoding child's memory."""


class HeicImageFile(ImageFile.ImageFile):
    """The primary picture of a file, turned but not cropped as its container says, with 8 bits per channel.

    `samples_HWC` are all of its bits once it is loaded: uint8, or uint16 that is filled.
    """

    format = "HEIC"
    primary_index: int
    num_pictures: int
    bits: int
    samples_HWC: NDArray[Any] | None = None

    def _open(self) -> None:
        data = without_crops(self.fp.read() if self.fp else b"")
        file = open_heif(io.BytesIO(data))
        self.primary_index, self.num_pictures = file.primary_index, len(file)
        self._picture: Any = file[file.primary_index]
        self.bits = int(self._picture.info["bit_depth"])
        if self.bits > 8 and self._picture.size[0] * self._picture.size[1] <= _MAX_DEEP_PIXELS:
            self._picture = open_heif(io.BytesIO(data), convert_hdr_to_8bit=False)[file.primary_index]
        self._size = self._picture.size
        self._mode = self._picture.mode.partition(";")[0]
        profile = self._picture.info.get("icc_profile")
        self.info = {"icc_profile": profile} if profile else {}

    def load(self) -> Any:
        """Decode, once."""
        if self._picture is not None:
            picture, self._picture = self._picture, None
            samples = np.asarray(picture)
            if samples.ndim == 3 and samples.shape[2] >= 3 and picture.info.get("chroma") != _FULL_COLOUR:
                samples = _with_smooth_colour(samples)
            if samples.dtype != np.uint8:
                samples = _fill_range(samples, self.bits)
            self.samples_HWC = samples
            image = Image.fromarray(samples if samples.dtype == np.uint8 else _eight_bits(samples), self.mode)
            self.im, self._size = image.im, image.size
        return super().load()

    def stored_colour(self) -> NDArray[Any] | None:
        """All bits of a colour picture that was loaded, without alpha."""
        samples = self.samples_HWC
        return samples[:, :, :3] if samples is not None and samples.ndim == 3 and samples.shape[2] >= 3 else None


def _with_smooth_colour(samples_HWC: NDArray[Any]) -> NDArray[Any]:
    colour_HWC = interpolate_repeated_colour(samples_HWC[:, :, :3])
    if samples_HWC.shape[2] == 3:
        return colour_HWC
    return np.concatenate([colour_HWC, samples_HWC[:, :, 3:]], axis=2)


def _fill_range(samples: NDArray[np.uint16], bits: int) -> NDArray[np.uint16]:
    """libheif moves 10 or 12 bits to the top of 16, so that white is not quite 65535."""
    largest = 2**16 - 2 ** (16 - bits)
    filled: NDArray[np.uint32] = np.minimum(samples.astype(np.uint32) * 65_535 // largest, 65_535)
    return filled.astype(np.uint16)


def _eight_bits(samples: NDArray[np.uint16]) -> NDArray[np.uint8]:
    return ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)
