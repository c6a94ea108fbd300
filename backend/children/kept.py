"""What is kept of an upload: itself without its metadata, or its pixels encoded losslessly, and a thumbnail.

The former costs a fiftieth of the latter and a third of the disk, and is taken only where it decodes to the very same
pixels: whatever scores the picture later says the same to the last digit.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from models import images
from models.images import DEFAULT_LIMITS, ImageError, ImageLimits, RGBImage
from models.images.encoding import encode_lossless, encode_thumbnail
from models.images.formats import media_type
from models.images.without_metadata import without_metadata


@dataclass(frozen=True)
class Original:
    """An upload as it came, and what it decoded to."""

    data: bytes
    format: str
    stored_orientation: int
    pixels_sha256: str

    @classmethod
    def of(cls, data: bytes, image: RGBImage) -> Original:
        """An upload and the picture that was decoded from it."""
        return cls(data, image.format, image.stored_orientation, _sha256(image))


@dataclass(frozen=True)
class KeptPicture:
    """A picture without metadata, of the upload's very pixels, and a thumbnail."""

    picture: bytes
    picture_media_type: str
    thumbnail: bytes
    thumbnail_media_type: str


def keep(original: Original, *, limits: ImageLimits = DEFAULT_LIMITS) -> KeptPicture:
    """Both files; raises `ImageError` where the upload does not decode again. For a child, as all that decodes."""
    image, picture = _without_metadata(original, limits) or _encoded(original, limits)
    thumbnail = encode_thumbnail(image)
    return KeptPicture(picture, media_type(picture), thumbnail, media_type(thumbnail))


def decode_kept(picture: bytes, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """The pixels of a kept picture, which may have more bytes than an upload; raises `ImageError`."""
    return images.decode(picture, limits=replace(limits, max_bytes=max(limits.max_bytes, len(picture))))


def _without_metadata(original: Original, limits: ImageLimits) -> tuple[RGBImage, bytes] | None:
    """`None` for other formats, and wherever the pixels would not be the same."""
    picture = without_metadata(original.data, format_name=original.format, orientation=original.stored_orientation)
    if picture is None:
        return None
    try:
        image = decode_kept(picture, limits=limits)
    except ImageError:
        return None
    return (image, picture) if _sha256(image) == original.pixels_sha256 else None


def _encoded(original: Original, limits: ImageLimits) -> tuple[RGBImage, bytes]:
    image = decode_kept(original.data, limits=limits)
    return image, encode_lossless(image)


def _sha256(image: RGBImage) -> str:
    """Of the shape, too: one with its sides exchanged may have the same bytes."""
    digest = hashlib.sha256(f"{image.height} {image.width} ".encode())
    digest.update(image.pixels_HWC.data)
    return digest.hexdigest()
