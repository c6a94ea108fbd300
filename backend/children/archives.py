"""Zip archives from strangers: checked before anything is unpacked, and held to what they stated while it is.

Runs in a decode child, so it raises what travels through a pipe and imports no web framework. Members are written
under numbers: their names are text, never paths.
"""

from __future__ import annotations

import errno
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal

from backend.children.member_names import member_name
from backend.children.oversize import note_too_large
from backend.errors import BatchTooLarge, BrokenArchive, EmptyBatch, UnsupportedArchive
from backend.filenames import display_path, sent_path
from models.images.folders import is_litter

MAX_DIRECTORY_BYTES: Final = 8 * 1024**2
"""Largest central directory: zipfile reads it in one piece. 2,000 pictures and what macOS adds take 1 MiB."""
MAX_RATIO: Final = 200
"""How much larger than the archive its content may be in total, beyond `MODEST_BYTES`."""
MODEST_BYTES: Final = 64 * 1024**2

_CHUNK_BYTES: Final = 256 * 1024
_LOCAL_HEADER_BYTES: Final = 30
_LOCAL_HEADER: Final = b"PK\x03\x04"
_END_RECORD: Final = b"PK\x05\x06"
_END_RECORD_BYTES: Final = 22
_MAX_COMMENT_BYTES: Final = 2**16 - 1
_NO_DISK: Final = 0xFFFF
"""Stands for a number that lies in the zip64 record instead."""
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_READING_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,  # UnicodeDecodeError among them
    LookupError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile raises at damaged files, as far as fuzzing it showed."""


SkipReason = Literal["hidden-file", "system-file"]


@dataclass(frozen=True)
class ArchiveLimits:
    """What an archive may hold: pictures, bytes of one, and bytes of all when unpacked."""

    max_files: int
    max_file_bytes: int
    max_unpacked_bytes: int


@dataclass(frozen=True)
class Member:
    """A file in an archive: its path as the sender wrote it, and its bytes when unpacked."""

    name: str
    size_bytes: int


@dataclass(frozen=True)
class Skipped:
    """A file in an archive that is nobody's picture, and why."""

    name: str
    reason: SkipReason


@dataclass(frozen=True)
class Listing:
    """What an archive holds, in its order: the files that become items, and those that do not; folders are neither."""

    members: tuple[Member, ...]
    skipped: tuple[Skipped, ...] = ()


def list_members(archive: Path, *, limits: ArchiveLimits, encoding: str | None = None) -> Listing:
    """The files that an archive says it holds when it keeps to every limit.

    `encoding` is that of names that do not say theirs. Raises `UnsupportedArchive`, `BrokenArchive`, `BatchTooLarge`
    and `EmptyBatch`.
    """
    with _opened(archive) as (opened, size_bytes):
        contents = _checked(opened, size_bytes, limits, encoding)
        members = tuple(Member(sent_path(entry.name), entry.info.file_size) for entry in contents.wanted)
        return Listing(members, contents.skipped)


def unpack(archive: Path, folder: Path, *, limits: ArchiveLimits, encoding: str | None = None) -> None:
    """Write every member of `list_members` to a folder, each under its number from 0; raises as that does.

    Of a member that is larger than one may be there is a note of its size instead.
    """
    with _opened(archive) as (opened, size_bytes):
        for position, entry in enumerate(_checked(opened, size_bytes, limits, encoding).wanted):
            if entry.info.file_size > limits.max_file_bytes:
                note_too_large(folder, position, entry.info.file_size)
                continue
            with opened.open(entry.info) as packed, (folder / str(position)).open("xb") as file:
                _copy(packed, file, entry)


@contextmanager
def _opened(archive: Path) -> Iterator[tuple[zipfile.ZipFile, int]]:
    with _BoundedReads(archive) as file:
        _check_kind(file)
        try:
            with zipfile.ZipFile(file) as opened:
                yield opened, archive.stat().st_size
        except _READING_ERRORS as error:
            raise BrokenArchive("got a zip that is damaged, expected one that unpacks") from error
        except OSError as error:
            if error.errno != errno.EINVAL:  # a place before the file's start
                raise
            raise BrokenArchive("got a zip that points outside itself, expected one that unpacks") from error


class _BoundedReads(io.FileIO):
    """A file of which nobody reads more at once than the largest central directory."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = MAX_DIRECTORY_BYTES + 1 if size is None or size < 0 else size
        if wanted > MAX_DIRECTORY_BYTES + 1:
            raise _directory_too_large()
        data = super().read(wanted) or b""
        if len(data) > MAX_DIRECTORY_BYTES:
            raise _directory_too_large()
        return data


def _directory_too_large() -> BatchTooLarge:
    return BatchTooLarge(
        f"got a zip whose list of files is larger than {MAX_DIRECTORY_BYTES:,} bytes, expected fewer files"
    )


def _check_kind(file: IO[bytes]) -> None:
    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(max(0, size_bytes - _END_RECORD_BYTES - _MAX_COMMENT_BYTES))
    tail = file.read()
    start = tail.rfind(_END_RECORD)
    file.seek(0)
    if start < 0 and file.read(len(_LOCAL_HEADER)) == _LOCAL_HEADER:
        raise BrokenArchive("got a zip without its end, expected a complete one")
    if start < 0:
        raise UnsupportedArchive("got an archive that is not a zip, expected a zip")
    disk = tail[start + 4 : start + 6]
    if disk not in {b"\0\0", _NO_DISK.to_bytes(2, "little")}:
        raise UnsupportedArchive("got a zip in several files, expected one file")


@dataclass(frozen=True)
class _Entry:
    info: zipfile.ZipInfo
    name: str


@dataclass(frozen=True)
class _Contents:
    wanted: list[_Entry]
    skipped: tuple[Skipped, ...]


def _checked(opened: zipfile.ZipFile, size_bytes: int, limits: ArchiveLimits, encoding: str | None) -> _Contents:
    files = [_Entry(info, member_name(info, encoding=encoding)) for info in opened.infolist() if not _is_folder(info)]
    for entry in files:
        _check_inside(entry)
    skipped = tuple(Skipped(sent_path(entry.name), reason) for entry in files if (reason := _skip_reason(entry.name)))
    wanted = [entry for entry in files if not _skip_reason(entry.name)]
    if not wanted:
        beside = f" ({len(skipped):,} files of systems, or hidden ones)" if skipped else ""
        raise EmptyBatch(f"got a zip without a picture{beside}, expected one or more")
    if len(wanted) > limits.max_files:
        raise BatchTooLarge(f"got {len(wanted):,} files, expected at most {limits.max_files:,}")
    for entry in wanted:
        _check_member(entry)
    sizes = (entry.info.file_size for entry in wanted)
    _check_total(sum(size for size in sizes if size <= limits.max_file_bytes), size_bytes, limits)
    _check_apart(opened)
    return _Contents(wanted, skipped)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith("/") or (info.filename.endswith("\\") and not info.file_size)


def _skip_reason(name: str) -> SkipReason | None:
    """Why an entry is no picture of anybody's: systems leave such files in folders."""
    parts = PurePosixPath(name).parts
    if any(is_litter(part) for part in parts):
        return "system-file"
    if any(part.startswith(".") and part not in {".", ".."} for part in parts):
        return "hidden-file"
    return None


def _check_inside(entry: _Entry) -> None:
    parts = PurePosixPath(entry.name.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0] == "/" or _DRIVE.match(parts[0]):
        name = display_path(entry.name)
        raise BrokenArchive(f"got a file that would lie outside the archive ({name!r}), expected paths inside")


def _check_member(entry: _Entry) -> None:
    info, name = entry.info, display_path(entry.name)
    if info.flag_bits & _ENCRYPTED:
        raise UnsupportedArchive(f"got an encrypted file ({name!r}), expected a zip without a password")
    if info.compress_type not in _METHODS:
        raise UnsupportedArchive(f"got a file ({name!r}) packed by another method than deflate, expected that")
    if info.volume != 0:
        raise UnsupportedArchive("got a zip in several files, expected one file")


def _check_total(unpacked_bytes: int, size_bytes: int, limits: ArchiveLimits) -> None:
    if unpacked_bytes > limits.max_unpacked_bytes:
        raise BatchTooLarge(
            f"got a zip that unpacks to {unpacked_bytes:,} bytes, expected at most {limits.max_unpacked_bytes:,}"
        )
    if unpacked_bytes > max(MODEST_BYTES, MAX_RATIO * size_bytes):
        raise BatchTooLarge(
            f"got a zip of {size_bytes:,} bytes that unpacks to {unpacked_bytes:,}, "
            f"expected at most {MAX_RATIO} times its size"
        )


def _check_apart(opened: zipfile.ZipFile) -> None:
    # Entries that share their packed bytes make a small archive large.
    places = sorted((info.header_offset, info.compress_size) for info in opened.infolist())
    starts = [*(start for start, _ in places), opened.start_dir]
    for (start, packed_bytes), (_, following) in zip(places, pairwise(starts), strict=True):
        if start < 0 or start + _LOCAL_HEADER_BYTES + packed_bytes > following:
            raise BrokenArchive("got a zip whose files overlap, expected them one after the other")


def _copy(packed: IO[bytes], file: IO[bytes], entry: _Entry) -> None:
    written, stated = 0, entry.info.file_size
    while chunk := packed.read(_CHUNK_BYTES):
        written += len(chunk)
        if written > stated:
            break
        file.write(chunk)
    if written != stated:
        raise BrokenArchive(
            f"got a file with other than the {stated:,} bytes that its zip states "
            f"({display_path(entry.name)!r}), expected as many"
        )
