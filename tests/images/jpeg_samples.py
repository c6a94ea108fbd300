"""JPEG files: ways to code colours and scans, markers that lie, and files cut at several places."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any, Final

from PIL import Image

from tests.images.embedded import arithmetic_jpeg
from tests.images.encoding import encode, with_orientation
from tests.images.pictures import HEIGHT, WIDTH, grey_rgb, natural_picture, picture
from tests.images.profiles import wide_gamut_profile
from tests.images.sample import LOSSY, Sample, broken, otherwise_compressed, sound, too_large, truncated, unusable

_END: Final = b"\xff\xd9"
_START_OF_FRAME: Final = b"\xff\xc0\0\x11\x08" + struct.pack(">HH", HEIGHT, WIDTH)


def _jpeg(**options: Any) -> bytes:
    return encode(picture(), "JPEG", **{"quality": 95, **options})


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _behind_start(*segments: bytes) -> bytes:
    data = _jpeg()
    return data[:2] + b"".join(segments) + data[2:]


def _frame(*, size: tuple[int, int] = (WIDTH, HEIGHT), bits: int = 8, marker: int = 0xC0) -> bytes:
    start = struct.pack(">BBHBHH", 0xFF, marker, 17, bits, size[1], size[0])
    return _jpeg().replace(_START_OF_FRAME, start)


def _at(marker: int, data: bytes | None = None) -> int:
    return (data or _jpeg()).index(bytes((0xFF, marker)))


def _without(marker: int) -> bytes:
    data = _jpeg()
    while (at := data.find(bytes((0xFF, marker)))) >= 0:
        data = data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]
    return data


def _ycck() -> bytes:
    """Four components of which three are the YCbCr of the inks, as Adobe's programs write them."""
    inks = Image.fromarray(255 - natural_picture())
    planes = [Image.eval(plane, lambda level: 255 - level) for plane in inks.convert("YCbCr").split()]
    stored = Image.merge("CMYK", (*planes, Image.new("L", inks.size, 0)))
    data = encode(stored, "JPEG", quality=95)
    at = data.index(b"Adobe") + 11
    return data[:at] + b"\x02" + data[at + 1 :]


def _wrong_restarts() -> bytes:
    data = _jpeg(restart_marker_rows=1)
    for number in range(8):
        data = data.replace(bytes((0xFF, 0xD0 + number)), bytes((0xFF, 0xD7)))
    return data


def _many_scans() -> bytes:
    data = _jpeg(progressive=True)
    last_scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last_scan * 100 + data[-2:]


def _sloppy_multi_picture_index() -> bytes:
    index = b"MPF\0II*\0\x08\0\0\0" + b"\x01\0\x01\xb0\x04\0\x01\0\0\0\x02\0\0\0" + b"\0" * 4
    return _behind_start(_segment(0xE2, index))


def _two_pictures() -> bytes:
    buffer = io.BytesIO()
    other = Image.new("RGB", (WIDTH, HEIGHT))
    picture().save(buffer, "MPO", save_all=True, append_images=[other], quality=95)
    return buffer.getvalue()


def _damaged_exif() -> bytes:
    directory = b"II*\0\x08\0\0\0" + b"\x02\0" + b"\x1a\x01\x05\0\xff\xff\0\0\xff\xff\xff\x7f" * 2
    return _jpeg(exif=b"Exif\0\0" + directory)


def _exif_loop() -> bytes:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)  # the Exif directory is this very directory
    return _jpeg(exif=b"Exif\0\0II*\0\x08\0\0\0" + b"\x01\0" + entry + struct.pack("<I", 8))


def _exif_bomb() -> bytes:
    entries = b"".join(struct.pack("<HHII", 0x9000 + tag, 7, 40_000, 8) for tag in range(2000))
    directory = b"II*\0\x08\0\0\0" + struct.pack("<H", 2000) + entries + b"\0" * 40_000
    return _behind_start(_segment(0xE1, b"Exif\0\0" + directory[:65_000]))


def _grey() -> bytes:
    return encode(picture().getchannel("G"), "JPEG", quality=95)


def _html() -> bytes:
    return _behind_start(_segment(0xFE, b"<html><script>alert(1)</script><!--"))


def _profile_in_pieces() -> bytes:
    profile = wide_gamut_profile()
    pieces = [profile[at : at + 40] for at in range(0, len(profile), 40)][:3]
    return _behind_start(
        *(_segment(0xE2, b"ICC_PROFILE\0" + bytes((number, 99)) + piece) for number, piece in enumerate(pieces, 1))
    )


def _half(**options: Any) -> bytes:
    data = _jpeg(**options)
    return data[: len(data) // 2]


def _cut_at(marker: int, *, behind: int = 0) -> Callable[[], bytes]:
    return lambda: _jpeg()[: _at(marker) + behind]


JPEG_SAMPLES: Final[tuple[Sample, ...]] = (
    sound("jpeg", "as Pillow writes it", _jpeg, within=LOSSY),
    sound("progressive-jpeg", "ten scans", lambda: _jpeg(progressive=True), within=LOSSY),
    sound("jpeg-full-chroma", "4:4:4", lambda: _jpeg(subsampling="4:4:4"), within=LOSSY),
    sound("jpeg-half-chroma", "4:2:2", lambda: _jpeg(subsampling="4:2:2"), within=LOSSY),
    sound("jpeg-quarter-chroma", "4:1:1", lambda: _jpeg(subsampling="4:1:1"), within=LOSSY),
    sound("jpeg-rgb", "RGB components, not YCbCr", lambda: _jpeg(keep_rgb=True), within=LOSSY),
    sound("jpeg-grey", "one component", _grey, within=LOSSY, shows=grey_rgb),
    sound(
        "jpeg-cmyk",
        "four inverted inks, as Adobe's",
        lambda: encode(picture().convert("CMYK"), "JPEG", quality=95),
        within=LOSSY,
    ),
    sound("jpeg-ycck", "inks as YCbCr and black", _ycck, within=LOSSY),
    sound("jpeg-arithmetic", "arithmetic coding", arithmetic_jpeg, within=LOSSY),
    sound("jpeg-restarts", "restart markers", lambda: _jpeg(restart_marker_rows=1), within=LOSSY),
    sound(
        "jpeg-wrong-restarts",
        "restart markers all numbered 7: pixels as viewers show them",
        _wrong_restarts,
        shows=None,
    ),
    sound(
        "jpeg-many-segments",
        "20,000 application segments",
        lambda: _behind_start(_segment(0xEB, b"junk") * 20_000),
        within=LOSSY,
    ),
    sound("jpeg-fill-bytes", "1000 fill bytes before a marker", lambda: _behind_start(b"\xff" * 1000), within=LOSSY),
    sound(
        "jpeg-comments", "comments of 130 KB", lambda: _behind_start(*[_segment(0xFE, b"c" * 65_000)] * 2), within=LOSSY
    ),
    sound("jpeg-two-pictures", "a second picture behind the first (MPO)", _two_pictures, within=LOSSY),
    sound(
        "jpeg-sloppy-multi-picture-index",
        "an index of pictures that are not there",
        _sloppy_multi_picture_index,
        within=LOSSY,
    ),
    sound("jpeg-damaged-exif", "EXIF that points nowhere", _damaged_exif, within=LOSSY),
    sound("jpeg-exif-loop", "EXIF whose directory contains itself", _exif_loop, within=LOSSY),
    sound("jpeg-exif-bomb", "EXIF of 80 MB in 65 KB", _exif_bomb, within=LOSSY),
    sound("jpeg-rotated", "EXIF orientation 6", lambda: with_orientation(6), within=LOSSY),
    sound("jpeg-broken-profile", "a profile that is none", lambda: _jpeg(icc_profile=b"no profile" * 20), within=LOSSY),
    sound("jpeg-huge-profile", "a profile of 150 KB of zeros", lambda: _jpeg(icc_profile=bytes(150_000)), within=LOSSY),
    sound("jpeg-profile-in-pieces", "3 of 99 pieces of a profile", _profile_in_pieces, within=LOSSY),
    sound("jpeg-data-behind-its-end", "junk behind the end", lambda: _jpeg() + b"junk" * 100, within=LOSSY),
    sound("jpeg-html", "a page with a script in a comment", _html, within=LOSSY),
    truncated("truncated-jpeg", "two thirds of the file", lambda: _jpeg()[: len(_jpeg()) * 2 // 3]),
    sound("jpeg-cut-at-its-end", "the end marker missing", lambda: _jpeg()[:-2], within=LOSSY),
    sound("jpeg-cut-in-its-end", "half of the end marker missing", lambda: _jpeg()[:-1], within=LOSSY),
    sound("jpeg-padded", "zeros before the end marker", lambda: _jpeg()[:-2] + bytes(4096) + _END, within=LOSSY),
    truncated("jpeg-closed", "half of its data, then the end marker", lambda: _half() + _END),
    truncated(
        "jpeg-closed-with-zeros",
        "zeros for half of its data",
        lambda: _half() + bytes(len(_jpeg()) - len(_half()) - 2) + _END,
    ),
    truncated("jpeg-zeros-to-its-end", "zeros for half of its data, no end", lambda: _half() + bytes(len(_half()))),
    truncated("jpeg-hole", "a hole in its data", lambda: _half() + _jpeg()[len(_half()) + 500 :]),
    truncated("jpeg-lacks-three-bytes", "three bytes less, no end", lambda: _jpeg()[:-5]),
    truncated("jpeg-progressive-closed", "half of its scans, then the end", lambda: _half(progressive=True) + _END),
    truncated(
        "jpeg-progressive-zeros",
        "zeros for half of its scans",
        lambda: _half(progressive=True) + bytes(len(_half(progressive=True))) + _END,
    ),
    truncated(
        "jpeg-restarts-closed", "half of its restarts, then the end", lambda: _half(restart_marker_rows=1) + _END
    ),
    truncated("jpeg-cut-in-a-table", "half of a table", _cut_at(0xDB, behind=20)),
    truncated("jpeg-cut-behind-its-header", "nothing behind the scan's header", _cut_at(0xDA, behind=14)),
    broken("jpeg-cut-before-its-frame", "tables only", _cut_at(0xC0)),
    broken("jpeg-start-only", "four bytes", lambda: b"\xff\xd8\xff\xd9"),
    unusable("jpeg-12-bit", "unsupported-depth", "a depth that few decode", lambda: _frame(bits=12, marker=0xC1)),
    otherwise_compressed("jpeg-lossless", "marked as lossless", lambda: _frame(marker=0xC3)),
    otherwise_compressed("jpeg-hierarchical", "marked as differential", lambda: _frame(marker=0xC5)),
    otherwise_compressed("jpeg-ls", "JPEG-LS", lambda: _frame(marker=0xF7)),
    broken(
        "jpeg-two-components",
        "neither grey nor colour",
        lambda: _jpeg().replace(_START_OF_FRAME + b"\x03", _START_OF_FRAME + b"\x02"),
    ),
    broken("jpeg-no-tables", "no quantisation table", lambda: _without(0xDB)),
    broken(
        "jpeg-broken-tables",
        "Huffman tables of 255 codes a length",
        lambda: _jpeg().replace(b"\xff\xc4\0\x1f\0", b"\xff\xc4\0\x1f\0\xff\xff"),
    ),
    broken(
        "jpeg-two-frames",
        "a second, huge frame header",
        lambda: _behind_start(_segment(0xC0, b"\x08\x20\0\x20\0\x01\x01\x11\0")),
    ),
    broken("jpeg-no-lines", "0 lines, said behind the scan (DNL)", lambda: _frame(size=(WIDTH, 0))),
    broken("jpeg-no-columns", "0 columns", lambda: _frame(size=(0, HEIGHT))),
    unusable("jpeg-many-scans", "too-many-scans", "100 more scans", _many_scans),
    too_large("jpeg-largest", "too-many-pixels", "65,500 squared", lambda: _frame(size=(65_500, 65_500))),
)
