"""A stopped run goes on where it was, and ends in the file that a run without a stop would have written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq
import pytest
from PIL import Image

from models.__main__ import main
from models.predictor import Predictor
from models.scoring_cli.score_rows import COLUMNS
from tests.conftest import Draw
from tests.places import ROOT

NAMES: Final = ("a.png", "b\nline.png", "c.png", "日.png")
Run = Callable[..., int]


@pytest.fixture
def pictures(tmp_path: Path, draw_picture: Draw) -> Path:
    """A folder of small pictures, one of them with a line break in its name, and a broken one."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for seed, name in enumerate(NAMES):
        Image.fromarray(draw_picture(seed)).save(folder / name)
    (folder / "broken.png").write_bytes(b"no picture")
    return folder


@pytest.fixture
def run(whole_checkpoints: Path, pictures: Path) -> Run:
    """The command on that folder."""

    def score(output: Path, *arguments: str, kind: str = "csv") -> int:
        options = ("--checkpoints", str(whole_checkpoints), "--device", "cpu", "--format", kind)
        return main(["score", str(pictures), "--output", str(output), *options, *arguments])

    return score


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that a predictor was asked for, in order."""
    names: list[str] = []
    score = Predictor.score

    def listen(self: Predictor, path: Path) -> object:
        names.append(path.name)
        return score(self, path)

    monkeypatch.setattr(Predictor, "score", listen)
    return names


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_cut_anywhere_is_completed_to_the_same_bytes(
    run: Run, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "scores"
    assert run(output, kind=kind) == 1
    whole = output.read_bytes()
    for cut in {0, 4, 90, len(whole) // 2, whole.rindex("日".encode()) + 1, len(whole) - 1, len(whole)}:
        output.write_bytes(whole[:cut])
        assert run(output, "--resume", kind=kind) == 1
        assert output.read_bytes() == whole
    assert "5 of 5 pictures are in" in capsys.readouterr().err


def test_only_what_is_missing_changed_or_unreadable_is_scored_again(
    run: Run, pictures: Path, tmp_path: Path, scored: list[str], draw_picture: Draw
) -> None:
    output, anew = tmp_path / "scores.csv", tmp_path / "anew.csv"
    run(output)
    Image.fromarray(draw_picture(9)).save(pictures / "aa.png")
    Image.fromarray(draw_picture(8)).save(pictures / "c.png")
    os.utime(pictures / "c.png", (1, 1))
    scored.clear()
    run(output, "--resume")
    assert scored == ["aa.png", "c.png"]
    run(anew)
    assert output.read_bytes() == anew.read_bytes()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_rows_of_another_checkpoint_or_of_pictures_that_are_gone_stay(
    run: Run, pictures: Path, tmp_path: Path, scored: list[str], kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "scores"
    run(output, kind=kind)
    before = output.read_text().splitlines(keepends=True)
    (pictures / "a.png").unlink()
    run(output, "--resume", kind=kind)
    assert sorted(output.read_text().splitlines(keepends=True)) == sorted(before)
    assert "1 rows of other pictures or checkpoints stay in it" in capsys.readouterr().err
    scored.clear()
    run(output, "--resume", "--checkpoint", "no_gmm", kind=kind)
    assert len(scored) == len(NAMES)
    after = output.read_text().splitlines(keepends=True)
    assert all(line in after for line in before)
    run(output, "--resume", kind=kind)
    assert sorted(output.read_text().splitlines(keepends=True)) == sorted(after)


def test_a_score_stays_where_its_named_picture_cannot_be_read_now(
    whole_checkpoints: Path, pictures: Path, tmp_path: Path
) -> None:
    output, picture = tmp_path / "scores.csv", pictures / "a.png"
    command = [
        "score",
        str(picture),
        "--output",
        str(output),
        "--format",
        "csv",
        "--checkpoints",
        str(whole_checkpoints),
    ]
    assert main(command) == 0
    whole = output.read_text()
    picture.rename(tmp_path / "away.png")
    assert main([*command, "--resume"]) == 1
    assert output.read_text().startswith(whole)
    (tmp_path / "away.png").rename(picture)
    assert main([*command, "--resume"]) == 0
    assert output.read_text() == whole


def test_a_file_with_a_byte_order_mark_goes_on_and_keeps_it(run: Run, tmp_path: Path, scored: list[str]) -> None:
    output = tmp_path / "scores.csv"
    run(output, "--byte-order-mark")
    whole = output.read_bytes()
    assert whole.startswith(b"\xef\xbb\xbfpath,")
    scored.clear()
    assert run(output, "--resume") == 1
    assert (output.read_bytes(), scored) == (whole, [])


def test_a_file_with_a_broken_line_in_its_middle_is_not_cut_there(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "scores.csv"
    run(output)
    header, *rows = output.read_text().splitlines(keepends=True)
    broken = "".join([header, 'a"b"c,"x"y\n', *rows])
    output.write_text(broken)
    assert run(output, "--resume") == 2
    assert output.read_text() == broken


def test_a_killed_run_goes_on(run: Run, pictures: Path, whole_checkpoints: Path, tmp_path: Path) -> None:
    output, uninterrupted = tmp_path / "scores.jsonl", tmp_path / "uninterrupted.jsonl"
    options = ["--checkpoints", whole_checkpoints, "--device", "cpu", "--format", "jsonl", "--output", output]
    many = [pictures] * 200  # so that the signal comes in the middle
    command = [sys.executable, "-m", "models", "score", *map(str, [*many, *options])]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    while process.poll() is None and not (output.exists() and output.read_bytes().count(b"\n") > 1):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    num_there = output.read_bytes().count(b"\n")
    assert 1 < num_there < 1000
    run(uninterrupted, kind="jsonl")
    run(output, "--resume", kind="jsonl")
    assert output.read_bytes() == uninterrupted.read_bytes()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "table"])
def test_what_is_there_is_replaced_only_when_asked(
    run: Run, tmp_path: Path, kind: str, scored: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "scores"
    output.write_text("dear diary\n")
    assert run(output, kind=kind) == 2
    assert "which exists: --resume goes on with it, --overwrite replaces it" in capsys.readouterr().err
    assert run(output, "--resume", kind=kind) == 2
    assert output.read_text() == "dear diary\n"
    assert scored == []
    assert run(output, "--overwrite", kind=kind) == 1
    assert b"diary" not in output.read_bytes()


def test_parquet_has_the_same_columns_with_their_types(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "scores.parquet"
    assert run(output, kind="parquet") == 1
    table = pq.read_table(output)
    assert tuple(table.column_names) == COLUMNS
    assert str(table.schema.field("score").type) == "double"
    assert str(table.schema.field("file_bytes").type) == "int64"
    assert str(table.schema.field("file_modified_at").type) == "timestamp[us, tz=UTC]"
    assert [Path(row["path"]).name for row in table.to_pylist() if row["error"] is None] == list(NAMES)
