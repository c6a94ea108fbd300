"""The name of an uploaded file in its part's Content-Disposition, as browsers and as .NET and Spring write it.

RFC 7578 forbids `filename*` in forms, and python-multipart passes over it; some clients send nothing else.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import Final

from python_multipart.multipart import parse_options_header

_EXTENDED: Final = re.compile(rb";\s*filename\*", re.IGNORECASE)
_ENCODED_WORDS: Final = re.compile(r"(=\?[\w-]+\?[BbQq]\?[^?\s]*\?=\s*)+")


def file_name(disposition: bytes) -> str | None:
    """The file name in a part's header: `filename*` where it is there and can be read, or else `filename`."""
    extended = _extended_name(disposition) if _EXTENDED.search(disposition) else None
    if extended is not None:
        return extended
    _, options = parse_options_header(disposition)
    return _decoded_words(text(options[b"filename"])) if b"filename" in options else None


def with_plain_name(disposition: bytes) -> bytes:
    """The same header with its file name as browsers write it; one without a file name as it is."""
    name = file_name(disposition)
    if name is None:
        return disposition
    _, options = parse_options_header(disposition)
    return b'form-data; name="%s"; filename="%s"' % (_quotable(options.get(b"name", b"")), _quotable(name.encode()))


def text(value: bytes) -> str:
    """A header's or a field's bytes as text: UTF-8, or else Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _extended_name(disposition: bytes) -> str | None:
    """RFC 2231 and 5987: percent-encoded bytes after their charset, in one piece or several."""
    message = Message()
    message["content-disposition"] = disposition.decode("latin-1")
    name = message.get_param("filename", header="content-disposition")
    if not isinstance(name, tuple):
        return None
    charset, _, value = name
    try:
        return value.encode("latin-1").decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return value


def _decoded_words(name: str) -> str:
    """RFC 2047: what .NET puts into `filename` beside an extended one, or alone."""
    if not _ENCODED_WORDS.fullmatch(name):
        return name
    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, UnicodeError):
        return name


def _quotable(value: bytes) -> bytes:
    return value.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
