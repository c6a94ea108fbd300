"""Files of other formats, whatever they are called, and files that are nothing at all: none is decoded."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from typing import Any, Final

import numpy as np

from tests.images.encoding import encode
from tests.images.pictures import picture
from tests.images.sample import Sample, camera_raw, unsupported, unusable

_SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>'


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("picture.png", encode(picture(), "PNG"))
    return buffer.getvalue()


def _random() -> bytes:
    return np.random.default_rng(3).integers(0, 256, 10_000, dtype=np.uint8).tobytes()


def _film(brand: bytes) -> bytes:
    return struct.pack(">I4s4sI4s", 20, b"ftyp", brand, 0, brand) + bytes(500)


def _written(name: str, format_name: str, **options: Any) -> Sample:
    return unsupported(
        name, f"{format_name}, which Pillow would open", lambda: encode(picture(), format_name, **options)
    )


FOREIGN_SAMPLES: Final[tuple[Sample, ...]] = (
    unusable("empty", "empty-file", "0 bytes", lambda: b""),
    unsupported("one-byte", "one byte", lambda: b"\x89"),
    unsupported("zeros", "10 KB of zeros", lambda: bytes(10_000)),
    unsupported("random", "10 KB at random", _random),
    unsupported("text-named-jpg", "plain text", lambda: b"I am no picture, whatever my name says.\n" * 50),
    unsupported("html", "a page with a script", lambda: b"<!doctype html><script>alert(1)</script>"),
    unsupported("svg", "SVG", lambda: _SVG),
    unsupported("svgz", "SVG, gzipped", lambda: gzip.compress(_SVG)),
    unsupported("zip", "an archive with a picture", _zip),
    unsupported("postscript", "EPS", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 64 64\n"),
    unsupported("pdf-jpeg", "a JPEG behind the start of a PDF", lambda: b"%PDF-1.4\n" + encode(picture(), "JPEG")),
    unsupported("wmf", "WMF", lambda: b"\xd7\xcd\xc6\x9a" + bytes(100)),
    unsupported("emf", "EMF", lambda: b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60)),
    unsupported(
        "psd", "Photoshop", lambda: b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 64, 64, 8, 3) + bytes(99)
    ),
    unsupported("icns", "an icon of macOS", lambda: b"icns\0\0\0\x10ic07\0\0\0\x08"),
    unsupported("pcd", "Photo CD", lambda: bytes(2048) + b"PCD_IPI" + bytes(99)),
    unsupported("xcf", "GIMP", lambda: b"gimp xcf v011\0" + bytes(99)),
    unsupported("openexr", "OpenEXR", lambda: b"\x76\x2f\x31\x01" + bytes(99)),
    unsupported("radiance", "Radiance HDR", lambda: b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 64 +X 64\n"),
    unsupported("jpeg-xl", "JPEG XL, bare", lambda: b"\xff\x0a" + bytes(99)),
    unsupported("jpeg-xl-boxes", "JPEG XL in boxes", lambda: b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(99)),
    unsupported("jpeg-xr", "JPEG XR", lambda: b"II\xbc\x01" + bytes(99)),
    unsupported("mng", "MNG", lambda: b"\x8aMNG\r\n\x1a\n" + bytes(99)),
    unsupported("dicom", "DICOM", lambda: bytes(128) + b"DICM" + bytes(99)),
    unsupported("film", "MP4", lambda: _film(b"isom")),
    camera_raw("raw-canon", "CR3", lambda: _film(b"crx ")),
    camera_raw("raw-fujifilm", "RAF", lambda: b"FUJIFILMCCD-RAW 0201" + bytes(500)),
    camera_raw("raw-olympus", "ORF", lambda: b"IIRO\x08\0\0\0" + bytes(500)),
    camera_raw("raw-panasonic", "RW2", lambda: b"IIU\0\x18\0\0\0" + bytes(500)),
    camera_raw("raw-sigma", "X3F", lambda: b"FOVb\0\0\2\0" + bytes(500)),
    unsupported("wave", "a sound in RIFF", lambda: b"RIFF\x64\0\0\0WAVEfmt " + bytes(88)),
    unsupported("gif-of-another-year", "GIF88a", lambda: b"GIF88a" + encode(picture().convert("1"), "GIF")[6:]),
    unsupported(
        "png-in-text-mode",
        "a PNG with its line ends converted",
        lambda: encode(picture(), "PNG").replace(b"\r\n", b"\n"),
    ),
    unsupported("utf-8-mark", "a JPEG behind a byte order mark", lambda: b"\xef\xbb\xbf" + encode(picture(), "JPEG")),
    _written("jpeg-2000", "JPEG2000"),
    _written("ico", "ICO"),
    _written("pcx", "PCX"),
    _written("tga", "TGA"),
    _written("dds", "DDS"),
    _written("ppm", "PPM"),
    _written("sgi", "SGI"),
    _written("pdf", "PDF"),
    _written("qoi", "QOI"),
)
