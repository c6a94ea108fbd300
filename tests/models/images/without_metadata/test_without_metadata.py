"""A file without its metadata shows the very same pixels, is no larger, and has no part that is not on a list."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD
from PIL.JpegImagePlugin import JpegImageFile

from models.images import ImageError, decode
from models.images.formats import sniff_format
from models.images.without_metadata import without_metadata
from tests.images.corpus import CORPUS
from tests.images.encoding import encode, png_chunk, png_of, with_orientation
from tests.images.pictures import grey_levels, natural_picture, picture
from tests.images.profiles import ink_profile, wide_gamut_profile
from tests.images.sample import Sample

SECRET = b"48-51-29.6N-2-17-40.2E"
FORMATS = ("JPEG", "PNG", "WEBP")
JPEG_ALLOWED = {0xC0, 0xC1, 0xC2, 0xC4, 0xC9, 0xCA, 0xCC, 0xDA, 0xDB, 0xDD}
PNG_ALLOWED = {*b"IHDR PLTE tRNS cICP sRGB gAMA cHRM iCCP eXIf IDAT IEND".split()}
WEBP_ALLOWED = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"}


def stripped(data: bytes) -> bytes | None:
    image = decode(data)
    return without_metadata(data, format_name=image.format, orientation=image.stored_orientation)


def kept(data: bytes) -> bytes:
    result = stripped(data)
    assert result is not None
    assert_nothing_beside_the_pixels(result)
    assert np.array_equal(decode(result).pixels_HWC, decode(data).pixels_HWC)
    return result


# --- What a kept file may be made of, read by other code than what wrote it -------------------------------------------


def assert_nothing_beside_the_pixels(data: bytes) -> None:
    image_format = decode(data).format
    {"JPEG": assert_plain_jpeg, "PNG": assert_plain_png, "WEBP": assert_plain_webp}[image_format](data)
    with Image.open(io.BytesIO(data)) as image:
        assert set(image.getexif()) <= {0x0112}
        assert image.getexif().get_ifd(IFD.GPSInfo) == {}
        assert {"xmp", "comment", "mp", "photoshop", "dpi"} & set(image.info) == set() or image_format == "JPEG"
        assert getattr(image, "n_frames", 1) == 1
        assert getattr(image, "text", {}) == {}


def assert_plain_jpeg(data: bytes) -> None:
    assert data.endswith(b"\xff\xd9")
    image = JpegImageFile(io.BytesIO(data))
    contents = {
        "APP0": lambda content: content == b"JFIF\0\1\1\0\0\1\0\1\0\0",
        "APP1": lambda content: content.startswith(b"Exif\0\0") and len(content) == 32,
        "APP2": lambda content: content.startswith(b"ICC_PROFILE\0"),
        "APP14": lambda content: content.startswith(b"Adobe\0\x64\0\0\0\0") and len(content) == 12,
    }
    assert [name for name, content in image.applist if not contents[name](content)] == []
    names = {number for number in jpeg_markers(data) if not 0xE0 <= number <= 0xEF}
    assert names <= JPEG_ALLOWED
    assert sum(1 for number in jpeg_markers(data) if 0xE0 <= number <= 0xEF) == len(image.applist)


def jpeg_markers(data: bytes) -> Iterator[int]:
    """Of every segment up to the end; whatever stands between two segments is an error."""
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        assert data[at] == 0xFF
        kind = data[at + 1]
        yield kind
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == 0xDA:
            while data[at] != 0xFF or data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
                at += 1
    assert at + 2 == len(data)


def assert_plain_png(data: bytes) -> None:
    at, names = 8, []
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        assert zlib.crc32(data[at + 4 : at + 8 + length]) == int.from_bytes(data[at + 8 + length : at + 12 + length])
        names.append(name)
        at += 12 + length
    assert at == len(data)
    assert set(names) <= PNG_ALLOWED
    assert names[-1] == b"IEND"


def assert_plain_webp(data: bytes) -> None:
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert set(webp_chunks(data[12:])) <= WEBP_ALLOWED


def webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        yield name
        if name == b"ANMF":
            yield from webp_chunks(data[at + 24 : at + 8 + size])
        at += 8 + size + size % 2
    assert at == len(data)


# --- The corpus -----------------------------------------------------------------------------------------------------


KEPT_ANEW = {"jpeg-wrong-restarts", "jpeg-padded", "png-pixels-without-end", "webp-rotated"}
"""Files that lie about where their pixels are, and a WebP that browsers would not turn."""


@pytest.mark.parametrize("sample", [s for s in CORPUS if s.error is None], ids=lambda sample: sample.name)
def test_every_sound_file_of_the_corpus_shows_the_same_pixels_without_its_metadata(sample: Sample) -> None:
    image = decode(sample.data)
    result = without_metadata(sample.data, format_name=image.format, orientation=image.stored_orientation)
    if image.format not in FORMATS or sample.name in KEPT_ANEW:
        assert result is None
        return
    assert result is not None
    assert np.array_equal(decode(result).pixels_HWC, image.pixels_HWC)
    assert len(result) <= 1.05 * len(sample.data)
    assert_nothing_beside_the_pixels(result)


@pytest.mark.parametrize("sample", [s for s in CORPUS if s.error is not None], ids=lambda sample: sample.name)
def test_a_file_that_no_decoder_takes_does_no_harm_here_either(sample: Sample) -> None:
    try:
        format_name = sniff_format(sample.data)
    except ImageError:
        return
    result = without_metadata(sample.data, format_name=format_name, orientation=1)
    assert result is None or len(result) <= len(sample.data) + 2


# --- Orientation and colours ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_name", ["JPEG", "PNG"])
def test_the_orientation_is_kept_as_a_fact(orientation: int, format_name: str) -> None:
    data = kept(with_orientation(orientation, format_name))
    assert decode(data).stored_orientation == orientation


def test_a_webp_that_browsers_would_not_turn_is_not_taken() -> None:
    assert stripped(with_orientation(6, "WEBP", lossless=True)) is None


def test_an_orientation_that_stands_in_xmp_alone_is_kept_too() -> None:
    packet = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/>' + SECRET + b"</x:xmpmeta>"
    data = encode(picture(), "JPEG", xmp=packet, quality=90)
    assert decode(data).notes == ("rotated by XMP orientation 6",)
    assert SECRET not in kept(data)


@pytest.mark.parametrize("format_name", FORMATS)
def test_colours_of_a_profile_are_kept_and_its_texts_are_not(format_name: str) -> None:
    profile = signed(wide_gamut_profile())
    options = {"lossless": True} if format_name == "WEBP" else {}
    data = encode(picture(), format_name, icc_profile=profile, **options)
    assert "RGB converted to sRGB by its profile" in decode(data).notes
    result = kept(data)
    assert decode(result).notes == decode(data).notes
    with Image.open(io.BytesIO(result)) as image:
        left = image.info["icc_profile"]
    assert SECRET not in left
    assert ImageCms.getOpenProfile(io.BytesIO(left)).profile.profile_description == "-"


def test_a_profile_of_inks_gives_the_same_colours() -> None:
    data = encode(picture().convert("CMYK"), "JPEG", icc_profile=ink_profile(), quality=90)
    kept(data)


def signed(profile: bytes) -> bytes:
    """With a tag of a text, as tools for calibration leave names of people and machines."""
    (count,) = struct.unpack_from(">I", profile, 128)
    table_end = 132 + 12 * count
    entries = [struct.unpack_from(">4sII", profile, 132 + 12 * index) for index in range(count)]
    moved = b"".join(struct.pack(">4sII", name, start + 12, size) for name, start, size in entries)
    text = b"text" + bytes(4) + SECRET
    moved += struct.pack(">4sII", b"calt", len(profile) + 12, len(text))
    whole = profile[:128] + struct.pack(">I", count + 1) + moved + profile[table_end:] + text
    return struct.pack(">I", len(whole)) + whole[4:]


# --- Every place where something can be written ---------------------------------------------------------------------


def _exif(*, orientation: int = 3) -> Image.Exif:
    written = Image.Exif()
    written[0x010E] = SECRET.decode()
    written[0x0112] = orientation
    written.get_ifd(IFD.GPSInfo)[GPS.GPSAreaInformation] = SECRET
    return written


def _jpeg(**options: object) -> bytes:
    return encode(picture(), "JPEG", **{"quality": 90, **options})


def _segment(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


def _in_jpeg(*segments: bytes) -> bytes:
    data = _jpeg()
    return data[:2] + b"".join(segments) + data[2:]


def _between_scans() -> bytes:
    data = _jpeg(progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + _segment(0xED, SECRET) + _segment(0xFE, SECRET) + data[at:]


def _two_pictures() -> bytes:
    buffer = io.BytesIO()
    other = picture()
    exif = _exif()
    picture().save(buffer, "MPO", save_all=True, append_images=[other], quality=90, exif=exif)
    return buffer.getvalue() + SECRET


JPEG_PLACES: dict[str, Callable[[], bytes]] = {
    "EXIF": lambda: _jpeg(exif=_exif()),
    "XMP": lambda: _jpeg(xmp=b"<x>" + SECRET + b"</x>"),
    "comment": lambda: _jpeg(comment=SECRET),
    "extended XMP": lambda: _in_jpeg(_segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET)),
    "IPTC": lambda: _in_jpeg(_segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", 22) + SECRET)),
    "JFIF thumbnail": lambda: _in_jpeg(_segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\3\3" + SECRET + bytes(5))),
    "JFXX": lambda: _in_jpeg(_segment(0xE0, b"JFXX\0\x10" + SECRET)),
    "content credentials": lambda: _in_jpeg(_segment(0xEB, b"JP\0\1" + SECRET)),
    "gain map's numbers": lambda: _in_jpeg(_segment(0xE2, b"urn:iso:std:iso:ts:21496:-1\0" + SECRET)),
    "segment nobody knows": lambda: _in_jpeg(_segment(0xEA, SECRET), _segment(0xEF, SECRET)),
    "long Adobe segment": lambda: _in_jpeg(_segment(0xEE, b"Adobe\0\x65\1\1\1\1\1" + SECRET)),
    "between segments": lambda: _jpeg()[:20] + SECRET + _jpeg()[20:],
    "between scans": _between_scans,
    "second picture": _two_pictures,
    "behind the end": lambda: _jpeg() + SECRET,
    "pieces of a profile": lambda: _in_jpeg(_segment(0xE2, b"ICC_PROFILE\0\1\2" + SECRET)),
}


def _png(*chunks: bytes) -> bytes:
    return png_of(natural_picture(), 8, 2, *chunks)


def _png_exif() -> bytes:
    return encode(picture(), "PNG", exif=_exif())


def _cropped_png() -> bytes:
    """A cropped screenshot written over the whole one, as phones once did: the rest of the old file is still there."""
    return encode(picture().resize((40, 40)), "PNG") + encode(picture(), "PNG")[500:] + SECRET


PNG_PLACES: dict[str, Callable[[], bytes]] = {
    "text": lambda: _png(png_chunk(b"tEXt", b"Comment\0" + SECRET)),
    "compressed text": lambda: _png(png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(SECRET, 0))),
    "XMP": lambda: _png(png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET)),
    "EXIF": _png_exif,
    "time": lambda: _png(png_chunk(b"tIME", SECRET[:7])),
    "suggested palette": lambda: _png(png_chunk(b"PLTE", SECRET[:21])),
    "named palette": lambda: _png(png_chunk(b"sPLT", SECRET + b"\0\x08")),
    "profile's name": lambda: _png(png_chunk(b"iCCP", SECRET + b"\0\0" + zlib.compress(wide_gamut_profile()))),
    "profile": lambda: _png(png_chunk(b"iCCP", b"a\0\0" + zlib.compress(signed(wide_gamut_profile()), 0))),
    "content credentials": lambda: _png(png_chunk(b"caBX", SECRET)),
    "chunk nobody knows": lambda: _png(png_chunk(b"teST", SECRET)),
    "later frame": lambda: _png(png_chunk(b"acTL", struct.pack(">II", 1, 0)), png_chunk(b"fdAT", SECRET)),
    "behind the end": lambda: _png() + SECRET,
    "rest of an older file": _cropped_png,
}


def _webp(**options: object) -> bytes:
    return encode(picture(), "WEBP", **{"lossless": True, "method": 0, **options})


def _webp_with(*chunks: tuple[bytes, bytes], inside: bool = True) -> bytes:
    data = _webp(icc_profile=wide_gamut_profile())
    more = b"".join(name + struct.pack("<I", len(text)) + text + bytes(len(text) % 2) for name, text in chunks)
    size = int.from_bytes(data[4:8], "little") + (len(more) if inside else 0)
    return data[:4] + struct.pack("<I", size) + data[8:] + more


WEBP_PLACES: dict[str, Callable[[], bytes]] = {
    "EXIF": lambda: _webp(exif=_exif(orientation=1)),
    "XMP": lambda: _webp(xmp=b"<x>" + SECRET + b"</x>"),
    "lossy, EXIF": lambda: _webp(lossless=False, quality=80, exif=_exif(orientation=1)),
    "profile": lambda: _webp(icc_profile=signed(wide_gamut_profile())),
    "chunk nobody knows": lambda: _webp_with((b"teST", SECRET)),
    "second XMP": lambda: _webp_with((b"XMP ", SECRET), (b"XMP ", SECRET)),
    "behind the end": lambda: _webp_with((b"XMP ", SECRET), inside=False),
    "later frame": lambda: _webp(save_all=True, append_images=[picture().rotate(90)], exif=_exif(orientation=1)),
}
PLACES = {
    f"{container}, {place}": make
    for container, places in (("JPEG", JPEG_PLACES), ("PNG", PNG_PLACES), ("WebP", WEBP_PLACES))
    for place, make in places.items()
}


@pytest.mark.parametrize("make", PLACES.values(), ids=PLACES)
def test_nothing_that_was_written_beside_the_pixels_is_left(make: Callable[[], bytes]) -> None:
    data = make()
    assert SECRET[:7] in data
    assert SECRET[:7] not in kept(data)


def test_what_hides_behind_the_last_row_of_a_png_is_not_copied() -> None:
    rows = b"".join(b"\0" + row.tobytes() for row in natural_picture())
    header = struct.pack(">IIBBBBB", *natural_picture().shape[1::-1], 8, 2, 0, 0, 0)

    def png_with(content: bytes) -> bytes:
        chunks = (png_chunk(b"IHDR", header), png_chunk(b"IDAT", content), png_chunk(b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)

    assert stripped(png_with(zlib.compress(rows))) is not None
    assert stripped(png_with(zlib.compress(rows) + SECRET)) is None
    assert stripped(png_with(zlib.compress(rows + SECRET))) is None


def test_what_hides_between_the_last_block_of_a_jpeg_and_its_end_is_not_copied() -> None:
    data = _jpeg()
    assert stripped(data[:-2] + SECRET + data[-2:]) is None


def test_a_still_of_an_animation_is_its_first_frame() -> None:
    frames = [picture().rotate(90), picture().rotate(180)]
    data = encode(picture(), "WEBP", save_all=True, append_images=frames, lossless=True, duration=40)
    result = kept(data)
    assert len(result) < len(data) / 2
    assert np.array_equal(decode(result).pixels_HWC, natural_picture())


def test_transparency_is_kept_as_it_is() -> None:
    image = picture().convert("RGBA")
    image.putalpha(Image.fromarray(grey_levels()))
    for data in (encode(image, "PNG"), encode(image, "WEBP", quality=80), encode(image, "WEBP", lossless=True)):
        kept(data)
    paletted = picture().quantize(64)
    kept(encode(paletted, "PNG", transparency=3))
