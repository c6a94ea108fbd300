"""No zip makes the service write more than it stated, elsewhere than it should, or for longer than it may."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from backend.children import archives
from backend.children.archives import ArchiveLimits, Listing, Member, Skipped, list_members, unpack
from backend.children.pool import DecodePool
from backend.errors import BatchTooLarge, BrokenArchive, EmptyBatch, ServiceError, UnsupportedArchive
from tests.backend.fakes import zip_of

LIMITS = ArchiveLimits(max_files=10, max_file_bytes=100_000, max_unpacked_bytes=300_000)
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def write(folder: Path, data: bytes) -> Path:
    archive = folder / "archive"
    archive.write_bytes(data)
    return archive


def names(folder: Path, data: bytes, *, encoding: str | None = None) -> list[str]:
    return [member.name for member in list_members(write(folder, data), limits=LIMITS, encoding=encoding).members]


def test_members_come_out_under_their_numbers_as_they_went_in(tmp_path: Path) -> None:
    archive = write(tmp_path, zip_of({"a/one.png": b"first", "照片.jpg": b"second" * 1000, "empty.png": b""}))
    members = list_members(archive, limits=LIMITS).members
    assert members == (Member("a/one.png", 5), Member("照片.jpg", 6000), Member("empty.png", 0))
    unpack(archive, tmp_path, limits=LIMITS)
    assert [(tmp_path / str(place)).read_bytes() for place in range(3)] == [b"first", b"second" * 1000, b""]


def test_what_systems_leave_in_folders_is_no_picture(tmp_path: Path) -> None:
    litter = ("a/", "a\\", "__MACOSX/a/._one.png", "a/.DS_Store", "a/Thumbs.db", ".hidden/one.png", "desktop.ini")
    listing = list_members(write(tmp_path, zip_of({**dict.fromkeys(litter, b""), "a/one.png": b"1"})), limits=LIMITS)
    assert listing.members == (Member("a/one.png", 1),)
    assert listing.skipped == (
        Skipped("__MACOSX/a/._one.png", "system-file"),
        Skipped("a/.DS_Store", "system-file"),
        Skipped("a/Thumbs.db", "system-file"),
        Skipped(".hidden/one.png", "hidden-file"),
        Skipped("desktop.ini", "system-file"),
    )
    with pytest.raises(EmptyBatch, match="5 files of systems, or hidden ones"):
        names(tmp_path, zip_of(dict.fromkeys(litter, b"")))


def test_an_archive_in_an_archive_is_a_file_like_any_other(tmp_path: Path) -> None:
    inner = zip_of({"bomb.png": bytes(50_000)})
    archive = write(tmp_path, zip_of({"inner.zip": inner}))
    unpack(archive, tmp_path, limits=LIMITS)
    assert (tmp_path / "0").read_bytes() == inner


@pytest.mark.parametrize("name", ["../a.png", "a/../../b.png", "/etc/a.png", "C:\\a.png", "..\\a.png", "c:a.png", "."])
def test_a_path_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenArchive):
        names(tmp_path, zip_of({name: b"1"}))


def test_names_are_kept_as_they_are_but_for_what_no_text_may_have(tmp_path: Path) -> None:
    assert names(tmp_path, zip_of({"a/ b  c\u200d\n.png": b"1"})) == ["a/ b  c\u200d\\u000a.png"]


def named_by_bytes(name: bytes, *, made_by: int = 0, extra: bytes = b"") -> bytes:
    """An archive of one file whose name is exactly these bytes, without the flag of UTF-8."""
    local = struct.pack("<4s5H3I2H", LOCAL, 20, 0, 0, 0, 0x5A21, zlib.crc32(b"1"), 1, 1, len(name), len(extra))
    central = struct.pack(
        *("<4s6H3I5H2I", CENTRAL, 20 | made_by << 8, 20, 0, 0, 0, 0x5A21, zlib.crc32(b"1"), 1, 1, len(name)),
        *(len(extra), 0, 0, 0, 0x20, 0),
    )
    packed, directory = local + name + extra + b"1", central + name + extra
    return packed + directory + struct.pack("<4s4H2IH", END, 0, 0, 1, 1, len(directory), len(packed), 0)


def unicode_path(name: str, *, of: bytes, version: int = 1) -> bytes:
    text = name.encode()
    return struct.pack("<HHBI", 0x7075, 5 + len(text), version, zlib.crc32(of)) + text


GBK, CP932 = "风景.jpg".encode("gbk"), "予定表.jpg".encode("cp932")


@pytest.mark.parametrize(
    ("data", "encoding", "name"),
    [
        pytest.param(named_by_bytes("cafe\u0301/é.jpg".encode(), made_by=3), None, "cafe\u0301/é.jpg", id="macOS"),
        pytest.param(named_by_bytes(GBK, extra=unicode_path("风景.jpg", of=GBK)), None, "风景.jpg", id="0x7075"),
        pytest.param(
            named_by_bytes(GBK, extra=b"\x0a\0\2\0ab" + unicode_path("风景.jpg", of=GBK)),
            *(None, "风景.jpg"),
            id="0x7075 after another field",
        ),
        pytest.param(
            named_by_bytes(GBK, extra=unicode_path("old.jpg", of=b"old.jpg")), "gbk", "风景.jpg", id="0x7075 of another"
        ),
        pytest.param(named_by_bytes(CP932), "cp932", "予定表.jpg", id="Japanese Windows, said"),
        pytest.param(named_by_bytes(CP932), None, CP932.decode("cp437"), id="Japanese Windows, not said"),
        pytest.param(named_by_bytes("性能.jpg".encode("big5")), "big5", "性能.jpg", id="Taiwan, said"),
        pytest.param(named_by_bytes(b"\x81.jpg"), "cp932", "ü.jpg", id="not of the encoding said"),
        pytest.param(named_by_bytes(b"trip\\a.jpg"), None, "trip/a.jpg", id="folders as Windows has them"),
        pytest.param(named_by_bytes(b"a\\b.jpg", made_by=3), None, "a\\b.jpg", id="a backslash of Linux"),
        pytest.param(zip_of({"风景.jpg": b"1"}), "cp932", "风景.jpg", id="said to be UTF-8"),
    ],
)
def test_a_name_is_read_as_its_writer_meant_it(tmp_path: Path, data: bytes, encoding: str | None, name: str) -> None:
    assert names(tmp_path, data, encoding=encoding) == [name]
    unpack(write(tmp_path, data), tmp_path, limits=LIMITS, encoding=encoding)
    assert (tmp_path / "0").read_bytes() == b"1"


def test_a_file_that_is_too_large_keeps_its_place(tmp_path: Path) -> None:
    archive = write(tmp_path, zip_of({"a.png": b"1", "b.mov": bytes(100_001), "c.png": b"2"}))
    assert [member.size_bytes for member in list_members(archive, limits=LIMITS).members] == [1, 100_001, 1]
    unpack(archive, tmp_path, limits=LIMITS)
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "0", "1.too-large", "2"}


def patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """The archive with bytes replaced at an offset from its last record of a kind."""
    place = data.rindex(signature) + offset
    return data[:place] + value + data[place + len(value) :]


def stated_size(data: bytes, num_bytes: int) -> bytes:
    size = struct.pack("<I", num_bytes)
    return patched(patched(data, CENTRAL, 24, size), LOCAL, 22, size)


def sharing_entries(count: int) -> bytes:
    """Many entries in the directory of one packed file."""
    data = zip_of({"a.png": bytes(50_000)})
    start, end = data.index(CENTRAL), data.index(END)
    directory = data[start:end] * count
    record = END + struct.pack("<4H2IH", 0, 0, *[min(count, 0xFFFF)] * 2, len(directory), start, 0)
    return data[:start] + directory + record


ONE = zip_of({"a.png": b"0123456789" * 100})
FLAT = bytes(90_000)
HOSTILE: dict[str, tuple[Callable[[], bytes], type[ServiceError]]] = {
    "too many files": (lambda: zip_of({f"{n}.png": b"1" for n in range(11)}), BatchTooLarge),
    "too large together": (lambda: zip_of({f"{n}.png": FLAT for n in range(4)}), BatchTooLarge),
    "more than was stated": (lambda: stated_size(ONE, 10), BrokenArchive),
    "less than was stated": (lambda: stated_size(ONE, 5000), BrokenArchive),
    "a checksum that is not its own": (lambda: patched(ONE, CENTRAL, 16, b"\1\2\3\4"), BrokenArchive),
    "an entry that overlaps": (lambda: sharing_entries(2), BrokenArchive),
    "encrypted": (lambda: patched(ONE, CENTRAL, 8, b"\1\0"), UnsupportedArchive),
    "packed by another method": (lambda: patched(ONE, CENTRAL, 10, b"\x0e\0"), UnsupportedArchive),
    "the last of several files": (lambda: patched(ONE, END, 4, b"\2\0"), UnsupportedArchive),
    "an entry in another file": (lambda: patched(ONE, CENTRAL, 34, b"\1\0"), UnsupportedArchive),
    "no name": (lambda: patched(zip_of({"a": b"1"}), CENTRAL, 46, b"\0"), BrokenArchive),
    "a name of no alphabet": (
        lambda: patched(patched(ONE, CENTRAL, 8, b"\0\x08"), CENTRAL, 46, b"\xff\xfe"),
        BrokenArchive,
    ),
    "truncated": (lambda: ONE[:-30], BrokenArchive),
    "truncated within its packed bytes": (lambda: ONE[:40], BrokenArchive),
    "a directory that begins before the file": (lambda: patched(ONE, END, 12, b"\xff\xff\0\0"), BrokenArchive),
    "a larger directory than may be read": (lambda: sharing_entries(200_000), BatchTooLarge),
    "empty": (lambda: zip_of({}), EmptyBatch),
    "nothing": (lambda: b"", UnsupportedArchive),
    "not a zip": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), UnsupportedArchive),
    "another kind of archive": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(1000), UnsupportedArchive),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_under_its_name(tmp_path: Path, name: str) -> None:
    make, error = HOSTILE[name]
    archive = write(tmp_path, make())
    with pytest.raises(error, match="expected"):
        unpack(archive, tmp_path, limits=LIMITS)
    assert sum(path.stat().st_size for path in tmp_path.iterdir() if path != archive) <= LIMITS.max_file_bytes


def test_a_small_archive_of_much_is_refused_by_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zip_of({f"{n}.png": FLAT for n in range(3)})
    assert len(names(tmp_path, bomb)) == 3
    monkeypatch.setattr(archives, "MODEST_BYTES", 1000)
    with pytest.raises(BatchTooLarge, match="times its size"):
        names(tmp_path, bomb)


def test_any_changed_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    whole = zip_of({"a.png": b"0123456789", "b.png": bytes(2000)})
    for place in range(len(whole)):
        archive = write(tmp_path, whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        folder = tmp_path / str(place)
        folder.mkdir()
        with suppress(BatchTooLarge, UnsupportedArchive, BrokenArchive, EmptyBatch):
            unpack(archive, folder, limits=LIMITS)
        assert sum(path.stat().st_size for path in folder.iterdir()) <= LIMITS.max_unpacked_bytes


def test_a_comment_and_bytes_in_front_do_no_harm(tmp_path: Path) -> None:
    buffer = io.BytesIO(b"#!/bin/sh\n")
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("a.png", b"1")
        archive.comment = b"c" * 60_000
    assert names(tmp_path, buffer.getvalue()) == ["a.png"]


@pytest.mark.anyio
async def test_a_child_unpacks_and_its_refusals_come_through(tmp_path: Path) -> None:
    pool = DecodePool(children=1)
    pool.start()
    try:
        archive = write(tmp_path, zip_of({"a.png": b"first"}))
        assert await pool.list_archive(archive, limits=LIMITS) == Listing((Member("a.png", 5),))
        await pool.unpack_archive(archive, tmp_path, limits=LIMITS)
        assert (tmp_path / "0").read_bytes() == b"first"
        with pytest.raises(FileExistsError):
            await pool.unpack_archive(archive, tmp_path, limits=LIMITS)
        with pytest.raises(UnsupportedArchive, match="not a zip"):
            await pool.list_archive(write(tmp_path, b"hello"), limits=LIMITS)
    finally:
        pool.close()
