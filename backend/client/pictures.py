"""What the Python client takes for a picture, and the bytes that it sends for it: the same pixels, without loss."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = str | Path | bytes | Image.Image | NDArray[Any]
"""A path, an encoded file, a PIL picture, or an array: uint8 or uint16, (H, W), (H, W, 3) or (H, W, 4), RGB order."""

_PNG_LEVEL: Final = 1
"""Of 9: the others take seconds to save a few per cent."""
_FORMATS: Final = {**dict.fromkeys(("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), "PNG"), "CMYK": "TIFF"}
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "PNG": {"compress_level": _PNG_LEVEL},
    "TIFF": {"compression": "tiff_lzw"},
}
_DTYPES: Final = (np.dtype(np.uint8), np.dtype(np.uint16))
_CHANNELS: Final = ((), (3,), (4,))
_BLUE_FIRST: Final = {3: [2, 1, 0], 4: [2, 1, 0, 3]}
"""The order in which OpenCV takes colours."""
_NAMELESS: Final = "picture"


@dataclass(frozen=True)
class EncodedPicture:
    """A picture as it is sent, and the name to show for it."""

    data: bytes
    filename: str


def encode_picture(picture: Picture) -> EncodedPicture:
    """The bytes to send; raises `OSError` for a file that cannot be read, `TypeError` for what is no picture."""
    match picture:
        case bytes():
            return EncodedPicture(picture, _NAMELESS)
        case str() | Path():
            path = Path(picture)
            return EncodedPicture(path.read_bytes(), path.name)
        case Image.Image():
            return _encode_image(picture)
        case np.ndarray():
            return EncodedPicture(_encode_array(picture), f"{_NAMELESS}.png")
        case _:
            raise TypeError(f"got {type(picture).__name__}, expected a path, bytes, a PIL picture or an array")


def _encode_image(image: Image.Image) -> EncodedPicture:
    if image.mode not in _FORMATS:
        raise TypeError(f"got a PIL picture of mode {image.mode}, expected one of {', '.join(_FORMATS)}")
    form = _FORMATS[image.mode]
    buffer = BytesIO()
    # With its EXIF data, which say how it is turned; a profile comes along by itself.
    image.save(buffer, form, exif=image.getexif(), **_OPTIONS[form])
    return EncodedPicture(buffer.getvalue(), f"{_NAMELESS}.{form.lower()}")


def _encode_array(array: NDArray[Any]) -> bytes:
    import cv2  # not above: half a second that only arrays need; Pillow writes no 16-bit colours

    _check_array(array)
    encoded, png = cv2.imencode(".png", _blue_first(array), [cv2.IMWRITE_PNG_COMPRESSION, _PNG_LEVEL])
    assert encoded, "OpenCV writes any PNG of the checked types"
    return bytes(png)


def _check_array(array: NDArray[Any]) -> None:
    channels = array.shape[2:] if array.ndim == 3 else ()
    if array.dtype not in _DTYPES or array.ndim not in {2, 3} or channels not in _CHANNELS or array.size == 0:
        raise TypeError(
            f"got an array of {array.dtype} and shape {array.shape}, "
            "expected uint8 or uint16, and (H, W), (H, W, 3) or (H, W, 4)"
        )


def _blue_first(array: NDArray[Any]) -> NDArray[Any]:
    return array if array.ndim == 2 else np.ascontiguousarray(array[..., _BLUE_FIRST[array.shape[2]]])
