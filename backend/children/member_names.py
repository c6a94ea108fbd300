"""What the entries of a zip are called: most zips do not say in which characters they wrote their names.

A name that is flagged as UTF-8, or whose Unicode path field (Info-ZIP's 0x7075) speaks of it, says so. Otherwise bytes
that are valid UTF-8 are UTF-8 (macOS' Finder sets no flag), and the rest are in the code page of the machine that wrote
them, which nothing tells: the sender's choice, or code page 437, as the format's description has it.
"""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from typing import Final

from backend.errors import InvalidBatch

_UTF8_FLAG: Final = 0x800
_UNICODE_PATH: Final = 0x7075
_FIELD_HEADER: Final = struct.Struct("<HH")
_UNICODE_PATH_HEADER: Final = struct.Struct("<BL")
_DEFAULT: Final = "cp437"
_WRITTEN_BY_DOS: Final = 0
_ENCODING_NAME: Final = re.compile(r"[A-Za-z0-9._:-]{1,40}")


def known_encoding(name: str) -> str:
    """The encoding of text that a sender names; raises `InvalidBatch` for none that is known."""
    try:
        if _ENCODING_NAME.fullmatch(name) and codecs.lookup(name)._is_text_encoding:
            return codecs.lookup(name).name
    except LookupError:
        pass
    raise InvalidBatch(f"got names_encoding {name[:40]!r}, expected one such as cp932, gbk, big5 or utf-8")


def member_name(info: zipfile.ZipInfo, *, encoding: str | None) -> str:
    """The path of an entry, with `/` between its folders; `encoding` is that of names that do not say theirs."""
    if info.flag_bits & _UTF8_FLAG:
        return _with_slashes(info, info.orig_filename)
    data = info.orig_filename.encode(_DEFAULT)  # the bytes, as zipfile read them
    name = _unicode_path(info.extra, data) or _read_as("utf-8", data) or (encoding and _read_as(encoding, data))
    if name:
        return _with_slashes(info, name)
    return info.orig_filename  # half of a character of cp932 may look like a backslash, which then separates nothing


def _with_slashes(info: zipfile.ZipInfo, name: str) -> str:
    """Some writers of Windows separate folders by backslashes, which are letters of a name elsewhere."""
    return name.replace("\\", "/") if info.create_system == _WRITTEN_BY_DOS and "/" not in name else name


def _read_as(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unicode_path(extra: bytes, name: bytes) -> str | None:
    """The name in an Info-ZIP Unicode path field, unless another program has changed the plain one since."""
    while len(extra) >= _FIELD_HEADER.size:
        kind, num_bytes = _FIELD_HEADER.unpack_from(extra)
        field = extra[_FIELD_HEADER.size : _FIELD_HEADER.size + num_bytes]
        extra = extra[_FIELD_HEADER.size + num_bytes :]
        if kind == _UNICODE_PATH and len(field) > _UNICODE_PATH_HEADER.size:
            version, checksum = _UNICODE_PATH_HEADER.unpack_from(field)
            if version == 1 and checksum == zlib.crc32(name):
                return _read_as("utf-8", field[_UNICODE_PATH_HEADER.size :])
    return None
