"""No file name steers the terminal of whoever scores it, and files and pipes have every name exactly."""

from __future__ import annotations

import csv
import io
import json
import logging
import sys
from pathlib import Path
from typing import Final

import pytest

from models.__main__ import main, open_output
from models.scoring_cli.score_rows import LINE_FORMATS, Row, write_table
from models.terminal import PrintableFormatter, printable

STEERING: Final = "red \x1b[31m\x9b1m back \r of turn \u202egnp.png"
SHOWN: Final = r"red \x1b[31m\x9b1m back \x0d of turn \u202egnp.png"
ROW: Final = Row(STEERING, 61.2, 47.0, 75.4, "moe", None, "0f" * 32, 512, "2026-11-23T08:00:00.000001+00:00")


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


def written(kind: str, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdout", stream)
    with open_output(None) as output:
        LINE_FORMATS[kind].write([ROW], output)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_name_among_data_steers_no_terminal(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = written(kind, Terminal(), monkeypatch)
    assert printable(shown, keeping="\n") == shown
    assert r"\x9b1m back" in shown
    assert r"of turn \u202egnp.png" in shown


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_pipe_has_the_name_exactly(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(kind, io.StringIO(newline=""), monkeypatch)
    rows = csv.DictReader(io.StringIO(text, newline="")) if kind == "csv" else map(json.loads, text.splitlines())
    assert [row["path"] for row in rows] == [STEERING]


def test_a_table_is_for_people_wherever_it_goes() -> None:
    stream = io.StringIO()
    write_table([ROW], stream)
    assert SHOWN in stream.getvalue()


def test_errors_and_what_was_not_understood_steer_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / STEERING
    output.write_text("not empty")
    assert main(["score", str(tmp_path), "--format", "csv", "--output", str(output)]) == 2
    with pytest.raises(SystemExit):
        main(["score", str(tmp_path), f"--resume={STEERING}"])
    shown = capsys.readouterr().err
    assert SHOWN in shown
    assert "\x1b" not in shown


def test_log_lines_steer_no_terminal() -> None:
    record = logging.LogRecord("name", logging.WARNING, "", 0, "left out: %s", (STEERING,), None)
    assert PrintableFormatter("%(levelname)s: %(message)s").format(record) == f"WARNING: left out: {SHOWN}"


@pytest.mark.parametrize(
    "name", ["图.png", "\u0645\u06cc\u200c\u062e.png", "👨\u200d👩\u200d👧.png", "[/red] :smile:.png"]
)
def test_ordinary_names_of_all_writing_stand_as_they_are(name: str) -> None:
    assert printable(name) == name
