"""Bytes, a file, a Pillow image or an array -> `RGBImage`: upright 8-bit sRGB pixels, or an `ImageError`.

Legend: H rows, W columns, C channels.

Sizes and structure are checked in the header before a pixel is decoded. Nothing here imports torch, so that hostile
bytes can be decoded in a small child process (`backend/decoding.py`).
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.ExifTags import Base as ExifTag
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import BITSPERSAMPLE, PHOTOMETRIC_INTERPRETATION, TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

SUPPORTED_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF", "HEIC")
SUPPORTED_EXTENSIONS: Final = frozenset(
    (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".avif", ".heic", ".heif", ".hif")
)
"""File name endings, lower case with the dot, under which a directory is searched for pictures."""
BACKGROUND_RGB: Final = (255, 255, 255)
"""What shows through transparent pixels: white, as in browsers and on the studio's own pages."""


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


@dataclass(frozen=True)
class ImageLimits:
    """What a picture may have at most (and its shorter side at least) to be decoded."""

    max_bytes: int = 20 * 2**20
    max_pixels: int = 50_000_000
    max_longer_side_px: int = 16_384
    min_shorter_side_px: int = 32
    max_aspect: int = 100
    max_jpeg_scans: int = 100
    """Each scan of a progressive JPEG is a pass over the whole picture; encoders write about ten."""


DEFAULT_LIMITS: Final = ImageLimits()


@dataclass(frozen=True, eq=False)
class RGBImage:
    """An upright picture: `pixels_HWC` is (H, W, 3) uint8 sRGB, `notes` say what was done to get there."""

    pixels_HWC: NDArray[np.uint8]
    format: str
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """W, in pixels."""
        return int(self.pixels_HWC.shape[1])

    @property
    def height(self) -> int:
        """H, in pixels."""
        return int(self.pixels_HWC.shape[0])


def decode(data: bytes, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """An encoded picture (first frame) -> its upright sRGB pixels; raises `ImageError` where there are none."""
    if len(data) > limits.max_bytes:
        raise ImageTooLarge("too-many-bytes", f"got {len(data):,} bytes, expected at most {limits.max_bytes:,}")
    format_name = sniff_format(data)
    with _translated_errors(format_name) as notes:
        _check_header(data, format_name, limits)
        opened = _OPENERS[format_name](data)
        _check_size(opened.image.size, limits)
        if opened.frames != 1:
            notes.append(f"first frame of {opened.frames or 'several'}")
        pixels_HWC = _render(opened, limits, notes)
    return RGBImage(pixels_HWC, format_name, tuple(notes))


def from_path(path: Path | str, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """A picture file -> its pixels, as `decode`; a file that cannot be read raises `OSError` as usual."""
    with Path(path).open("rb") as file:
        return decode(file.read(limits.max_bytes + 1), limits=limits)


def from_pil(image: Image.Image, *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """A Pillow image -> its pixels by the rules of `decode` (depth, profile, alpha, EXIF orientation)."""
    _check_size(image.size, limits)
    format_name = image.format or "PIL"
    with _translated_errors(format_name) as notes:
        bits = 16 if image.mode in _SIXTEEN_BIT_MODES else 8
        pixels_HWC = _render(_Opened(image, bits=bits), limits, notes)
    return RGBImage(pixels_HWC, format_name, tuple(notes))


def from_array(array: NDArray[Any], *, limits: ImageLimits = DEFAULT_LIMITS) -> RGBImage:
    """An sRGB array -> `RGBImage`: (H, W, 3) or grey (H, W), uint8, or uint16 with 65535 as white."""
    if array.ndim not in (2, 3) or array.shape[2:] not in ((), (3,)):
        raise UnusableImage("unsupported-array", f"got an array of shape {array.shape}, expected (H, W, 3) or (H, W)")
    _check_size((array.shape[1], array.shape[0]), limits)
    notes: list[str] = []
    pixels = _eight_bit_array(array, notes)
    pixels_HWC = pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)
    _note_constant(pixels_HWC, notes)
    return RGBImage(np.ascontiguousarray(pixels_HWC), "array", tuple(notes))


def _eight_bit_array(array: NDArray[Any], notes: list[str]) -> NDArray[np.uint8]:
    if array.dtype == np.uint8:
        return array
    if array.dtype == np.uint16:
        notes.append("16 bits reduced to 8")
        return _sixteen_to_eight_bits(array)
    raise UnusableImage(
        "unsupported-array",
        f"got an array of {array.dtype}, expected uint8 or uint16 "
        "(for floats from 0 to 1: `(array * 255).round().astype(numpy.uint8)`)",
    )


# --- Recognising a format -------------------------------------------------------------------------------------------

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II\x2a\x00", "TIFF"),
    (b"MM\x00\x2a", "TIFF"),
    (b"II\x2b\x00", "TIFF"),
    (b"MM\x00\x2b", "TIFF"),
    (b"BM", "BMP"),
)
_AVIF_BRANDS: Final = frozenset((b"avif", b"avis"))
_HEIC_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
)
_MAX_BRAND_BYTES: Final = 256


def sniff_format(data: bytes) -> str:
    """The name in `SUPPORTED_FORMATS` that the first bytes say, whatever the file is called."""
    if not data:
        raise UnusableImage("empty-file", "got 0 bytes, expected a picture")
    for signature, format_name in _SIGNATURES:
        if data.startswith(signature):
            return format_name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    brands = _container_brands(data)
    if brands & _AVIF_BRANDS:
        return "AVIF"
    if brands & _HEIC_BRANDS:
        return "HEIC"
    raise UnsupportedFormat(
        "unsupported-format", f"got bytes of no known picture format, expected {', '.join(SUPPORTED_FORMATS)}"
    )


def _container_brands(data: bytes) -> frozenset[bytes]:
    """Major and compatible brands of an ISO base media file (AVIF, HEIC), or none."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4], "big"), _MAX_BRAND_BYTES)
    return frozenset((data[8:12], *(data[at : at + 4] for at in range(16, end, 4))))


# --- Header checks --------------------------------------------------------------------------------------------------


def _check_size(size_px: tuple[int, int], limits: ImageLimits) -> None:
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


def _check_header(data: bytes, format_name: str, limits: ImageLimits) -> None:
    """What must be refused before a reader even opens the file: it would spend time or memory before it says a size."""
    if format_name == "JPEG" and _count_jpeg_scans(data, stop_above=limits.max_jpeg_scans) > limits.max_jpeg_scans:
        raise UnusableImage(
            "too-many-scans", f"got a JPEG of more than {limits.max_jpeg_scans} scans, expected at most that many"
        )
    if format_name == "WEBP" and data[12:16] == b"VP8X":  # a canvas that the reader allocates twice
        width, height = (int.from_bytes(side, "little") + 1 for side in (data[24:27], data[27:30]))
        _check_size((width, height), limits)


_JPEG_MARKER: Final = re.compile(rb"\xff+([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)
"""A marker with a length; stuffed zeros, TEM and restart markers inside entropy-coded data are passed over."""
_JPEG_START_OF_SCAN: Final = b"\xda"
_JPEG_END_OF_IMAGE: Final = b"\xd9"


def _count_jpeg_scans(data: bytes, *, stop_above: int) -> int:
    scans, position = 0, 2
    while scans <= stop_above and (marker := _JPEG_MARKER.search(data, position)):
        if marker[1] == _JPEG_END_OF_IMAGE:
            break
        scans += marker[1] == _JPEG_START_OF_SCAN
        position = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2], "big")
    return scans


class _Opened(NamedTuple):
    """A picture whose header was read: bits per channel as stored, frames (0: several, not counted)."""

    image: Image.Image
    bits: int = 8
    frames: int = 1
    white_is_zero: bool = False


def _open_jpeg(data: bytes) -> _Opened:
    return _Opened(JpegImageFile(io.BytesIO(data)))


_PNG_CHUNKS_FOR_PIXELS: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT", b"IEND"))


def _open_png(data: bytes) -> _Opened:
    """Show Pillow only the chunks that bear on the pixels: texts and animation frames cost memory and refuse files."""
    chunks, frames = [data[:8]], 1
    for kind, chunk in _png_chunks(data):
        if kind in _PNG_CHUNKS_FOR_PIXELS:
            chunks.append(chunk)
        elif kind == b"acTL":
            frames = int.from_bytes(chunk[8:12], "big")
    image = PngImageFile(io.BytesIO(b"".join(chunks)))
    bits = data[24]
    _rescale_png_transparency(image, bits)
    return _Opened(image, bits, frames)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position, kind = 8, b""
    while kind != b"IEND":
        if position + 12 > len(data):
            raise UnusableImage("truncated-image", "got a PNG that ends before its last chunk, expected all of it")
        length, kind = struct.unpack_from(">I4s", data, position)
        yield kind, data[position : position + 12 + length]
        position += 12 + length
    if position > len(data):
        raise UnusableImage("truncated-image", "got a PNG that ends inside its last chunk, expected all of it")


def _rescale_png_transparency(image: Image.Image, bits: int) -> None:
    """Bring the transparent sample to 8 bits: Pillow leaves it as stored but compares it with scaled pixels."""
    sample = image.info.get("transparency")
    if image.mode == "L" and bits < 8 and isinstance(sample, int):
        image.info["transparency"] = sample * 255 // (2**bits - 1)
    elif image.mode == "RGB" and bits == 16 and isinstance(sample, tuple):
        image.info["transparency"] = tuple(value >> 8 for value in sample)


def _open_webp(data: bytes) -> _Opened:
    image = WebPImageFile(io.BytesIO(data))
    return _Opened(image, frames=image.n_frames)


_TIFF_DNG_VERSION: Final = 50706


def _open_tiff(data: bytes) -> _Opened:
    image = TiffImageFile(io.BytesIO(data))
    if _TIFF_DNG_VERSION in image.tag_v2:  # its first picture is a thumbnail, whose score would mean nothing
        raise UnsupportedFormat("unsupported-format", "got a camera raw file (DNG), expected a developed picture")
    bits = max(image.tag_v2.get(BITSPERSAMPLE, (1,)))
    white_is_zero = image.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == 0
    return _Opened(image, bits, frames=0 if image.is_animated else 1, white_is_zero=white_is_zero)


def _open_gif(data: bytes) -> _Opened:
    image = GifImageFile(io.BytesIO(data))
    frames = 1
    with suppress(OSError, ValueError, SyntaxError, IndexError, struct.error):  # only the first frame must be sound
        frames = 0 if image.is_animated else 1
    return _Opened(image, frames=frames)


def _open_bmp(data: bytes) -> _Opened:
    return _Opened(BmpImageFile(io.BytesIO(data)))


def _open_avif(data: bytes) -> _Opened:
    image = AvifImageFile(io.BytesIO(data))
    return _Opened(image, frames=image.n_frames)


def _open_heic(data: bytes) -> _Opened:
    from pi_heif import HeifImageFile  # loads libheif, which few processes ever need

    image = HeifImageFile(io.BytesIO(data))
    return _Opened(image, bits=image.info["bit_depth"], frames=image.n_frames)


_OPENERS: Final[Mapping[str, Callable[[bytes], _Opened]]] = {
    # Readers by name instead of `Image.open`: no search through plugins, no process-wide registration for HEIC, and
    # no second reader (MPO) that would refuse a sound JPEG for the sloppy index behind it.
    "JPEG": _open_jpeg,
    "PNG": _open_png,
    "WEBP": _open_webp,
    "BMP": _open_bmp,
    "TIFF": _open_tiff,
    "GIF": _open_gif,
    "AVIF": _open_avif,
    "HEIC": _open_heic,
}


# --- The one place where decoders' failures become ours -------------------------------------------------------------


_DAMAGED_METADATA: Final = "damaged metadata ignored"


@contextmanager
def _translated_errors(format_name: str) -> Iterator[list[str]]:
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
    if caught and _DAMAGED_METADATA not in notes:
        notes.append(_DAMAGED_METADATA)


def _broken(format_name: str, error: Exception) -> UnusableImage:
    reason = " ".join(str(error).split())[:120]
    code = "truncated-image" if "truncated" in reason.lower() else "broken-image"
    return UnusableImage(code, f"got {format_name} data that cannot be decoded ({reason}), expected a whole picture")


# --- From whatever was stored to upright 8-bit sRGB -----------------------------------------------------------------

_SIXTEEN_BIT_MODES: Final = frozenset(("I;16", "I;16B", "I;16L", "I;16N"))
_UPRIGHT: Final[Mapping[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _render(opened: _Opened, limits: ImageLimits, notes: list[str]) -> NDArray[np.uint8]:
    image = opened.image
    _refuse_unscaled_pixels(image.mode)
    orientation = _exif_orientation(image, notes)
    image.load()
    _check_size(image.size, limits)  # some decoders find another size than the header promised
    profile = image.info.get("icc_profile")
    if opened.bits > 8:
        notes.append(f"{opened.bits} bits reduced to 8")
    if image.mode in _SIXTEEN_BIT_MODES:
        image = _reduce_grey(opened)
    colour, alpha = _split_alpha(image)
    rgb = _composite(_to_srgb(colour, profile, notes), alpha, notes)
    rgb = _turn_upright(rgb, orientation, notes, is_turned=isinstance(opened.image, TiffImageFile))
    pixels_HWC = np.array(rgb)  # a copy, because `asarray` gives pixels that torch must not share: read-only ones
    _note_constant(pixels_HWC, notes)
    return pixels_HWC


def _refuse_unscaled_pixels(mode: str) -> None:
    expected = "expected 8 or 16 bits per channel: scale it to the range you mean and save it as such"
    if mode == "F":
        raise UnusableImage("float-pixels", f"got floating-point pixels, whose range is not known, {expected}")
    if mode == "I":
        raise UnusableImage("unsupported-depth", f"got 32-bit or signed pixels, whose range is not known, {expected}")


def _exif_orientation(image: Image.Image, notes: list[str]) -> int:
    """1-8; an orientation that is missing, unreadable or unknown counts as 1 (upright)."""
    try:
        orientation = image.getexif().get(ExifTag.Orientation, 1)
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, struct.error):
        notes.append(_DAMAGED_METADATA)
        return 1
    return orientation if isinstance(orientation, int) and orientation in _UPRIGHT else 1


def _turn_upright(image: Image.Image, orientation: int, notes: list[str], *, is_turned: bool) -> Image.Image:
    """Turn, except where the reader did already (Pillow turns TIFF while loading it)."""
    if orientation == 1:
        return image
    notes.append(f"rotated by EXIF orientation {orientation}")
    return image if is_turned else image.transpose(_UPRIGHT[orientation])


def _sixteen_to_eight_bits(values: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """`round(value * 255 / 65535)` for each value; 65535 is 257 * 255."""
    level, remainder = np.divmod(values, 257)
    return (level + (remainder > 128)).astype(np.uint8)


def _reduce_grey(opened: _Opened) -> Image.Image:
    """16- or 12-bit grey -> "L", or "LA" where one stored value is transparent."""
    stored_HW = np.asarray(opened.image).astype(np.uint16)
    values_HW = (stored_HW * 16 + stored_HW // 256).astype(np.uint16) if opened.bits == 12 else stored_HW
    grey_HW = _sixteen_to_eight_bits(~values_HW if opened.white_is_zero else values_HW)
    grey = Image.fromarray(grey_HW)
    transparent = opened.image.info.get("transparency")
    if not isinstance(transparent, int):
        return grey
    alpha = Image.fromarray(np.where(stored_HW == transparent, 0, 255).astype(np.uint8))
    return Image.merge("LA", (grey, alpha))


def _split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Colour as L, RGB, CMYK or LAB, and alpha where some pixel is not opaque; premultiplied colours are divided."""
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode == "LA":
        return image.getchannel("L"), _unless_opaque(image.getchannel("A"))
    if image.has_transparency_data:
        straight = image.convert("RGBA")
        return straight.convert("RGB"), _unless_opaque(straight.getchannel("A"))
    if image.mode == "1":
        return image.convert("L"), None
    return (image if image.mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")), None


def _unless_opaque(alpha: Image.Image) -> Image.Image | None:
    return None if alpha.getextrema() == (255, 255) else alpha


def _composite(rgb: Image.Image, alpha: Image.Image | None, notes: list[str]) -> Image.Image:
    if alpha is None:
        return rgb
    notes.append("alpha composited over white")
    background = Image.new("RGB", rgb.size, BACKGROUND_RGB)
    background.paste(rgb, mask=alpha)
    return background


def _note_constant(pixels_HWC: NDArray[np.uint8], notes: list[str]) -> None:
    corner_C = pixels_HWC[0, 0]
    # A coarse grid first: nearly every picture is told apart there, without a pass over all of its pixels.
    if (pixels_HWC[::16, ::16] == corner_C).all() and (pixels_HWC == corner_C).all():
        notes.append("constant image: every pixel has the same colour, so its score says little")


# --- Colour ---------------------------------------------------------------------------------------------------------

_PROFILE_SPACES: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
"""ICC colour space -> Pillow mode of the pixels it describes."""
_SAME_COLOUR_TOLERANCE: Final = 2
"""A profile that moves no probe colour by more levels than this is sRGB under another name."""


class _ProfileError(Exception):
    """A profile of another colour space than the pixels."""


def _to_srgb(colour: Image.Image, profile: object, notes: list[str]) -> Image.Image:
    """L, RGB, CMYK or LAB -> RGB, through the embedded profile where there is a sound one."""
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


# --- Keeping a picture ----------------------------------------------------------------------------------------------

_WEBP_MAX_SIDE_PX: Final = 16_383
_WEBP_MAX_PIXELS: Final = 16_000_000
"""Beyond this the WebP encoder's 24 bytes per pixel count; a PNG is as small there and takes as long."""
_THUMBNAIL_QUALITY: Final = 80


def encode_lossless(image: RGBImage) -> bytes:
    """The pixels without metadata, bit for bit: WebP, or PNG for what is too large for that.

    For 512 x 384 a lossless WebP at its fastest took 5 ms and 359 KB, a PNG at its fastest 19 ms and 372 KB.
    """
    buffer = io.BytesIO()
    picture = Image.fromarray(image.pixels_HWC)
    if max(picture.size) > _WEBP_MAX_SIDE_PX or picture.width * picture.height > _WEBP_MAX_PIXELS:
        picture.save(buffer, "PNG", compress_level=1)
    else:
        picture.save(buffer, "WEBP", lossless=True, method=0, quality=0)
    return buffer.getvalue()


def encode_thumbnail(image: RGBImage, *, longest_side_px: int = 256) -> bytes:
    """A WebP whose longer side has at most `longest_side_px`, for pages only: no model ever sees it."""
    thumbnail = Image.fromarray(image.pixels_HWC)
    thumbnail.thumbnail((longest_side_px, longest_side_px), Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = io.BytesIO()
    thumbnail.save(buffer, "WEBP", quality=_THUMBNAIL_QUALITY, method=0)
    return buffer.getvalue()


def media_type(data: bytes) -> str:
    """The media type of an encoded picture of a supported format, such as `image/webp`."""
    return f"image/{sniff_format(data).lower()}"
