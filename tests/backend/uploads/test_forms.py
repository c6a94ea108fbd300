"""A form's files are on disk as they were sent, wherever the network cuts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.children.oversize import check_not_too_large
from backend.errors import BatchTooLarge, InvalidBatch, MalformedForm, ServiceError
from backend.uploads.forms import FormFields, FormSpool, SentForm
from models.images import ImageTooLarge

FIELDS = FormFields(frozenset({"checkpoint"}), frozenset({"labels"}))
TYPE = "multipart/form-data; boundary=x"


def part(name: str, data: bytes, *, filename: str | None = None) -> bytes:
    named = "" if filename is None else f'; filename="{filename}"'
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + data + b"\r\n"


def spooled(folder: Path, body: bytes, *, piece_bytes: int = 1000, content_type: str = TYPE) -> SentForm:
    spool = FormSpool(folder, content_type, fields=FIELDS, max_files=3, max_file_bytes=100)
    try:
        for start in range(0, len(body), piece_bytes):
            spool.write(body[start : start + piece_bytes])
        return spool.finish()
    finally:
        spool.close()


END = b"--x--\r\n"
FILE = part("files", b"1", filename="a")
ARCHIVE = part("archive", b"1", filename="a.zip")
TRICKY = b"\r\n--y\r\n--x-\r\n-" + bytes(range(80))


@pytest.mark.parametrize("piece_bytes", [1, 2, 7, 1000])
def test_files_and_checkpoint_come_whole_in_any_pieces(tmp_path: Path, piece_bytes: int) -> None:
    body = (
        part("checkpoint", b" moe ")
        + part("files", TRICKY, filename="照片.jpg")
        + part("files", b"", filename="b")
        + END
    )
    assert spooled(tmp_path, body, piece_bytes=piece_bytes) == SentForm(("照片.jpg", "b"), None, {"checkpoint": "moe"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"0": TRICKY, "1": b""}


def test_the_checkpoint_may_come_last_and_an_archive_may_be_larger_than_a_picture(tmp_path: Path) -> None:
    body = part("archive", bytes(200), filename="../a.zip") + part("checkpoint", b"moe") + END
    assert spooled(tmp_path, body) == SentForm((), "a.zip", {"checkpoint": "moe"})
    assert (tmp_path / "archive").read_bytes() == bytes(200)


def test_a_file_of_another_kind_lies_beside_the_pictures_under_its_field(tmp_path: Path) -> None:
    body = FILE + part("labels", b"image,mos", filename="scores.csv") + part("files", b"2", filename="b") + END
    assert spooled(tmp_path, body) == SentForm(("a", "b"), None, files={"labels": "scores.csv"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "0": b"1",
        "1": b"2",
        "labels": b"image,mos",
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(part("labels", b"a", filename="a") * 2 + END, InvalidBatch, id="two"),
        pytest.param(part("labels", bytes(101), filename="a") + END, BatchTooLarge, id="too large"),
        pytest.param(part("labels", b"a") + END, InvalidBatch, id="no file"),
    ],
)
def test_a_file_of_another_kind_comes_once_and_is_not_too_large(
    tmp_path: Path, body: bytes, error: type[ServiceError]
) -> None:
    with pytest.raises(error):
        spooled(tmp_path, FILE + body)


@pytest.mark.parametrize("piece_bytes", [7, 1000])
def test_of_a_file_that_is_too_large_its_size_is_kept(tmp_path: Path, piece_bytes: int) -> None:
    large = part("files", bytes(101), filename="large.mov")
    body = part("files", b"1", filename="a") + large + part("files", bytes(100), filename="b") + END
    assert spooled(tmp_path, body, piece_bytes=piece_bytes).filenames == ("a", "large.mov", "b")
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == {
        "0": 1,
        "1": 0,
        "1.too-large": 3,
        "2": 100,
    }
    with pytest.raises(ImageTooLarge, match="got 101 bytes, expected at most 100"):
        check_not_too_large(tmp_path, 1, max_bytes=100)
    check_not_too_large(tmp_path, 2, max_bytes=100)


def test_an_archive_may_come_with_the_encoding_of_its_names(tmp_path: Path) -> None:
    body = ARCHIVE + part("names_encoding", b"Shift_JIS") + END
    assert spooled(tmp_path, body) == SentForm((), "a.zip", names_encoding="shift_jis")


def test_fields_that_nobody_filled_are_nothing(tmp_path: Path) -> None:
    body = part("files", b"", filename="") + part("archive", b"", filename="") + part("checkpoint", b"") + END
    assert spooled(tmp_path, body) == SentForm((), None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(FILE, MalformedForm, id="no end"),
        pytest.param(b"", MalformedForm, id="nothing"),
        pytest.param(b"hello" * 50 + END, MalformedForm, id="no form"),
        pytest.param(FILE + ARCHIVE + END, InvalidBatch, id="files and an archive"),
        pytest.param(ARCHIVE + FILE + END, InvalidBatch, id="an archive and files"),
        pytest.param(ARCHIVE + ARCHIVE + END, InvalidBatch, id="two archives"),
        pytest.param(part("files", b"text") + END, InvalidBatch, id="a file without a name"),
        pytest.param(part("file", b"1", filename="a") + END, InvalidBatch, id="a file of another field"),
        pytest.param(part("checkpoint", bytes(5000)) + END, InvalidBatch, id="a long field"),
        pytest.param(ARCHIVE + part("names_encoding", b"klingon") + END, InvalidBatch, id="an unknown encoding"),
        pytest.param(ARCHIVE + part("names_encoding", b"base64") + END, InvalidBatch, id="an encoding of no text"),
        pytest.param(FILE * 4 + END, BatchTooLarge, id="too many files"),
        pytest.param(part("x", b"") * 20 + END, BatchTooLarge, id="too many parts"),
        pytest.param(b'--x\r\nContent-Disposition: form-data; name="' + b"n" * 9999, MalformedForm, id="a long header"),
    ],
)
def test_what_is_no_batch_is_refused(tmp_path: Path, body: bytes, error: type[ServiceError]) -> None:
    with pytest.raises(error, match="expected"):
        spooled(tmp_path, body)


@pytest.mark.parametrize(
    ("content_type", "error"),
    [
        ("", InvalidBatch),
        ("application/json", InvalidBatch),
        ("multipart/form-data", MalformedForm),
        (f"multipart/form-data; boundary={'x' * 999}", MalformedForm),
    ],
)
def test_a_body_of_another_type_is_refused(tmp_path: Path, content_type: str, error: type[ServiceError]) -> None:
    with pytest.raises(error, match="expected"):
        spooled(tmp_path, END, content_type=content_type)
