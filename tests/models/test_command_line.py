"""`python -m models`: data on stdout, a broken file is a row with its error, and the exit code says what happened."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from models.__main__ import find_pictures, main
from models.checkpoints.manifest import WEIGHTS_FILE
from models.scoring_cli.score_rows import COLUMNS, LINE_FORMATS, TABLE_COLUMNS, Row, for_spreadsheets, write_table
from tests.conftest import Draw
from tests.models.builders import edit_weights
from tests.places import ROOT

GOOD_ROW = Row("a.png", 61.2, 47.0, 75.4, "moe", None, "0f" * 32, 512, "2026-11-23T08:00:00.000001+00:00")
CSV, JSONL = LINE_FORMATS["csv"], LINE_FORMATS["jsonl"]


def named(path: str, error: str | None = "broken") -> Row:
    """A row without a score."""
    return replace(GOOD_ROW, path=path, score=None, score_low=None, score_high=None, error=error)


@pytest.fixture
def pictures(tmp_path: Path, draw_picture: Draw) -> Path:
    """A folder with two pictures, a broken one, a text file, and a picture one level below."""
    folder = tmp_path / "pictures"
    (folder / "below").mkdir(parents=True)
    for seed, name in enumerate(("a.png", "b.JPG", "below/c.WebP")):
        Image.fromarray(draw_picture(seed)).save(folder / name)
    (folder / "broken.jpeg").write_bytes(b"\xff\xd8\xff\xe0 not much of a picture")
    (folder / "notes.txt").write_text("no picture")
    return folder


def _score(whole_checkpoints: Path, *arguments: str | Path) -> int:
    return main(["score", "--checkpoints", str(whole_checkpoints), "--device", "cpu", *map(str, arguments)])


def test_a_broken_file_is_a_row_with_its_error_and_exit_code_one(
    whole_checkpoints: Path, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _score(whole_checkpoints, pictures, "--format", "csv") == 1
    captured = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(captured.out)))
    assert TABLE_COLUMNS == ("path", "score", "score_low", "score_high", "checkpoint", "error")
    assert tuple(rows[0]) == COLUMNS == (*TABLE_COLUMNS, "weights_sha256", "file_bytes", "file_modified_at")
    assert [Path(row["path"]).name for row in rows] == ["a.png", "b.JPG", "broken.jpeg"]
    for row in rows[:2]:
        assert float(row["score_low"]) <= float(row["score"]) <= float(row["score_high"])
        assert row["error"] == ""
    assert rows[2]["score"] == ""
    assert rows[2]["error"] != ""
    assert "1 of 3 pictures could not be scored" in captured.err


def test_whole_pictures_alone_give_exit_code_zero_as_json_lines(
    whole_checkpoints: Path, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = _score(whole_checkpoints, pictures / "b.JPG", "--format", "jsonl", "--checkpoint", "no_gmm")
    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert len(lines) == 1
    row = json.loads(lines[0])
    assert (row["path"], row["checkpoint"], row["error"]) == (str(pictures / "b.JPG"), "no_gmm", None)
    assert 0 <= row["score"] <= 100


def test_output_goes_to_a_file_and_leaves_stdout_empty(
    whole_checkpoints: Path, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "scores.csv"
    assert _score(whole_checkpoints, pictures, "--recursive", "--format", "csv", "--output", output) == 1
    assert capsys.readouterr().out == ""
    with output.open(newline="", encoding="utf-8") as file:
        names = [Path(row["path"]).name for row in csv.DictReader(file)]
    assert set(names) == {"a.png", "b.JPG", "c.WebP", "broken.jpeg"}


def test_a_file_that_is_not_there_is_a_row_too(
    whole_checkpoints: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _score(whole_checkpoints, tmp_path / "nowhere.png", "--format", "jsonl") == 1
    assert json.loads(capsys.readouterr().out)["error"] == "unreadable: No such file or directory"


def test_pictures_are_found_by_extension_in_any_case_and_below_only_when_asked(pictures: Path) -> None:
    assert [path.name for path in find_pictures([pictures], recursive=False)] == ["a.png", "b.JPG", "broken.jpeg"]
    assert {path.name for path in find_pictures([pictures], recursive=True)} == {
        "a.png",
        "b.JPG",
        "broken.jpeg",
        "c.WebP",
    }
    named = pictures / "notes.txt"
    assert find_pictures([named], recursive=False) == [named]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_file_name_that_a_spreadsheet_would_run_is_protected_when_asked(start: str) -> None:
    rows = [named(f"{start}HYPERLINK(x).png", f"{start}1+1")]
    guarded = for_spreadsheets(CSV, has_mark=True, is_protected=True).text(rows)
    (plain,) = csv.DictReader(io.StringIO(CSV.text(rows), newline=""))
    (row,) = csv.DictReader(io.StringIO(guarded.removeprefix("\ufeff"), newline=""))
    assert guarded.startswith("\ufeffpath,")
    assert (plain["path"], plain["error"]) == (f"{start}HYPERLINK(x).png", f"{start}1+1")
    assert (row["path"], row["error"]) == (f"'{start}HYPERLINK(x).png", f"'{start}1+1")


def test_a_carriage_return_in_a_name_starts_no_row() -> None:
    text = CSV.text([named("a\r=1+1.png")])
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row[0] == "a\r=1+1.png"


def test_commas_quotes_and_line_breaks_in_a_name_survive_csv() -> None:
    name = 'a, "b"\nc.png'
    assert list(csv.reader(io.StringIO(CSV.text([named(name)]), newline="")))[1][0] == name


def test_json_lines_keep_names_as_they_are() -> None:
    text = JSONL.text([named("日本\n.png")])
    assert text.count("\n") == 1
    assert json.loads(text)["path"] == "日本\n.png"


def test_a_table_has_one_line_per_picture_however_long_its_path() -> None:
    text, path = io.StringIO(), "/long" * 60 + ".png"
    write_table([replace(GOOD_ROW, path=path), GOOD_ROW], text)
    header, first, second = text.getvalue().splitlines()
    assert header.split() == list(TABLE_COLUMNS)
    assert first.split() == [path, "61.2", "47.0", "75.4", "moe"]
    assert second.split()[0] == "a.png"


@pytest.mark.parametrize("name", ["[red]cat.png", "[/red].png", ":smile:.png"])
def test_markup_in_a_name_is_a_name_in_the_table(name: str) -> None:
    text = io.StringIO()
    write_table([named(name)], text)
    assert name in text.getvalue()


def test_no_picture_at_all_is_a_users_mistake(
    whole_checkpoints: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _score(whole_checkpoints, tmp_path) == 2
    assert "got no picture, expected files or directories" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--checkpoint", "best"), "got checkpoint 'best', expected one of those"),
        (("--device", "abacus"), "got device 'abacus', expected auto, cpu or cuda"),
        (("--output", "/nowhere/at/all.csv"), "No such file or directory"),
        (("--format", "parquet"), "got --format parquet without --output"),
        (("--resume", "--format", "csv"), "got --resume, expected --output and --format csv or jsonl"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_two(
    whole_checkpoints: Path,
    pictures: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, str],
    message: str,
) -> None:
    assert _score(whole_checkpoints, pictures / "a.png", *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert message in captured.err
    assert captured.err.count("\n") == 1


def test_verify_lists_whole_checkpoints(whole_checkpoints: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checkpoints", "--verify", "--checkpoints", str(whole_checkpoints)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["ok", "moe"], ["ok", "no_gmm"]]


def test_verify_in_a_process_of_its_own_refuses_a_nan_and_lists_the_rest(checkpoints: Path) -> None:
    edit_weights(checkpoints / "no_gmm", lambda tensors: tensors["scaler.mean_D"].fill_(float("nan")))
    command = [sys.executable, "-m", "models", "checkpoints", "--verify", "--checkpoints", str(checkpoints)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 1
    ok, refused = done.stdout.splitlines()
    assert ok.startswith("ok       moe  ")
    assert refused == f"refused  no_gmm  {WEIGHTS_FILE}, scaler.mean_D: holds a value that is not finite"
    assert done.stderr == ""


def test_listing_without_verify_loads_no_weights(checkpoints: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkpoints / "moe" / WEIGHTS_FILE).unlink()
    assert main(["checkpoints", "--checkpoints", str(checkpoints)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_folder_without_checkpoints_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checkpoints", "--checkpoints", str(tmp_path)]) == 2
    assert "got no checkpoint in" in capsys.readouterr().err
