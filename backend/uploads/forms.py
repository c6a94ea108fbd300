"""The form that brings many pictures, written to disk while it comes.

Starlette's form parser would hold small files in memory and put large ones into `/tmp`, which is memory in the
container.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from backend.children.member_names import known_encoding
from backend.children.oversize import note_too_large
from backend.errors import BatchTooLarge, InvalidBatch, MalformedForm
from backend.filenames import sent_name, sent_path
from backend.routing.dispositions import file_name, text
from backend.uploads.inputs import ARCHIVE_NAME

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MAX_FIELD_BYTES: Final = 4096
_MAX_PARTS_BESIDE: Final = 16
"""Parts that a form may have beside its files."""
_PICTURE_FIELDS: Final = frozenset({"files", "archive"})
_NAMES_ENCODING: Final = "names_encoding"


@dataclass(frozen=True)
class FormFields:
    """What a form may have beside pictures: short texts, and files of other kinds, one of each."""

    texts: frozenset[str]
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SentForm:
    """What a form brought: the names of its pictures, in order, or of its archive, and what came beside them.

    `names_encoding` is that of an archive's names that do not say theirs. `files` has the name of each file that is no
    picture by its field, which is its name on disk.
    """

    filenames: tuple[str, ...]
    archive: str | None
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    names_encoding: str | None = None


@dataclass
class _Part:
    """A part of the form as it comes: a file on disk, or a short text."""

    name: str = ""
    filename: str | None = None
    file: IO[bytes] | None = None
    num_bytes: int = 0
    text: bytearray | None = None


class FormSpool:
    """Takes a multipart body piece by piece and writes its pictures to a folder, numbered from 0 as they come.

    Blocking: call it in a thread. Raises `MalformedForm`, `InvalidBatch` and `BatchTooLarge`, and `OSError` where
    the disk is full.
    """

    def __init__(
        self, folder: Path, content_type: str, *, fields: FormFields, max_files: int, max_file_bytes: int
    ) -> None:
        self._folder = folder
        self._fields = fields
        self._max_files = max_files
        self._max_file_bytes = max_file_bytes
        self._filenames: list[str] = []
        self._archive: str | None = None
        self._texts: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._num_parts = 0
        self._is_complete = False
        self._part = _Part()
        self._header = b""
        self._value = b""
        self._parser = _parser(
            content_type,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._add_to_header,
                "on_header_value": self._add_to_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._open_part,
                "on_part_data": self._add_to_part,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    def write(self, data: bytes) -> None:
        """Take the next piece."""
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise MalformedForm("got a multipart body that cannot be read, expected a form") from error

    def finish(self) -> SentForm:
        """What came, after the last piece."""
        if not self._is_complete:
            raise MalformedForm("got a multipart body without its end, expected a whole form")
        texts = dict(self._texts)
        encoding = texts.pop(_NAMES_ENCODING, None)
        return SentForm(
            tuple(self._filenames),
            self._archive,
            texts,
            dict(self._files),
            None if encoding is None else known_encoding(encoding),
        )

    def close(self) -> None:
        """Close a file that is not complete."""
        if self._part.file is not None:
            self._part.file.close()

    def _begin_part(self) -> None:
        self._num_parts += 1
        if self._num_parts > self._max_files + _MAX_PARTS_BESIDE:
            raise BatchTooLarge(f"got more than {self._max_files:,} files, expected at most as many")
        self._part = _Part()

    def _add_to_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _add_to_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._part.name = text(options.get(b"name", b""))
            self._part.filename = file_name(self._value)
        self._header = self._value = b""

    def _open_part(self) -> None:
        part, file_fields = self._part, _PICTURE_FIELDS | self._fields.files
        if part.filename is None and part.name not in file_fields:
            part.text = bytearray()
            return
        if part.name not in file_fields or part.filename is None:
            raise InvalidBatch(f"got a part {part.name!r}, expected files under `files`, or one under `archive`")
        if part.name in self._files:
            raise InvalidBatch(f"got a second file under `{part.name}`, expected one")
        part.file = (self._folder / self._place(part.name)).open("wb")

    def _place(self, name: str) -> str:
        match name:
            case "archive":
                return ARCHIVE_NAME
            case "files":
                return str(len(self._filenames))
            case _:
                return name

    def _add_to_part(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        part.num_bytes += end - start
        if part.file is not None:
            if not self._is_too_large(part):
                part.file.write(memoryview(data)[start:end])
            elif part.file.tell():
                part.file.seek(0)
                part.file.truncate()
        elif part.text is not None:
            if part.num_bytes > _MAX_FIELD_BYTES:
                raise InvalidBatch(f"got a field of more than {_MAX_FIELD_BYTES} bytes, expected a short text")
            part.text += data[start:end]

    def _end_part(self) -> None:
        part = self._part
        if part.file is not None:
            part.file.close()
            if part.filename or part.num_bytes:
                self._note_file(part)
            else:  # a form's field that nobody filled
                Path(part.file.name).unlink()
        elif part.text is not None and self._is_known_text(part.name) and (value := text(bytes(part.text)).strip()):
            self._texts[part.name] = value

    def _is_known_text(self, name: str) -> bool:
        return name == _NAMES_ENCODING or name in self._fields.texts

    def _is_too_large(self, part: _Part) -> bool:
        return part.name != "archive" and part.num_bytes > self._max_file_bytes

    def _note_file(self, part: _Part) -> None:
        if part.name in self._fields.files:
            if self._is_too_large(part):
                got = f"got {part.num_bytes:,} bytes under `{part.name}`"
                raise BatchTooLarge(f"{got}, expected at most {self._max_file_bytes:,}")
            self._files[part.name] = sent_name(part.filename)
            return
        if self._archive is not None or (part.name == "archive" and self._filenames):
            raise InvalidBatch("got an archive and something beside it, expected one archive, or files")
        if part.name == "archive":
            self._archive = sent_name(part.filename)
            return
        if self._is_too_large(part):
            note_too_large(self._folder, len(self._filenames), part.num_bytes)
        self._filenames.append(sent_path(part.filename))
        if len(self._filenames) > self._max_files:
            raise BatchTooLarge(f"got more than {self._max_files:,} files, expected at most as many")

    def _end(self) -> None:
        self._is_complete = True


def _parser(content_type: str, callbacks: MultipartCallbacks) -> MultipartParser:
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise InvalidBatch("got a body of another type, expected multipart/form-data")
    if not options.get(b"boundary"):
        raise MalformedForm("got a form without a boundary, expected one")
    try:
        return MultipartParser(options[b"boundary"], callbacks)
    except FormParserError as error:
        raise MalformedForm("got a form with a boundary that is too long, expected a shorter one") from error
