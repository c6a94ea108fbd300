"""Static files are compressed once, under a name that says of what, and sent to whoever can read them."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import brotli
import httpx
import pytest

from backend.pages.__main__ import main
from backend.pages.compression import COMPRESSED_FOLDER, best_coding, compress, compressed_forms
from backend.pages.static_files import IMMUTABLE, StaticTree
from backend.settings import Settings
from tests.backend.fakes import BASE_URL, Studio, running_studio

SCRIPT = b"export const answer = 42; // " + b"again and again, " * 200
NOISE = hashlib.shake_256(b"noise").digest(5000)
SCRIPT_NAME = "js/score.js"


@pytest.fixture
def compressed_dir(frontend_dir: Path) -> Path:
    """A frontend whose files were compressed."""
    (frontend_dir / "static" / SCRIPT_NAME).write_bytes(SCRIPT)
    (frontend_dir / "static/noise.txt").write_bytes(NOISE)
    compress(frontend_dir)
    return frontend_dir / COMPRESSED_FOLDER


def forms_of(folder: Path, content: bytes) -> dict[str, Path]:
    return compressed_forms(folder, hashlib.sha256(content).hexdigest())


class TestCompress:
    def test_each_form_gives_the_file_back(self, compressed_dir: Path) -> None:
        forms = forms_of(compressed_dir, SCRIPT)
        assert list(forms) == ["br", "gzip"]
        assert brotli.decompress(forms["br"].read_bytes()) == SCRIPT
        assert gzip.decompress(forms["gzip"].read_bytes()) == SCRIPT

    def test_what_does_not_shrink_stays_as_it_is(self, compressed_dir: Path) -> None:
        assert forms_of(compressed_dir, NOISE) == {}

    def test_a_second_time_nothing_is_written(self, frontend_dir: Path, compressed_dir: Path) -> None:
        before = {path: path.stat().st_mtime_ns for path in compressed_dir.iterdir()}
        compress(frontend_dir)
        assert {path: path.stat().st_mtime_ns for path in compressed_dir.iterdir()} == before

    def test_what_is_of_an_older_release_goes(
        self, frontend_dir: Path, compressed_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (frontend_dir / "static" / SCRIPT_NAME).write_bytes(SCRIPT * 2)
        assert main([str(frontend_dir)]) == 0
        assert forms_of(compressed_dir, SCRIPT) == {}
        assert len(forms_of(compressed_dir, SCRIPT * 2)) == 2
        assert capsys.readouterr().out == f"{len(list(compressed_dir.iterdir()))} compressed files\n"


class TestBestCoding:
    @pytest.mark.parametrize(
        ("accepted", "best"),
        [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, deflate", "gzip"),
            ("GZIP", "gzip"),
            ("br;q=0.5, gzip;q=0.8", "gzip"),
            ("br;q=0, *", "gzip"),
            ("*;q=0.1", "br"),
            ("", None),
            ("deflate, zstd", None),
            ("identity", None),
            ("gzip;q=0.2, identity;q=0.5", None),
            ("br;q=0, gzip;q=0", None),
            ("br;q=much, gzip;level=9", None),
            (",,;;q=,", None),
        ],
    )
    def test_of_what_is_wanted_most_the_smallest(self, accepted: str, best: str | None) -> None:
        assert best_coding(accepted, ["br", "gzip"]) == best

    def test_a_file_without_other_forms_is_sent_as_it_is(self) -> None:
        assert best_coding("br", []) is None


@pytest.mark.anyio
@pytest.mark.usefixtures("compressed_dir")
class TestAnswers:
    async def test_each_browser_gets_what_it_can_read_for_ever(self, settings: Settings) -> None:
        async with running_studio(settings) as studio:
            answers = {coding: await sent(studio, coding) for coding in ("br", "gzip", "identity")}
        for coding, answer in answers.items():
            assert answer.content == SCRIPT
            assert answer.headers.get("content-encoding", "identity") == coding
            assert answer.headers["cache-control"] == IMMUTABLE
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["content-type"].startswith("text/javascript")
        lengths = {coding: int(answer.headers["content-length"]) for coding, answer in answers.items()}
        assert lengths["br"] < lengths["gzip"] < lengths["identity"] == len(SCRIPT)
        assert len({answer.headers["etag"] for answer in answers.values()}) == 3

    async def test_what_a_browser_has_is_confirmed_in_its_form_alone(self, settings: Settings) -> None:
        async with running_studio(settings) as studio:
            etag = (await sent(studio, "br")).headers["etag"]
            same, other = [await sent(studio, coding, **{"If-None-Match": etag}) for coding in ("br", "gzip")]
        assert (same.status_code, same.content) == (304, b"")
        assert (same.headers["etag"], same.headers["vary"]) == (etag, "Accept-Encoding")
        assert other.status_code == 200

    async def test_a_head_says_the_same(self, settings: Settings) -> None:
        async with running_studio(settings) as studio:
            address = url(studio)
            headers = {"Accept-Encoding": "br"}
            head, got = [await studio.client.request(kind, address, headers=headers) for kind in ("HEAD", "GET")]
            assert [head.headers[name] for name in ("etag", "content-encoding", "content-length")] == [
                got.headers[name] for name in ("etag", "content-encoding", "content-length")
            ]


@pytest.mark.anyio
async def test_without_that_step_of_set_up_files_are_sent_as_they_are(studio: Studio) -> None:
    answer = await sent(studio, "br")
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers


def url(studio: Studio) -> str:
    tree: StaticTree = studio.services.static
    return f"{BASE_URL}{tree.url(SCRIPT_NAME)}"


async def sent(studio: Studio, coding: str, **headers: str) -> httpx.Response:
    return await studio.client.get(url(studio), headers={"Accept-Encoding": coding, **headers})
